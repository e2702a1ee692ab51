-- What a tenant may use at all: the ceiling above its roles and rules.

CREATE TABLE platform.plans (
    name text PRIMARY KEY CONSTRAINT plans_name_is_plain CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$'),
    description text NOT NULL DEFAULT '',
    subjects text[], -- NULL: all, also those that later versions add
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1
);
CREATE TRIGGER plans_touch BEFORE UPDATE ON platform.plans FOR EACH ROW EXECUTE FUNCTION platform.touch();
INSERT INTO platform.plans (name) VALUES ('standard');

-- Of the tenant that this transaction has entered. A plan that has no row here sets no ceiling.
CREATE FUNCTION platform.plan_subjects() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER
RETURN (SELECT subjects FROM platform.plans JOIN platform.tenants ON plans.name = tenants.plan
        WHERE tenants.id = platform.current_tenant());
GRANT EXECUTE ON FUNCTION platform.plan_subjects() TO patio_tenant;
