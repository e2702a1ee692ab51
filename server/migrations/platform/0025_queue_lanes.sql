-- Lanes of the queue: the jobs of one tenant, priority and model, so that who has reached a limit is passed over by one step through
-- the index and not job by job. Jobs of a paused batch stand beside the lanes.

ALTER TABLE platform.queue
    ADD COLUMN model text COLLATE "C" NOT NULL DEFAULT '', -- empty: from before there were lanes
    ADD COLUMN batch_id uuid, -- that made it
    ADD COLUMN paused boolean NOT NULL DEFAULT false; -- changes only while it is free
DROP INDEX platform.queue_free;
CREATE INDEX queue_free ON platform.queue (tenant_id, priority, model, run_at) WHERE lease_id IS NULL AND NOT paused;
CREATE INDEX queue_by_batch ON platform.queue (batch_id) WHERE batch_id IS NOT NULL;

-- Batches that have not ended.
CREATE TABLE platform.active_batches (
    batch_id uuid NOT NULL,
    tenant_id uuid NOT NULL REFERENCES platform.tenants (id) ON DELETE CASCADE,
    paused boolean NOT NULL DEFAULT false,
    CONSTRAINT active_batches_key PRIMARY KEY (batch_id)
);

CREATE FUNCTION platform.batch_begins(batch uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
BEGIN ATOMIC
    INSERT INTO platform.active_batches (batch_id, tenant_id) VALUES (batch, platform.current_tenant()) ON CONFLICT DO NOTHING;
END;
GRANT EXECUTE ON FUNCTION platform.batch_begins(uuid) TO patio_tenant;

CREATE FUNCTION platform.batch_ends(batch uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
BEGIN ATOMIC
    DELETE FROM platform.active_batches WHERE batch_id = batch AND tenant_id = platform.current_tenant();
END;
GRANT EXECUTE ON FUNCTION platform.batch_ends(uuid) TO patio_tenant;

DROP FUNCTION platform.queue_add(uuid[], smallint[], timestamptz[]);
CREATE FUNCTION platform.queue_add(jobs uuid[], priorities smallint[], times timestamptz[], models text[], batches uuid[])
    RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    tenant uuid := platform.current_tenant();
BEGIN
    INSERT INTO platform.queue (job_id, tenant_id, priority, run_at, model, batch_id, paused)
    SELECT added.job, tenant, added.priority, added.run_at, added.model, added.batch,
           added.batch IS NOT NULL
           AND coalesce((SELECT batch.paused FROM platform.active_batches AS batch WHERE batch.batch_id = added.batch), false)
    FROM unnest(jobs, priorities, times, models, batches) AS added (job, priority, run_at, model, batch);
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_add(uuid[], smallint[], timestamptz[], text[], uuid[]) TO patio_tenant;

-- Whoever frees leased jobs holds their batches as they are, paused or not, until its transaction ends.
CREATE FUNCTION platform.queue_hold_pauses(jobs uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM FROM platform.active_batches
    WHERE batch_id IN (SELECT batch_id FROM platform.queue WHERE job_id = ANY (jobs) AND batch_id IS NOT NULL)
    ORDER BY batch_id
    FOR SHARE;
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_hold_pauses(uuid[]) TO patio_platform;

CREATE OR REPLACE FUNCTION platform.queue_settle(jobs uuid[], leases uuid[], times timestamptz[]) RETURNS SETOF uuid
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
    IF cardinality(array_remove(times, NULL)) = 0 THEN
        RETURN;
    END IF;
    PERFORM platform.queue_hold_pauses(jobs);
    RETURN QUERY
        UPDATE platform.queue AS entry
        SET lease_id = NULL, lease_until = NULL, run_at = given.run_at,
            paused = EXISTS (SELECT FROM platform.active_batches AS batch WHERE batch.batch_id = entry.batch_id AND batch.paused)
        FROM unnest(jobs, leases, times) AS given (job, lease, run_at)
        WHERE entry.job_id = given.job AND entry.lease_id = given.lease AND entry.tenant_id = tenant
          AND given.run_at IS NOT NULL
        RETURNING entry.job_id;
END $$;

-- Of all jobs of a batch that no worker has. A worker that takes one at the same instant is waited for.
CREATE FUNCTION platform.queue_pause(batch uuid, pausing boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE platform.active_batches SET paused = pausing WHERE batch_id = batch AND tenant_id = platform.current_tenant();
    UPDATE platform.queue SET paused = pausing
    WHERE batch_id = batch AND tenant_id = platform.current_tenant() AND lease_id IS NULL AND paused <> pausing;
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_pause(uuid, boolean) TO patio_tenant;

-- Takes the jobs of a batch away that no worker has; gives them and those that one has.
CREATE FUNCTION platform.queue_withdraw_batch(batch uuid) RETURNS TABLE (job_id uuid, leased boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
        DELETE FROM platform.queue AS entry
        WHERE entry.batch_id = batch AND entry.tenant_id = platform.current_tenant() AND entry.lease_id IS NULL
        RETURNING entry.job_id, false;
    RETURN QUERY
        SELECT entry.job_id, true FROM platform.queue AS entry
        WHERE entry.batch_id = batch AND entry.tenant_id = platform.current_tenant();
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_withdraw_batch(uuid) TO patio_tenant;

-- A job that waits may wait otherwise. Gives whether it was there and free.
CREATE FUNCTION platform.queue_move(job uuid, new_priority smallint, new_time timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE platform.queue
    SET priority = coalesce(new_priority, priority), run_at = coalesce(new_time, run_at)
    WHERE job_id = job AND tenant_id = platform.current_tenant() AND lease_id IS NULL;
    RETURN FOUND;
END $$;
GRANT EXECUTE ON FUNCTION platform.queue_move(uuid, smallint, timestamptz) TO patio_tenant;
