// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/job_store.h"
#include "shared/jobs/job_action.h"

// SQL of what is done to many jobs.
namespace JobActionStore {

// In a transaction of the tenant.

void insert(Transaction &tx, const JobAction &action);
void choose(Transaction &tx, const QUuid &id, const QList<QUuid> &jobs);
void begin(Transaction &tx, const QUuid &id, int jobs); // tells the workers
std::optional<JobAction> find(Transaction &tx, const QUuid &id);
std::optional<JobAction> lock(Transaction &tx, const QUuid &id);
QList<JobAction> list(Transaction &tx, const JobActionFilter &filter, int limit, const std::optional<QUuid> &before,
                      const std::optional<QUuid> &userId);
QList<QUuid> takeJobs(Transaction &tx, const QUuid &id, int limit); // which are not looked at again
void count(Transaction &tx, const QUuid &id, int done, int skipped);
void end(Transaction &tx, const QUuid &id, JobActionState state);
void announce(Transaction &tx, const JobAction &action); // its event

// In a platform transaction.

struct Taken
{
    QUuid actionId;
    QUuid tenantId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"actionId", &Taken::actionId}, Field{"tenantId", &Taken::tenantId}};
    }
};
// An action that nobody else does at the moment: it is the caller's for a minute.
std::optional<Taken> take(Transaction &tx);
void release(Transaction &tx, const QUuid &actionId);

} // namespace JobActionStore
