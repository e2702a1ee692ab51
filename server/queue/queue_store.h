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
    int priority = 0;
    QString model;

    static constexpr auto fields()
    {
        using T = Claim;
        return std::tuple{Field{"jobId", &T::jobId}, Field{"tenantId", &T::tenantId}, Field{"priority", &T::priority},
                          Field{"model", &T::model}};
    }
};

// Free jobs of one tenant, priority and model.
struct Lane
{
    QUuid tenantId;
    int priority = 0; // as JobPriority
    QString model;
    QDateTime oldest; // the time of the first
    std::optional<int> planLimit; // of the tenant's running jobs, by its plan
    bool hasLimits = false; // the tenant has limits of its own

    static constexpr auto fields()
    {
        using T = Lane;
        return std::tuple{Field{"tenantId", &T::tenantId},   Field{"priority", &T::priority},
                          Field{"model", &T::model},         Field{"oldest", &T::oldest},
                          Field{"planLimit", &T::planLimit}, Field{"hasLimits", &T::hasLimits}};
    }
};

struct Limit // of a tenant's own
{
    QUuid tenantId;
    QString model; // or a provider; empty: all
    int amount = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"tenantId", &Limit::tenantId}, Field{"model", &Limit::model},
                          Field{"amount", &Limit::amount}};
    }
};

struct Running
{
    QUuid tenantId;
    QString model;
    int jobs = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"tenantId", &Running::tenantId}, Field{"model", &Running::model},
                          Field{"jobs", &Running::jobs}};
    }
};

struct Share // of a lane
{
    QUuid tenantId;
    int priority = 0;
    QString model;
    int places = 0;
};

// In a platform transaction.

// Lanes with jobs whose time has come, of the tenants after that one, in the order of tenants.
QList<Lane> lanes(Transaction &tx, const QUuid &after, int limit);
QList<Limit> limits(Transaction &tx, const QList<QUuid> &tenants);
// What runs, in all processes. Nobody else takes jobs under limits until the transaction ends.
QList<Running> lockRunning(Transaction &tx);
// Leases jobs of lanes, the oldest of each, as many as their shares.
QList<Claim> take(Transaction &tx, const QList<Share> &shares, const QUuid &lease, std::chrono::milliseconds length);
// Leases jobs whose lease has run out: their worker died or was cut off.
QList<Claim> takeOver(Transaction &tx, const QUuid &lease, int limit, std::chrono::milliseconds length);
// Extends leases; gives the jobs that are still held by the lease named.
QList<QUuid> renew(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases,
                   std::chrono::milliseconds length);
// Frees leased jobs at once.
void release(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases);
// The time of the next job that waits for its time.
std::optional<QDateTime> nextTime(Transaction &tx);
// Batches that have not ended although all of their jobs have: whoever was to say so was killed.
struct BatchPlace
{
    QUuid tenantId;
    QUuid batchId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"tenantId", &BatchPlace::tenantId}, Field{"batchId", &BatchPlace::batchId}};
    }
};
QList<BatchPlace> batchesWithoutJobs(Transaction &tx);
// For metrics: reads the whole queue.
enum class EntryState { Waiting, Scheduled, Paused, Running };
struct Figures
{
    QList<int> jobs; // by priority, and within that by state
    double oldestSeconds = 0; // that the job which has waited longest has waited
    int batches = 0; // that have not ended
    int batchJobs = 0; // of batches, that have not begun

    static constexpr auto fields()
    {
        using T = Figures;
        return std::tuple{Field{"jobs", &T::jobs}, Field{"oldestSeconds", &T::oldestSeconds},
                          Field{"batches", &T::batches}, Field{"batchJobs", &T::batchJobs}};
    }
};
Figures figures(Transaction &tx);
// Rows of a tenant that is gone.
void forgetTenant(Transaction &tx, const QUuid &tenantId);

// In a transaction of the tenant.

// A job that somebody has to deal with, in its lane: tenant, priority, model.
struct Entry
{
    QUuid jobId;
    JobPriority priority = JobPriority::Normal;
    QDateTime runAt;
    QString model;
    std::optional<QUuid> batchId;

    static constexpr auto fields()
    {
        using T = Entry;
        return std::tuple{Field{"jobId", &T::jobId}, Field{"priority", &T::priority}, Field{"runAt", &T::runAt},
                          Field{"model", &T::model}, Field{"batchId", &T::batchId}};
    }
};
// Those of a paused batch wait until it goes on.
void add(Transaction &tx, const QList<Entry> &entries);
struct Place
{
    bool paused = false;
    QDateTime runAt;
    int inTenant = 0; // running jobs of the tenant: all, with the same provider, with the same model
    int withProvider = 0;
    int withModel = 0;
    int allWithProvider = 0; // of all tenants
    int allWithModel = 0;
    std::optional<int> planLimit;
    std::optional<QList<QString>> ownModels;
    std::optional<QList<int>> ownAmounts;

    static constexpr auto fields()
    {
        using T = Place;
        return std::tuple{Field{"paused", &T::paused},
                          Field{"runAt", &T::runAt},
                          Field{"inTenant", &T::inTenant},
                          Field{"withProvider", &T::withProvider},
                          Field{"withModel", &T::withModel},
                          Field{"allWithProvider", &T::allWithProvider},
                          Field{"allWithModel", &T::allWithModel},
                          Field{"planLimit", &T::planLimit},
                          Field{"ownModels", &T::ownModels},
                          Field{"ownAmounts", &T::ownAmounts}};
    }
};
// Of a job that is free.
std::optional<Place> place(Transaction &tx, const QUuid &job);
// Changes the place of a job that is free; says whether there was one.
bool move(Transaction &tx, const QUuid &job, const std::optional<JobPriority> &priority,
          const std::optional<QDateTime> &runAt);
enum class Withdrawal { Withdrawn, Leased, NotThere };
Withdrawal withdraw(Transaction &tx, const QUuid &job);
// Jobs without a time leave the queue, the others wait until theirs. Gives those whose lease still was the one named.
QList<QUuid> settle(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &leases,
                    const QList<std::optional<QDateTime>> &times);

// A batch is known to the queue from before its first job until it has ended; both may be said again.
void beginBatch(Transaction &tx, const QUuid &batch);
void endBatch(Transaction &tx, const QUuid &batch);
// Keeps the jobs that no worker has from being claimed, or lets them again. One that is being claimed is waited for.
void pauseBatch(Transaction &tx, const QUuid &batch, bool isPaused);
struct BatchJobs
{
    QList<QUuid> withdrawn, leased;
};
BatchJobs withdrawBatch(Transaction &tx, const QUuid &batch);

} // namespace QueueStore

template<>
inline constexpr auto enumNames<QueueStore::EntryState> = std::to_array({"waiting", "scheduled", "paused", "running"});
