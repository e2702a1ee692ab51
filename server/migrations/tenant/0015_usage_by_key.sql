-- Calls through the gateway have no job and no template, but a key; usage is told by key too. A call without one has the id of zeros
-- in the sums.
ALTER TABLE usage_events
    ADD COLUMN key_id uuid,
    ADD COLUMN key_name text NOT NULL DEFAULT '';

ALTER TABLE usage_days
    ADD COLUMN key_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN key_name text NOT NULL DEFAULT '',
    DROP CONSTRAINT usage_days_key,
    ADD CONSTRAINT usage_days_key PRIMARY KEY (day, model, user_id, template_id, key_id);
