-- Batches: many generations that were asked for at once. Each row of a batch has a job; rows may share one, also one that was there
-- before.
CREATE TABLE batches (
    id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT batches_kind_is_known CHECK (kind IN ('generate', 'evaluation')),
    owner_id uuid, -- the run of an evaluation
    name text NOT NULL,
    state text NOT NULL CONSTRAINT batches_state_is_known CHECK (state IN ('running', 'paused', 'completed', 'canceled')),
    priority text NOT NULL CONSTRAINT batches_priority_is_known CHECK (priority IN ('high', 'normal', 'low')),
    template_id uuid,
    template_slug text NOT NULL,
    template_name text NOT NULL,
    template_version integer,
    model text NOT NULL,
    user_id uuid,
    user_name text NOT NULL,
    rows integer NOT NULL,
    shared integer NOT NULL,
    queued integer NOT NULL DEFAULT 0, -- this and the following: as of the last time that batch_deltas were added to it
    running integer NOT NULL DEFAULT 0,
    completed integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    canceled integer NOT NULL DEFAULT 0,
    dead integer NOT NULL DEFAULT 0,
    input_tokens bigint NOT NULL DEFAULT 0,
    cached_input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    reasoning_tokens bigint NOT NULL DEFAULT 0,
    cost_nanos bigint,
    created_at timestamptz(3) NOT NULL,
    finished_at timestamptz(3),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT batches_key PRIMARY KEY (id)
);
CREATE INDEX batches_by_owner ON batches (owner_id) WHERE owner_id IS NOT NULL;
CREATE TRIGGER batches_touch BEFORE UPDATE ON batches FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE batch_rows (
    batch_id uuid NOT NULL,
    number integer NOT NULL, -- from 1, in the order of the inputs
    job_id uuid NOT NULL,
    shared boolean NOT NULL, -- the job was there before, or is an earlier row's
    CONSTRAINT batch_rows_key PRIMARY KEY (batch_id, number)
);
CREATE INDEX batch_rows_by_job ON batch_rows (job_id);
SELECT platform.make_append_only('batch_rows');

-- What has changed since it was last added to the batches: written beside each change of a job, so that many jobs of a batch can
-- change at the same time, and nothing is counted twice or not at all.
CREATE TABLE batch_deltas (
    batch_id uuid NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    input_tokens bigint NOT NULL,
    cached_input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    reasoning_tokens bigint NOT NULL,
    cost_nanos bigint
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX batch_deltas_by_batch ON batch_deltas (batch_id);

ALTER TABLE jobs ADD COLUMN batch_id uuid; -- that made it
ALTER TABLE job_states ADD COLUMN in_batch boolean NOT NULL DEFAULT false; -- has rows in batches

CREATE FUNCTION note_batch_delta() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO batch_deltas (batch_id, from_state, to_state, input_tokens, cached_input_tokens, output_tokens,
                              reasoning_tokens, cost_nanos)
    SELECT batch_id, OLD.state, NEW.state,
           CASE WHEN shared THEN 0 ELSE NEW.input_tokens - OLD.input_tokens END,
           CASE WHEN shared THEN 0 ELSE NEW.cached_input_tokens - OLD.cached_input_tokens END,
           CASE WHEN shared THEN 0 ELSE NEW.output_tokens - OLD.output_tokens END,
           CASE WHEN shared THEN 0 ELSE NEW.reasoning_tokens - OLD.reasoning_tokens END,
           CASE WHEN NOT shared AND NEW.cost_nanos IS NOT NULL THEN NEW.cost_nanos - coalesce(OLD.cost_nanos, 0) END
    FROM batch_rows WHERE job_id = NEW.job_id;
    RETURN NULL;
END $$;
CREATE TRIGGER job_states_note_batch_delta AFTER UPDATE ON job_states
    FOR EACH ROW WHEN (NEW.in_batch AND OLD.in_batch
                       AND (OLD.state <> NEW.state OR OLD.cost_nanos IS DISTINCT FROM NEW.cost_nanos
                            OR OLD.input_tokens <> NEW.input_tokens OR OLD.output_tokens <> NEW.output_tokens))
    EXECUTE FUNCTION note_batch_delta();

CREATE OR REPLACE VIEW job_overview AS
SELECT job.id, state.state, job.priority, job.template_id, job.template_slug, job.template_name, job.template_version,
       job.model, job.user_id, job.user_name, state.attempt_count, state.max_attempts, state.input_tokens,
       state.cached_input_tokens, state.output_tokens, state.reasoning_tokens, state.cost_nanos, false AS cache_hit,
       state.finish_reason, state.error, job.metadata, job.created_at, state.run_at, state.started_at,
       state.finished_at, state.revision, job.input_hash, job.batch_id
FROM jobs AS job JOIN job_states AS state ON state.job_id = job.id;

-- What has changed in a batch since it was last written down.
CREATE VIEW batch_changes AS
SELECT batch_id,
       sum((to_state = 'queued')::integer - (from_state = 'queued')::integer) AS queued,
       sum((to_state = 'running')::integer - (from_state = 'running')::integer) AS running,
       sum((to_state = 'completed')::integer - (from_state = 'completed')::integer) AS completed,
       sum((to_state = 'failed')::integer - (from_state = 'failed')::integer) AS failed,
       sum((to_state = 'canceled')::integer - (from_state = 'canceled')::integer) AS canceled,
       sum((to_state = 'dead')::integer - (from_state = 'dead')::integer) AS dead,
       sum(input_tokens) AS input_tokens, sum(cached_input_tokens) AS cached_input_tokens,
       sum(output_tokens) AS output_tokens, sum(reasoning_tokens) AS reasoning_tokens, sum(cost_nanos) AS cost_nanos
FROM batch_deltas GROUP BY batch_id;

-- Batches as the API shows them: as they are at this moment.
CREATE VIEW batch_overview AS
SELECT batch.id, batch.kind, batch.owner_id, batch.name, batch.state, batch.priority, batch.template_id, batch.template_slug,
       batch.template_name, batch.template_version, batch.model, batch.user_id, batch.user_name, batch.rows, batch.shared,
       (batch.queued + coalesce(since.queued, 0))::integer AS queued,
       (batch.running + coalesce(since.running, 0))::integer AS running,
       (batch.completed + coalesce(since.completed, 0))::integer AS completed,
       (batch.failed + coalesce(since.failed, 0))::integer AS failed,
       (batch.canceled + coalesce(since.canceled, 0))::integer AS canceled,
       (batch.dead + coalesce(since.dead, 0))::integer AS dead,
       (batch.input_tokens + coalesce(since.input_tokens, 0))::bigint AS input_tokens,
       (batch.cached_input_tokens + coalesce(since.cached_input_tokens, 0))::bigint AS cached_input_tokens,
       (batch.output_tokens + coalesce(since.output_tokens, 0))::bigint AS output_tokens,
       (batch.reasoning_tokens + coalesce(since.reasoning_tokens, 0))::bigint AS reasoning_tokens,
       CASE WHEN batch.cost_nanos IS NOT NULL OR since.cost_nanos IS NOT NULL
            THEN (coalesce(batch.cost_nanos, 0) + coalesce(since.cost_nanos, 0))::bigint END AS cost_nanos,
       batch.created_at, batch.finished_at, batch.revision
FROM batches AS batch
LEFT JOIN LATERAL (SELECT * FROM batch_changes AS change WHERE change.batch_id = batch.id) AS since ON true;
