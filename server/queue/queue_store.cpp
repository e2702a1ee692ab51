// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/queue/queue_store.h"

#include "server/database/columns.h"

using namespace Qt::StringLiterals;
using database::column;

namespace QueueStore {
namespace {

struct WithdrawnRow
{
    QUuid jobId;
    bool leased = false;

    static constexpr auto fields()
    {
        return std::tuple{Field{"jobId", &WithdrawnRow::jobId}, Field{"leased", &WithdrawnRow::leased}};
    }
};

double seconds(std::chrono::milliseconds length) { return double(length.count()) / 1000; }

} // namespace

QList<Lane> lanes(Transaction &tx, const QUuid &after, int limit)
{
    return tx.all<Lane>(R"(
        WITH RECURSIVE lane AS ( -- by one look into the index for each, and no more of them than are asked for
            (SELECT tenant_id, priority, model, run_at FROM queue
             WHERE lease_id IS NULL AND NOT paused AND tenant_id > $1
             ORDER BY tenant_id, priority, model, run_at LIMIT 1)
            UNION ALL
            SELECT following.tenant_id, following.priority, following.model, following.run_at
            FROM lane CROSS JOIN LATERAL (
                SELECT tenant_id, priority, model, run_at FROM queue
                WHERE lease_id IS NULL AND NOT paused
                  AND (tenant_id, priority, model) > (lane.tenant_id, lane.priority, lane.model)
                ORDER BY tenant_id, priority, model, run_at LIMIT 1) AS following
        )
        SELECT lane.tenant_id, lane.priority, lane.model, lane.run_at AS oldest,
               (SELECT coalesce(tenants.limits->>'runningJobs', plans.limits->>'runningJobs')::integer
                FROM tenants LEFT JOIN plans ON plans.name = tenants.plan
                WHERE tenants.id = lane.tenant_id) AS plan_limit,
               EXISTS (SELECT FROM running_limits AS own WHERE own.tenant_id = lane.tenant_id) AS has_limits
        FROM lane
        WHERE lane.run_at <= now()
        LIMIT $2)",
                        after, limit);
}

QList<Limit> limits(Transaction &tx, const QList<QUuid> &tenants)
{
    return tx.all<Limit>("SELECT tenant_id, model, amount FROM running_limits WHERE tenant_id = ANY ($1)", tenants);
}

QList<Running> lockRunning(Transaction &tx)
{
    tx.run("SELECT pg_advisory_xact_lock(hashtext('patio running limits'))");
    return tx.all<Running>(R"(
        SELECT tenant_id, model, count(*)::integer AS jobs FROM queue WHERE lease_id IS NOT NULL
        GROUP BY tenant_id, model)");
}

// `ctid = ANY (ARRAY(…))`: joined through a common table expression the same claim was a thousand times slower.
QList<Claim> take(Transaction &tx, const QList<Share> &shares, const QUuid &lease, std::chrono::milliseconds length)
{
    return tx.all<Claim>(R"(
        UPDATE queue
        SET lease_id = $5, lease_until = now() + make_interval(secs => $6)
        WHERE ctid = ANY (ARRAY(
            SELECT picked.ctid
            FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::integer[])
                AS share (tenant_id, priority, model, places)
            CROSS JOIN LATERAL (
                SELECT ctid FROM queue AS entry
                WHERE entry.lease_id IS NULL AND NOT entry.paused AND entry.tenant_id = share.tenant_id
                  AND entry.priority = share.priority AND entry.model = share.model AND entry.run_at <= now()
                ORDER BY entry.run_at
                LIMIT share.places
                FOR UPDATE SKIP LOCKED) AS picked))
        RETURNING job_id, tenant_id, priority, model)",
                         column(shares, &Share::tenantId), column(shares, &Share::priority),
                         column(shares, &Share::model), column(shares, &Share::places), lease, seconds(length));
}

QList<Claim> takeOver(Transaction &tx, const QUuid &lease, int limit, std::chrono::milliseconds length)
{
    return tx.all<Claim>(R"(
        UPDATE queue
        SET lease_id = $1, lease_until = now() + make_interval(secs => $2)
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM queue
            WHERE lease_id IS NOT NULL AND lease_until < now()
            ORDER BY lease_until
            LIMIT $3
            FOR UPDATE SKIP LOCKED))
        RETURNING job_id, tenant_id, priority, model)",
                         lease, seconds(length), limit);
}

// Rows that are locked are being settled: they need no longer lease, and waiting for them could be waiting in a circle.
QList<QUuid> renew(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases,
                   std::chrono::milliseconds length)
{
    tx.run(R"(
        UPDATE queue
        SET lease_until = now() + make_interval(secs => $3)
        WHERE ctid = ANY (ARRAY(
            SELECT entry.ctid
            FROM unnest($1::uuid[], $2::uuid[]) AS held (job, lease)
            JOIN queue AS entry ON entry.job_id = held.job AND entry.lease_id = held.lease
            FOR UPDATE OF entry SKIP LOCKED)))",
           jobs, leases, seconds(length));
    return tx.all<QUuid>(R"(
        SELECT entry.job_id
        FROM unnest($1::uuid[], $2::uuid[]) AS held (job, lease)
        JOIN queue AS entry ON entry.job_id = held.job AND entry.lease_id = held.lease)",
                         jobs, leases);
}

void release(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases)
{
    tx.run("SELECT queue_hold_pauses($1)", jobs);
    tx.run(R"(
        UPDATE queue AS entry
        SET lease_id = NULL, lease_until = NULL,
            paused = EXISTS (SELECT FROM active_batches AS batch WHERE batch.batch_id = entry.batch_id AND batch.paused)
        FROM unnest($1::uuid[], $2::uuid[]) AS held (job, lease)
        WHERE entry.job_id = held.job AND entry.lease_id = held.lease)",
           jobs, leases);
}

std::optional<QDateTime> nextTime(Transaction &tx)
{
    return tx.one<std::optional<QDateTime>>(R"(
        WITH RECURSIVE lane AS (
            (SELECT tenant_id, priority, model FROM queue WHERE lease_id IS NULL AND NOT paused
             ORDER BY tenant_id, priority, model LIMIT 1)
            UNION ALL
            SELECT following.tenant_id, following.priority, following.model
            FROM lane CROSS JOIN LATERAL (
                SELECT tenant_id, priority, model FROM queue
                WHERE lease_id IS NULL AND NOT paused
                  AND (tenant_id, priority, model) > (lane.tenant_id, lane.priority, lane.model)
                ORDER BY tenant_id, priority, model LIMIT 1) AS following
        )
        SELECT min(following.run_at)
        FROM lane CROSS JOIN LATERAL (
            SELECT run_at FROM queue
            WHERE lease_id IS NULL AND NOT paused AND tenant_id = lane.tenant_id AND priority = lane.priority
              AND model = lane.model AND run_at > now()
            ORDER BY run_at LIMIT 1) AS following)");
}

QList<BatchPlace> batchesWithoutJobs(Transaction &tx)
{
    return tx.all<BatchPlace>(R"(
        SELECT tenant_id, batch_id FROM active_batches AS batch
        WHERE NOT EXISTS (SELECT FROM queue WHERE queue.batch_id = batch.batch_id)
        LIMIT 1000)");
}

Figures figures(Transaction &tx)
{
    return tx.one<Figures>(R"(
        WITH entries AS MATERIALIZED (
            SELECT priority,
                   CASE WHEN lease_id IS NOT NULL THEN 3 WHEN paused THEN 2 WHEN run_at > now() THEN 1 ELSE 0 END AS state,
                   count(*) AS jobs, min(run_at) AS oldest,
                   count(*) FILTER (WHERE batch_id IS NOT NULL AND lease_id IS NULL) AS batch_jobs
            FROM queue GROUP BY 1, 2
        )
        SELECT (SELECT array_agg(coalesce(entries.jobs, 0)::integer ORDER BY p, s)
                FROM generate_series(0, 2) AS p CROSS JOIN generate_series(0, 3) AS s
                LEFT JOIN entries ON entries.priority = p AND entries.state = s) AS jobs,
               coalesce((SELECT extract(epoch FROM now() - min(oldest)) FROM entries WHERE state = 0), 0)::float8
                   AS oldest_seconds,
               (SELECT count(*) FROM active_batches)::integer AS batches,
               coalesce((SELECT sum(batch_jobs) FROM entries), 0)::integer AS batch_jobs)");
}

void forgetTenant(Transaction &tx, const QUuid &tenantId)
{
    tx.run("DELETE FROM queue WHERE tenant_id = $1", tenantId);
}

void add(Transaction &tx, const QList<Entry> &entries)
{
    tx.run("SELECT platform.queue_add($1, $2::smallint[], $3, $4, $5)", column(entries, &Entry::jobId),
           column(entries, [](const Entry &entry) { return int(entry.priority); }), column(entries, &Entry::runAt),
           column(entries, &Entry::model), column(entries, &Entry::batchId));
}

std::optional<Place> place(Transaction &tx, const QUuid &job)
{
    return tx.maybe<Place>("SELECT * FROM platform.queue_place($1)", job);
}

bool move(Transaction &tx, const QUuid &job, const std::optional<JobPriority> &priority,
          const std::optional<QDateTime> &runAt)
{
    return tx.one<bool>("SELECT platform.queue_move($1, $2::smallint, $3)", job,
                        priority ? std::optional(int(*priority)) : std::nullopt, runAt);
}

void beginBatch(Transaction &tx, const QUuid &batch) { tx.run("SELECT platform.batch_begins($1)", batch); }

void endBatch(Transaction &tx, const QUuid &batch) { tx.run("SELECT platform.batch_ends($1)", batch); }

void pauseBatch(Transaction &tx, const QUuid &batch, bool isPaused)
{
    tx.run("SELECT platform.queue_pause($1, $2)", batch, isPaused);
}

BatchJobs withdrawBatch(Transaction &tx, const QUuid &batch)
{
    BatchJobs jobs;
    const auto rows = tx.all<WithdrawnRow>("SELECT job_id, leased FROM platform.queue_withdraw_batch($1)", batch);
    for (const WithdrawnRow &row : rows)
        (row.leased ? jobs.leased : jobs.withdrawn).append(row.jobId);
    return jobs;
}

Withdrawal withdraw(Transaction &tx, const QUuid &job)
{
    const auto outcome = tx.one<std::optional<QString>>("SELECT platform.queue_withdraw($1)", job);
    if (!outcome)
        return Withdrawal::NotThere;
    return *outcome == "leased"_L1 ? Withdrawal::Leased : Withdrawal::Withdrawn;
}

QList<QUuid> settle(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases,
                    const QList<std::optional<QDateTime>> &times)
{
    return tx.all<QUuid>("SELECT platform.queue_settle($1, $2, $3)", jobs, leases, times);
}

} // namespace QueueStore
