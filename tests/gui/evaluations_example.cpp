// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/evaluations_example.h"

#include "shared/auth/auth.h"
#include "shared/error.h"
#include "shared/evaluations/endpoints.h"
#include "shared/id.h"
#include "shared/jobs/job.h"
#include "shared/templates/template.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace {

template<class Row> QByteArray page(const QList<Row> &rows) { return json::print(Page<Row>{rows, {}}); }

QDateTime at(int day, int hour, int minute) { return QDateTime(QDate(2026, 1, day), QTime(hour, minute), Qt::UTC); }

SignedIn marina()
{
    SignedIn in;
    in.accessToken = u"access"_s;
    in.refreshToken = u"refresh"_s;
    in.expiresIn = 3600;
    in.profile.userId = in.profile.tenantId = in.profile.sessionId = newId();
    in.profile.displayName = u"Marina Duarte"_s;
    in.profile.tenantName = u"Acme Retail"_s;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        in.profile.abilities << Ability(i);
    return in;
}

Dataset dataset(const QString &name, const QString &description, qint64 cases, const QList<QString> &tags,
                const QString &author)
{
    Dataset one;
    one.id = newId();
    one.name = name;
    one.description = description;
    one.caseCount = cases;
    one.tags = tags;
    one.authorId = newId();
    one.authorName = author;
    one.createdAt = at(5, 9, 30);
    one.updatedAt = at(28, 16, 4);
    Assertion contains;
    contains.kind = AssertionKind::Contains;
    contains.values = {u"refund"_s, u"order"_s};
    contains.ignoreCase = true;
    Assertion similar;
    similar.kind = AssertionKind::TokenSimilarity;
    similar.threshold = 0.6;
    similar.weight = 2;
    Assertion shortEnough;
    shortEnough.kind = AssertionKind::Length;
    shortEnough.maximum = 600;
    shortEnough.name = u"Fits a text message"_s;
    Assertion polite;
    polite.kind = AssertionKind::Rubric;
    polite.rubric = u"The answer is polite, names the next step and promises nothing else."_s;
    polite.judge = u"judge"_s;
    one.assertions = {contains, similar, shortEnough, polite};
    return one;
}

EvaluationRun run(const Dataset &of, const QString &name, RunState state, int columns, int repeats, int done,
                  int passed, int failed, int errors, const QDateTime &started)
{
    EvaluationRun one;
    one.id = newId();
    one.name = name;
    one.datasetId = of.id;
    one.datasetName = of.name;
    one.state = state;
    one.caseCount = int(of.caseCount);
    one.columnCount = columns;
    one.repeats = repeats;
    one.answers = one.caseCount * columns * repeats;
    one.done = std::min(done, one.answers);
    one.passed = passed;
    one.failed = failed;
    one.errors = errors;
    one.costNanos = qint64(one.done) * 1'430'000;
    one.authorId = of.authorId;
    one.authorName = of.authorName;
    one.createdAt = started;
    return one;
}

const QStringList &reasons()
{
    static const QStringList all{u"wrong size"_s,    u"arrived late"_s,    u"damaged box"_s,
                                 u"ordered twice"_s, u"gift not wanted"_s, u"color differs from the picture"_s,
                                 u"missing part"_s};
    return all;
}

QJsonObject variablesOf(int number)
{
    return {{u"order_id"_s, u"A-%1"_s.arg(20'900 + number * 7)},
            {u"reason"_s, reasons()[number % reasons().size()]},
            {u"amount"_s, 19.9 + number * 3},
            {u"language"_s, number % 3 ? u"en"_s : u"pt-BR"_s}};
}

QString expectedOf(int number)
{
    return u"We refund order A-%1 within five days. You need not send anything back."_s.arg(20'900 + number * 7);
}

} // namespace

EvaluationsExample::EvaluationsExample()
{
    fill();
    m_server.script = [this](const WireRequest &request) { return answerTo(request); };
    m_server.liveScript = [](QWebSocket &socket, const QJsonObject &message) {
        const QString type = message.value(u"type"_s).toString();
        if (type == u"authenticate"_s)
            WireServer::say(socket, {{u"type"_s, u"ready"_s}, {u"sequence"_s, 0}});
        else if (type == u"subscribe"_s)
            WireServer::say(
                socket, {{u"type"_s, u"subscribed"_s}, {u"topics"_s, message.value(u"topics"_s)}, {u"sequence"_s, 0}});
        else if (type == u"ping"_s)
            WireServer::say(socket, {{u"type"_s, u"pong"_s}, {u"sequence"_s, 0}});
    };
}

WireAnswer EvaluationsExample::answerTo(const WireRequest &request) const
{
    const QByteArray path = request.path.split('?').first();
    if (m_isEmpty && (path == "/api/v1/datasets" || path == "/api/v1/evaluation-runs" || path == "/api/v1/gates"))
        return {.body = page<Dataset>({})};
    if (path.endsWith("/import")) {
        CaseImportReport report;
        report.isDryRun = true;
        report.rows = 120;
        report.problems = {{14, u"amount:json"_s, u"This is not JSON: a number, or a text in quotes."_s},
                           {37, u"tags"_s, u"A tag has at most 60 characters."_s},
                           {112, {}, u"The line has 6 cells, the first one names 5."_s}};
        return {.body = json::print(report)};
    }
    if (path.endsWith("/matrix")) {
        QList<RunRow> rows = m_rows;
        const QUrlQuery query(QString::fromLatin1(request.path.split('?').value(1)));
        if (query.allQueryItemValues(u"change"_s).contains(u"regression"_s))
            rows.removeIf([](const RunRow &row) {
                return std::none_of(row.cells.begin(), row.cells.end(),
                                    [](const RunCell &cell) { return cell.change == CellChange::Regression; });
            });
        return {.body = page(rows)};
    }
    const QByteArray body = m_answers.value(path);
    return body.isEmpty() ? WireAnswer{.status = 404, .body = json::print(ApiError::notFound(u"thing"_s))}
                          : WireAnswer{.body = body};
}

void EvaluationsExample::fill()
{
    const SignedIn in = marina();
    m_answers["/api/v1/auth/login"] = json::print(in);
    m_answers["/api/v1/auth/refresh"] = json::print(in);
    m_answers["/api/v1/me"] = json::print(in.profile);
    QList<PromptTemplate> templates;
    for (const auto &[slug, name, versions] : {std::tuple{u"order-refund-reply"_s, u"Order refund reply"_s, 18},
                                               {u"support-triage"_s, u"Support triage"_s, 7},
                                               {u"judge"_s, u"Judge of answers"_s, 2}}) {
        PromptTemplate one;
        one.id = newId();
        one.slug = slug;
        one.name = name;
        one.latestVersion = versions;
        one.createdAt = one.updatedAt = at(3, 10, 0);
        templates << one;
    }
    m_answers["/api/v1/templates"] = page(templates);
    ModelList models;
    for (const QString &name : {u"anthropic/claude-sonnet-4.5"_s, u"openai/gpt-4.1-mini"_s, u"demo/echo"_s}) {
        ModelInfo model;
        model.name = name;
        model.configured = true;
        models.items << model;
    }
    m_answers["/api/v1/models"] = json::print(models);
    fillRuns(templates.first().id);
    fillAnswers();
    const QByteArray id = templates.first().id.toByteArray(QUuid::WithoutBraces);
    QList<Gate> gates;
    for (const auto &[label, set, score, refuses] : {std::tuple{u"production"_s, u"Refund questions"_s, 0.9, true},
                                                     {u"staging"_s, u"Refund questions"_s, 0.7, false},
                                                     {u"production"_s, u"Angry customers"_s, 1.0, false}}) {
        Gate gate;
        gate.id = newId();
        gate.templateId = templates.first().id;
        gate.templateName = templates.first().name;
        gate.label = label;
        gate.datasetId = datasetId;
        gate.datasetName = set;
        gate.minimumScore = score;
        gate.refusesRegressions = refuses;
        gate.createdAt = gate.updatedAt = at(12, 8, 0);
        gates << gate;
    }
    gates[1].model = u"openai/gpt-4.1-mini"_s;
    m_answers["/api/v1/gates"] = page(gates);
    GateChecks checks;
    for (const Gate &gate : std::as_const(gates)) {
        GateCheck check;
        check.gateId = gate.id;
        check.datasetId = datasetId;
        check.datasetName = gate.datasetName;
        check.runId = runId;
        check.score = 0.834;
        check.minimumScore = gate.minimumScore;
        check.passes = gate.minimumScore < 0.8;
        if (!check.passes) {
            check.reason = u"The score is 83.4 %, and 90 % are asked for; 3 cases do worse than with version 17."_s;
            check.cases = {4, 11, 29};
        }
        checks.items << check;
    }
    m_answers["/api/v1/templates/" + id + "/gate-checks"] = json::print(checks);
}

void EvaluationsExample::fillRuns(const QUuid &templateId)
{
    const QList<Dataset> datasets{
        dataset(u"Refund questions"_s, u"What customers write when they want their money back"_s, caseCount,
                {u"support"_s, u"refunds"_s}, u"Marina Duarte"_s),
        dataset(u"Angry customers"_s, u"Tone under pressure, from jobs of December"_s, 18, {u"support"_s},
                u"Jun Sato"_s),
        dataset(u"Triage of tickets"_s, {}, 250, {u"triage"_s}, u"Lucas Ferreira"_s),
        dataset(u"Portuguese"_s, u"The same questions in Brazilian Portuguese"_s, 1200, {}, u"Marina Duarte"_s)};
    datasetId = datasets.first().id;
    m_answers["/api/v1/datasets"] = page(datasets);
    const QByteArray path = "/api/v1/datasets/" + datasetId.toByteArray(QUuid::WithoutBraces);
    m_answers[path] = json::print(datasets.first());
    QList<EvaluationCase> cases;
    for (int number = 1; number <= caseCount; ++number) {
        EvaluationCase one;
        one.id = newId();
        one.datasetId = datasetId;
        one.number = number;
        one.variables = variablesOf(number);
        one.expected = expectedOf(number);
        one.tags = number % 4 ? QList<QString>{u"everyday"_s} : QList<QString>{u"everyday"_s, u"rude"_s};
        one.createdAt = one.updatedAt = at(6, 11, number);
        cases << one;
    }
    m_answers[path + "/cases"] = page(cases);
    QList<EvaluationRun> runs{
        run(datasets[2], u"Triage, new models"_s, RunState::Running, 3, 1, 431, 398, 33, 0, at(30, 14, 2)),
        run(datasets[0], u"Version 18 against 17"_s, RunState::Completed, columnCount, 3, 504, 431, 61, 12,
            at(30, 11, 20)),
        run(datasets[0], u"Nightly"_s, RunState::Completed, 2, 3, 252, 229, 23, 0, at(29, 2, 0)),
        run(datasets[1], {}, RunState::Canceled, 2, 1, 9, 7, 2, 0, at(28, 17, 45))};
    runId = runs[1].id;
    baselineId = runs[2].id;
    runs[1].baselineRunId = baselineId;
    m_answers["/api/v1/evaluation-runs"] = page(runs);
    RunDetail detail{runs[1], {}};
    RunComparison comparison;
    comparison.runId = runId;
    comparison.baselineRunId = baselineId;
    for (int i = 0; i < columnCount; ++i) {
        RunColumn column;
        column.column = i;
        column.templateId = templateId;
        column.templateSlug = u"order-refund-reply"_s;
        column.templateName = u"Order refund reply"_s;
        column.version = i < 2 ? 17 : 18;
        column.model = i % 2 ? u"openai/gpt-4.1-mini"_s : u"anthropic/claude-sonnet-4.5"_s;
        column.answers = column.done = caseCount * 3;
        column.passed = 110 - i * 6;
        column.score = 0.91 - i * 0.026;
        column.costNanos = i % 2 ? 31'400'000 : 214'800'000;
        detail.columns << column;
        ColumnComparison compared;
        compared.column = i;
        compared.baselineColumn = i % 2;
        compared.compared = caseCount;
        compared.regressions = i == 3 ? 5 : 1;
        compared.improvements = i == 2 ? 7 : 2;
        compared.score = column.score;
        compared.baselineScore = 0.87;
        compared.pValue = i == 3 ? 0.031 : 0.42;
        compared.isSignificant = i == 3;
        comparison.columns << compared;
        comparison.regressions += compared.regressions;
        comparison.improvements += compared.improvements;
    }
    const QByteArray runPath = "/api/v1/evaluation-runs/" + runId.toByteArray(QUuid::WithoutBraces);
    m_answers[runPath] = json::print(detail);
    m_answers["/api/v1/evaluation-runs/" + baselineId.toByteArray(QUuid::WithoutBraces)] =
        json::print(RunDetail{runs[2], detail.columns.first(2)});
    m_answers[runPath + "/comparison"] = json::print(comparison);
    for (int number = 1; number <= caseCount; ++number) {
        RunRow row;
        row.caseId = cases[number - 1].id;
        row.number = number;
        row.variables = variablesOf(number);
        row.expected = expectedOf(number);
        row.tags = cases[number - 1].tags;
        for (int i = 0; i < columnCount; ++i) {
            RunCell cell;
            cell.column = i;
            cell.answers = cell.done = 3;
            const int roll = (number * 13 + i * 29) % 20;
            cell.passed = roll < 13 ? 3 : roll < 16 ? 2 : roll < 18 ? 1 : 0;
            cell.score = 0.1 + cell.passed * 0.3 - (roll % 4) * 0.02;
            cell.outcome = cell.passed >= 2 ? CellOutcome::Passed : CellOutcome::Failed;
            cell.costNanos = i % 2 ? 747'000 : 5'114'000;
            cell.latencyMs = 640 + roll * 90;
            cell.inputTokens = 412;
            cell.outputTokens = 96;
            cell.change = CellChange::Same;
            cell.baselinePassed = 3;
            cell.baselineAnswers = 3;
            cell.baselineScore = 0.97;
            if (cell.passed <= 1 && i == 3) {
                cell.change = CellChange::Regression;
                cell.pValue = 0.4;
                cell.note =
                    u"%1 of 3 answers pass, 3 of 3 did before; with so few it may be chance."_s.arg(cell.passed);
            } else if (i == 2 && roll % 5 == 0) {
                cell.change = CellChange::Improvement;
                cell.baselineScore = 0.4;
            }
            if (number == 9 && i == 1) {
                cell.outcome = CellOutcome::Error;
                cell.score.reset();
                cell.passed = 0;
            }
            row.cells << cell;
        }
        m_rows << row;
    }
}

void EvaluationsExample::fillAnswers()
{
    QList<RunAnswer> answers;
    for (int repeat = 1; repeat <= 3; ++repeat) {
        RunAnswer one;
        one.column = 3;
        one.caseId = m_rows.first().caseId;
        one.repeat = repeat;
        one.jobId = newId();
        one.outcome = repeat == 2 ? CellOutcome::Failed : CellOutcome::Passed;
        one.score = repeat == 2 ? 0.44 : 0.93;
        one.output = repeat == 2
            ? u"Thank you for your message.\n\nPlease send order A-20907 back first. We look at it and answer within "
              u"ten "
              "days."_s
            : u"Thank you for your message.\n\nWe refund order A-20907 within five days. You need not send anything "
              "back."_s;
        one.costNanos = 747'000;
        one.latencyMs = 812;
        one.inputTokens = 412;
        one.outputTokens = 96;
        const auto said = [&](AssertionKind kind, double score, double least, const QString &reason) {
            AssertionResult result;
            result.kind = kind;
            result.score = score;
            result.threshold = least;
            result.passed = score >= least;
            result.reason = reason;
            one.assertions << result;
        };
        said(AssertionKind::Contains, repeat == 2 ? 0.5 : 1, 1, repeat == 2 ? u"“refund” is missing."_s : QString());
        said(AssertionKind::TokenSimilarity, repeat == 2 ? 0.31 : 0.88, 0.6, {});
        said(AssertionKind::Length, 1, 1, {});
        said(AssertionKind::Rubric, 0.9, 0.5, u"Polite, and names the next step."_s);
        answers << one;
    }
    m_answers["/api/v1/evaluation-runs/" + runId.toByteArray(QUuid::WithoutBraces) + "/answers"] = page(answers);
    QList<RunAnswer> before{answers.first()};
    before.first().column = 1;
    before.first().output = u"Thank you for your message.\n\nWe look at order A-20907 and answer within ten days."_s;
    m_answers["/api/v1/evaluation-runs/" + baselineId.toByteArray(QUuid::WithoutBraces) + "/answers"] = page(before);
}
