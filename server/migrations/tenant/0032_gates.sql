-- What a version must have shown before a label may point to it.
CREATE TABLE gates (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    template_id uuid NOT NULL REFERENCES templates (id),
    label text NOT NULL,
    dataset_id uuid NOT NULL REFERENCES datasets (id),
    model text,
    minimum_score double precision NOT NULL,
    refuses_regressions boolean NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT gates_key PRIMARY KEY (id),
    CONSTRAINT gates_minimum_is_a_score CHECK (minimum_score BETWEEN 0 AND 1)
);
CREATE UNIQUE INDEX gates_are_distinct ON gates (template_id, label, dataset_id, coalesce(model, ''));
CREATE INDEX gates_by_dataset ON gates (dataset_id);
CREATE TRIGGER gates_touch BEFORE UPDATE ON gates FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE VIEW gate_overview AS
SELECT g.id, g.template_id, t.name AS template_name, g.label, g.dataset_id, d.name AS dataset_name, g.model, g.minimum_score,
       g.refuses_regressions, g.created_at, g.updated_at, g.revision
FROM gates AS g
JOIN templates AS t ON t.id = g.template_id
JOIN datasets AS d ON d.id = g.dataset_id;
