-- What is left of tenants that were erased: that they were, by whom, and how much. Written before the first row goes, so that an erasure
-- that was cut off is finished with the figures it began with.

CREATE TABLE platform.erasures (
    id uuid NOT NULL DEFAULT platform.uuidv7(),
    tenant_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    erased_by uuid,
    erased_by_name text NOT NULL,
    started_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3),
    row_counts jsonb NOT NULL,
    digest text NOT NULL DEFAULT '', -- SHA-256 over the rest, when finished
    CONSTRAINT erasures_key PRIMARY KEY (id),
    CONSTRAINT erasures_are_once UNIQUE (tenant_id)
);
REVOKE UPDATE, DELETE ON platform.erasures FROM patio_platform;
GRANT UPDATE (finished_at, digest) ON platform.erasures TO patio_platform;

-- A receipt does not change any more.
CREATE FUNCTION platform.keep_receipt() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.finished_at IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'the receipt of an erasure cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER erasures_stay BEFORE UPDATE ON platform.erasures FOR EACH ROW EXECUTE FUNCTION platform.keep_receipt();
