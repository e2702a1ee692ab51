-- Answers to requests that carried an Idempotency-Key, for a day.

CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL CONSTRAINT idempotency_keys_belong_to_a_user REFERENCES users (id) ON DELETE CASCADE,
    key text NOT NULL,
    request_hash bytea NOT NULL, -- of method, path, query and body, keyed: bodies may hold passwords
    started_at timestamptz(3) NOT NULL DEFAULT now(),
    status int, -- NULL: the first request is still running, or was cut off
    content_type text,
    etag text,
    body bytea,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (started_at);
