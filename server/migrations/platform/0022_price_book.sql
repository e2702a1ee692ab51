-- The price book as operators keep it: rows have ids, a row that was in force stays as it is, and every process hears of changes.

ALTER TABLE platform.prices
    ADD COLUMN id uuid NOT NULL DEFAULT platform.uuidv7() CONSTRAINT prices_id_is_unique UNIQUE,
    -- As models are looked up: dots and dashes are the same.
    ADD COLUMN model_key text NOT NULL GENERATED ALWAYS AS (lower(replace(model, '.', '-'))) STORED,
    ADD CONSTRAINT prices_moment_is_unique UNIQUE (provider, model_key, valid_from);

CREATE FUNCTION platform.keep_prices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.valid_from <= clock_timestamp() THEN
            RAISE EXCEPTION 'a price that is or was in force is not deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    -- Generated columns are not there yet before an update.
    IF to_jsonb(NEW) - '{verified,note,source,model_key}'::text[]
       <> to_jsonb(OLD) - '{verified,note,source,model_key}'::text[] THEN
        RAISE EXCEPTION 'a price is not changed: a new one is a new row' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prices_stay BEFORE UPDATE OR DELETE ON platform.prices
    FOR EACH ROW EXECUTE FUNCTION platform.keep_prices();

-- Names under which models are called, and whose price they have.
CREATE TABLE platform.price_aliases (
    id uuid NOT NULL DEFAULT platform.uuidv7() CONSTRAINT price_aliases_key PRIMARY KEY,
    name text NOT NULL, -- provider/model, or a model whoever provides it
    name_key text NOT NULL GENERATED ALWAYS AS (lower(replace(name, '.', '-'))) STORED
        CONSTRAINT price_aliases_name_is_unique UNIQUE,
    target text, -- provider/model; null: free
    note text NOT NULL DEFAULT '',
    created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE FUNCTION platform.tell_prices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('patio_prices', '');
    RETURN NULL;
END $$;
CREATE TRIGGER prices_tell AFTER INSERT OR UPDATE OR DELETE ON platform.prices
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_prices();
CREATE TRIGGER price_aliases_tell AFTER INSERT OR UPDATE OR DELETE ON platform.price_aliases
    FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_prices();
