-- What is done to all jobs that matched a filter, step by step. The jobs still to be looked at stand in job_action_jobs.
CREATE TABLE job_actions (
    id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT job_actions_kind_is_known CHECK (kind IN ('replay', 'discard')),
    state text NOT NULL DEFAULT 'running'
        CONSTRAINT job_actions_state_is_known CHECK (state IN ('running', 'completed', 'canceled')),
    reason text NOT NULL,
    user_id uuid,
    user_name text NOT NULL,
    jobs integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT job_actions_key PRIMARY KEY (id)
);
CREATE TRIGGER job_actions_touch BEFORE UPDATE ON job_actions FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE job_action_jobs (
    action_id uuid NOT NULL,
    job_id uuid NOT NULL,
    CONSTRAINT job_action_jobs_key PRIMARY KEY (action_id, job_id)
);
