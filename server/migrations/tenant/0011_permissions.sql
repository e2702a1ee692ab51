-- What a tenant adds to the roles that the code knows: roles of its own, rules, and what rules may ask about a person.

CREATE TABLE roles (
    id uuid PRIMARY KEY DEFAULT platform.uuidv7(),
    name text NOT NULL,
    name_folded text NOT NULL, -- without regard to case and accents
    description text NOT NULL,
    abilities text[] NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT roles_name_is_unique UNIQUE (name_folded)
);
CREATE TRIGGER roles_touch BEFORE UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE user_roles (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id uuid NOT NULL CONSTRAINT user_roles_name_a_role REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
);
CREATE INDEX user_roles_by_role ON user_roles (role_id);

-- ${user.attributes.X} in conditions.
ALTER TABLE users ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';

CREATE TABLE rules (
    id uuid PRIMARY KEY DEFAULT platform.uuidv7(),
    effect text NOT NULL CONSTRAINT rules_effect_is_known CHECK (effect IN ('allow', 'deny')),
    who jsonb NOT NULL,
    actions text[] NOT NULL,
    subject text NOT NULL,
    conditions jsonb, -- NULL: always
    fields text[], -- NULL: all
    valid_from timestamptz(3),
    valid_until timestamptz(3),
    reason text NOT NULL,
    enabled boolean NOT NULL,
    search_text text NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1
);
CREATE TRIGGER rules_touch BEFORE UPDATE ON rules FOR EACH ROW EXECUTE FUNCTION platform.touch();
