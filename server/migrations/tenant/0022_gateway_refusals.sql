-- Calls that the gateway refused: for each minute, key, reason and model how many, and what the last program was told.

CREATE TABLE gateway_refusals (
    minute timestamptz(3) NOT NULL,
    key_id uuid NOT NULL,
    decided_by text NOT NULL,
    decided_by_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000', -- of the limit or budget
    model text NOT NULL,
    decided_by_name text NOT NULL,
    key_name text NOT NULL,
    user_name text NOT NULL,
    detail text NOT NULL,
    last_at timestamptz(3) NOT NULL,
    calls bigint NOT NULL,
    CONSTRAINT gateway_refusals_key PRIMARY KEY (minute, key_id, decided_by, decided_by_id, model)
);
