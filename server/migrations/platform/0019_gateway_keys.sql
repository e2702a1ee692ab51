-- Tells every process that keys of the gateway, or those they belong to, have changed. The payload is the tenant's id.

CREATE FUNCTION platform.tell_gateway_keys() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_SCHEMA ~ '^t_[0-9a-f]{32}$' THEN
        PERFORM pg_notify('patio_gateway_keys', substr(TG_TABLE_SCHEMA, 3)::uuid::text);
    ELSE
        PERFORM pg_notify('patio_gateway_keys', NEW.id::text);
    END IF;
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION platform.tell_gateway_keys() TO patio_platform, patio_tenant;

CREATE TRIGGER tenants_tell_gateway_keys AFTER UPDATE OF status ON platform.tenants
    FOR EACH ROW EXECUTE FUNCTION platform.tell_gateway_keys();
