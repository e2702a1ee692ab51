-- People and the devices on which they are signed in.

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT platform.uuidv7(),
    email text NOT NULL,
    email_folded text NOT NULL, -- without regard to case, in every script
    display_name text NOT NULL,
    search_text text NOT NULL, -- name and e-mail without regard to case and accents
    password_hash text, -- Argon2id with its parameters; NULL: has not chosen one yet
    status text NOT NULL DEFAULT 'active' CONSTRAINT users_status_is_known CHECK (status IN ('invited', 'active', 'suspended')),
    roles text[] NOT NULL,
    locale text NOT NULL DEFAULT '', -- '': as the client's own
    time_zone text NOT NULL DEFAULT '',
    last_sign_in_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT users_email_is_unique UNIQUE (email_folded),
    CONSTRAINT users_roles_are_known CHECK (cardinality(roles) BETWEEN 1 AND 8 AND roles
        <@ ARRAY['owner', 'admin', 'prompt-engineer', 'agent', 'finance', 'viewer', 'service', 'operator'])
);
CREATE INDEX users_by_name ON users (search_text, id);
-- Signing in is no change that somebody could overwrite.
CREATE TRIGGER users_touch BEFORE UPDATE OF email, display_name, status, roles, locale, time_zone ON users
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT platform.uuidv7(),
    user_id uuid NOT NULL CONSTRAINT sessions_belong_to_a_user REFERENCES users (id) ON DELETE CASCADE,
    refresh_hash bytea NOT NULL, -- of the one refresh token that is good now
    device text NOT NULL,
    address text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    last_used_at timestamptz(3) NOT NULL DEFAULT now(),
    expires_at timestamptz(3) NOT NULL,
    ended_at timestamptz(3),
    end_reason text,
    CONSTRAINT sessions_end_for_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)
        AND end_reason IN ('signed-out', 'ended', 'token-reused', 'suspended', 'too-many'))
);
CREATE INDEX sessions_by_user ON sessions (user_id, id);
