// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/batches/batch.h"

#include <QHash>

// SQL of batches, in a transaction of the tenant.
namespace BatchStore {

// One batch of a tenant is made at a time, until the transaction ends: those with the same inputs find each other's
// jobs.
void lockMaking(Transaction &tx);

struct RowJob // what a row leads to
{
    QUuid jobId;
    bool isShared = false;
};
void insert(Transaction &tx, const Batch &batch, const QList<RowJob> &rows);

// Of these jobs, which others have made, the states of those that may still change. They stay as they are until the
// transaction ends, and from then on the batches that they are in are told.
QHash<QUuid, JobState> join(Transaction &tx, const QList<QUuid> &jobs);

std::optional<Batch> find(Transaction &tx, const QUuid &id);
QList<Batch> ofOwner(Transaction &tx, const QUuid &ownerId); // oldest first
// The same, and nobody else changes it until the transaction ends.
std::optional<Batch> lock(Transaction &tx, const QUuid &id);
QList<Batch> list(Transaction &tx, const BatchFilter &filter, int limit, const std::optional<QUuid> &before,
                  const database::Fragment &rows);

struct Row
{
    int number = 0;
    QUuid jobId;
    bool shared = false;
    QJsonObject variables;

    static constexpr auto fields()
    {
        return std::tuple{Field{"number", &Row::number}, Field{"jobId", &Row::jobId}, Field{"shared", &Row::shared},
                          Field{"variables", &Row::variables}};
    }
};
// Those after that number whose jobs are in one of the states, and among `jobs`.
QList<Row> rows(Transaction &tx, const QUuid &id, const BatchRowFilter &filter, int limit, int after,
                const database::Fragment &jobs);
QList<QUuid> ownJobs(Transaction &tx, const QUuid &id, const QList<JobState> &states); // that it made
QList<QUuid> ofJob(Transaction &tx, const QUuid &jobId); // batches with rows of the job

// Batches with changes that are not added to them yet.
QList<QUuid> changed(Transaction &tx, int limit);
// Adds to the batch what has changed, and locks it.
void addChanges(Transaction &tx, const QUuid &id);
void setState(Transaction &tx, const QUuid &id, BatchState state, bool isFinished);

} // namespace BatchStore
