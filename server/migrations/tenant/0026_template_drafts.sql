-- What people have typed and not saved yet, each for themselves.
CREATE TABLE template_drafts (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id uuid NOT NULL, -- of the template, or what the client chose for one not made yet
    template_id uuid REFERENCES templates (id),
    title text NOT NULL,
    base_version integer NOT NULL,
    content jsonb NOT NULL,
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT template_drafts_key PRIMARY KEY (user_id, id),
    CONSTRAINT template_drafts_id_is_the_templates CHECK (template_id = id)
);
CREATE INDEX template_drafts_by_time ON template_drafts (user_id, updated_at DESC, id DESC);
CREATE TRIGGER template_drafts_touch BEFORE UPDATE ON template_drafts FOR EACH ROW EXECUTE FUNCTION platform.touch();
