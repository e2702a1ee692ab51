-- How much tenants may have, by their plan or by themselves.

ALTER TABLE platform.plans ADD COLUMN limits jsonb NOT NULL DEFAULT '{}';

-- Those of the tenant that this transaction has entered: its own go before its plan's; what neither names is unlimited.
CREATE FUNCTION platform.tenant_limits() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER
RETURN (SELECT coalesce(plans.limits, '{}') || jsonb_strip_nulls(tenants.limits)
        FROM platform.tenants LEFT JOIN platform.plans ON plans.name = tenants.plan
        WHERE tenants.id = platform.current_tenant());
GRANT EXECUTE ON FUNCTION platform.tenant_limits() TO patio_tenant;
