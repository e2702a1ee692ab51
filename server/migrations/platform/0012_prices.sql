-- The price book: what a model costs from a moment on. Rows are never changed by hand: a new price is a new row with a later
-- moment, so that what was computed stays right. `verified` says that an operator has compared the row with the provider's list.
CREATE TABLE platform.prices (
    provider text NOT NULL,
    model text NOT NULL,
    valid_from timestamptz(3) NOT NULL,
    prices jsonb NOT NULL, -- micro-US-dollars for a million tokens of each kind
    tiers jsonb NOT NULL DEFAULT '[]',
    source text NOT NULL,
    verified boolean NOT NULL DEFAULT false,
    note text NOT NULL DEFAULT '',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT prices_key PRIMARY KEY (provider, model, valid_from)
);
