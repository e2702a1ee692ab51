// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/generation.h"

#include <QHash>

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

// A job to be made, as one of many.
struct NewJob
{
    Job job;
    QByteArray inputHash;
    QJsonObject variables;
    ModelParameters parameters;
    QList<PromptMessage> messages;
    QList<UsedTemplate> includes;
};
// The same for jobs of batches, in one statement.
void insertMany(Transaction &tx, const QList<NewJob> &jobs);
// For each input the newest job that stands for another, where there is one. Without their outputs.
QHash<QByteArray, Job> findSameMany(Transaction &tx, const QList<QByteArray> &inputHashes, const QDateTime &dueBy,
                                    const QDateTime &completedSince);

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
QList<QUuid> listIds(Transaction &tx, const JobFilter &filter, int limit, const Scope &scope); // the same ones

// The state of the job, whose row is locked until the transaction ends.
std::optional<JobState> lock(Transaction &tx, const QUuid &id);
void cancelMany(Transaction &tx, const QList<QUuid> &ids); // those that have not ended
// Queues those again that are in one of these states and whose last call has ended; they get as many attempts again.
// Gives them.
QList<QUuid> requeueMany(Transaction &tx, const QList<QUuid> &ids, const QList<JobState> &states);
QList<QUuid> discardMany(Transaction &tx, const QList<QUuid> &ids,
                         const QString &reason); // the dead ones, which it gives
void move(Transaction &tx, const QUuid &id, const JobChange &change); // a queued one

} // namespace JobStore
