// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_store.h"
#include "server/caller.h"
#include "server/jobs/generation.h"
#include "server/jobs/job_service.h"

// A generation to be made as a row of a batch: planned, its variables checked, its messages rendered.
struct PreparedGeneration
{
    Generation plan;
    QList<PromptMessage> messages;
    CacheUse cache = CacheUse::Use; // bypass: a job of its own, also beside equal rows
};

struct BatchDraft
{
    BatchKind kind = BatchKind::Generate;
    std::optional<QUuid> ownerId = {}; // the run of an evaluation
    QString name;
    JobPriority priority = JobPriority::Normal;
    std::optional<QDateTime> runAt = {};
    std::optional<int> maxAttempts = {};
    QJsonObject metadata = {}; // of each job
};

// Making batches and stopping them inside a transaction of the caller's, for the service of batches and for
// evaluations. After the commit the queue has to be told: BatchService::made(), BatchService::stopped().
namespace BatchMaker {

// Makes the batch, its jobs and their events; their number is bounded by the caller. Rows with the same input share a
// job, and a job that was there before (queued, running, or completed and still fresh) serves where the caller may read
// it: neither costs anything. `needed` is asked for each job that is made. Throws 409 limit_reached where the tenant
// may not have so many. The jobs of the rows are added to `jobs`, in their order. A request for the same input that
// comes at the same instant by itself may make a job of its own.
Batch make(Transaction &tx, const Caller &caller, const BatchDraft &draft, const QList<PreparedGeneration> &rows,
           const JobServiceOptions &options, Ability needed = Ability::JobsCreate, QList<QUuid> *jobs = nullptr);

// None of its jobs begins until resume(); those that run end. Throws 409 where the batch has ended.
Batch pause(Transaction &tx, const QUuid &id);
Batch resume(Transaction &tx, const QUuid &id);

struct Stopped
{
    Batch batch;
    QList<QUuid> running; // jobs whose calls have to be stopped
};
// Cancels the jobs that the batch has made and that have not ended. Does nothing where it has ended.
Stopped cancel(Transaction &tx, const QUuid &id);

// Queues its failed and dead jobs again; gives how many.
int retry(Transaction &tx, const QUuid &id);

} // namespace BatchMaker
