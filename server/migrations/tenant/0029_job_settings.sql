-- What the tenant settles for its jobs. One row. Workers read platform.running_limits, which is written with it.
CREATE TABLE job_settings (
    id boolean NOT NULL DEFAULT true CONSTRAINT job_settings_are_one_row CHECK (id),
    running_jobs integer,
    models jsonb NOT NULL DEFAULT '[]',
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT job_settings_key PRIMARY KEY (id)
);
INSERT INTO job_settings DEFAULT VALUES;
CREATE TRIGGER job_settings_touch BEFORE UPDATE ON job_settings FOR EACH ROW EXECUTE FUNCTION platform.touch();

-- The priority of a queued job can change: what counts stands beside its state, and what was asked for stays.
ALTER TABLE job_states ADD COLUMN priority text
    CONSTRAINT job_states_priority_is_known CHECK (priority IN ('high', 'normal', 'low')); -- null: as was asked for
CREATE OR REPLACE VIEW job_overview AS
SELECT job.id, state.state, coalesce(state.priority, job.priority) AS priority, job.template_id, job.template_slug,
       job.template_name, job.template_version, job.model, job.user_id, job.user_name, state.attempt_count,
       state.max_attempts, state.input_tokens, state.cached_input_tokens, state.output_tokens, state.reasoning_tokens,
       state.cost_nanos, false AS cache_hit, state.finish_reason, state.error, job.metadata, job.created_at, state.run_at,
       state.started_at, state.finished_at, state.revision, job.input_hash, job.batch_id
FROM jobs AS job JOIN job_states AS state ON state.job_id = job.id;
