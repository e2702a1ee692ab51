-- When in the day a rule applies; NULL: always.
ALTER TABLE rules ADD COLUMN hours jsonb;
