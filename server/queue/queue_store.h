// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/jobs/job.h"

#include <chrono>

// SQL of the work queue (migrations/platform/0011_queue.sql draws its states).
namespace QueueStore {

struct Claim
{
    QUuid jobId;
    QUuid tenantId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"jobId", &Claim::jobId}, Field{"tenantId", &Claim::tenantId}};
    }
};

// In a platform transaction.

// Leases up to `limit` jobs whose time has come: the highest priority first, shared among the tenants that wait, each
// tenant's oldest first.
QList<Claim> claim(Transaction &tx, const QUuid &lease, int limit, std::chrono::milliseconds length);
// Leases jobs whose lease has run out: their worker died or was cut off.
QList<Claim> takeOver(Transaction &tx, const QUuid &lease, int limit, std::chrono::milliseconds length);
// Extends leases; gives the jobs that are still held by the lease named.
QList<QUuid> renew(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases,
                   std::chrono::milliseconds length);
// Frees leased jobs at once.
void release(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases);
// The time of the next job that waits for its time.
std::optional<QDateTime> nextTime(Transaction &tx);
// Rows of a tenant that is gone.
void forgetTenant(Transaction &tx, const QUuid &tenantId);

// In a transaction of the tenant.

void add(Transaction &tx, const QList<QUuid> &jobs, const QList<JobPriority> &priorities,
         const QList<QDateTime> &times);
enum class Withdrawal { Withdrawn, Leased, NotThere };
Withdrawal withdraw(Transaction &tx, const QUuid &job);
// Jobs without a time leave the queue, the others wait until theirs. Gives those whose lease still was the one named.
QList<QUuid> settle(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases,
                    const QList<std::optional<QDateTime>> &times);

} // namespace QueueStore
