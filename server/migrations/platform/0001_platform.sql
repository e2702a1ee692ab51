-- The ground that every other file stands on: roles, rights and the list of tenants.
--
--   the owner      runs migrations and owns every table
--   patio_app      how the server signs in; holds no rights itself, may only SET ROLE to the roles below
--   patio_platform works in this schema: sign-in, the queue, event sequences
--   patio_tenant   what all tenants have in common: EXECUTE on chosen functions of this schema
--   t_<32 hex>     one role for each tenant, with its schema of the same name and no rights elsewhere

DO $$
DECLARE
    missing record;
BEGIN
    FOR missing IN
        SELECT * FROM (VALUES ('patio_app', 'LOGIN NOINHERIT'), ('patio_platform', 'NOLOGIN'), ('patio_tenant', 'NOLOGIN'))
            AS wanted (name, options)
        WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I %s', missing.name, missing.options);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- roles belong to the whole cluster: another database was quicker
        END;
    END LOOP;
    -- With a single connection URL the owner also does the server's work and must be able to enter tenants.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AND NOT pg_has_role('patio_app', 'MEMBER') THEN
        EXECUTE format('GRANT patio_app TO %I', current_user);
    END IF;
END $$;

GRANT patio_platform TO patio_app;

-- Functions are callable by everybody unless said otherwise; here each right is granted by name.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA platform GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO patio_platform;
ALTER DEFAULT PRIVILEGES IN SCHEMA platform GRANT USAGE, SELECT ON SEQUENCES TO patio_platform;
GRANT USAGE ON SCHEMA platform TO patio_platform, patio_tenant;

-- An id that sorts by its time of making (RFC 9562, section 5.7), with microseconds in the 12 bits after the version.
CREATE FUNCTION platform.uuidv7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN (
    SELECT (lpad(to_hex(micros / 1000), 12, '0') || '7' || lpad(to_hex(micros % 1000 * 4096 / 1000), 3, '0')
            || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid
    FROM (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros) AS now
);
GRANT EXECUTE ON FUNCTION platform.uuidv7() TO patio_platform, patio_tenant;

CREATE FUNCTION platform.tenant_role(tenant uuid) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN 't_' || replace(tenant::text, '-', '');

-- The tenant whose role the transaction has taken. For functions that a tenant may call: they run with the rights of
-- the owner (SECURITY DEFINER), so they ask here and believe no argument.
CREATE FUNCTION platform.current_tenant() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    role text := current_setting('role');
BEGIN
    IF role !~ '^t_[0-9a-f]{32}$' THEN
        RAISE insufficient_privilege USING MESSAGE = 'this transaction has not entered a tenant';
    END IF;
    RETURN substr(role, 3)::uuid;
END $$;
GRANT EXECUTE ON FUNCTION platform.current_tenant() TO patio_platform, patio_tenant;

CREATE TABLE platform.tenants (
    id uuid PRIMARY KEY DEFAULT platform.uuidv7(),
    slug text NOT NULL,
    name text NOT NULL,
    plan text NOT NULL DEFAULT 'standard',
    status text NOT NULL DEFAULT 'active' CONSTRAINT tenants_status_is_known CHECK (status IN ('active', 'suspended')),
    theme jsonb NOT NULL DEFAULT '{}',
    settings jsonb NOT NULL DEFAULT '{}',
    limits jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT tenants_slug_is_unique UNIQUE (slug),
    CONSTRAINT tenants_slug_is_plain CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')
);

-- Makes the role and the empty schema of a tenant; its tables come from the tenant migrations. For the owner. Rights
-- are default privileges: a GRANT on all tables of a schema would have to be repeated after each migration.
CREATE FUNCTION platform.create_tenant_schema(tenant uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    name text := platform.tenant_role(tenant);
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
    EXECUTE format('GRANT patio_tenant TO %I', name);
    EXECUTE format('GRANT %I TO patio_app', name);
    EXECUTE format('CREATE SCHEMA %I', name);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', name, name);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', name, name);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I', name, name);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT EXECUTE ON FUNCTIONS TO %I', name, name);
END $$;

CREATE FUNCTION platform.drop_tenant_schema(tenant uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    name text := platform.tenant_role(tenant);
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', name);
    EXECUTE format('DROP ROLE IF EXISTS %I', name);
    DELETE FROM platform.tenant_migrations WHERE tenant_id = tenant;
END $$;

-- For tenant migrations: rows of this table of the current schema can be added and read, but not changed or removed.
CREATE FUNCTION platform.make_append_only(table_name text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON %I.%I FROM %I', current_schema, table_name, current_schema);
END $$;

CREATE FUNCTION platform.touch() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER tenants_touch BEFORE UPDATE ON platform.tenants FOR EACH ROW EXECUTE FUNCTION platform.touch();

REVOKE ALL ON SCHEMA public FROM PUBLIC;
