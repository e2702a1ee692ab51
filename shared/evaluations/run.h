// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/assertion.h"
#include "shared/jobs/job.h"
#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

enum class RunState { Running, Completed, Canceled };
template<> inline constexpr auto enumNames<RunState> = std::to_array({"running", "completed", "canceled"});

// Of a cell or of one of its answers. A cell passed when at least half of its answers did; it is `error` when none of
// them came. `unscored`: nothing is asked of it.
enum class CellOutcome { Pending, Passed, Failed, Error, Canceled, Unscored };
template<>
inline constexpr auto enumNames<CellOutcome> = std::to_array({"pending", "passed", "failed", "error", "canceled",
                                                              "unscored"});

// Beside a baseline: `same` also where fewer or more answers pass than before, but within chance.
enum class CellChange { Same, Regression, Improvement, Incomparable };
template<>
inline constexpr auto enumNames<CellChange> = std::to_array({"same", "regression", "improvement", "incomparable"});

// Which version of which template.
struct RunVersion
{
    QString promptTemplate;
    std::optional<int> version;
    std::optional<QString> label;

    static constexpr auto fields()
    {
        using T = RunVersion;
        return std::tuple{Field{"template", &T::promptTemplate, {.doc = "Its slug", .minLength = 1, .maxLength = 120}},
                          Field{"version", &T::version, {.doc = "Absent: the latest, or the label's", .minimum = 1}},
                          Field{"label", &T::label, {.doc = "Instead of a version", .minLength = 1, .maxLength = 60}}};
    }
};

struct NewRun
{
    QUuid datasetId;
    QString name;
    QList<RunVersion> versions;
    QList<QString> models;
    int repeats = 1;
    std::optional<QList<QString>> tags;
    std::optional<QUuid> baselineRunId;
    CacheUse cache = CacheUse::Use;
    JobPriority priority = JobPriority::Low;

    static constexpr auto fields()
    {
        using T = NewRun;
        return std::tuple{
            Field{"datasetId", &T::datasetId},
            Field{"name", &T::name, {.maxLength = 120, .hasDefault = true}},
            Field{"versions", &T::versions, {.minLength = 1, .maxLength = 20}},
            Field{"models",
                  &T::models,
                  {.doc = "provider/model-name; none: each version's default model",
                   .maxLength = 20,
                   .hasDefault = true}},
            Field{"repeats",
                  &T::repeats,
                  {.doc = "Answers to each case; those after the first are never taken from the cache",
                   .minimum = 1,
                   .maximum = 20,
                   .hasDefault = true}},
            Field{"tags", &T::tags, {.doc = "Only cases with one of these", .minLength = 1, .maxLength = 20}},
            Field{"baselineRunId", &T::baselineRunId, {.doc = "What it is compared with where nothing else is asked"}},
            Field{"cache", &T::cache, {.doc = "bypass asks the model anew for all", .hasDefault = true}},
            Field{"priority", &T::priority, {.hasDefault = true}}};
    }
};

// A version asked with a model, and what all of its answers come to.
struct RunColumn
{
    int column = 0; // from 0
    QUuid templateId;
    QString templateSlug;
    QString templateName;
    int version = 1;
    QString model;
    int answers = 0;
    int done = 0;
    int passed = 0;
    int failed = 0;
    int errors = 0;
    int canceled = 0;
    int unscored = 0;
    std::optional<double> score;
    qint64 costNanos = 0;
    qint64 judgeCostNanos = 0;
    std::optional<double> latencyMs;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;

    static constexpr auto fields()
    {
        using T = RunColumn;
        return std::tuple{Field{"column", &T::column, {.doc = "Its number, from 0"}},
                          Field{"templateId", &T::templateId},
                          Field{"templateSlug", &T::templateSlug},
                          Field{"templateName", &T::templateName},
                          Field{"version", &T::version},
                          Field{"model", &T::model},
                          Field{"answers", &T::answers, {.doc = "Cases × repeats"}},
                          Field{"done", &T::done, {.doc = "Answered and scored, or ended without"}},
                          Field{"passed", &T::passed},
                          Field{"failed", &T::failed},
                          Field{"errors", &T::errors, {.doc = "Jobs that failed"}},
                          Field{"canceled", &T::canceled},
                          Field{"unscored", &T::unscored, {.doc = "Nothing was asked of them"}},
                          Field{"score", &T::score, {.doc = "Mean, 0 to 1"}},
                          Field{"costNanos", &T::costNanos, {.doc = "Of the answers that were not cached"}},
                          Field{"judgeCostNanos", &T::judgeCostNanos},
                          Field{"latencyMs", &T::latencyMs, {.doc = "Mean"}},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens}};
    }
};

struct EvaluationRun
{
    QUuid id;
    QString name;
    QUuid datasetId;
    QString datasetName;
    RunState state = RunState::Running;
    int caseCount = 0;
    int columnCount = 0;
    int repeats = 1;
    int answers = 0;
    int done = 0;
    int passed = 0;
    int failed = 0;
    int errors = 0;
    qint64 costNanos = 0;
    std::optional<QUuid> baselineRunId;
    std::optional<QUuid> batchId;
    std::optional<QUuid> authorId;
    QString authorName;
    QDateTime createdAt;
    std::optional<QDateTime> finishedAt;

    static constexpr auto fields()
    {
        using T = EvaluationRun;
        return std::tuple{Field{"id", &T::id},
                          Field{"name", &T::name},
                          Field{"datasetId", &T::datasetId},
                          Field{"datasetName", &T::datasetName},
                          Field{"state", &T::state},
                          Field{"caseCount", &T::caseCount},
                          Field{"columnCount", &T::columnCount},
                          Field{"repeats", &T::repeats},
                          Field{"answers", &T::answers, {.doc = "Cases × columns × repeats"}},
                          Field{"done", &T::done},
                          Field{"passed", &T::passed},
                          Field{"failed", &T::failed},
                          Field{"errors", &T::errors},
                          Field{"costNanos", &T::costNanos, {.doc = "With what its judges cost"}},
                          Field{"baselineRunId", &T::baselineRunId},
                          Field{"batchId", &T::batchId, {.doc = "Of its jobs"}},
                          Field{"authorId", &T::authorId},
                          Field{"authorName", &T::authorName},
                          Field{"createdAt", &T::createdAt},
                          Field{"finishedAt", &T::finishedAt}};
    }
};

struct RunDetail
{
    EvaluationRun run;
    QList<RunColumn> columns;

    static constexpr auto fields()
    {
        using T = RunDetail;
        return std::tuple{Field{"run", &T::run}, Field{"columns", &T::columns}};
    }
};

struct RunFilter
{
    std::optional<QUuid> datasetId;
    std::optional<QUuid> templateId;
    std::optional<QList<RunState>> states;
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = RunFilter;
        return std::tuple{Field{"datasetId", &T::datasetId},
                          Field{"templateId", &T::templateId},
                          Field{"state", &T::states, {.doc = "May stand several times"}},
                          Field{"search", &T::search, {.doc = "Part of the name", .maxLength = 200}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
                          Field{"cursor", &T::cursor}};
    }
};

// A case with a column, without outputs: what a matrix shows.
struct RunCell
{
    int column = 0;
    CellOutcome outcome = CellOutcome::Pending;
    int answers = 0;
    int done = 0;
    int passed = 0;
    std::optional<double> score;
    std::optional<qint64> costNanos;
    std::optional<double> latencyMs;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<CellChange> change;
    std::optional<int> baselineAnswers;
    std::optional<int> baselinePassed;
    std::optional<double> baselineScore;
    std::optional<double> pValue;
    QString note;

    static constexpr auto fields()
    {
        using T = RunCell;
        return std::tuple{
            Field{"column", &T::column},
            Field{"outcome", &T::outcome},
            Field{"answers", &T::answers},
            Field{"done", &T::done},
            Field{"passed", &T::passed},
            Field{"score", &T::score, {.doc = "Mean of its answers' scores"}},
            Field{"costNanos", &T::costNanos, {.doc = "With what its judges cost; null: not known"}},
            Field{"latencyMs", &T::latencyMs, {.doc = "Mean"}},
            Field{"inputTokens", &T::inputTokens},
            Field{"outputTokens", &T::outputTokens},
            Field{"change", &T::change, {.doc = "Beside the baseline, if one is asked for"}},
            Field{"baselineAnswers", &T::baselineAnswers},
            Field{"baselinePassed", &T::baselinePassed},
            Field{"baselineScore", &T::baselineScore},
            Field{"pValue", &T::pValue, {.doc = "Fisher's exact test, two-sided; null without repeats"}},
            Field{"note", &T::note, {.doc = "What the repeats allow to say, or why it cannot be compared"}}};
    }
};

struct RunRow
{
    QUuid caseId;
    int number = 0;
    QJsonObject variables; // as they were asked
    std::optional<QString> expected;
    QList<QString> tags;
    QList<RunCell> cells; // one for each column, in order

    static constexpr auto fields()
    {
        using T = RunRow;
        return std::tuple{Field{"caseId", &T::caseId},
                          Field{"number", &T::number},
                          Field{"variables", &T::variables, {.doc = "As they were when the run began"}},
                          Field{"expected", &T::expected},
                          Field{"tags", &T::tags},
                          Field{"cells", &T::cells, {.doc = "One for each column, in order"}}};
    }
};

struct MatrixFilter
{
    std::optional<QUuid> baselineRunId;
    std::optional<int> baselineColumn;
    std::optional<QList<CellChange>> changes;
    std::optional<QList<CellOutcome>> outcomes;
    std::optional<QString> tag;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = MatrixFilter;
        return std::tuple{
            Field{"baselineRunId", &T::baselineRunId, {.doc = "Absent: the run's own, if it has one"}},
            Field{"baselineColumn",
                  &T::baselineColumn,
                  {.doc =
                       "Compare all columns with this one of the baseline (which may be the run itself). Absent: each "
                       "with that of the same template and model, and of the same version if there is one, else the "
                       "highest",
                   .minimum = 0}},
            Field{"change", &T::changes, {.doc = "Only cases that have such a cell; may stand several times"}},
            Field{"outcome", &T::outcomes, {.doc = "Only cases that have such a cell; may stand several times"}},
            Field{"tag", &T::tag, {.maxLength = 60}},
            Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}},
            Field{"cursor", &T::cursor}};
    }
};

// One answer of a cell.
struct RunAnswer
{
    int column = 0;
    QUuid caseId;
    int repeat = 1;
    std::optional<QUuid> jobId;
    CellOutcome outcome = CellOutcome::Pending;
    std::optional<double> score;
    std::optional<QString> output;
    bool isOutputHidden = false;
    QList<AssertionResult> assertions;
    bool cacheHit = false;
    std::optional<qint64> costNanos;
    qint64 judgeCostNanos = 0;
    std::optional<qint64> latencyMs;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    QString finishReason;
    std::optional<JobError> error;

    static constexpr auto fields()
    {
        using T = RunAnswer;
        return std::tuple{
            Field{"column", &T::column},
            Field{"caseId", &T::caseId},
            Field{"repeat", &T::repeat, {.doc = "From 1"}},
            Field{"jobId", &T::jobId},
            Field{"outcome", &T::outcome},
            Field{"score", &T::score},
            Field{"output", &T::output, {.doc = "null until it is there, and where the job may not be read"}},
            Field{"isOutputHidden", &T::isOutputHidden, {.doc = "The caller may not read the job"}},
            Field{"assertions", &T::assertions},
            Field{"cacheHit", &T::cacheHit, {.doc = "An earlier job had answered; it costs nothing again"}},
            Field{"costNanos", &T::costNanos, {.doc = "null: not known"}},
            Field{"judgeCostNanos", &T::judgeCostNanos},
            Field{"latencyMs", &T::latencyMs, {.doc = "Of the call that answered"}},
            Field{"inputTokens", &T::inputTokens},
            Field{"outputTokens", &T::outputTokens},
            Field{"finishReason", &T::finishReason},
            Field{"error", &T::error}};
    }
};

struct AnswerFilter
{
    std::optional<QUuid> caseId;
    std::optional<int> column;
    std::optional<QList<CellOutcome>> outcomes;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = AnswerFilter;
        return std::tuple{Field{"caseId", &T::caseId}, Field{"column", &T::column, {.minimum = 0}},
                          Field{"outcome", &T::outcomes, {.doc = "May stand several times"}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

// A column beside its column of the baseline, over the cases that both have.
struct ColumnComparison
{
    int column = 0;
    std::optional<int> baselineColumn;
    int compared = 0;
    int regressions = 0;
    int improvements = 0;
    int same = 0;
    int incomparable = 0;
    std::optional<double> score;
    std::optional<double> baselineScore;
    std::optional<double> passRate;
    std::optional<double> baselinePassRate;
    std::optional<double> pValue;
    bool isSignificant = false;
    QString note;

    static constexpr auto fields()
    {
        using T = ColumnComparison;
        return std::tuple{
            Field{"column", &T::column},
            Field{"baselineColumn", &T::baselineColumn, {.doc = "null: the baseline has none that fits"}},
            Field{"compared", &T::compared, {.doc = "Cases"}},
            Field{"regressions", &T::regressions},
            Field{"improvements", &T::improvements},
            Field{"same", &T::same},
            Field{"incomparable", &T::incomparable, {.doc = "New, changed since, or without an answer"}},
            Field{"score", &T::score, {.doc = "Over the compared cases"}},
            Field{"baselineScore", &T::baselineScore},
            Field{"passRate", &T::passRate},
            Field{"baselinePassRate", &T::baselinePassRate},
            Field{"pValue",
                  &T::pValue,
                  {.doc = "Sign test over the cases whose mean score differs, exact and two-sided; null with none"}},
            Field{"isSignificant", &T::isSignificant, {.doc = "pValue < 0.05"}},
            Field{"note", &T::note}};
    }
};

struct RunComparison
{
    QUuid runId;
    QUuid baselineRunId;
    int regressions = 0;
    int improvements = 0;
    QList<ColumnComparison> columns;

    static constexpr auto fields()
    {
        using T = RunComparison;
        return std::tuple{Field{"runId", &T::runId}, Field{"baselineRunId", &T::baselineRunId},
                          Field{"regressions", &T::regressions, {.doc = "Cells"}},
                          Field{"improvements", &T::improvements}, Field{"columns", &T::columns}};
    }
};

struct ComparisonQuery
{
    std::optional<QUuid> baselineRunId;
    std::optional<int> baselineColumn;

    static constexpr auto fields()
    {
        using T = ComparisonQuery;
        return std::tuple{
            Field{"baselineRunId", &T::baselineRunId, {.doc = "Absent: the run's own; 422 if it has none"}},
            Field{"baselineColumn", &T::baselineColumn, {.doc = "As of the matrix", .minimum = 0}}};
    }
};

WIRE_TYPE(RunVersion)
WIRE_TYPE(NewRun)
WIRE_TYPE(RunColumn)
WIRE_TYPE(EvaluationRun)
WIRE_TYPE(RunDetail)
WIRE_TYPE(RunFilter)
WIRE_TYPE(RunCell)
WIRE_TYPE(RunRow)
WIRE_TYPE(MatrixFilter)
WIRE_TYPE(RunAnswer)
WIRE_TYPE(AnswerFilter)
WIRE_TYPE(ColumnComparison)
WIRE_TYPE(RunComparison)
WIRE_TYPE(ComparisonQuery)
