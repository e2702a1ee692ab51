// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_service.h"

// The jobs of evaluation runs: a batch for the answers of each, and a job for each judgement, through the same queue
// and cache as all others. Any thread.
class RunJobs
{
public:
    RunJobs(JobService &jobs, BatchService &batches) : m_jobs(jobs), m_batches(batches) { }

    void requireModel(Transaction &tx, const QUuid &tenantId, const QString &model); // throws 422 at /models

    struct Made
    {
        QUuid jobId;
        bool cacheHit = false; // somebody had asked for the same: it costs nothing
    };
    struct Batch
    {
        QUuid id;
        QList<Made> jobs; // in the order of the rows
    };
    Batch makeBatch(Transaction &tx, const Caller &caller, const BatchDraft &draft,
                    const QList<PreparedGeneration> &rows);
    // Throws ApiError where it cannot be asked.
    Made makeJudge(Transaction &tx, const Caller &caller, const GenerateRequest &request);

    // What has not ended of a run's batch and of these jobs; gives those whose calls have to be stopped.
    QList<QUuid> cancel(Transaction &tx, const QUuid &run, const QList<QUuid> &judges);

    // Once the transaction is committed.
    void announce(bool hasMade, const QList<QUuid> &canceled = {});

private:
    JobService &m_jobs;
    BatchService &m_batches;
};
