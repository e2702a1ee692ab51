-- For triggers on tables of tenants: tells every process over the channel that the trigger names that rows have changed. The payload is
-- the tenant's id.

CREATE FUNCTION platform.tell_tenant() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_ARGV[0], substr(TG_TABLE_SCHEMA, 3)::uuid::text);
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION platform.tell_tenant() TO patio_tenant;
