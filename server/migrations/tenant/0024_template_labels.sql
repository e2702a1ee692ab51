-- Labels of templates: names that point to versions and are moved by people.
ALTER TABLE templates ADD COLUMN labels jsonb NOT NULL DEFAULT '[]'; -- where they stand, kept by a trigger: lists read them with the row

CREATE TABLE template_label_changes (
    id uuid NOT NULL,
    template_id uuid NOT NULL REFERENCES templates (id),
    label text NOT NULL CONSTRAINT template_label_changes_label_is_plain CHECK (label ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    action text NOT NULL
        CONSTRAINT template_label_changes_action_is_known CHECK (action IN ('set', 'moved', 'rolledBack', 'removed')),
    version integer, -- after it; none: removed
    previous_version integer,
    back_id uuid, -- the change to whose version a rollback leads
    note text NOT NULL,
    author_id uuid,
    author_name text NOT NULL DEFAULT '',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT template_label_changes_key PRIMARY KEY (id),
    CONSTRAINT template_label_changes_version_is_there FOREIGN KEY (template_id, version)
        REFERENCES template_versions (template_id, version)
);
CREATE INDEX template_label_changes_by_label ON template_label_changes (template_id, label, id DESC);
SELECT platform.make_append_only('template_label_changes');

CREATE TABLE template_labels (
    template_id uuid NOT NULL REFERENCES templates (id),
    label text NOT NULL,
    version integer NOT NULL,
    change_id uuid NOT NULL REFERENCES template_label_changes (id), -- the last one
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT template_labels_key PRIMARY KEY (template_id, label),
    CONSTRAINT template_labels_version_is_there FOREIGN KEY (template_id, version)
        REFERENCES template_versions (template_id, version)
);
CREATE INDEX template_labels_by_label ON template_labels (label, template_id);
CREATE TRIGGER template_labels_touch BEFORE UPDATE ON template_labels FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE FUNCTION show_template_labels() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    changed uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.template_id ELSE NEW.template_id END;
BEGIN
    UPDATE templates
    SET labels = (SELECT coalesce(jsonb_agg(jsonb_build_object('label', l.label, 'version', l.version) ORDER BY l.label), '[]')
                  FROM template_labels AS l WHERE l.template_id = changed)
    WHERE id = changed;
    RETURN NULL;
END $$;
CREATE TRIGGER template_labels_show AFTER INSERT OR UPDATE OR DELETE ON template_labels
    FOR EACH ROW EXECUTE FUNCTION show_template_labels();

CREATE VIEW template_label_overview AS
SELECT label.template_id, label.label, label.version, back.version AS previous_version, change.note, change.author_id,
       change.author_name, label.updated_at, label.revision
FROM template_labels AS label
JOIN template_label_changes AS change ON change.id = label.change_id
LEFT JOIN template_label_changes AS back ON back.id = change.back_id;
