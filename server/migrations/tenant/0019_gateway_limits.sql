-- How much the gateway lets through. What has been counted lives in memory or in Redis, not here.

CREATE TABLE gateway_limits (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    subject text NOT NULL CONSTRAINT gateway_limits_subject_is_known CHECK (subject IN ('tenant', 'key', 'user', 'model')),
    key_id uuid REFERENCES gateway_keys (id) ON DELETE CASCADE, -- null: each key by itself
    user_id uuid REFERENCES users (id) ON DELETE CASCADE, -- null: each user by itself
    model text, -- null: each model by itself
    kind text NOT NULL CONSTRAINT gateway_limits_kind_is_known
        CHECK (kind IN ('requestsPerMinute', 'tokensPerMinute', 'concurrentRequests')),
    amount bigint NOT NULL CONSTRAINT gateway_limits_amount_is_no_debt CHECK (amount >= 0),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT gateway_limits_key PRIMARY KEY (id),
    CONSTRAINT gateway_limits_name_their_subject CHECK ((key_id IS NULL OR subject = 'key')
        AND (user_id IS NULL OR subject = 'user') AND (model IS NULL OR subject = 'model'))
);
CREATE UNIQUE INDEX gateway_limits_are_unique ON gateway_limits
    (subject, kind, coalesce(key_id, user_id, '00000000-0000-0000-0000-000000000000'), coalesce(model, ''));
CREATE INDEX gateway_limits_by_key ON gateway_limits (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX gateway_limits_by_user ON gateway_limits (user_id) WHERE user_id IS NOT NULL;
CREATE TRIGGER gateway_limits_touch BEFORE UPDATE ON gateway_limits
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE VIEW gateway_limit_overview AS
SELECT l.id, l.subject, coalesce(l.key_id, l.user_id) AS subject_id,
       coalesce(k.name, u.display_name, l.model, '') AS subject_name, l.model, l.kind, l.amount, l.created_at, l.revision
FROM gateway_limits AS l LEFT JOIN gateway_keys AS k ON k.id = l.key_id LEFT JOIN users AS u ON u.id = l.user_id;

CREATE TRIGGER gateway_limits_tell AFTER INSERT OR UPDATE OR DELETE ON gateway_limits
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_gateway_limits();
