-- The work queue of all tenants: a row for each job that somebody still has to deal with. One worker serves ten thousand
-- tenants without visiting ten thousand schemas.
--
--   free (lease_id null, run_at in the future or past) ─claim─► leased ─settle─► gone, or free again at a later run_at
--                                                         │
--                                                         └─ lease ran out: claimed again by whoever notices
--
-- A lease names the claim, not only the time: who lost it cannot finish the job any more.
CREATE TABLE platform.queue (
    job_id uuid NOT NULL,
    tenant_id uuid NOT NULL, -- no foreign key: it would lock the tenant's row for each job; rows of gone tenants are dropped by the worker
    priority smallint NOT NULL CONSTRAINT queue_priority_is_known CHECK (priority BETWEEN 0 AND 2),
    run_at timestamptz(3) NOT NULL,
    lease_id uuid,
    lease_until timestamptz(3),
    CONSTRAINT queue_key PRIMARY KEY (job_id),
    CONSTRAINT queue_lease_is_whole CHECK ((lease_id IS NULL) = (lease_until IS NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX queue_free ON platform.queue (priority, tenant_id, run_at) WHERE lease_id IS NULL;
CREATE INDEX queue_leased ON platform.queue (lease_until) WHERE lease_id IS NOT NULL;

-- What a tenant's role may do with its own rows, in the transaction that changes the jobs themselves.
-- PL/pgSQL keeps its plans; functions in SQL would be planned at each call.
CREATE FUNCTION platform.queue_add(jobs uuid[], priorities smallint[], times timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO platform.queue (job_id, tenant_id, priority, run_at)
    SELECT added.job, platform.current_tenant(), added.priority, added.run_at
    FROM unnest(jobs, priorities, times) AS added (job, priority, run_at);
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_add(uuid[], smallint[], timestamptz[]) TO patio_tenant;

-- Takes a job away that no worker has. Gives 'withdrawn', or 'leased' where a worker has it, or nothing where it is not there.
CREATE FUNCTION platform.queue_withdraw(job uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    lease uuid;
BEGIN
    SELECT lease_id INTO lease FROM platform.queue
    WHERE job_id = job AND tenant_id = platform.current_tenant() FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF lease IS NOT NULL THEN
        RETURN 'leased';
    END IF;
    DELETE FROM platform.queue WHERE job_id = job;
    RETURN 'withdrawn';
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_withdraw(uuid) TO patio_tenant;

-- Ends the leases: a job without a time leaves the queue, the others wait until theirs. Gives those whose lease still was the one
-- named; nothing happens to the others.
CREATE FUNCTION platform.queue_settle(jobs uuid[], leases uuid[], times timestamptz[]) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    tenant uuid := platform.current_tenant();
BEGIN
    RETURN QUERY
        DELETE FROM platform.queue AS entry
        USING unnest(jobs, leases, times) AS given (job, lease, run_at)
        WHERE entry.job_id = given.job AND entry.lease_id = given.lease AND entry.tenant_id = tenant
          AND given.run_at IS NULL
        RETURNING entry.job_id;
    RETURN QUERY
        UPDATE platform.queue AS entry
        SET lease_id = NULL, lease_until = NULL, run_at = given.run_at
        FROM unnest(jobs, leases, times) AS given (job, lease, run_at)
        WHERE entry.job_id = given.job AND entry.lease_id = given.lease AND entry.tenant_id = tenant
          AND given.run_at IS NOT NULL
        RETURNING entry.job_id;
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_settle(uuid[], uuid[], timestamptz[]) TO patio_tenant;
