// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/evaluations/dataset.h"

// SQL of datasets and their cases, in a transaction of the tenant.
namespace DatasetStore {

// The newest first, below the key `before`.
QList<Dataset> list(Transaction &tx, const DatasetFilter &filter, const std::optional<QUuid> &before, int limit);
std::optional<Dataset> find(Transaction &tx, const QUuid &id);
std::optional<Dataset> lock(Transaction &tx, const QUuid &id); // until the transaction ends: also for its cases
qint64 count(Transaction &tx);
// Both throw 409 at /name where another has the name.
void insert(Transaction &tx, const Dataset &dataset);
void update(Transaction &tx, const Dataset &dataset);
void remove(Transaction &tx, const QUuid &id);

// In the order of their numbers, behind `after`.
QList<EvaluationCase> cases(Transaction &tx, const QUuid &dataset, const CaseFilter &filter, int after, int limit);
QList<EvaluationCase> find(Transaction &tx, const QUuid &dataset, const QList<QUuid> &ids); // in any order
// All those with one of the tags, if any are given, without revisions to look at; at most `limit`.
QList<EvaluationCase> all(Transaction &tx, const QUuid &dataset, const std::optional<QList<QString>> &tags, int limit);
// Numbered behind those there are; the dataset must be locked. In the order given.
QList<EvaluationCase> add(Transaction &tx, const QUuid &dataset, const QList<NewEvaluationCase> &cases,
                          const QList<QUuid> &jobs = {});
void update(Transaction &tx, const QList<EvaluationCase> &cases);
void remove(Transaction &tx, const QUuid &dataset, const QList<QUuid> &cases);

// Names of the variables of a dataset's cases, and whether one of their values is something else than a text.
struct Variable
{
    QString name;
    bool isJson = false;

    static constexpr auto fields()
    {
        return std::tuple{Field{"name", &Variable::name}, Field{"isJson", &Variable::isJson}};
    }
};
QList<Variable> variables(Transaction &tx, const QUuid &dataset);

// What jobs were asked with, by the job.
QHash<QUuid, QJsonObject> jobVariables(Transaction &tx, const QList<QUuid> &jobs);

} // namespace DatasetStore
