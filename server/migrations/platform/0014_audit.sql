-- The ends of the audit logs. Each tenant has its own log (tenant/0009_audit.sql), whose entries are chained by hash.

-- Without the end of a chain kept elsewhere, taking its last entries away would leave one that looks whole. No role of the server can
-- change it: only the function that appends to a log does, as the owner.
CREATE TABLE platform.audit_heads (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_heads_key PRIMARY KEY (tenant_id)
) WITH (fillfactor = 50);
REVOKE INSERT, UPDATE, DELETE ON platform.audit_heads FROM patio_platform;

-- SHA-256 over what an entry says. Each part is written after its length in bytes, so that no two lists of parts read alike.
-- server/audit/audit_chain.cpp computes the same to verify a log, because a function in the database could be exchanged with the rows.
CREATE FUNCTION platform.audit_digest(parts text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT sha256(convert_to(string_agg(coalesce(octet_length(part) || ':' || part, '-'), ',' ORDER BY place), 'UTF8'))
    FROM unnest(parts) WITH ORDINALITY AS given (part, place)
);

-- For tenant migrations: what the tenant may do with this table of the current schema, and nothing else.
CREATE FUNCTION platform.allow_only(rights text, table_name text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON %I.%I FROM %I', current_schema, table_name, current_schema);
    EXECUTE format('GRANT %s ON %I.%I TO %I', rights, current_schema, table_name, current_schema);
END $$;

-- With the tenant goes the end of its log.
CREATE OR REPLACE FUNCTION platform.drop_tenant_schema(tenant uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    name text := platform.tenant_role(tenant);
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', name);
    EXECUTE format('DROP ROLE IF EXISTS %I', name);
    DELETE FROM platform.audit_heads WHERE tenant_id = tenant;
    DELETE FROM platform.tenant_migrations WHERE tenant_id = tenant;
END $$;
