-- Tenants with evaluation runs under way: what a process that starts must look after.
CREATE TABLE platform.evaluation_tenants (
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    running integer NOT NULL, -- runs
    CONSTRAINT evaluation_tenants_key PRIMARY KEY (tenant_id)
);
CREATE INDEX evaluation_tenants_running ON platform.evaluation_tenants (tenant_id) WHERE running > 0;

CREATE FUNCTION platform.count_evaluations(difference integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
BEGIN ATOMIC
    INSERT INTO platform.evaluation_tenants AS t (tenant_id, running)
    VALUES (platform.current_tenant(), greatest(0, difference))
    ON CONFLICT (tenant_id) DO UPDATE SET running = greatest(0, t.running + difference);
END;
GRANT EXECUTE ON FUNCTION platform.count_evaluations(integer) TO patio_tenant;
