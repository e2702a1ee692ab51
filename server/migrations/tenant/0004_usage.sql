-- The ledger: one row for each provider call that was settled, written with the attempt's end in one transaction, never changed.
CREATE TABLE usage_events (
    attempt_id uuid NOT NULL,
    job_id uuid,
    called_at timestamptz(3) NOT NULL,
    recorded_at timestamptz(3) NOT NULL DEFAULT now(),
    user_id uuid,
    user_name text NOT NULL,
    template_id uuid,
    template_name text NOT NULL,
    template_version integer,
    provider text NOT NULL,
    model text NOT NULL, -- provider/model-name
    status text NOT NULL CONSTRAINT usage_events_status_is_known CHECK (status IN ('succeeded', 'failed', 'canceled')),
    input_tokens bigint NOT NULL,
    cached_input_tokens bigint NOT NULL,
    cache_write_tokens bigint NOT NULL,
    cache_write_hour_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    reasoning_tokens bigint NOT NULL,
    estimated boolean NOT NULL, -- the provider did not say; the tokens were counted here
    cost_nanos bigint, -- null: the model has no price
    first_token_ms bigint,
    total_ms bigint NOT NULL,
    CONSTRAINT usage_events_key PRIMARY KEY (attempt_id)
);
CREATE INDEX usage_events_by_time ON usage_events USING brin (called_at) WITH (pages_per_range = 16);
SELECT platform.make_append_only('usage_events');

-- Sums by day (UTC), kept in the transaction of the rows they sum. Ids that a call has not are all zeros, so that they can be in
-- the key. Names are the last ones seen.
CREATE TABLE usage_days (
    day date NOT NULL,
    model text NOT NULL,
    user_id uuid NOT NULL,
    template_id uuid NOT NULL,
    user_name text NOT NULL,
    template_name text NOT NULL,
    calls bigint NOT NULL,
    failed_calls bigint NOT NULL,
    input_tokens bigint NOT NULL,
    cached_input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    reasoning_tokens bigint NOT NULL,
    cost_nanos bigint NOT NULL,
    unpriced_calls bigint NOT NULL,
    CONSTRAINT usage_days_key PRIMARY KEY (day, model, user_id, template_id)
) WITH (fillfactor = 70);
