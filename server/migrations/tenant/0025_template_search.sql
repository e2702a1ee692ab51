-- What is searched of a template: name, slug, description, tags and the prompts of the latest version, without case and
-- accents. A row of its own, so that other changes of a template do not write its index entries anew.
CREATE TABLE template_search (
    template_id uuid NOT NULL REFERENCES templates (id),
    text text NOT NULL,
    grams integer[] NOT NULL, -- of each one, two and three letters that stand together: what holds a text holds its grams
    CONSTRAINT template_search_key PRIMARY KEY (template_id)
);
CREATE INDEX template_search_by_gram ON template_search USING gin (grams) WITH (fastupdate = off);
ALTER TABLE template_search ALTER COLUMN grams SET STATISTICS 0;

-- The same numbers as server/templates/search_grams.cpp makes.
CREATE FUNCTION template_grams(searched text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    WITH letters AS (
        SELECT ascii(letter)::bigint AS a, lead(ascii(letter)::bigint) OVER (ORDER BY place) AS b,
               lead(ascii(letter)::bigint, 2) OVER (ORDER BY place) AS c
        FROM unnest(string_to_array(searched, NULL)) WITH ORDINALITY AS each (letter, place)
    ), numbers AS (
        SELECT a AS number FROM letters
        UNION SELECT a * 1000003 + b FROM letters WHERE b IS NOT NULL
        UNION SELECT (a * 1000003 + b) * 1000003 + c FROM letters WHERE c IS NOT NULL
    )
    SELECT coalesce(array_agg(DISTINCT (number & 2147483647)::integer), '{}') FROM numbers
);
-- Case and accents of prompts in other letters than A to Z are found once the next version is saved.
INSERT INTO template_search (template_id, text, grams)
SELECT template_id, text, template_grams(text)
FROM (SELECT t.id AS template_id,
             t.search_text || lower(E'\n' || array_to_string(t.tags, E'\n') || E'\n' || v.system_prompt || E'\n' || v.user_prompt) AS text
      FROM templates AS t JOIN template_versions AS v ON v.template_id = t.id AND v.version = t.latest_version) AS old;
DROP FUNCTION template_grams(text);

CREATE INDEX templates_by_update ON templates (updated_at DESC, id DESC) WHERE removed_at IS NULL;
CREATE INDEX templates_by_creation ON templates (created_at DESC, id DESC) WHERE removed_at IS NULL;
CREATE INDEX templates_by_folder ON templates (folder) WHERE removed_at IS NULL;
CREATE INDEX templates_by_tag ON templates USING gin (tags) WHERE removed_at IS NULL;

-- The templates that a version includes, each as it is named there.
CREATE TABLE template_includes (
    template_id uuid NOT NULL,
    version integer NOT NULL,
    reference text NOT NULL, -- "tone", "tone@production", "tone@3"
    included_id uuid NOT NULL REFERENCES templates (id),
    CONSTRAINT template_includes_key PRIMARY KEY (template_id, version, reference),
    CONSTRAINT template_includes_version_is_there FOREIGN KEY (template_id, version)
        REFERENCES template_versions (template_id, version)
);
CREATE INDEX template_includes_by_included ON template_includes (included_id, template_id, version);
SELECT platform.make_append_only('template_includes');

ALTER TABLE jobs ADD COLUMN includes jsonb NOT NULL DEFAULT '[]'; -- the versions that its template had included
