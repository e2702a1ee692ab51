// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/generation.h"

// SQL of jobs for those who ask for them, in a transaction of the tenant. What the worker does is in run_store.h.
namespace JobStore {

// Others that make a job of the same input wait until this transaction ends.
void lockInput(Transaction &tx, const QByteArray &inputHash);
// The newest job of the same input that stands for another: running, queued and not put off beyond that time, or
// completed since.
std::optional<Job> findSame(Transaction &tx, const QByteArray &inputHash, const QDateTime &dueBy,
                            const QDateTime &completedSince);

// The job and its place in the queue.
void insert(Transaction &tx, const Job &job, const Generation &generation, const QList<PromptMessage> &messages);

std::optional<Job> find(Transaction &tx, const QUuid &id); // with its output
QList<Job> findMany(Transaction &tx, const QList<QUuid> &ids);
std::optional<JobDetail> findDetail(Transaction &tx, const QUuid &id);
struct Scope // what is looked through
{
    database::Fragment rows; // the jobs that are to be seen
    bool searchesTemplates = true; // also for what stands in the templates of the jobs
};
QList<Job> list(Transaction &tx, const JobFilter &filter, int limit, const std::optional<QUuid> &before,
                const Scope &scope);

// The state of the job, whose row is locked until the transaction ends.
std::optional<JobState> lock(Transaction &tx, const QUuid &id);
void cancel(Transaction &tx, const QUuid &id); // one that has not ended
void requeue(Transaction &tx, const QUuid &id); // one that has ended; it gets as many attempts again
void discard(Transaction &tx, const QUuid &id, const QString &reason); // a dead one

} // namespace JobStore
