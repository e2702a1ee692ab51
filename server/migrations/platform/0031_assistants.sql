-- Tenants with assistants: where a process that starts looks for questions that nobody has answered yet.
CREATE TABLE platform.assistant_tenants (
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    CONSTRAINT assistant_tenants_key PRIMARY KEY (tenant_id)
);

CREATE FUNCTION platform.note_assistants() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
BEGIN ATOMIC
    INSERT INTO platform.assistant_tenants (tenant_id) VALUES (platform.current_tenant()) ON CONFLICT DO NOTHING;
END;
GRANT EXECUTE ON FUNCTION platform.note_assistants() TO patio_tenant;
