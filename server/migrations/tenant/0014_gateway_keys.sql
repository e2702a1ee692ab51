-- Keys by which programs call the gateway, in the name of their owners. Of a secret only the hash is kept; after a rotation that of
-- the one before as well, for as long as it is good.

CREATE TABLE gateway_keys (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    name text NOT NULL,
    search_text text NOT NULL,
    owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash bytea NOT NULL,
    hint text NOT NULL,
    former_hash bytea,
    former_until timestamptz(3),
    models text[] NOT NULL DEFAULT '{}', -- empty: all
    expires_at timestamptz(3),
    revoked_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT gateway_keys_key PRIMARY KEY (id),
    CONSTRAINT gateway_keys_former_is_whole CHECK ((former_hash IS NULL) = (former_until IS NULL))
);
CREATE INDEX gateway_keys_by_owner ON gateway_keys (owner_id);
CREATE TRIGGER gateway_keys_touch BEFORE UPDATE ON gateway_keys
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

-- When a key was used last, to the minute. Not in the row above, because it is nothing that people edit.
CREATE TABLE gateway_key_uses (
    key_id uuid NOT NULL REFERENCES gateway_keys (id) ON DELETE CASCADE,
    used_at timestamptz(3) NOT NULL,
    CONSTRAINT gateway_key_uses_key PRIMARY KEY (key_id)
) WITH (fillfactor = 50);

CREATE VIEW gateway_key_overview AS
SELECT k.id, k.name, k.search_text,
       CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now() THEN 'expired' ELSE 'active' END AS status,
       k.owner_id, u.display_name AS owner_name, k.hint, k.models, k.expires_at, uses.used_at AS last_used_at,
       CASE WHEN k.former_until > now() THEN k.former_until END AS former_until, k.revoked_at, k.created_at, k.revision
FROM gateway_keys AS k JOIN users AS u ON u.id = k.owner_id LEFT JOIN gateway_key_uses AS uses ON uses.key_id = k.id;

-- Whatever changes whether a key is good is heard of in every process, whoever changes it.
CREATE TRIGGER gateway_keys_tell AFTER INSERT OR UPDATE OR DELETE ON gateway_keys
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_gateway_keys();
CREATE TRIGGER users_tell_gateway_keys AFTER UPDATE OF status, display_name, roles OR DELETE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_gateway_keys();
CREATE TRIGGER user_roles_tell_gateway_keys AFTER INSERT OR UPDATE OR DELETE ON user_roles
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_gateway_keys();
