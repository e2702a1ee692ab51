-- How many jobs of a tenant may run at a time, over all processes: of all models (''), of a provider, or of provider/model. What is
-- running are the leases of the queue. What the plan says is in platform.plans and platform.tenants.
CREATE TABLE platform.running_limits (
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    model text COLLATE "C" NOT NULL,
    amount integer NOT NULL CONSTRAINT running_limits_amount_counts CHECK (amount >= 0),
    CONSTRAINT running_limits_key PRIMARY KEY (tenant_id, model)
);

CREATE FUNCTION platform.set_running_limits(models text[], amounts integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM platform.running_limits WHERE tenant_id = platform.current_tenant();
    INSERT INTO platform.running_limits (tenant_id, model, amount)
    SELECT platform.current_tenant(), given.model, given.amount FROM unnest(models, amounts) AS given (model, amount);
    PERFORM pg_notify('patio_queue', ''); -- there may be room now
END $$;
GRANT EXECUTE ON FUNCTION platform.set_running_limits(text[], integer[]) TO patio_tenant;

-- What a queued job of the tenant waits for, as far as the database knows: its place, what runs beside it, and its limits.
CREATE FUNCTION platform.queue_place(job uuid)
    RETURNS TABLE (paused boolean, run_at timestamptz(3), in_tenant integer, with_provider integer, with_model integer,
                   all_with_provider integer, all_with_model integer, plan_limit integer, own_models text[], own_amounts integer[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
        SELECT entry.paused, entry.run_at,
               (count(*) FILTER (WHERE other.tenant_id = entry.tenant_id))::integer,
               (count(*) FILTER (WHERE other.tenant_id = entry.tenant_id
                                   AND split_part(other.model, '/', 1) = split_part(entry.model, '/', 1)))::integer,
               (count(*) FILTER (WHERE other.tenant_id = entry.tenant_id AND other.model = entry.model))::integer,
               (count(*) FILTER (WHERE split_part(other.model, '/', 1) = split_part(entry.model, '/', 1)))::integer,
               (count(*) FILTER (WHERE other.model = entry.model))::integer,
               (platform.tenant_limits()->>'runningJobs')::integer,
               (SELECT array_agg(own.model ORDER BY own.model) FROM platform.running_limits AS own
                WHERE own.tenant_id = entry.tenant_id)::text[],
               (SELECT array_agg(own.amount ORDER BY own.model) FROM platform.running_limits AS own
                WHERE own.tenant_id = entry.tenant_id)
        FROM platform.queue AS entry LEFT JOIN platform.queue AS other ON other.lease_id IS NOT NULL
        WHERE entry.job_id = job AND entry.tenant_id = platform.current_tenant() AND entry.lease_id IS NULL
        GROUP BY entry.job_id;
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_place(uuid) TO patio_tenant;

-- What is done to many jobs of a tenant and not yet to the end. Whoever does the next step has taken it for a moment.
CREATE TABLE platform.active_job_actions (
    action_id uuid NOT NULL,
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    taken_until timestamptz(3) NOT NULL DEFAULT '-infinity',
    CONSTRAINT active_job_actions_key PRIMARY KEY (action_id)
);

CREATE FUNCTION platform.job_action_begins(action uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO platform.active_job_actions (action_id, tenant_id) VALUES (action, platform.current_tenant());
    PERFORM pg_notify('patio_job_actions', '');
END $$;
GRANT EXECUTE ON FUNCTION platform.job_action_begins(uuid) TO patio_tenant;

CREATE FUNCTION platform.job_action_ends(action uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
BEGIN ATOMIC
    DELETE FROM platform.active_job_actions WHERE action_id = action AND tenant_id = platform.current_tenant();
END;
GRANT EXECUTE ON FUNCTION platform.job_action_ends(uuid) TO patio_tenant;
