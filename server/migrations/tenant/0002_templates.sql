-- Prompt templates. A removed template keeps its row: jobs and usage go on naming it. Names of people are kept as they
-- were, so that history outlives accounts.
CREATE TABLE templates (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    slug text NOT NULL CONSTRAINT templates_slug_is_plain CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    folder text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    sort_text text NOT NULL, -- name and all that is searched, without case and accents
    search_text text NOT NULL,
    latest_version integer NOT NULL DEFAULT 1,
    author_id uuid,
    author_name text NOT NULL DEFAULT '',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    removed_at timestamptz(3),
    CONSTRAINT templates_key PRIMARY KEY (id)
);
CREATE UNIQUE INDEX templates_slug_is_unique ON templates (slug) WHERE removed_at IS NULL;
CREATE INDEX templates_by_name ON templates (sort_text, id) WHERE removed_at IS NULL;
CREATE TRIGGER templates_touch BEFORE UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE template_versions (
    template_id uuid NOT NULL REFERENCES templates (id),
    version integer NOT NULL CONSTRAINT template_versions_version_counts CHECK (version >= 1),
    system_prompt text NOT NULL,
    user_prompt text NOT NULL,
    examples jsonb NOT NULL,
    variables_schema jsonb,
    default_model text NOT NULL,
    parameters jsonb NOT NULL,
    note text NOT NULL,
    author_id uuid,
    author_name text NOT NULL DEFAULT '',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT template_versions_key PRIMARY KEY (template_id, version)
);
-- Published versions never change: also not by a mistake in this program.
SELECT platform.make_append_only('template_versions');
