-- Tells every process that a tenant's settings of the gateway have changed. The payload is the tenant's id.
CREATE FUNCTION platform.tell_gateway_settings() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('patio_gateway_settings', substr(TG_TABLE_SCHEMA, 3)::uuid::text);
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION platform.tell_gateway_settings() TO patio_tenant;

-- Tenants that store the bodies of calls, or did: whose old ones are looked for. A tenant is here from before its first body on.
CREATE TABLE platform.gateway_body_tenants (
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    purged_at timestamptz(3) NOT NULL DEFAULT '-infinity', -- when somebody went to look
    CONSTRAINT gateway_body_tenants_key PRIMARY KEY (tenant_id)
);
CREATE INDEX gateway_body_tenants_by_time ON platform.gateway_body_tenants (purged_at);

CREATE FUNCTION platform.store_gateway_bodies() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
BEGIN ATOMIC
    INSERT INTO platform.gateway_body_tenants (tenant_id) VALUES (platform.current_tenant()) ON CONFLICT DO NOTHING;
END;
GRANT EXECUTE ON FUNCTION platform.store_gateway_bodies() TO patio_tenant;
