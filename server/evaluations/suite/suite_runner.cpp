// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/suite_runner.h"

#include "shared/evaluations/endpoints.h"
#include "shared/templates/endpoints.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace api = endpoints::evaluations;

namespace {

constexpr int pageSize = 200;
constexpr int editSize = 500; // cases brought at once

QString idText(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

QString columnName(const RunColumn &column)
{
    return u"%1 v%2 · %3"_s.arg(column.templateSlug).arg(column.version).arg(column.model);
}

void pause(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

QByteArray contentOf(const NewEvaluationCase &one) { return json::print(one); }

NewEvaluationCase plain(const EvaluationCase &one) { return {one.variables, one.expected, one.tags, one.assertions}; }

// Why an answer did not pass, in a line.
QString whyOf(const RunAnswer &answer)
{
    if (answer.error)
        return answer.error->message;
    for (const AssertionResult &result : answer.assertions)
        if (!result.passed)
            return (result.name.isEmpty() ? QString(json::name(result.kind)) : result.name) + u": "_s
                + (result.reason.isEmpty() ? u"does not hold"_s : result.reason);
    return u"the score is too low"_s;
}

QString detailsOf(const RunAnswer &answer)
{
    QStringList lines;
    for (const AssertionResult &result : answer.assertions)
        lines.append(
            u"%1 %2 (score %3): %4"_s.arg(result.passed ? u"ok    "_s : u"FAILED"_s,
                                          result.name.isEmpty() ? QString(json::name(result.kind)) : result.name,
                                          QString::number(result.score, 'f', 2), result.reason));
    if (answer.jobId)
        lines.append(u"job %1"_s.arg(idText(*answer.jobId)));
    return lines.join(u'\n');
}

} // namespace

SuiteRunner::SuiteRunner(SuiteClient &client, Suite suite, SuiteRunOptions options)
    : m_client(client),
      m_suite(std::move(suite)),
      m_options(std::move(options))
{
}

SuiteVerdict SuiteRunner::run()
{
    const Dataset data = dataset();
    const auto before = baseline(data.id);
    NewRun wanted;
    wanted.datasetId = data.id;
    wanted.name = m_suite.name;
    wanted.versions = m_suite.versions;
    wanted.models = m_suite.models;
    wanted.repeats = m_suite.repeats;
    wanted.tags = m_suite.tags;
    wanted.baselineRunId = before;
    wanted.cache = m_suite.cache;
    SuiteVerdict verdict;
    verdict.run = m_client.send(api::startRun.at(), wanted);
    m_options.print(u"Run %1: %2 answers to %3 cases of “%4”."_s.arg(idText(verdict.run.run.id))
                        .arg(verdict.run.run.answers)
                        .arg(verdict.run.run.caseCount)
                        .arg(data.name));
    verdict.run = wait(verdict.run);
    judge(verdict, before);
    report(verdict, before);
    return verdict;
}

Dataset SuiteRunner::dataset()
{
    if (m_suite.ownDataset)
        return ownDataset(*m_suite.ownDataset);
    const QString name = m_suite.dataset.toString();
    if (const QUuid id = QUuid::fromString(name); !id.isNull())
        return m_client.send(api::getDataset.at(id), Nothing());
    std::optional<Dataset> found;
    DatasetFilter filter;
    filter.search = name;
    filter.limit = pageSize;
    m_client.each(api::listDatasets.at(), filter, [&](const Dataset &one) {
        if (one.name.compare(name, Qt::CaseInsensitive) == 0)
            found = one;
        return !found;
    });
    if (!found)
        throw SuiteError(u"/dataset names no dataset of the server: “%1”"_s.arg(name).toStdString());
    return *found;
}

Dataset SuiteRunner::ownDataset(const SuiteDataset &own)
{
    std::optional<Dataset> found;
    DatasetFilter filter;
    filter.search = own.name;
    filter.limit = pageSize;
    m_client.each(api::listDatasets.at(), filter, [&](const Dataset &one) {
        if (one.name.compare(own.name, Qt::CaseInsensitive) == 0)
            found = one;
        return !found;
    });
    if (!found) {
        found = m_client.send(api::createDataset.at(),
                              NewDataset{own.name, own.description, {}, own.assertions, own.passScore});
    } else if (json::print(found->assertions) != json::print(own.assertions) || found->passScore != own.passScore
               || found->description != own.description) {
        DatasetChange change;
        change.description = own.description;
        change.assertions = own.assertions;
        change.passScore = own.passScore;
        change.clearPassScore = !own.passScore;
        found =
            m_client.send(api::updateDataset.at(found->id), change, '"' + QByteArray::number(found->revision) + '"');
    }
    bringCases(*found, own.cases);
    return *found;
}

// What is the same stays, so that it can be compared with earlier runs; a case with the same variables is changed.
void SuiteRunner::bringCases(const Dataset &dataset, const QList<NewEvaluationCase> &cases)
{
    QList<EvaluationCase> there;
    CaseFilter filter;
    filter.limit = 1000;
    m_client.each(api::listCases.at(dataset.id), filter, [&](const EvaluationCase &one) {
        there.append(one);
        return true;
    });
    QMultiHash<QByteArray, qsizetype> byContent, byVariables;
    for (qsizetype i = 0; i < there.size(); ++i) {
        byContent.insert(contentOf(plain(there[i])), i);
        byVariables.insert(json::print(there[i].variables), i);
    }
    QSet<qsizetype> kept;
    QList<NewEvaluationCase> left;
    for (const NewEvaluationCase &one : cases) {
        qsizetype match = -1;
        for (const qsizetype i : byContent.values(contentOf(one)))
            if (!kept.contains(i))
                match = i;
        if (match >= 0)
            kept.insert(match);
        else
            left.append(one);
    }
    CasesEdit edit;
    const auto flush = [&](qsizetype size) {
        if (edit.added.size() + edit.changed.size() + edit.removed.size() < size)
            return;
        m_client.send(api::editCases.at(dataset.id), std::exchange(edit, {}));
    };
    for (const NewEvaluationCase &one : std::as_const(left)) {
        qsizetype match = -1;
        for (const qsizetype i : byVariables.values(json::print(one.variables)))
            if (!kept.contains(i))
                match = i;
        if (match >= 0) {
            kept.insert(match);
            EvaluationCaseChange change{.id = there[match].id, .revision = there[match].revision};
            change.expected = one.expected;
            change.clearExpected = !one.expected;
            change.tags = one.tags;
            change.assertions = one.assertions;
            edit.changed.append(change);
        } else {
            edit.added.append(one);
        }
        flush(editSize);
    }
    for (qsizetype i = 0; i < there.size(); ++i) {
        if (kept.contains(i))
            continue;
        edit.removed.append({there[i].id, there[i].revision});
        flush(editSize);
    }
    flush(1);
}

std::optional<QUuid> SuiteRunner::baseline(const QUuid &dataset)
{
    if (!m_suite.baseline)
        return std::nullopt;
    if (const QUuid id = QUuid::fromString(m_suite.baseline->toString()); !id.isNull())
        return id;
    const RunVersion wanted = m_suite.baselineVersion.value_or(m_suite.versions.first());
    std::optional<QUuid> templateId;
    std::optional<int> version = wanted.version;
    TemplateFilter templates;
    templates.search = wanted.promptTemplate;
    templates.limit = pageSize;
    m_client.each(endpoints::templates::list.at(), templates, [&](const PromptTemplate &one) {
        if (one.slug == wanted.promptTemplate)
            templateId = one.id;
        return !templateId;
    });
    if (!templateId)
        throw SuiteError(u"/baseline names no template: “%1”"_s.arg(wanted.promptTemplate).toStdString());
    RunFilter filter;
    filter.datasetId = dataset;
    filter.templateId = templateId;
    filter.states = QList<RunState>{RunState::Completed};
    filter.limit = 50;
    std::optional<QUuid> found;
    m_client.each(api::listRuns.at(), filter, [&](const EvaluationRun &run) {
        if (!m_suite.baselineVersion) {
            found = run.id;
            return false;
        }
        for (const RunColumn &column : m_client.send(api::getRun.at(run.id), Nothing()).columns)
            if (column.templateId == *templateId && (!version || column.version == *version))
                found = run.id;
        return !found;
    });
    if (!found)
        m_options.print(u"There is no earlier run to compare with; this one can be the baseline of the next."_s);
    return found;
}

RunDetail SuiteRunner::wait(RunDetail run)
{
    const auto began = std::chrono::steady_clock::now();
    int told = -1;
    while (run.run.state == RunState::Running) {
        const bool isLate = std::chrono::steady_clock::now() - began > m_options.timeout;
        if (isLate || m_options.isStopped()) {
            m_client.send(api::cancelRun.at(run.run.id), Nothing());
            throw SuiteError(isLate ? "the run took too long and was canceled; --timeout gives it more time"
                                    : "the run was canceled");
        }
        pause(500ms);
        run = m_client.send(api::getRun.at(run.run.id), Nothing());
        if (run.run.done != told)
            m_options.print(u"%1 of %2 answers: %3 passed, %4 failed, %5 errors"_s.arg(run.run.done)
                                .arg(run.run.answers)
                                .arg(run.run.passed)
                                .arg(run.run.failed)
                                .arg(run.run.errors));
        told = run.run.done;
    }
    return run;
}

void SuiteRunner::judge(SuiteVerdict &verdict, const std::optional<QUuid> &baseline)
{
    const EvaluationRun &run = verdict.run.run;
    if (run.state != RunState::Completed)
        verdict.reasons.append(u"The run was canceled."_s);
    for (const RunColumn &column : verdict.run.columns) {
        const QString name = columnName(column);
        if (!column.score)
            verdict.reasons.append(u"%1: nothing was asked of the answers; give the dataset assertions."_s.arg(name));
        else if (m_suite.minimumScore && *column.score < *m_suite.minimumScore - 1e-9)
            verdict.reasons.append(u"%1: the score %2 is below %3."_s.arg(
                name, QString::number(*column.score, 'f', 3), QString::number(*m_suite.minimumScore, 'f', 3)));
        else if (!m_suite.minimumScore && !baseline && column.passed < column.answers)
            verdict.reasons.append(u"%1: %2 of %3 answers do not pass."_s.arg(name)
                                       .arg(column.answers - column.passed)
                                       .arg(column.answers));
    }
    if (!baseline)
        return;
    ComparisonQuery query;
    query.baselineRunId = baseline;
    verdict.comparison = m_client.send(api::comparison.at(run.id), query);
    for (const ColumnComparison &column : verdict.comparison->columns)
        if (column.regressions > 0 && !m_suite.allowRegressions)
            verdict.reasons.append(u"%1: %2 of %3 cases do worse than in the baseline %4. %5"_s
                                       .arg(columnName(verdict.run.columns.value(column.column)))
                                       .arg(column.regressions)
                                       .arg(column.compared)
                                       .arg(idText(*baseline), column.note));
}

void SuiteRunner::report(SuiteVerdict &verdict, const std::optional<QUuid> &baseline)
{
    const QUuid id = verdict.run.run.id;
    QHash<std::pair<QUuid, int>, RunAnswer> failures; // the first of each cell
    AnswerFilter bad;
    bad.outcomes = QList<CellOutcome>{CellOutcome::Failed, CellOutcome::Error};
    bad.limit = pageSize;
    m_client.each(api::answers.at(id), bad, [&](const RunAnswer &answer) {
        if (const std::pair key(answer.caseId, answer.column); !failures.contains(key))
            failures.insert(key, answer);
        return true;
    });
    for (const RunColumn &column : verdict.run.columns)
        verdict.report.append(
            {.name = columnName(column),
             .className = u"%1.v%2.%3"_s.arg(column.templateSlug).arg(column.version).arg(column.model),
             .at = verdict.run.run.createdAt});
    MatrixFilter filter;
    filter.baselineRunId = baseline;
    filter.limit = pageSize;
    m_client.each(api::matrix.at(id), filter, [&](const RunRow &row) {
        for (const RunCell &cell : row.cells) {
            junit::TestCase test{.name = u"case %1"_s.arg(row.number), .seconds = cell.latencyMs.value_or(0) / 1000};
            const bool isRegression = cell.change == CellChange::Regression;
            const RunAnswer answer = failures.value({row.caseId, cell.column});
            switch (cell.outcome) {
            case CellOutcome::Passed:
                if (!isRegression)
                    break;
                [[fallthrough]];
            case CellOutcome::Failed:
                // What failed before already keeps nobody from going on where there is a baseline.
                test.outcome = baseline && !isRegression ? junit::Outcome::Skipped : junit::Outcome::Failed;
                test.message = test.outcome == junit::Outcome::Skipped
                    ? u"fails, as in the baseline: "_s + whyOf(answer)
                    : isRegression ? u"does worse than in the baseline: "_s + whyOf(answer)
                                   : whyOf(answer);
                break;
            case CellOutcome::Error:
                test.outcome = junit::Outcome::Error;
                test.message = whyOf(answer);
                break;
            case CellOutcome::Pending:
            case CellOutcome::Canceled:
            case CellOutcome::Unscored:
                test.outcome = junit::Outcome::Skipped;
                test.message = json::name(cell.outcome);
                break;
            }
            if (test.outcome == junit::Outcome::Failed || test.outcome == junit::Outcome::Error) {
                test.details = (cell.note.isEmpty() ? QString() : cell.note + u'\n') + detailsOf(answer);
                test.output = answer.output.value_or(QString()).left(20'000);
            }
            verdict.report[cell.column].cases.append(test);
        }
        return true;
    });
}
