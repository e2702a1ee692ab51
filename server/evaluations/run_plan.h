// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_maker.h"
#include "server/caller.h"
#include "server/evaluations/evaluation_run_store.h"
#include "shared/jobs/job.h"

// What a run asks: its columns, and a generation for each answer. In a transaction of the tenant.
namespace RunPlan {

constexpr int mostAnswers = 10'000;
constexpr int mostColumns = 50;

// Throws 422 with pointers into the input: no such template, version or label, or none that the caller may read.
QList<EvaluationRunStore::Column> columns(Transaction &tx, const Caller &caller, const NewRun &input);

// What is asked for each answer, and the row of the batch that asks it.
struct Questions
{
    QList<EvaluationRunStore::Asked> asked;
    QList<PreparedGeneration> rows;
};
// Of each case with each column, as often as it is repeated; those after the first are never taken from the cache.
// Throws 422 that names the case which does not fit.
Questions questions(Transaction &tx, const QUuid &tenantId, const NewRun &input,
                    const QList<EvaluationRunStore::Column> &columns, const QList<EvaluationCase> &cases);

QJsonObject metadataOf(const QUuid &run); // of its jobs

// What a judge is asked about an answer: those of input, expected, output and rubric that its template's schema names,
// all of them where it has none.
GenerateRequest judgement(Transaction &tx, const Assertion &rubric, const QJsonObject &variables,
                          const std::optional<QString> &expected, const QString &output, const QUuid &run);

// That the judges of these assertions can be asked, and that the caller may: throws 422 at the pointer.
void checkJudges(Transaction &tx, const Caller &caller, const QList<Assertion> &assertions, const QString &pointer);

} // namespace RunPlan
