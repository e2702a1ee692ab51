// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int caseCount = 200;
const QStringList models{u"openai/gpt-4o-mini"_s, u"anthropic/claude-haiku-4.5"_s, u"google/gemini-2.5-flash"_s};
const QString runs = u"/api/v1/evaluation-runs"_s;

bool isHard(int number) { return number % 10 == 0; }

QString expectedOf(int number) { return u"Answer to: one q%1"_s.arg(number); }

// What the provider answers to a version, as the provider's description says it.
QString outputOf(int version, int number)
{
    const QString input = u"q%1"_s.arg(number);
    if (version == 1)
        return u"Answer to: one "_s + input;
    if (version == 2)
        return u"Answer to: one "_s + input + u" please"_s;
    return (isHard(number) ? u"Answer to: oops "_s : u"Answer to: one "_s) + input;
}

// The table of edits as books have it, apart from the product's.
int distance(const QString &a, const QString &b)
{
    QList<int> row(b.size() + 1);
    for (int j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (int i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.size(); ++j) {
            const int replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

struct Verdict
{
    bool passed = false;
    double score = 0;
};
// startsWith with weight 3 and levenshtein with weight 1.
Verdict verdictOf(int version, int number)
{
    const QString output = outputOf(version, number), expected = expectedOf(number);
    const bool starts = output.startsWith(u"Answer to: one"_s);
    const double alike = 1 - double(distance(output, expected)) / double(std::max(output.size(), expected.size()));
    return {starts && alike >= 0.3, (3 * (starts ? 1 : 0) + alike) / 4};
}

QString value(const QJsonValue &json) { return json.toString(); }

} // namespace

// Evaluation runs over HTTP and the live socket, against providers that speak their real formats.
class TestEvaluationRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_server = std::make_unique<TestServer>([this](Config &config) {
            config.openaiKey = config.anthropicKey = config.googleKey = "sk-of-the-server";
            config.openaiBaseUrl = m_provider.openAiBaseUrl().toString();
            config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
            config.googleBaseUrl = m_provider.googleBaseUrl().toString();
            config.demoHistory = false;
        });
        m_owner = m_server->token(u"acme"_s, u"owner"_s);
        const QJsonObject schema{{u"type"_s, u"object"_s},
                                 {u"required"_s, QJsonArray{u"input"_s}},
                                 {u"properties"_s,
                                  QJsonObject{{u"input"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                                              {u"hard"_s, QJsonObject{{u"type"_s, u"boolean"_s}}}}}};
        const auto version = [&](const QString &prompt) {
            return QJsonObject{
                {u"userPrompt"_s, prompt}, {u"defaultModel"_s, models[0]}, {u"variablesSchema"_s, schema}};
        };
        const HttpAnswer made = m_server->post(
            u"/api/v1/templates"_s,
            {{u"name"_s, u"Reply"_s}, {u"slug"_s, u"reply"_s}, {u"version"_s, version(u"one {{input}}"_s)}}, m_owner);
        QVERIFY2(made.status == 201, made.body);
        m_template = value(made.json()[u"template"_s][u"id"_s]);
        for (const QString &prompt :
             {u"one {{input}} please"_s, u"{{^hard}}one {{/hard}}{{#hard}}oops {{/hard}}{{input}}"_s})
            QCOMPARE(
                m_server->post(u"/api/v1/templates/%1/versions"_s.arg(m_template), version(prompt), m_owner).status,
                201);

        m_dataset = newDataset(
            u"Questions"_s,
            QJsonArray{QJsonObject{{u"kind"_s, u"startsWith"_s}, {u"value"_s, u"Answer to: one"_s}, {u"weight"_s, 3}},
                       QJsonObject{{u"kind"_s, u"levenshtein"_s}, {u"threshold"_s, 0.3}}});
        QJsonArray cases;
        for (int i = 1; i <= caseCount; ++i)
            cases.append(
                QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, u"q%1"_s.arg(i)}, {u"hard"_s, isHard(i)}}},
                            {u"expected"_s, expectedOf(i)},
                            {u"tags"_s, QJsonArray{isHard(i) ? u"hard"_s : u"easy"_s}}});
        addCases(m_dataset, cases);
    }

    // Three versions with three models and two hundred cases: each cell beside what this test works out by itself, each
    // answer paid once, and progress as it happens.
    void theWholeMatrix()
    {
        LiveReader reader(QUrl(m_server->url(u"/api/v1/live"_s).toString().replace(u"http"_s, u"ws"_s)));
        QTRY_VERIFY(reader.isOpen());
        reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(m_owner)}});
        reader.say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"evaluations"_s}}});
        QTRY_COMPARE(reader.of(u"subscribed"_s).size(), 1);

        m_provider.reset();
        const QJsonObject detail = start({1, 2, 3}, models, {{u"name"_s, u"Everything"_s}});
        const QString id = value(detail[u"run"_s][u"id"_s]);
        QCOMPARE(detail[u"run"_s][u"answers"_s], 3 * 3 * caseCount);
        QCOMPARE(detail[u"columns"_s].toArray().size(), 9);
        m_everything = id;

        const auto events = [&](const QString &name) {
            QList<QJsonValue> found;
            for (const QJsonObject &event : reader.of(u"event"_s))
                if (event[u"name"_s] == name && event[u"data"_s][u"id"_s] == id)
                    found.append(event[u"data"_s]);
            return found;
        };
        QTRY_COMPARE_WITH_TIMEOUT(events(u"evaluation.finished"_s).size(), 1, 90'000);
        QCOMPARE(events(u"evaluation.started"_s).size(), 1);
        const auto progress = events(u"evaluation.progress"_s);
        QVERIFY(progress.size() >= 2);
        QVERIFY2(progress.size() < 3 * 3 * caseCount / 10, QByteArray::number(progress.size()));
        int last = 0;
        for (const QJsonValue &one : progress) {
            QVERIFY(one[u"done"_s].toInt() > last);
            last = one[u"done"_s].toInt();
        }
        QCOMPARE(events(u"evaluation.finished"_s).first()[u"state"_s], u"completed"_s);
        QCOMPARE(m_provider.total().requests, 3 * 3 * caseCount);

        const QJsonObject now = get(runs + u'/' + id);
        QCOMPARE(now[u"run"_s][u"done"_s], 3 * 3 * caseCount);
        qint64 cost = 0;
        for (const QJsonValue column : now[u"columns"_s].toArray()) {
            const int version = column[u"version"_s].toInt();
            double score = 0;
            int passed = 0;
            for (int i = 1; i <= caseCount; ++i) {
                score += verdictOf(version, i).score / caseCount;
                passed += verdictOf(version, i).passed;
            }
            QCOMPARE(column[u"passed"_s], passed);
            QCOMPARE(column[u"failed"_s], caseCount - passed);
            QCOMPARE(column[u"errors"_s], 0);
            QVERIFY(std::abs(column[u"score"_s].toDouble() - score) < 1e-9);
            QVERIFY(column[u"costNanos"_s].toInteger() > 0);
            QVERIFY(column[u"latencyMs"_s].toDouble() >= 0);
            QVERIFY(column[u"outputTokens"_s].toInteger() > 0);
            cost += column[u"costNanos"_s].toInteger();
        }
        QCOMPARE(now[u"run"_s][u"costNanos"_s].toInteger(), cost);

        QHash<QString, int> numbers;
        const QList<QJsonObject> rows = pages(runs + u'/' + id + u"/matrix?limit=90"_s);
        QCOMPARE(rows.size(), caseCount);
        for (const QJsonObject &row : rows) {
            const int number = row[u"number"_s].toInt();
            numbers.insert(value(row[u"caseId"_s]), number);
            QCOMPARE(row[u"expected"_s], expectedOf(number));
            const QJsonArray cells = row[u"cells"_s].toArray();
            QCOMPARE(cells.size(), 9);
            for (int i = 0; i < 9; ++i) {
                const Verdict verdict = verdictOf(now[u"columns"_s][i][u"version"_s].toInt(), number);
                QCOMPARE(cells[i][u"outcome"_s], verdict.passed ? u"passed"_s : u"failed"_s);
                QVERIFY(std::abs(cells[i][u"score"_s].toDouble() - verdict.score) < 1e-9);
            }
        }
        qint64 ofAnswers = 0;
        const QList<QJsonObject> answers = pages(runs + u'/' + id + u"/answers?limit=200"_s);
        QCOMPARE(answers.size(), 9 * caseCount);
        for (const QJsonObject &answer : answers) {
            const int version = now[u"columns"_s][answer[u"column"_s].toInt()][u"version"_s].toInt();
            QCOMPARE(answer[u"output"_s], outputOf(version, numbers.value(value(answer[u"caseId"_s]))));
            QCOMPARE(answer[u"assertions"_s].toArray().size(), 2);
            ofAnswers += answer[u"costNanos"_s].toInteger();
        }
        QCOMPARE(ofAnswers, cost);
        // Only the failures: the hard cases of the third version.
        QCOMPARE(pages(runs + u'/' + id + u"/answers?outcome=failed&limit=50"_s).size(), 3 * caseCount / 10);
    }

    // The third version beside the first: twenty hard cases that got worse, with each model.
    void aSeededRegressionIsFound()
    {
        const QString path = runs + u'/' + m_everything;
        const QJsonObject comparison = get(path + u"/comparison?baselineColumn=0"_s);
        for (const QJsonValue column : comparison[u"columns"_s].toArray()) {
            const bool isThird = column[u"column"_s].toInt() >= 6;
            QCOMPARE(column[u"regressions"_s], isThird ? caseCount / 10 : 0);
            QCOMPARE(column[u"improvements"_s], 0);
            QCOMPARE(column[u"compared"_s], caseCount);
            if (isThird) { // 20 lower and none higher
                QVERIFY(std::abs(column[u"pValue"_s].toDouble() - std::pow(2.0, -19)) < 1e-9);
                QVERIFY(column[u"isSignificant"_s].toBool());
            }
        }
        const QList<QJsonObject> worse = pages(path + u"/matrix?baselineColumn=0&change=regression&limit=7"_s);
        QCOMPARE(worse.size(), caseCount / 10);
        for (const QJsonObject &row : worse)
            QVERIFY(isHard(row[u"number"_s].toInt()));
        QCOMPARE(m_server->get(path + u"/comparison"_s, m_owner).status, 422);
        QCOMPARE(m_server->get(path + u"/comparison?baselineColumn=9"_s, m_owner).status, 422);

        // Asked again by itself, beside that run: taken from the cache, and compared with the newest version there.
        m_provider.reset();
        const QJsonObject again = start({3}, {models[0]}, {{u"baselineRunId"_s, m_everything}});
        const QString id = value(again[u"run"_s][u"id"_s]);
        const QJsonObject ended = waitFor(id);
        QCOMPARE(m_provider.total().requests, 0);
        QCOMPARE(ended[u"run"_s][u"costNanos"_s], 0);
        QCOMPARE(ended[u"columns"_s][0][u"passed"_s], caseCount - caseCount / 10);
        QCOMPARE(get(runs + u'/' + id + u"/comparison"_s)[u"columns"_s][0][u"same"_s], caseCount);
    }

    // Repeats are answers of their own, and a note says what they allow.
    void repeats()
    {
        m_provider.reset();
        const QJsonObject hard{{u"tags"_s, QJsonArray{u"hard"_s}}, {u"repeats"_s, 5}};
        const QString before = value(start({1}, {models[0]}, hard)[u"run"_s][u"id"_s]);
        QCOMPARE(waitFor(before)[u"run"_s][u"passed"_s], 5 * caseCount / 10);
        QVERIFY(m_provider.total().requests >= 4 * caseCount / 10);
        QJsonObject more = hard;
        more.insert(u"baselineRunId"_s, before);
        const QString id = value(start({3}, {models[0]}, more)[u"run"_s][u"id"_s]);
        waitFor(id);
        const QJsonObject row = get(runs + u'/' + id + u"/matrix?limit=1"_s)[u"items"_s][0].toObject();
        const QJsonValue cell = row[u"cells"_s][0];
        QCOMPARE(cell[u"answers"_s], 5);
        QCOMPARE(cell[u"change"_s], u"regression"_s);
        QVERIFY(std::abs(cell[u"pValue"_s].toDouble() - 2.0 / 252) < 1e-9);
        QVERIFY(value(cell[u"note"_s]).contains(u"more than chance"_s));
    }

    void canceled()
    {
        const QJsonObject detail = start({1}, {u"openai/test-slow-stream-50ms"_s}, {});
        const QString id = value(detail[u"run"_s][u"id"_s]);
        QTRY_VERIFY_WITH_TIMEOUT(get(runs + u'/' + id)[u"run"_s][u"done"_s].toInt() > 0, 30'000);
        const HttpAnswer answer = m_server->post(runs + u'/' + id + u"/cancel"_s, {}, m_owner);
        QVERIFY2(answer.status == 200, answer.body);
        const QJsonValue run = answer.json()[u"run"_s];
        QCOMPARE(run[u"state"_s], u"canceled"_s);
        QCOMPARE(run[u"done"_s], caseCount);
        QVERIFY(run[u"passed"_s].toInt() < caseCount);
        const QJsonValue column = answer.json()[u"columns"_s][0];
        QCOMPARE(column[u"passed"_s].toInt() + column[u"canceled"_s].toInt(), caseCount);
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 0, 20'000);
        QCOMPARE(get(u"/api/v1/jobs?state=queued&state=running&limit=5"_s)[u"items"_s].toArray().size(), 0);
        QCOMPARE(m_server->post(runs + u'/' + id + u"/cancel"_s, {}, m_owner).status, 409);
        QCOMPARE(m_server->send("DELETE", runs + u'/' + id, {}, {.token = m_owner}).status, 204);
        QCOMPARE(m_server->get(runs + u'/' + id, m_owner).status, 404);
    }

    // Jobs that fail are errors, not passes, and score nothing.
    void failedJobs()
    {
        const QString id =
            value(start({1}, {u"openai/test-quota"_s}, {{u"tags"_s, QJsonArray{u"hard"_s}}})[u"run"_s][u"id"_s]);
        const QJsonObject ended = waitFor(id);
        QCOMPARE(ended[u"run"_s][u"state"_s], u"completed"_s);
        QCOMPARE(ended[u"run"_s][u"errors"_s], caseCount / 10);
        QCOMPARE(ended[u"columns"_s][0][u"score"_s], 0);
        const QJsonObject answer = get(runs + u'/' + id + u"/answers?limit=1"_s)[u"items"_s][0].toObject();
        QCOMPARE(answer[u"outcome"_s], u"error"_s);
        QVERIFY(!value(answer[u"error"_s][u"message"_s]).isEmpty());
    }

    // A template judges: a job of its own for each answer, paid for beside it.
    void rubrics()
    {
        const QJsonObject judge{
            {u"name"_s, u"Judge"_s},
            {u"slug"_s, u"judge"_s},
            {u"version"_s,
             QJsonObject{{u"userPrompt"_s, u"{{rubric}} {{output}}"_s},
                         {u"defaultModel"_s, u"openai/gpt-4.1"_s},
                         {u"variablesSchema"_s,
                          QJsonObject{{u"type"_s, u"object"_s},
                                      {u"additionalProperties"_s, false},
                                      {u"properties"_s,
                                       QJsonObject{{u"rubric"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                                                   {u"output"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}}}}}};
        QCOMPARE(m_server->post(u"/api/v1/templates"_s, judge, m_owner).status, 201);
        const QString dataset = newDataset(
            u"Judged"_s,
            QJsonArray{QJsonObject{{u"kind"_s, u"rubric"_s}, {u"judge"_s, u"judge"_s}, {u"rubric"_s, u"polite?"_s}}});
        addCases(dataset,
                 QJsonArray{QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, u"judged 1"_s}}}},
                            QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, u"judged 2"_s}}}}});
        Behaviour good;
        good.text = u"{\"score\": 0.75, \"reason\": \"friendly\"}"_s;
        m_provider.plan(good, 1, u"gpt-4.1"_s);
        const QString id = value(start({1}, {models[0]}, {{u"datasetId"_s, dataset}})[u"run"_s][u"id"_s]);
        const QJsonObject ended = waitFor(id);
        QCOMPARE(ended[u"run"_s][u"passed"_s], 1); // the other judge did not answer with a score
        QCOMPARE(ended[u"run"_s][u"failed"_s], 1);
        const qint64 judges = ended[u"columns"_s][0][u"judgeCostNanos"_s].toInteger();
        QVERIFY(judges > 0);
        QCOMPARE(ended[u"run"_s][u"costNanos"_s].toInteger(),
                 ended[u"columns"_s][0][u"costNanos"_s].toInteger() + judges);
        bool isSeen = false;
        for (const QJsonObject &answer : pages(runs + u'/' + id + u"/answers"_s)) {
            const QJsonValue result = answer[u"assertions"_s][0];
            QVERIFY(!result[u"isPending"_s].toBool());
            QCOMPARE(get(u"/api/v1/jobs/"_s + value(result[u"judgeJobId"_s]))[u"job"_s][u"templateSlug"_s], u"judge"_s);
            isSeen = isSeen || (result[u"score"_s] == 0.75 && result[u"reason"_s] == u"friendly"_s);
        }
        QVERIFY(isSeen);
    }

    void wrongRunsAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("pointer");
        const auto versions = [](const QJsonObject &version) {
            return QJsonObject{{u"versions"_s, QJsonArray{version}}};
        };
        QTest::newRow("no template") << versions({{u"template"_s, u"nobody"_s}}) << u"/versions/0/template"_s;
        QTest::newRow("no version") << versions({{u"template"_s, u"reply"_s}, {u"version"_s, 9}})
                                    << u"/versions/0/version"_s;
        QTest::newRow("no label") << versions({{u"template"_s, u"reply"_s}, {u"label"_s, u"none"_s}})
                                  << u"/versions/0/label"_s;
        QTest::newRow("no dataset") << QJsonObject{{u"datasetId"_s, u"0192f0c1-0000-7000-8000-000000000000"_s}}
                                    << u"/datasetId"_s;
        QTest::newRow("no case") << QJsonObject{{u"tags"_s, QJsonArray{u"nothing"_s}}} << u"/tags"_s;
        QTest::newRow("no model") << QJsonObject{{u"models"_s, QJsonArray{u"nobody/nothing"_s}}} << u"/models"_s;
        QTest::newRow("no baseline") << QJsonObject{{u"baselineRunId"_s, u"0192f0c1-0000-7000-8000-000000000000"_s}}
                                     << u"/baselineRunId"_s;
        QTest::newRow("too much") << QJsonObject{{u"repeats"_s, 20},
                                                 {u"models"_s, QJsonArray{models[0], models[1], models[2]}}}
                                  << u"/repeats"_s;
    }
    void wrongRunsAreRefused()
    {
        QFETCH(const QJsonObject, more);
        QFETCH(const QString, pointer);
        QJsonObject body{{u"datasetId"_s, m_dataset},
                         {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"reply"_s}}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), *it);
        const HttpAnswer answer = m_server->post(runs, body, m_owner);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
    }

    // A case that does not fit is named before anything is asked.
    void casesThatDoNotFitAreNamed()
    {
        const QString dataset = newDataset(u"Does not fit"_s, {});
        addCases(dataset,
                 QJsonArray{QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, u"x"_s}}}},
                            QJsonObject{{u"variables"_s, QJsonObject{{u"input"_s, 7}}}}});
        const HttpAnswer answer = m_server->post(
            runs, {{u"datasetId"_s, dataset}, {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"reply"_s}}}}},
            m_owner);
        QCOMPARE(answer.status, 422);
        QVERIFY2(value(answer.json()[u"errors"_s][0][u"message"_s]).contains(u"case 2"_s), answer.body);
        QCOMPARE(get(runs + u"?datasetId="_s + dataset)[u"items"_s].toArray().size(), 0);
    }

    // The gate lets the first version pass and not the third, and says why.
    void gates()
    {
        const QJsonObject wanted{{u"templateId"_s, m_template},
                                 {u"label"_s, u"production"_s},
                                 {u"datasetId"_s, m_dataset},
                                 {u"minimumScore"_s, 0.95},
                                 {u"refusesRegressions"_s, true}};
        const HttpAnswer made = m_server->post(u"/api/v1/gates"_s, wanted, m_owner);
        QVERIFY2(made.status == 201, made.body);
        const QString gate = u"/api/v1/gates/"_s + value(made.json()[u"id"_s]);
        QCOMPARE(m_server->post(u"/api/v1/gates"_s, wanted, m_owner).status, 409);
        QCOMPARE(m_server->send("DELETE", u"/api/v1/datasets/"_s + m_dataset, {}, {.token = m_owner}).status, 409);
        QCOMPARE(m_server->post(u"/api/v1/gates"_s, wanted, m_server->token(u"acme"_s, u"viewer"_s)).status, 403);
        const auto check = [&](int version) {
            return get(u"/api/v1/templates/%1/gate-checks?label=production&version=%2"_s.arg(m_template)
                           .arg(version))[u"items"_s][0];
        };
        QCOMPARE(check(1)[u"passes"_s], true);
        const QJsonValue refused = check(3);
        QCOMPARE(refused[u"passes"_s], false);
        QVERIFY(refused[u"score"_s].toDouble() < 0.95);
        QCOMPARE(refused[u"cases"_s].toArray().size(), caseCount / 10);
        for (const QJsonValue number : refused[u"cases"_s].toArray())
            QVERIFY(isHard(number.toInt()));
        QVERIFY(value(refused[u"reason"_s]).contains(value(refused[u"runId"_s])));
        // The label itself: it goes where the gate lets it, and stays where it was otherwise.
        const QString label = u"/api/v1/templates/%1/labels/production"_s.arg(m_template);
        const auto move = [&](int version) {
            return m_server->send("PUT", label, {{u"version"_s, version}}, {.token = m_owner});
        };
        const auto standing = [&] {
            return get(u"/api/v1/templates/%1/labels"_s.arg(m_template))[u"items"_s][0][u"version"_s].toInt();
        };
        const auto change = [&](const QJsonObject &to, const QByteArray &revision) {
            return m_server->send("PATCH", gate, to, {.token = m_owner, .more = {{"If-Match", revision}}}).status;
        };
        QCOMPARE(move(3).status, 409);
        QVERIFY(move(1).status < 300);
        const HttpAnswer kept = move(3);
        QCOMPARE(kept.status, 409);
        QCOMPARE(kept.code(), u"gate_refused"_s);
        QVERIFY2(value(kept.json()[u"detail"_s]).contains(value(refused[u"runId"_s])), kept.body);
        QCOMPARE(standing(), 1);
        // With a lower score the regressions still stand in the way.
        QCOMPARE(change({{u"minimumScore"_s, 0.5}}, "\"1\""), 200);
        const HttpAnswer worse = move(3);
        QCOMPARE(worse.status, 409);
        QVERIFY2(value(worse.json()[u"detail"_s]).contains(u"do worse"_s), worse.body);
        const QJsonObject byLabel{
            {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"reply"_s}, {u"label"_s, u"production"_s}}}}};
        QCOMPARE(start({}, {models[0]}, byLabel)[u"columns"_s][0][u"version"_s], 1);
        QCOMPARE(change({{u"refusesRegressions"_s, false}}, "\"2\""), 200);
        QVERIFY(move(3).status < 300);
        QCOMPARE(standing(), 3);
        QCOMPARE(m_server->send("DELETE", gate, {}, {.token = m_owner}).status, 204);
    }

    // A gateway key may run evaluations with its models and do nothing else of the API.
    void programs()
    {
        const HttpAnswer made = m_server->post(u"/api/v1/gateway-keys"_s,
                                               {{u"name"_s, u"CI"_s}, {u"models"_s, QJsonArray{models[0]}}}, m_owner);
        QCOMPARE(made.status, 201);
        const QByteArray key = value(made.json()[u"secret"_s]).toLatin1();
        QCOMPARE(m_server->get(u"/api/v1/datasets"_s, key).status, 200);
        QCOMPARE(m_server->get(u"/api/v1/users"_s, key).status, 403);
        QCOMPARE(m_server->get(u"/api/v1/me"_s, key).status, 403);
        QCOMPARE(m_server->send("DELETE", u"/api/v1/datasets/"_s + m_dataset, {}, {.token = key}).status, 403);
        QCOMPARE(m_server->get(u"/api/v1/datasets"_s, key + "x").status, 401);
        QJsonObject body{{u"datasetId"_s, m_dataset},
                         {u"tags"_s, QJsonArray{u"hard"_s}},
                         {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"reply"_s}, {u"version"_s, 1}}}}};
        QCOMPARE(m_server->post(runs, body, key).status, 202);
        body.insert(u"models"_s, QJsonArray{models[1]});
        const HttpAnswer refused = m_server->post(runs, body, key);
        QCOMPARE(refused.status, 422);
        QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], u"/models"_s);
    }

private:
    QJsonObject get(const QString &path) { return m_server->get(path, m_owner).json(); }

    QList<QJsonObject> pages(const QString &path)
    {
        QList<QJsonObject> all;
        QString cursor;
        do {
            const QChar joint = path.contains(u'?') ? u'&' : u'?';
            const QJsonObject page = get(cursor.isEmpty() ? path : path + joint + u"cursor="_s + cursor);
            for (const QJsonValue item : page[u"items"_s].toArray())
                all.append(item.toObject());
            cursor = page[u"nextCursor"_s].toString();
        } while (!cursor.isEmpty());
        return all;
    }

    QString newDataset(const QString &name, const QJsonArray &assertions)
    {
        const HttpAnswer made =
            m_server->post(u"/api/v1/datasets"_s, {{u"name"_s, name}, {u"assertions"_s, assertions}}, m_owner);
        if (made.status != 201)
            qWarning() << made.body;
        return value(made.json()[u"id"_s]);
    }

    void addCases(const QString &dataset, const QJsonArray &cases)
    {
        const HttpAnswer answer = m_server->send("PATCH", u"/api/v1/datasets/%1/cases"_s.arg(dataset),
                                                 {{u"added"_s, cases}}, {.token = m_owner});
        if (answer.status != 200)
            qWarning() << answer.body;
    }

    QJsonObject start(const QList<int> &versions, const QStringList &asked, const QJsonObject &more)
    {
        QJsonArray list;
        for (const int version : versions)
            list.append(QJsonObject{{u"template"_s, u"reply"_s}, {u"version"_s, version}});
        QJsonObject body{
            {u"datasetId"_s, m_dataset}, {u"versions"_s, list}, {u"models"_s, QJsonArray::fromStringList(asked)}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), *it);
        const HttpAnswer answer = m_server->post(runs, body, m_owner);
        if (answer.status != 202)
            qWarning() << answer.status << answer.body;
        return answer.json();
    }

    QJsonObject waitFor(const QString &id)
    {
        QJsonObject now;
        (void)QTest::qWaitFor(
            [&] {
                now = get(runs + u'/' + id);
                return now[u"run"_s][u"state"_s] != u"running"_s;
            },
            90'000);
        return now;
    }

    ProviderServer m_provider;
    std::unique_ptr<TestServer> m_server;
    QByteArray m_owner;
    QString m_template;
    QString m_dataset;
    QString m_everything; // the run of all versions and models
};

QTEST_GUILESS_MAIN(TestEvaluationRuns)
#include "tst_evaluation_runs.moc"
