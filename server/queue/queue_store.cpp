// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/queue/queue_store.h"

using namespace Qt::StringLiterals;

namespace QueueStore {
namespace {

double seconds(std::chrono::milliseconds length) { return double(length.count()) / 1000; }

} // namespace

// `ctid = ANY (ARRAY(…))`: joined through a common table expression the same claim was a thousand times slower.
QList<Claim> claim(Transaction &tx, const QUuid &lease, int limit, std::chrono::milliseconds length)
{
    return tx.all<Claim>(R"(
        WITH RECURSIVE waiting AS ( -- the tenants that have jobs of each priority, by one look into the index for each
            (SELECT priority, tenant_id FROM queue WHERE lease_id IS NULL ORDER BY priority, tenant_id LIMIT 1)
            UNION ALL
            SELECT following.priority, following.tenant_id
            FROM waiting CROSS JOIN LATERAL (
                SELECT priority, tenant_id FROM queue
                WHERE lease_id IS NULL AND (priority, tenant_id) > (waiting.priority, waiting.tenant_id)
                ORDER BY priority, tenant_id LIMIT 1) AS following
        ), turns AS MATERIALIZED ( -- in another order each time, so that nobody is always last
            SELECT priority, tenant_id, ceil($1::numeric / count(*) OVER (PARTITION BY priority)) AS share
            FROM waiting
            ORDER BY priority, random()
        )
        UPDATE queue
        SET lease_id = $2, lease_until = now() + make_interval(secs => $3)
        WHERE ctid = ANY (ARRAY(
            SELECT picked.ctid
            FROM turns CROSS JOIN LATERAL (
                SELECT ctid FROM queue AS entry
                WHERE entry.lease_id IS NULL AND entry.priority = turns.priority AND entry.tenant_id = turns.tenant_id
                  AND entry.run_at <= now()
                ORDER BY entry.run_at
                LIMIT turns.share
                FOR UPDATE SKIP LOCKED) AS picked
            LIMIT $1))
        RETURNING job_id, tenant_id)",
                         limit, lease, seconds(length));
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
        RETURNING job_id, tenant_id)",
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
    tx.run(R"(
        UPDATE queue AS entry
        SET lease_id = NULL, lease_until = NULL
        FROM unnest($1::uuid[], $2::uuid[]) AS held (job, lease)
        WHERE entry.job_id = held.job AND entry.lease_id = held.lease)",
           jobs, leases);
}

std::optional<QDateTime> nextTime(Transaction &tx)
{
    return tx.one<std::optional<QDateTime>>(R"(
        WITH RECURSIVE waiting AS (
            (SELECT priority, tenant_id FROM queue WHERE lease_id IS NULL ORDER BY priority, tenant_id LIMIT 1)
            UNION ALL
            SELECT following.priority, following.tenant_id
            FROM waiting CROSS JOIN LATERAL (
                SELECT priority, tenant_id FROM queue
                WHERE lease_id IS NULL AND (priority, tenant_id) > (waiting.priority, waiting.tenant_id)
                ORDER BY priority, tenant_id LIMIT 1) AS following
        )
        SELECT min(following.run_at)
        FROM waiting CROSS JOIN LATERAL (
            SELECT run_at FROM queue
            WHERE lease_id IS NULL AND priority = waiting.priority AND tenant_id = waiting.tenant_id AND run_at > now()
            ORDER BY run_at LIMIT 1) AS following)");
}

void forgetTenant(Transaction &tx, const QUuid &tenantId)
{
    tx.run("DELETE FROM queue WHERE tenant_id = $1", tenantId);
}

void add(Transaction &tx, const QList<QUuid> &jobs, const QList<JobPriority> &priorities, const QList<QDateTime> &times)
{
    QList<int> numbers;
    for (const JobPriority priority : priorities)
        numbers.append(int(priority));
    tx.run("SELECT platform.queue_add($1, $2::smallint[], $3)", jobs, numbers, times);
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
