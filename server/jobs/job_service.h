// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/idempotency/idempotency.h"
#include "server/jobs/job_store.h"
#include "server/queue/queue_signal.h"
#include "shared/http/page.h"
#include "shared/jobs/job.h"
#include "shared/jobs/job_settings.h"

struct JobServiceOptions
{
    std::chrono::seconds cacheAge{3600}; // how long a completed job answers for the same input
    int maxAttempts = 3; // where the request does not say
    QList<RunningLimit> serverLimits = {}; // of running jobs with a provider or model
};

// The rules of jobs for those who ask for them; the worker does them. No state, any thread.
class JobService
{
public:
    // Throws ApiError 422 at /model when the tenant can call no such model here, saying who can set it up. Within a
    // transaction of the tenant.
    using CheckModel = std::function<void(Transaction &tx, const QUuid &tenantId, const QString &model)>;
    // Told after each commit that wrote events.
    using Changed = std::function<void()>;

    JobService(Database &database, QueueSignal &signal, CheckModel checkModel, Changed changed,
               JobServiceOptions options = {});

    struct Generated
    {
        Job job;
        bool isNew = true; // false: it was there, queued, running or completed
        bool isReplay = false; // an earlier request with the same key got it
    };
    // Of requests for the same input one makes a job, also when they come at the same instant; the others get it. With
    // a key, the same request gets the same job again, whatever became of it and whatever `cache` says. The template
    // must be one that the caller may read, and so must the job of somebody else that is given instead of a new one.
    Generated generate(const Caller &caller, const GenerateRequest &request,
                       const std::optional<Idempotency::Key> &key = {});

    Page<Job> list(const Caller &caller, const JobFilter &filter);
    JobDetail get(const Caller &caller, const QUuid &id);
    Job job(const TenantScope &tenant, const QUuid &id); // with its output
    QList<Job> jobs(const TenantScope &tenant, const QList<QUuid> &ids); // those that are there
    Job update(const Caller &caller, const QUuid &id, const JobChange &change); // a queued one
    Job cancel(const Caller &caller, const QUuid &id);
    Job retry(const Caller &caller, const QUuid &id);
    Job replay(const Caller &caller, const QUuid &id, const ReplayRequest &request);
    void discard(const Caller &caller, const QUuid &id, const DiscardRequest &request);

    // For those who make or cancel jobs with something of their own, in one transaction; BatchService::made() and
    // stopped() follow its commit.
    Generated generateIn(Transaction &tx, const Caller &caller, const GenerateRequest &request);
    void requireModel(Transaction &tx, const QUuid &tenantId, const QString &model); // throws as CheckModel
    // Those that have not ended. Gives the ones that a worker has, whose calls are to be stopped.
    QList<QUuid> cancelIn(Transaction &tx, const QList<QUuid> &ids);

    // Throws 422 at /metadata where it is too large.
    static void checkMetadata(const QJsonObject &metadata);
    // Throws 403 at the parameter by which the caller may not look through jobs.
    static void checkFilter(const Caller &caller, const JobFilter &filter);
    static JobStore::Scope scopeOf(const Caller &caller); // what they may read

private:
    // With what else belongs into the transaction that makes the job.
    using Also = std::function<void(Transaction &tx, const Job &job)>;
    Generated generate(const Caller &caller, const GenerateRequest &request, const std::optional<Idempotency::Key> &key,
                       Ability needed, const Also &also);
    Generated findOrMake(Transaction &tx, const Caller &caller, const GenerateRequest &request, Ability needed);
    Job make(Transaction &tx, const Caller &caller, const GenerateRequest &request, const struct Generation &plan,
             Ability needed);
    template<class Change>
    Job changed(const Caller &caller, const QUuid &id, Ability ability, const QString &reason, Change &&change);

    Database &m_database;
    QueueSignal &m_signal;
    const CheckModel m_checkModel;
    const Changed m_changed;
    const JobServiceOptions m_options;
};
