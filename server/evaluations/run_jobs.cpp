// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/run_jobs.h"

#include "server/batches/batch_store.h"

void RunJobs::requireModel(Transaction &tx, const QUuid &tenantId, const QString &model)
try {
    m_jobs.requireModel(tx, tenantId, model);
} catch (ApiError error) {
    for (json::Problem &problem : error.errors)
        problem.pointer = QStringLiteral("/models");
    throw error;
}

RunJobs::Batch RunJobs::makeBatch(Transaction &tx, const Caller &caller, const BatchDraft &draft,
                                  const QList<PreparedGeneration> &rows)
{
    const ::Batch batch = BatchMaker::make(tx, caller, draft, rows, m_batches.options());
    Batch made{batch.id, {}};
    made.jobs.resize(rows.size());
    for (const BatchStore::Row &row :
         BatchStore::rows(tx, batch.id, {}, int(rows.size()), 0, database::Fragment::of({"TRUE"})))
        made.jobs[row.number - 1] = {row.jobId, row.shared};
    return made;
}

RunJobs::Made RunJobs::makeJudge(Transaction &tx, const Caller &caller, const GenerateRequest &request)
{
    const JobService::Generated generated = m_jobs.generateIn(tx, caller, request);
    return {generated.job.id, !generated.isNew};
}

QList<QUuid> RunJobs::cancel(Transaction &tx, const QUuid &run, const QList<QUuid> &judges)
{
    QList<QUuid> running;
    for (const ::Batch &batch : BatchStore::ofOwner(tx, run))
        running += BatchMaker::cancel(tx, batch.id).running;
    return running + m_jobs.cancelIn(tx, judges);
}

void RunJobs::announce(bool hasMade, const QList<QUuid> &canceled)
{
    if (hasMade)
        m_batches.made();
    m_batches.stopped(canceled);
}
