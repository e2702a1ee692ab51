// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/evaluation_run_service.h"

#include "server/audit/audit_log.h"
#include "server/database/columns.h"
#include "server/database/cursor.h"
#include "server/evaluations/answer_store.h"
#include "server/evaluations/dataset_store.h"
#include "server/evaluations/run_plan.h"
#include "server/events/event_log.h"
#include "server/jobs/job_store.h"
#include "server/permissions/access.h"
#include "shared/error.h"
#include "shared/evaluations/case_table.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using database::column;

NewEvent evaluationEvent(const EvaluationRun &run, const char *what)
{
    return {u"evaluation/"_s + run.id.toString(QUuid::WithoutBraces), u"evaluation."_s + QLatin1StringView(what),
            json::print(run)};
}

namespace {

ApiError noRun() { return ApiError::notFound(u"The evaluation run"_s); }

database::Fragment templatesOf(const Caller &caller)
{
    return Access::rows<PromptTemplate>(caller, Ability::TemplatesRead);
}

EvaluationRun found(Transaction &tx, const Caller &caller, const QUuid &id)
{
    const auto run = EvaluationRunStore::find(tx, id, templatesOf(caller));
    return run ? *run : throw noRun();
}

EvaluationRun locked(Transaction &tx, const Caller &caller, const QUuid &id)
{
    (void)EvaluationRunStore::lock(tx, id);
    return found(tx, caller, id);
}

RunDetail detailOf(Transaction &tx, const EvaluationRun &run) { return {run, EvaluationRunStore::columns(tx, run.id)}; }

QString labelOf(const EvaluationRun &run) { return run.name.isEmpty() ? run.datasetName : run.name; }

void note(Transaction &tx, const Caller &caller, Ability ability, const EvaluationRun &run,
          const std::optional<EvaluationRun> &before, const std::optional<EvaluationRun> &after)
{
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {run.id, labelOf(run)}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, std::move(event));
}

QUuid baselineOf(Transaction &tx, const Caller &caller, const EvaluationRun &run, const std::optional<QUuid> &asked)
{
    const auto id = asked ? asked : run.baselineRunId;
    if (!id)
        throw ApiError::invalid(u"/baselineRunId"_s, u"is missing: the run has no baseline of its own"_s);
    if (*id != run.id && !EvaluationRunStore::find(tx, *id, templatesOf(caller)))
        throw ApiError::invalid(u"/baselineRunId"_s, u"names no run"_s);
    return *id;
}

} // namespace

Page<EvaluationRun> EvaluationRunService::list(const Caller &caller, const RunFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<EvaluationRun> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return EvaluationRunStore::list(tx, filter, before, limit + 1, templatesOf(caller));
    });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

RunDetail EvaluationRunService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) { return detailOf(tx, found(tx, caller, id)); });
}

RunDetail EvaluationRunService::start(const Caller &caller, const NewRun &input)
{
    const RunDetail started = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto dataset = DatasetStore::find(tx, input.datasetId);
        if (!dataset)
            throw ApiError::invalid(u"/datasetId"_s, u"names no dataset"_s);
        if (input.baselineRunId && !EvaluationRunStore::find(tx, *input.baselineRunId, templatesOf(caller)))
            throw ApiError::invalid(u"/baselineRunId"_s, u"names no run"_s);
        const auto columns = RunPlan::columns(tx, caller, input);
        for (const EvaluationRunStore::Column &column : columns)
            m_jobs.requireModel(tx, caller.tenantId, column.model);
        const auto cases = DatasetStore::all(tx, input.datasetId, input.tags, evaluations::mostCases);
        const qint64 answers = qint64(cases.size()) * columns.size() * input.repeats;
        if (cases.isEmpty())
            throw ApiError::invalid(input.tags ? u"/tags"_s : u"/datasetId"_s, u"leaves no case to ask"_s);
        if (answers > RunPlan::mostAnswers)
            throw ApiError::invalid(
                u"/repeats"_s,
                u"cases × columns × repeats are %L1 answers: a run has at most %L2"_s.arg(answers).arg(
                    RunPlan::mostAnswers));
        RunPlan::checkJudges(tx, caller, dataset->assertions, u"/datasetId"_s);
        for (const EvaluationCase &one : cases)
            RunPlan::checkJudges(tx, caller, one.assertions, u"/datasetId"_s);

        EvaluationRun run;
        run.id = newId();
        run.name = input.name.trimmed();
        run.datasetId = dataset->id;
        run.datasetName = dataset->name;
        run.caseCount = int(cases.size());
        run.columnCount = int(columns.size());
        run.repeats = input.repeats;
        run.answers = int(answers);
        run.baselineRunId = input.baselineRunId;
        run.authorId = caller.userId;
        run.authorName = caller.displayName;
        run.createdAt = QDateTime::currentDateTimeUtc();
        RunPlan::Questions questions = RunPlan::questions(tx, caller.tenantId, input, columns, cases);
        const auto batch = m_jobs.makeBatch(tx, caller,
                                            {.kind = BatchKind::Evaluation,
                                             .ownerId = run.id,
                                             .name = labelOf(run),
                                             .priority = input.priority,
                                             .metadata = RunPlan::metadataOf(run.id)},
                                            questions.rows);
        run.batchId = batch.id;
        for (qsizetype i = 0; i < batch.jobs.size(); ++i) {
            questions.asked[i].jobId = batch.jobs[i].jobId;
            questions.asked[i].cacheHit = batch.jobs[i].cacheHit;
        }
        EvaluationRunStore::insert(tx, {run, dataset->assertions, dataset->passScore, !input.tags}, columns, cases);
        EvaluationRunStore::insertAnswers(tx, run.id, questions.asked);
        EventLog::append(tx, {evaluationEvent(run, "started")});
        note(tx, caller, Ability::EvaluationsRun, run, {}, run);
        return detailOf(tx, found(tx, caller, run.id));
    });
    m_jobs.announce(true);
    m_changed();
    return started;
}

RunDetail EvaluationRunService::cancel(const Caller &caller, const QUuid &id)
{
    QList<QUuid> canceled;
    const RunDetail detail = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const EvaluationRun before = locked(tx, caller, id);
        if (before.state != RunState::Running)
            throw ApiError::conflict(u"The run has ended already: it is %1."_s.arg(json::name(before.state)));
        canceled = m_jobs.cancel(tx, id, AnswerStore::openJudges(tx, id));
        EvaluationRunStore::cancel(tx, id);
        AnswerStore::count(tx, id);
        const EvaluationRun after = found(tx, caller, id);
        EventLog::append(tx, {evaluationEvent(after, "finished")});
        note(tx, caller, Ability::EvaluationsRun, after, before, after);
        return detailOf(tx, after);
    });
    m_jobs.announce(false, canceled);
    m_changed();
    return detail;
}

void EvaluationRunService::remove(const Caller &caller, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const EvaluationRun before = locked(tx, caller, id);
        if (before.state == RunState::Running)
            throw ApiError::conflict(u"The run is under way. Cancel it first."_s);
        EvaluationRunStore::remove(tx, id);
        note(tx, caller, Ability::EvaluationsDelete, before, before, {});
    });
}

Page<RunRow> EvaluationRunService::matrix(const Caller &caller, const QUuid &id, const MatrixFilter &filter)
{
    const int limit = filter.limit.value_or(100);
    int after = 0;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((after = keys->at(0).toInt()) <= 0)
            cursor::refuse();
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const EvaluationRun run = found(tx, caller, id);
        const bool isCompared = filter.baselineRunId || filter.baselineColumn || filter.changes || run.baselineRunId;
        const QUuid baseline = !isCompared ? QUuid()
            : filter.baselineColumn && !filter.baselineRunId && !run.baselineRunId
            ? run.id
            : baselineOf(tx, caller, run, filter.baselineRunId);
        // Which cases, in order: with a filter of cells all have to be looked at.
        std::optional<RunMatrix> matrix;
        std::optional<QList<QUuid>> chosen;
        if (filter.changes || filter.outcomes) {
            matrix.emplace(tx, id);
            if (isCompared)
                matrix->compare(tx, baseline, filter.baselineColumn);
            chosen.emplace();
            for (const auto &one : EvaluationRunStore::numbers(tx, id, filter.tag)) {
                if (one.number <= after || chosen->size() > limit)
                    continue;
                bool hasChange = !filter.changes, hasOutcome = !filter.outcomes;
                for (int i = 0; i < run.columnCount; ++i) {
                    const RunCell cell = matrix->cell(one.caseId, i);
                    hasChange = hasChange || (cell.change && filter.changes->contains(*cell.change));
                    hasOutcome = hasOutcome || filter.outcomes->contains(cell.outcome);
                }
                if (hasChange && hasOutcome)
                    chosen->append(one.caseId);
            }
        }
        auto rows = EvaluationRunStore::rows(tx, id, filter.tag, chosen, after, limit + 1);
        Page<RunRow> page;
        if (rows.size() > limit) {
            rows.removeLast();
            page.nextCursor = cursor::print({QString::number(rows.last().number)});
        }
        if (!matrix) {
            matrix.emplace(tx, id, column(rows, &EvaluationRunStore::Row::caseId));
            if (isCompared)
                matrix->compare(tx, baseline, filter.baselineColumn);
        }
        for (const EvaluationRunStore::Row &row : std::as_const(rows)) {
            RunRow shown{row.caseId, row.number, row.variables, row.expected, row.tags, {}};
            for (int i = 0; i < run.columnCount; ++i)
                shown.cells.append(matrix->cell(row.caseId, i));
            page.items.append(shown);
        }
        return page;
    });
}

Page<RunAnswer> EvaluationRunService::answers(const Caller &caller, const QUuid &id, const AnswerFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    EvaluationRunStore::AnswerPlace after;
    if (const auto keys = cursor::parse(filter.cursor, 3)) {
        after = {keys->at(0).toInt(), keys->at(1).toInt(), keys->at(2).toInt()};
        if (after.repeat <= 0)
            cursor::refuse();
    }
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        (void)found(tx, caller, id);
        Page<RunAnswer> page;
        page.items = EvaluationRunStore::answers(tx, id, filter, after, limit + 1);
        if (page.items.size() > limit) {
            page.items.removeLast();
            const RunAnswer &last = page.items.last();
            const auto row = EvaluationRunStore::rows(tx, id, {}, QList<QUuid>{last.caseId}, 0, 1);
            page.nextCursor = cursor::print(
                {QString::number(row.first().number), QString::number(last.column), QString::number(last.repeat)});
        }
        if (Access::seesAll(caller, Ability::JobsRead) && !Access::mayHide(caller, Ability::JobsRead, {u"output"_s}))
            return page;
        QSet<QUuid> readable;
        QList<QUuid> ids;
        for (const RunAnswer &answer : std::as_const(page.items))
            ids.append(answer.jobId.value_or(QUuid()));
        if (!Access::mayHide(caller, Ability::JobsRead, {u"output"_s}))
            for (const Job &job : JobStore::findMany(tx, ids))
                if (Access::may(caller, Ability::JobsRead, job))
                    readable.insert(job.id);
        for (RunAnswer &answer : page.items) {
            if (readable.contains(answer.jobId.value_or(QUuid())))
                continue;
            answer.output.reset();
            answer.isOutputHidden = true;
            for (AssertionResult &result : answer.assertions)
                result.reason.clear(); // it may quote the output
        }
        return page;
    });
}

RunComparison EvaluationRunService::comparison(const Caller &caller, const QUuid &id, const ComparisonQuery &query)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const EvaluationRun run = found(tx, caller, id);
        const QUuid baseline = query.baselineColumn && !query.baselineRunId && !run.baselineRunId
            ? run.id
            : baselineOf(tx, caller, run, query.baselineRunId);
        RunMatrix matrix(tx, id);
        matrix.compare(tx, baseline, query.baselineColumn);
        RunComparison comparison = matrix.comparison();
        comparison.runId = id;
        comparison.baselineRunId = baseline;
        return comparison;
    });
}
