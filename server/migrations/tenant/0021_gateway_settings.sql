-- What the gateway does with the calls of the tenant beside passing them on. One row.
CREATE TABLE gateway_settings (
    id boolean NOT NULL DEFAULT true CONSTRAINT gateway_settings_are_one_row CHECK (id),
    cache_seconds integer, -- null: answers are not kept
    body_days integer, -- null: bodies are not stored
    denied_patterns text[] NOT NULL DEFAULT '{}',
    required_patterns text[] NOT NULL DEFAULT '{}',
    most_prompt_characters integer,
    most_answer_characters integer,
    masks text[] NOT NULL DEFAULT '{}',
    masks_answers boolean NOT NULL DEFAULT false,
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT gateway_settings_key PRIMARY KEY (id)
);
INSERT INTO gateway_settings DEFAULT VALUES;
CREATE TRIGGER gateway_settings_touch BEFORE UPDATE ON gateway_settings FOR EACH ROW EXECUTE FUNCTION platform.touch();
CREATE TRIGGER gateway_settings_tell AFTER UPDATE ON gateway_settings
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_gateway_settings();

-- What programs sent and got, where the settings say so.
CREATE TABLE gateway_bodies (
    attempt_id uuid NOT NULL,
    called_at timestamptz(3) NOT NULL,
    request text NOT NULL,
    answer text NOT NULL,
    request_is_cut boolean NOT NULL,
    answer_is_cut boolean NOT NULL,
    delete_at timestamptz(3) NOT NULL, -- as was promised when it was stored; later settings may make it earlier
    CONSTRAINT gateway_bodies_key PRIMARY KEY (attempt_id)
);
CREATE INDEX gateway_bodies_by_end ON gateway_bodies (delete_at);
CREATE INDEX gateway_bodies_by_time ON gateway_bodies (called_at);
SELECT platform.allow_only('SELECT, INSERT, DELETE', 'gateway_bodies');

-- Those that may still be seen, though the others may not be deleted yet.
CREATE VIEW kept_gateway_bodies AS
SELECT bodies.attempt_id, bodies.request, bodies.answer, bodies.request_is_cut, bodies.answer_is_cut,
       least(bodies.delete_at, bodies.called_at + make_interval(days => settings.body_days)) AS deleted_at
FROM gateway_bodies AS bodies CROSS JOIN gateway_settings AS settings
WHERE least(bodies.delete_at, bodies.called_at + make_interval(days => settings.body_days)) > now()
  AND settings.body_days IS NOT NULL;

-- The log of calls, the latest first.
CREATE INDEX usage_events_by_call ON usage_events (called_at, attempt_id) WHERE entry <> 'reversal';
CREATE INDEX usage_events_by_correction ON usage_events (attempt_id) WHERE entry = 'correction'; -- there are few
