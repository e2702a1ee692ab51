-- Calls whose end nobody recorded, because their worker died. They have a row in the ledger too, with what the prompt must have
-- cost; what came back is not known. Where the worker lives after all and tells the end late, that row is taken back by one with
-- the same figures below zero, and the true one is added. So no row ever changes, and the plain sums of all rows are what was called.
ALTER TABLE usage_events
    ADD COLUMN entry text NOT NULL DEFAULT 'call'
        CONSTRAINT usage_events_entry_is_known CHECK (entry IN ('call', 'reversal', 'correction')),
    DROP CONSTRAINT usage_events_status_is_known,
    ADD CONSTRAINT usage_events_status_is_known CHECK (status IN ('succeeded', 'failed', 'canceled', 'lost')),
    DROP CONSTRAINT usage_events_key,
    ADD CONSTRAINT usage_events_key PRIMARY KEY (attempt_id, entry); -- of each call one row with the entry `call`

ALTER TABLE usage_days ADD COLUMN lost_calls bigint NOT NULL DEFAULT 0; -- among the calls

ALTER TABLE attempts ADD COLUMN estimated boolean NOT NULL DEFAULT false; -- tokens and cost
