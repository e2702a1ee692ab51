-- Tells every process that limits of the gateway have changed. The payload is the tenant's id.

CREATE FUNCTION platform.tell_gateway_limits() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('patio_gateway_limits', substr(TG_TABLE_SCHEMA, 3)::uuid::text);
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION platform.tell_gateway_limits() TO patio_platform, patio_tenant;
