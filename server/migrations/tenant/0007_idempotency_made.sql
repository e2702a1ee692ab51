-- For requests whose answer is made anew each time, such as that for a job: what the first one made, written in its transaction.
ALTER TABLE idempotency_keys ADD COLUMN made uuid;
