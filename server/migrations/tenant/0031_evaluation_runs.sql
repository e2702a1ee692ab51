-- A run keeps what it asked (columns, cases, assertions) as it was when it began; outputs stand with the jobs.
CREATE TABLE evaluation_runs (
    id uuid NOT NULL,
    name text NOT NULL,
    search_text text NOT NULL,
    dataset_id uuid NOT NULL, -- no foreign key: runs outlive their dataset
    dataset_name text NOT NULL,
    assertions jsonb NOT NULL, -- of the dataset
    pass_score double precision,
    is_whole boolean NOT NULL, -- all cases of the dataset
    state text NOT NULL DEFAULT 'running',
    case_count integer NOT NULL,
    column_count integer NOT NULL,
    repeats integer NOT NULL,
    answers integer NOT NULL,
    done integer NOT NULL DEFAULT 0,
    passed integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    errors integer NOT NULL DEFAULT 0,
    cost_nanos bigint NOT NULL DEFAULT 0,
    baseline_run_id uuid,
    batch_id uuid,
    author_id uuid,
    author_name text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3),
    CONSTRAINT evaluation_runs_key PRIMARY KEY (id),
    CONSTRAINT evaluation_runs_state_is_known CHECK (state IN ('running', 'completed', 'canceled')),
    CONSTRAINT evaluation_runs_end_has_a_time CHECK ((state = 'running') = (finished_at IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX evaluation_runs_by_dataset ON evaluation_runs (dataset_id, id);
CREATE INDEX evaluation_runs_under_way ON evaluation_runs (id) WHERE state = 'running';

CREATE TABLE evaluation_columns (
    run_id uuid NOT NULL REFERENCES evaluation_runs (id) ON DELETE CASCADE,
    number integer NOT NULL,
    template_id uuid NOT NULL,
    template_slug text NOT NULL,
    template_name text NOT NULL,
    version integer NOT NULL,
    model text NOT NULL,
    CONSTRAINT evaluation_columns_key PRIMARY KEY (run_id, number)
);
CREATE INDEX evaluation_columns_by_template ON evaluation_columns (template_id, version, run_id);

CREATE TABLE evaluation_run_cases (
    run_id uuid NOT NULL REFERENCES evaluation_runs (id) ON DELETE CASCADE,
    case_id uuid NOT NULL,
    number integer NOT NULL,
    variables jsonb NOT NULL,
    expected text,
    tags text[] NOT NULL,
    assertions jsonb NOT NULL, -- of the case
    CONSTRAINT evaluation_run_cases_key PRIMARY KEY (run_id, case_id)
);
CREATE INDEX evaluation_run_cases_by_number ON evaluation_run_cases (run_id, number);

--   waiting (for its job) ──scored──► done
--          └─has rubrics─► judging (for its judges' jobs) ──scored──► done
CREATE TABLE evaluation_answers (
    run_id uuid NOT NULL REFERENCES evaluation_runs (id) ON DELETE CASCADE,
    case_id uuid NOT NULL,
    column_number integer NOT NULL,
    repeat integer NOT NULL,
    job_id uuid NOT NULL,
    stage text NOT NULL DEFAULT 'waiting',
    outcome text NOT NULL DEFAULT 'pending',
    score double precision,
    results jsonb NOT NULL DEFAULT '[]',
    cache_hit boolean NOT NULL,
    cost_nanos bigint,
    judge_cost_nanos bigint NOT NULL DEFAULT 0,
    latency_ms bigint,
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    finish_reason text NOT NULL DEFAULT '',
    error jsonb,
    CONSTRAINT evaluation_answers_key PRIMARY KEY (run_id, case_id, column_number, repeat),
    CONSTRAINT evaluation_answers_stage_is_known CHECK (stage IN ('waiting', 'judging', 'done')),
    CONSTRAINT evaluation_answers_outcome_is_known
        CHECK (outcome IN ('pending', 'passed', 'failed', 'error', 'canceled', 'unscored'))
) WITH (fillfactor = 60);
CREATE INDEX evaluation_answers_open ON evaluation_answers (run_id, stage) WHERE stage <> 'done';

-- A judge's job for one assertion of an answer.
CREATE TABLE evaluation_judgements (
    run_id uuid NOT NULL REFERENCES evaluation_runs (id) ON DELETE CASCADE,
    case_id uuid NOT NULL,
    column_number integer NOT NULL,
    repeat integer NOT NULL,
    assertion integer NOT NULL, -- its place among the answer's
    job_id uuid, -- none: it could not be asked
    problem text NOT NULL DEFAULT '', -- why not
    cache_hit boolean NOT NULL,
    CONSTRAINT evaluation_judgements_key PRIMARY KEY (run_id, case_id, column_number, repeat, assertion)
);

CREATE FUNCTION count_evaluation_runs() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM platform.count_evaluations(CASE WHEN TG_OP <> 'DELETE' AND NEW.state = 'running' THEN 1 ELSE 0 END
                                       - CASE WHEN TG_OP <> 'INSERT' AND OLD.state = 'running' THEN 1 ELSE 0 END);
    RETURN NULL;
END $$;
CREATE TRIGGER evaluation_runs_count AFTER INSERT OR UPDATE OF state OR DELETE ON evaluation_runs
    FOR EACH ROW EXECUTE FUNCTION count_evaluation_runs();

-- Tells every process that there is something to score.
CREATE TRIGGER evaluation_runs_tell AFTER INSERT OR UPDATE OF state ON evaluation_runs
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_tenant('patio_evaluations');

-- What all answers of a cell come to. A job that failed scores 0.
CREATE VIEW evaluation_cells AS
SELECT run_id, case_id, column_number, count(*)::integer AS answers,
       count(*) FILTER (WHERE outcome NOT IN ('pending', 'canceled'))::integer AS done,
       count(*) FILTER (WHERE outcome IN ('passed', 'failed', 'error'))::integer AS scored,
       count(*) FILTER (WHERE outcome = 'passed')::integer AS passed,
       count(*) FILTER (WHERE outcome = 'error')::integer AS errors,
       count(*) FILTER (WHERE outcome = 'canceled')::integer AS canceled,
       count(*) FILTER (WHERE outcome = 'unscored')::integer AS unscored,
       avg(CASE outcome WHEN 'error' THEN 0 ELSE score END)
           FILTER (WHERE outcome IN ('passed', 'failed', 'error')) AS score,
       sum(CASE WHEN cache_hit THEN 0 ELSE cost_nanos END + judge_cost_nanos)::bigint AS cost_nanos,
       avg(latency_ms)::double precision AS latency_ms, sum(input_tokens)::bigint AS input_tokens,
       sum(output_tokens)::bigint AS output_tokens
FROM evaluation_answers
GROUP BY run_id, case_id, column_number;
