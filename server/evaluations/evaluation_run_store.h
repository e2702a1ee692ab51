// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/evaluations/comparison.h"
#include "shared/evaluations/dataset.h"
#include "shared/evaluations/run.h"

// SQL of evaluation runs, in a transaction of the tenant.
namespace EvaluationRunStore {

// A run on its way into its table.
struct NewRow
{
    EvaluationRun run;
    QList<Assertion> assertions; // of the dataset
    std::optional<double> passScore;
    bool isWhole = true; // all cases of the dataset
};
struct Column
{
    int number = 0;
    QUuid templateId;
    QString templateSlug;
    QString templateName;
    int version = 1;
    QString model;

    static constexpr auto fields()
    {
        using T = Column;
        return std::tuple{Field{"number", &T::number},
                          Field{"templateId", &T::templateId},
                          Field{"templateSlug", &T::templateSlug},
                          Field{"templateName", &T::templateName},
                          Field{"version", &T::version},
                          Field{"model", &T::model}};
    }
};
struct Asked
{
    QUuid caseId;
    int column = 0;
    int repeat = 1;
    QUuid jobId;
    bool cacheHit = false;
};
void insert(Transaction &tx, const NewRow &row, const QList<Column> &columns, const QList<EvaluationCase> &cases);
void insertAnswers(Transaction &tx, const QUuid &run, const QList<Asked> &asked);

// The newest first; only runs all of whose templates {where} lets be seen.
QList<EvaluationRun> list(Transaction &tx, const RunFilter &filter, const std::optional<QUuid> &before, int limit,
                          const database::Fragment &templates);
std::optional<EvaluationRun> find(Transaction &tx, const QUuid &id, const database::Fragment &templates);
std::optional<EvaluationRun> lock(Transaction &tx, const QUuid &id);
QList<RunColumn> columns(Transaction &tx, const QUuid &id); // with what their answers come to
// Answers that were not given yet never will be.
void cancel(Transaction &tx, const QUuid &id);
void remove(Transaction &tx, const QUuid &id);

// A case of a run, as it was.
struct Row
{
    QUuid caseId;
    int number = 0;
    QJsonObject variables;
    std::optional<QString> expected;
    QList<QString> tags;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"caseId", &T::caseId}, Field{"number", &T::number}, Field{"variables", &T::variables},
                          Field{"expected", &T::expected}, Field{"tags", &T::tags}};
    }
};
// Of these ids, if any are given.
QList<Row> rows(Transaction &tx, const QUuid &run, const std::optional<QString> &tag,
                const std::optional<QList<QUuid>> &ids, int after, int limit);

struct CaseNumber
{
    QUuid caseId;
    int number = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"caseId", &CaseNumber::caseId}, Field{"number", &CaseNumber::number}};
    }
};
QList<CaseNumber> numbers(Transaction &tx, const QUuid &run, const std::optional<QString> &tag);

// What the answers of a cell come to.
struct Cell
{
    QUuid caseId;
    int columnNumber = 0;
    int answers = 0;
    int done = 0;
    int scored = 0;
    int passed = 0;
    int errors = 0;
    int canceled = 0;
    int unscored = 0;
    std::optional<double> score;
    std::optional<qint64> costNanos;
    std::optional<double> latencyMs;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;

    evaluations::CellFigures figures() const { return {answers, done, scored, passed, score}; }

    static constexpr auto fields()
    {
        using T = Cell;
        return std::tuple{Field{"caseId", &T::caseId},           Field{"columnNumber", &T::columnNumber},
                          Field{"answers", &T::answers},         Field{"done", &T::done},
                          Field{"scored", &T::scored},           Field{"passed", &T::passed},
                          Field{"errors", &T::errors},           Field{"canceled", &T::canceled},
                          Field{"unscored", &T::unscored},       Field{"score", &T::score},
                          Field{"costNanos", &T::costNanos},     Field{"latencyMs", &T::latencyMs},
                          Field{"inputTokens", &T::inputTokens}, Field{"outputTokens", &T::outputTokens}};
    }
};
QList<Cell> cells(Transaction &tx, const QUuid &run, const std::optional<QList<QUuid>> &cases);
// Cases of both runs that were not asked or judged alike.
QList<QUuid> changedCases(Transaction &tx, const QUuid &run, const QUuid &baseline);

struct AnswerPlace
{
    int number = 0; // of the case
    int column = 0;
    int repeat = 0;
};
QList<RunAnswer> answers(Transaction &tx, const QUuid &run, const AnswerFilter &filter, const AnswerPlace &after,
                         int limit); // with outputs

// The last completed run on all of a dataset that asked this version, with that model if one is named.
std::optional<QUuid> lastOf(Transaction &tx, const QUuid &dataset, const QUuid &templateId, int version,
                            const std::optional<QString> &model);

} // namespace EvaluationRunStore
