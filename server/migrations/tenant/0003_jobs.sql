-- Jobs. What was asked never changes (jobs); how it stands is a narrow row of its own (job_states), so that a change of state
-- copies neither prompts nor index entries. The rows of a job are made together by one statement and stay together: foreign keys
-- would only cost. Ids are of version 7, so sorting by id is sorting by time.
CREATE TABLE jobs (
    id uuid NOT NULL,
    priority text NOT NULL CONSTRAINT jobs_priority_is_known CHECK (priority IN ('high', 'normal', 'low')),
    template_id uuid,
    template_slug text NOT NULL,
    template_name text NOT NULL,
    template_version integer,
    model text NOT NULL,
    user_id uuid,
    user_name text NOT NULL,
    input_hash bytea NOT NULL, -- SHA-256 of what the answer depends on
    variables jsonb NOT NULL,
    messages jsonb NOT NULL, -- as sent to the provider
    parameters jsonb NOT NULL,
    metadata jsonb NOT NULL,
    max_attempts integer NOT NULL CONSTRAINT jobs_max_attempts_counts CHECK (max_attempts >= 1),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT jobs_key PRIMARY KEY (id)
);
-- With the time and not the id: sorted by id, the planner may read the whole table backwards instead.
CREATE INDEX jobs_by_input ON jobs (input_hash, created_at);
CREATE INDEX jobs_by_template ON jobs (template_id, id);
CREATE INDEX jobs_by_user ON jobs (user_id, id);
CREATE INDEX jobs_by_model ON jobs (model, id);
SELECT platform.make_append_only('jobs');

CREATE TABLE job_states (
    job_id uuid NOT NULL,
    state text NOT NULL
        CONSTRAINT job_states_state_is_known CHECK (state IN ('queued', 'running', 'completed', 'failed', 'canceled', 'dead')),
    run_at timestamptz(3) NOT NULL,
    attempt_count integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL, -- grows by as many again when a person retries
    input_tokens bigint NOT NULL DEFAULT 0, -- the sums of its attempts
    cached_input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    reasoning_tokens bigint NOT NULL DEFAULT 0,
    cost_nanos bigint,
    output text,
    finish_reason text NOT NULL DEFAULT '',
    error jsonb,
    started_at timestamptz(3),
    finished_at timestamptz(3),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT job_states_key PRIMARY KEY (job_id),
    CONSTRAINT job_states_end_has_a_time
        CHECK ((state IN ('queued', 'running')) = (finished_at IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX job_states_by_state ON job_states (state, job_id);

-- A job as the API shows it, without its output.
CREATE VIEW job_overview AS
SELECT job.id, state.state, job.priority, job.template_id, job.template_slug, job.template_name, job.template_version,
       job.model, job.user_id, job.user_name, state.attempt_count, state.max_attempts, state.input_tokens,
       state.cached_input_tokens, state.output_tokens, state.reasoning_tokens, state.cost_nanos, false AS cache_hit,
       state.finish_reason, state.error, job.metadata, job.created_at, state.run_at, state.started_at,
       state.finished_at, state.revision, job.input_hash
FROM jobs AS job JOIN job_states AS state ON state.job_id = job.id;

-- One try at a provider. The row is written before the call and settled once after it, whatever crashes.
CREATE TABLE attempts (
    id uuid NOT NULL, -- the key of its row in the ledger
    job_id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL DEFAULT 'running'
        CONSTRAINT attempts_state_is_known CHECK (state IN ('running', 'succeeded', 'failed', 'canceled', 'lost')),
    provider text NOT NULL,
    model text NOT NULL,
    started_at timestamptz(3) NOT NULL,
    finished_at timestamptz(3),
    settled boolean NOT NULL DEFAULT false, -- by the worker that made the call; a lost one may still be
    first_token_ms bigint,
    input_tokens bigint NOT NULL DEFAULT 0,
    cached_input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    reasoning_tokens bigint NOT NULL DEFAULT 0,
    cost_nanos bigint,
    error jsonb,
    retryable boolean NOT NULL DEFAULT false,
    provider_request_id text NOT NULL DEFAULT '',
    CONSTRAINT attempts_key PRIMARY KEY (job_id, number)
) WITH (fillfactor = 80);
