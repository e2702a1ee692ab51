-- Cases by which versions of templates are judged. Assertions are JSON as the API has them.
CREATE TABLE datasets (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    name text NOT NULL,
    description text NOT NULL,
    tags text[] NOT NULL,
    assertions jsonb NOT NULL,
    pass_score double precision,
    search_text text NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT datasets_key PRIMARY KEY (id)
);
CREATE UNIQUE INDEX datasets_name_is_unique ON datasets (lower(name));
CREATE TRIGGER datasets_touch BEFORE UPDATE ON datasets FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE evaluation_cases (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    dataset_id uuid NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    number integer NOT NULL,
    variables jsonb NOT NULL,
    expected text,
    tags text[] NOT NULL,
    assertions jsonb NOT NULL,
    job_id uuid, -- that it was picked from
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT evaluation_cases_key PRIMARY KEY (id),
    CONSTRAINT evaluation_cases_number_is_unique UNIQUE (dataset_id, number)
);
CREATE TRIGGER evaluation_cases_touch BEFORE UPDATE ON evaluation_cases
    FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE VIEW dataset_overview AS
SELECT d.id, d.name, d.description, d.tags, d.assertions, d.pass_score,
       (SELECT count(*) FROM evaluation_cases AS c WHERE c.dataset_id = d.id) AS case_count, d.author_id, d.author_name,
       d.created_at, d.updated_at, d.revision, d.search_text
FROM datasets AS d;
