// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/jobs/job_bench.h"

#include "server/queue/claimer.h"
#include "shared/id.h"
#include "tests/support/provider_server.h"

#include <QMutex>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList pointers(const ApiError &error)
{
    QStringList list;
    for (const auto &problem : error.errors)
        list.append(problem.pointer);
    return list;
}

} // namespace

// Jobs from the request to the ledger: the real services, a real worker, a real PostgreSQL, and a provider on real
// sockets.
class TestJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_caller = m_bench.person(); }

    void demoJobRunsAndIsRecorded();
    void templatesAreRendered();
    void refusals_data();
    void refusals();
    void providerFaults_data();
    void providerFaults();
    void retriesUntilItSucceeds();
    void parallelEqualRequestsMakeOneJob();
    void cacheAnswersAndCanBeBypassed();
    void futureJobsWait();
    void prioritiesGoFirst();
    void tenantsTakeTurns();
    void cancelsQueuedAndRunning();
    void retryReplayDiscard();
    void lateCompletionChangesNothingButIsBilled();
    void leaseOfADeadWorkerIsTakenOver();
    void canceledAndThenItsWorkerDied();
    void usedUpByDeadWorkers();
    void settlingLooksAtNoOtherAttempts();
    void stoppingHandsBack();
    void filtersAndPages();
    void tenantsDoNotMeet();
    void usageReport();

private:
    QUuid makeTemplate(const QString &model = u"demo/fast"_s);

    ProviderServer m_provider;
    JobBench m_bench;
    Caller m_caller;
};

void TestJobs::initTestCase()
{
    QVERIFY(m_provider.listen());
    m_bench.providers.openAi = {"key", m_provider.openAiBaseUrl()};
    m_bench.providers.anthropic = {"key", m_provider.anthropicBaseUrl()};
}

QUuid TestJobs::makeTemplate(const QString &model)
{
    NewTemplate input;
    input.name = u"Letter"_s;
    input.version.systemPrompt = u"Be kind."_s;
    input.version.userPrompt = u"Write to {{name}}{{#lines}}, {{.}}{{/lines}}."_s;
    input.version.variablesSchema = json::object(R"({"type":"object","required":["name"],"properties":{
        "name":{"type":"string","minLength":1},"lines":{"type":"array","items":{"type":"string"}}}})");
    input.version.defaultModel = model;
    return m_bench.templates.create(m_caller, input).promptTemplate.id;
}

void TestJobs::demoJobRunsAndIsRecorded()
{
    const auto worker = m_bench.worker();
    const Job made =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"hello"}],"model":"demo/fast"})");
    QCOMPARE(made.state, JobState::Queued);
    const JobDetail detail = m_bench.ended(m_caller, made.id);
    QCOMPARE(detail.job.state, JobState::Completed);
    QVERIFY(detail.job.output->contains(u"hello"_s));
    QCOMPARE(detail.job.userName, u"Ana Souza"_s);
    QVERIFY(detail.job.outputTokens > 0);
    QVERIFY(detail.job.finishedAt >= detail.job.startedAt);
    QCOMPARE(detail.attempts.size(), 1);
    QCOMPARE(detail.attempts.first().state, AttemptState::Succeeded);
    QCOMPARE(m_bench.ledgerRows(m_caller), 1);
    QCOMPARE(m_bench.queueRows(), 0);
    QCOMPARE(m_bench.eventNames(made.id), (QStringList{u"job.queued"_s, u"job.running"_s, u"job.completed"_s}));
    QVERIFY(!m_bench.output.snapshot(m_caller.tenantId, made.id));
}

void TestJobs::templatesAreRendered()
{
    makeTemplate(u"openai/test-ok"_s);
    const auto worker = m_bench.worker();
    const Job made = m_bench.generate(m_caller, R"({"template":"letter","variables":{"name":"Zoë","lines":["a","b"]},
        "parameters":{"temperature":0.5}})");
    const JobDetail detail = m_bench.ended(m_caller, made.id);
    QCOMPARE(detail.job.state, JobState::Completed);
    QCOMPARE(detail.job.templateSlug, u"letter"_s);
    QCOMPARE(detail.messages.size(), 2);
    QCOMPARE(detail.messages[1].content, u"Write to Zoë, a, b."_s);
    const QJsonObject sent = json::object(m_provider.lastRequest().body);
    QCOMPARE(sent[u"messages"_s][1][u"content"_s].toString(), u"Write to Zoë, a, b."_s);
    QCOMPARE(sent[u"temperature"_s].toDouble(), 0.5);
    QCOMPARE(detail.job.inputTokens, detail.attempts.first().inputTokens);
}

void TestJobs::refusals_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *request, const QStringList &expected) {
        QTest::newRow(name) << QByteArray(request) << expected;
    };
    row("nothing", "{}", {u"/template"_s});
    row("both", R"({"template":"letter","messages":[{"role":"user","content":"x"}],"model":"demo/fast"})",
        {u"/messages"_s});
    row("no such template", R"({"template":"nope"})", {u"/template"_s});
    row("no such version", R"({"template":"letter","version":9,"variables":{"name":"x"}})", {u"/version"_s});
    row("missing variable", R"({"template":"letter"})", {u"/variables/name"_s});
    row("wrong variables", R"({"template":"letter","variables":{"name":"","lines":[1]}})",
        {u"/variables/lines/0"_s, u"/variables/name"_s});
    row("messages without model", R"({"messages":[{"role":"user","content":"x"}]})", {u"/model"_s});
    row("no provider", R"({"messages":[{"role":"user","content":"x"}],"model":"nobody/x"})", {u"/model"_s});
    row("model without provider", R"({"messages":[{"role":"user","content":"x"}],"model":"gpt"})", {u"/model"_s});
    row("no question", R"({"messages":[{"role":"system","content":"x"}],"model":"demo/fast"})", {u"/messages"_s});
    row("empty message", R"({"messages":[{"role":"user","content":""}],"model":"demo/fast"})",
        {u"/messages/0/content"_s});
    row("variables without template",
        R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast","variables":{"a":1}})", {u"/variables"_s});
}

void TestJobs::refusals()
{
    makeTemplate();
    QFETCH(QByteArray, request);
    const ApiError error = refusal([&] { m_bench.generate(m_caller, request.constData()); });
    QCOMPARE(error.status, 422);
    QTEST(pointers(error), "expected");
    QCOMPARE(m_bench.queueRows(), 0);
}

void TestJobs::providerFaults_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<JobState>("state");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *behaviour, JobState state, int attempts, const char *code) {
        for (const char *provider : {"openai", "anthropic"}) {
            const QString model =
                QStringLiteral("%1/test-%2").arg(QLatin1StringView(provider), QLatin1StringView(behaviour));
            QTest::newRow(qPrintable(model)) << model << state << attempts << QString::fromLatin1(code);
        }
    };
    row("429", JobState::Dead, 2, "rate_limited");
    row("429-after-250ms", JobState::Dead, 2, "rate_limited");
    row("529", JobState::Dead, 2, "overloaded");
    row("500", JobState::Dead, 2, "provider_failed");
    row("no-retry", JobState::Failed, 1, "provider_failed");
    row("quota", JobState::Failed, 1, "quota_exhausted");
    row("401", JobState::Failed, 1, "authentication_failed");
    row("400", JobState::Failed, 1, "invalid_request");
    row("404", JobState::Failed, 1, "not_found");
    row("hang", JobState::Dead, 2, "timeout");
    row("hang-after-3", JobState::Dead, 2, "timeout");
    row("cut-after-3", JobState::Dead, 2, "broken_answer");
    row("malformed", JobState::Failed, 1, "malformed_answer");
    row("reset", JobState::Dead, 2, "broken_answer");
}

void TestJobs::providerFaults()
{
    QFETCH(QString, model);
    QFETCH(int, attempts);
    m_provider.reset();
    const auto worker = m_bench.worker();
    GenerateRequest request;
    request.messages = QList<PromptMessage>{{MessageRole::User, u"one two three four five six"_s}};
    request.model = model;
    request.maxAttempts = 2;
    const QUuid id = m_bench.jobs.generate(m_caller, request).job.id;
    const JobDetail detail = m_bench.ended(m_caller, id);
    QTEST(detail.job.state, "state");
    QCOMPARE(detail.attempts.size(), attempts);
    QTEST(detail.job.error->code, "code");
    QVERIFY(!detail.job.output);
    for (const Attempt &attempt : detail.attempts) {
        QCOMPARE(attempt.state, AttemptState::Failed);
        QTEST(attempt.error->code, "code");
    }
    // Each call that reached the provider stands in the ledger.
    QCOMPARE(m_bench.ledgerRows(m_caller), m_provider.total().requests);
    QCOMPARE(m_provider.total().requests, attempts);
    QCOMPARE(m_bench.queueRows(), 0);
    if (model.endsWith("cut-after-3"_L1)) // what was made before the break was paid for
        QVERIFY(detail.job.outputTokens > 0);
}

void TestJobs::retriesUntilItSucceeds()
{
    m_provider.reset();
    const auto worker = m_bench.worker();
    const QUuid id =
        m_bench
            .generate(m_caller,
                      R"({"messages":[{"role":"user","content":"x"}],"model":"openai/test-429-after-250ms-once"})")
            .id;
    const JobDetail detail = m_bench.ended(m_caller, id);
    QCOMPARE(detail.job.state, JobState::Completed);
    QVERIFY(!detail.job.error);
    QCOMPARE(detail.attempts.size(), 2);
    QCOMPARE(detail.attempts[0].error->code, u"rate_limited"_s);
    QVERIFY(detail.attempts[0].retryable);
    QVERIFY(detail.attempts[0].finishedAt->msecsTo(detail.attempts[1].startedAt) >= 245);
    QCOMPARE(m_bench.ledgerRows(m_caller), 2);
    QCOMPARE(m_bench.eventNames(id),
             (QStringList{u"job.queued"_s, u"job.running"_s, u"job.queued"_s, u"job.running"_s, u"job.completed"_s}));
}

void TestJobs::parallelEqualRequestsMakeOneJob()
{
    makeTemplate(u"demo/echo"_s);
    const auto worker = m_bench.worker();
    QMutex mutex;
    QSet<QUuid> ids;
    std::atomic<int> made = 0, failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j < 25; ++j) {
                try {
                    const auto generated =
                        m_bench.generated(m_caller, R"({"template":"letter","variables":{"name":"x"}})");
                    made += generated.isNew;
                    const QMutexLocker lock(&mutex);
                    ids.insert(generated.job.id);
                } catch (...) {
                    ++failed;
                }
            }
        });
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(failed.load(), 0);
    QCOMPARE(made.load(), 1);
    QCOMPARE(ids.size(), 1);
    QCOMPARE(m_bench.ended(m_caller, *ids.begin()).job.state, JobState::Completed);
    QCOMPARE(m_bench.ledgerRows(m_caller), 1);
}

void TestJobs::cacheAnswersAndCanBeBypassed()
{
    const auto worker = m_bench.worker();
    const char *request =
        R"({"messages":[{"role":"user","content":"cached"}],"model":"demo/fast","parameters":{"temperature":1}})";
    const QUuid first = m_bench.generate(m_caller, request).id;
    m_bench.ended(m_caller, first);
    const auto hit = m_bench.generated(
        m_caller,
        R"({"model":"demo/fast","parameters":{"temperature":1.0},"messages":[{"content":"cached","role":"user"}]})");
    QVERIFY(!hit.isNew);
    QCOMPARE(hit.job.id, first);
    QVERIFY(hit.job.cacheHit);
    QVERIFY(hit.job.output);
    const auto bypass = m_bench.generated(
        m_caller,
        R"({"messages":[{"role":"user","content":"cached"}],"model":"demo/fast","parameters":{"temperature":1},"cache":"bypass"})");
    QVERIFY(bypass.isNew);
    m_bench.ended(m_caller, bypass.job.id);
    QVERIFY(
        m_bench
            .generated(
                m_caller,
                R"({"messages":[{"role":"user","content":"cached"}],"model":"demo/fast","parameters":{"temperature":0.9}})")
            .isNew);
    // Another tenant's answer is nobody else's.
    QVERIFY(m_bench.generated(m_bench.person(), request).isNew);
    // Nothing lasts longer than the cache.
    JobService hasty(
        m_bench.database, m_bench.signal, [](Transaction &, const QUuid &, const QString &) {}, [] {},
        {.cacheAge = 0s});
    QVERIFY(hasty.generate(m_caller, json::parse<GenerateRequest>(request)).isNew);
}

void TestJobs::futureJobsWait()
{
    const auto worker = m_bench.worker();
    GenerateRequest request;
    request.messages = QList<PromptMessage>{{MessageRole::User, u"later"_s}};
    request.model = u"demo/fast"_s;
    request.runAt = QDateTime::currentDateTimeUtc().addMSecs(700);
    const QUuid id = m_bench.jobs.generate(m_caller, request).job.id;
    // Somebody who asks now is not made to wait for it.
    request.runAt.reset();
    QVERIFY(m_bench.jobs.generate(m_caller, request).isNew);
    const JobDetail detail = m_bench.ended(m_caller, id);
    QCOMPARE(detail.job.state, JobState::Completed);
    QVERIFY(*detail.job.startedAt >= detail.job.runAt);
    QVERIFY(detail.job.runAt.msecsTo(*detail.job.startedAt) < 500);
}

void TestJobs::prioritiesGoFirst()
{
    QList<QUuid> ids;
    for (const char *priority : {"low", "normal", "high"})
        ids.append(
            m_bench
                .generate(
                    m_caller,
                    qPrintable(
                        QStringLiteral(
                            R"({"messages":[{"role":"user","content":"%1"}],"model":"demo/fast","priority":"%1"})")
                            .arg(QLatin1StringView(priority))))
                .id);
    WorkerOptions options = JobBench::quick();
    options.concurrency = 1;
    const auto worker = m_bench.worker(options);
    QList<QDateTime> started;
    for (const QUuid &id : ids)
        started.append(*m_bench.ended(m_caller, id).job.startedAt);
    QVERIFY(started[2] <= started[1] && started[1] <= started[0]);
    QVERIFY(started[2] < started[0]);
}

void TestJobs::tenantsTakeTurns()
{
    const Caller busy = m_bench.person(), quiet = m_bench.person();
    for (int i = 0; i < 200; ++i)
        m_bench.generate(
            busy,
            qPrintable(QStringLiteral(R"({"messages":[{"role":"user","content":"%1"}],"model":"demo/fast"})").arg(i)));
    const QUuid id = m_bench.generate(quiet, R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast"})").id;
    const auto claims =
        m_bench.database.platform([](Transaction &tx) { return Claimer({}).claim(tx, newId(), 10, 60s, 64, {}).jobs; });
    QCOMPARE(claims.size(), 10); // the quiet one has only one, and the rest is the busy one's
    QVERIFY(std::any_of(claims.begin(), claims.end(), [&](const auto &claim) { return claim.jobId == id; }));
    m_bench.database.platform([](Transaction &tx) { tx.run("DELETE FROM queue"); });
}

void TestJobs::cancelsQueuedAndRunning()
{
    const QUuid queued =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"a"}],"model":"demo/fast"})").id;
    QCOMPARE(m_bench.jobs.cancel(m_caller, queued).state, JobState::Canceled);
    QCOMPARE(m_bench.queueRows(), 0);
    QCOMPARE(refusal([&] { m_bench.jobs.cancel(m_caller, queued); }).status, 409);
    QCOMPARE(refusal([&] { m_bench.jobs.cancel(m_caller, newId()); }).status, 404);

    m_provider.reset();
    const auto worker = m_bench.worker();
    const QUuid running =
        m_bench
            .generate(
                m_caller,
                R"({"messages":[{"role":"user","content":"a b c d e f g h"}],"model":"openai/test-slow-stream-200ms"})")
            .id;
    QVERIFY(QTest::qWaitFor([&] { return m_bench.output.snapshot(m_caller.tenantId, running).has_value(); }, 10'000));
    QCOMPARE(m_bench.jobs.cancel(m_caller, running).state, JobState::Canceled);
    QVERIFY(QTest::qWaitFor([&] { return m_bench.queueRows() == 0; }, 5000));
    const JobDetail detail = m_bench.jobs.get(m_caller, running);
    QCOMPARE(detail.job.state, JobState::Canceled);
    QCOMPARE(detail.attempts.first().state, AttemptState::Canceled);
    QVERIFY(QTest::qWaitFor([&] { return m_provider.total().abandoned == 1; }, 5000)); // the connection was closed
    QCOMPARE(m_bench.ledgerRows(m_caller), 1); // what it had used until then
    QVERIFY(detail.job.outputTokens > 0);
}

void TestJobs::retryReplayDiscard()
{
    auto worker = m_bench.worker();
    const QUuid id =
        m_bench
            .generate(m_caller,
                      R"({"messages":[{"role":"user","content":"x"}],"model":"openai/test-500","maxAttempts":1})")
            .id;
    QCOMPARE(m_bench.ended(m_caller, id).job.state, JobState::Dead);
    QCOMPARE(m_bench.jobs.retry(m_caller, id).state, JobState::Queued);
    const JobDetail again = m_bench.ended(m_caller, id);
    QCOMPARE(again.job.state, JobState::Dead);
    QCOMPARE(again.attempts.size(), 2);
    ReplayRequest change;
    change.model = u"openai/test-ok"_s;
    const Job replayed = m_bench.jobs.replay(m_caller, id, change);
    QVERIFY(replayed.id != id);
    QCOMPARE(m_bench.ended(m_caller, replayed.id).job.state, JobState::Completed);
    QCOMPARE(refusal([&] { m_bench.jobs.retry(m_caller, replayed.id); }).status, 409);
    QCOMPARE(refusal([&] { m_bench.jobs.discard(m_caller, replayed.id, {u"why"_s}); }).status, 409);
    change.variables = QJsonObject{{u"a"_s, 1}};
    QCOMPARE(pointers(refusal([&] { m_bench.jobs.replay(m_caller, id, change); })), QStringList{u"/variables"_s});
    m_bench.jobs.discard(m_caller, id, {u"not needed"_s});
    const Job discarded = m_bench.jobs.get(m_caller, id).job;
    QCOMPARE(discarded.state, JobState::Canceled);
    QCOMPARE(discarded.error->message, u"not needed"_s);

    // A template's job goes on with its own version and the new variables.
    makeTemplate();
    const QUuid letter = m_bench.generate(m_caller, R"({"template":"letter","variables":{"name":"A"}})").id;
    m_bench.ended(m_caller, letter);
    const Job other = m_bench.jobs.replay(
        m_caller, letter,
        {.variables = QJsonObject{{u"name"_s, u"B"_s}}, .model = {}, .version = {}, .parameters = {}});
    QVERIFY(m_bench.ended(m_caller, other.id).job.output->contains(u"Write to B."_s));
}

void TestJobs::lateCompletionChangesNothingButIsBilled()
{
    const QUuid id =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"openai/gpt-4o-mini"})").id;
    const auto usage = [&] { return m_bench.usage.report(m_caller, {}).total; };
    const auto lease = [&] {
        const QUuid lease = newId();
        m_bench.database.platform([&](Transaction &tx) {
            tx.run("UPDATE queue SET lease_until = now() - interval '1 second' WHERE lease_id IS NOT NULL");
            if (QueueStore::takeOver(tx, lease, 10, 60s).isEmpty())
                Claimer({}).claim(tx, lease, 10, 60s, 64, {});
        });
        return Settlement::begin(m_bench.database, m_bench.prices, m_caller.tenantId, lease, {id}).assignments.first();
    };
    const Assignment slow = lease(), fast = lease();
    QCOMPARE(fast.begun.job.attemptCount, 2);
    const auto finish = [&](const Assignment &assignment, const QString &text) {
        Outcome outcome;
        outcome.tenantId = m_caller.tenantId;
        outcome.leaseId = assignment.leaseId;
        outcome.job = assignment.begun.job;
        outcome.end.jobId = id;
        outcome.end.state = JobState::Completed;
        outcome.end.output = text;
        outcome.end.usage.input = 2;
        outcome.end.usage.output = 50;
        outcome.attempt = RunStore::AttemptEnd{.id = assignment.begun.attemptId,
                                               .jobId = id,
                                               .number = assignment.begun.job.attemptCount,
                                               .finishedAt = QDateTime::currentDateTimeUtc(),
                                               .firstTokenMs = {},
                                               .usage = outcome.end.usage,
                                               .costNanos = {},
                                               .error = {},
                                               .providerRequestId = {}};
        outcome.wasCalled = true;
        outcome.calledAt = QDateTime::currentDateTimeUtc();
        Settlement::settle(m_bench.database, m_bench.prices, m_bench.reservations, m_caller.tenantId, {outcome});
    };
    const JobDetail lost = m_bench.jobs.get(m_caller, id);
    QCOMPARE(lost.attempts.first().state, AttemptState::Lost);
    QVERIFY(lost.attempts.first().estimated);
    QCOMPARE(lost.attempts.first().inputTokens, 5); // a letter, and the frame around a message
    QCOMPARE(lost.job.inputTokens, 5);
    QCOMPARE(fast.begun.job.inputTokens, 5);
    QCOMPARE(m_bench.ledgerRows(m_caller), 1);
    QCOMPARE(usage().calls, 1);
    QCOMPARE(usage().lostCalls, 1);
    QCOMPARE(usage().inputTokens, 5);
    QCOMPARE(usage().costNanos, *lost.attempts.first().costNanos);
    QVERIFY(usage().costNanos > 0);
    for (const char *text : {"too late", "again"}) { // as after a commit whose answer was lost
        finish(slow, QString::fromLatin1(text));
        QCOMPARE(m_bench.jobs.get(m_caller, id).job.state, JobState::Running);
        QCOMPARE(m_bench.ledgerRows(m_caller), 1);
        QCOMPARE(usage().calls, 1);
        QCOMPARE(usage().lostCalls, 0);
        QCOMPARE(usage().inputTokens, 2);
        QCOMPARE(usage().outputTokens, 50);
        QCOMPARE(m_bench.jobs.get(m_caller, id).job.costNanos, usage().costNanos);
    }
    for (const char *text : {"in time", "again"})
        finish(fast, QString::fromLatin1(text));
    const JobDetail detail = m_bench.jobs.get(m_caller, id);
    QCOMPARE(*detail.job.output, u"in time"_s);
    QCOMPARE(detail.job.inputTokens, 4);
    QCOMPARE(detail.job.outputTokens, 100); // both calls were made
    QCOMPARE(m_bench.ledgerRows(m_caller), 2);
    QCOMPARE(detail.attempts[0].state, AttemptState::Succeeded);
    QVERIFY(!detail.attempts[0].estimated);
    QCOMPARE(*detail.attempts[0].costNanos, *detail.attempts[1].costNanos);
    QCOMPARE(*detail.job.costNanos, 2 * *detail.attempts[1].costNanos);
    QCOMPARE(usage().calls, 2);
    QCOMPARE(usage().costNanos, *detail.job.costNanos);
    // The rows themselves say what their sums of the day say.
    UsageQuery part;
    part.from = detail.attempts[0].startedAt.addMSecs(-1);
    part.to = QDateTime::currentDateTimeUtc();
    const UsageRow rows = m_bench.usage.report(m_caller, part).total;
    QCOMPARE(rows.calls, 2);
    QCOMPARE(rows.lostCalls, 0);
    QCOMPARE(rows.unpricedCalls, 0);
    QCOMPARE(rows.costNanos, *detail.job.costNanos);
    QCOMPARE(m_bench.queueRows(), 0);
}

void TestJobs::leaseOfADeadWorkerIsTakenOver()
{
    const QUuid id =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast"})").id;
    const QUuid lease = newId();
    m_bench.database.platform([&](Transaction &tx) { Claimer({}).claim(tx, lease, 10, 800ms, 64, {}); });
    Settlement::begin(m_bench.database, m_bench.prices, m_caller.tenantId, lease, {id}); // and dies
    WorkerOptions options = JobBench::quick();
    options.lease = 600ms;
    const auto worker = m_bench.worker(options);
    const JobDetail detail = m_bench.ended(m_caller, id);
    QCOMPARE(detail.job.state, JobState::Completed);
    QCOMPARE(detail.attempts.size(), 2);
    QCOMPARE(detail.attempts[0].state, AttemptState::Lost);
    QCOMPARE(detail.attempts[0].error->code, u"worker_lost"_s);
    QCOMPARE(detail.attempts[1].state, AttemptState::Succeeded);
    QCOMPARE(m_bench.ledgerRows(m_caller), 2); // nobody knows whether the first call was made: it is shown
    const UsageRow usage = m_bench.usage.report(m_caller, {}).total;
    QCOMPARE(usage.lostCalls, 1);
    QCOMPARE(usage.inputTokens, detail.job.inputTokens);
}

void TestJobs::canceledAndThenItsWorkerDied()
{
    const QUuid id =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast"})").id;
    m_bench.database.platform([&](Transaction &tx) { Claimer({}).claim(tx, newId(), 10, 1ms, 64, {}); });
    Settlement::begin(m_bench.database, m_bench.prices, m_caller.tenantId, newId(), {id});
    m_bench.jobs.cancel(m_caller, id);
    const auto worker = m_bench.worker();
    QVERIFY(QTest::qWaitFor([&] { return m_bench.queueRows() == 0; }, 10'000));
    const JobDetail detail = m_bench.jobs.get(m_caller, id);
    QCOMPARE(detail.job.state, JobState::Canceled);
    QCOMPARE(detail.attempts.first().state, AttemptState::Lost);
    QCOMPARE(m_bench.ledgerRows(m_caller), 1);
    QCOMPARE(detail.job.inputTokens, m_bench.usage.report(m_caller, {}).total.inputTokens);
}

void TestJobs::usedUpByDeadWorkers()
{
    const QUuid id =
        m_bench
            .generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast","maxAttempts":1})")
            .id;
    const QUuid lease = newId();
    m_bench.database.platform([&](Transaction &tx) { Claimer({}).claim(tx, lease, 10, 1ms, 64, {}); });
    Settlement::begin(m_bench.database, m_bench.prices, m_caller.tenantId, lease, {id});
    const auto worker = m_bench.worker();
    const JobDetail detail = m_bench.ended(m_caller, id);
    QCOMPARE(detail.job.state, JobState::Dead);
    QCOMPARE(detail.job.error->code, u"worker_lost"_s);
    QCOMPARE(detail.attempts.size(), 1);
    QCOMPARE(detail.attempts[0].state, AttemptState::Lost);
    QCOMPARE(m_bench.ledgerRows(m_caller), 1);
    QCOMPARE(m_bench.queueRows(), 0);
}

// However many jobs there were: their attempts are found by their key.
void TestJobs::settlingLooksAtNoOtherAttempts()
{
    m_bench.database.transaction(m_caller.scope(), [](Transaction &tx) {
        tx.run(R"(
            INSERT INTO attempts (id, job_id, number, state, provider, model, started_at)
            SELECT platform.uuidv7(), platform.uuidv7(), 1, 'succeeded', 'demo', 'fast', now()
            FROM generate_series(1, 20000))");
    });
    const qint64 scans = m_bench.database.transaction(m_caller.scope(), [](Transaction &tx) {
        RunStore::AttemptEnd end;
        end.id = newId();
        end.jobId = newId();
        end.finishedAt = QDateTime::currentDateTimeUtc();
        RunStore::settleAttempts(tx, {end, end});
        return tx.one<qint64>("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relid = 'attempts'::regclass");
    });
    QCOMPARE(scans, 0);
}

void TestJobs::stoppingHandsBack()
{
    auto worker = m_bench.worker();
    const QUuid slow =
        m_bench
            .generate(m_caller,
                      R"({"messages":[{"role":"user","content":"a b c d e f"}],"model":"demo/slow","maxAttempts":1})")
            .id;
    m_bench.inState(m_caller, slow, {JobState::Running});
    worker->stop(100ms);
    const JobDetail back = m_bench.jobs.get(m_caller, slow);
    QCOMPARE(back.job.state, JobState::Queued);
    QCOMPARE(back.attempts.first().state, AttemptState::Canceled);
    QCOMPARE(back.attempts.first().error->code, u"server_stopping"_s);
    worker = m_bench.worker();
    const JobDetail done = m_bench.ended(m_caller, slow);
    QCOMPARE(done.job.state, JobState::Completed); // although it may be tried only once
    QCOMPARE(done.attempts.size(), 2);

    const QUuid quick =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"a b"}],"model":"demo/echo"})").id;
    m_bench.inState(m_caller, quick, {JobState::Running, JobState::Completed});
    worker->stop(20s); // it may finish
    QCOMPARE(m_bench.jobs.get(m_caller, quick).job.state, JobState::Completed);
}

void TestJobs::filtersAndPages()
{
    const QUuid templateId = makeTemplate();
    const auto worker = m_bench.worker();
    QList<QUuid> ids;
    for (int i = 0; i < 5; ++i)
        ids.append(
            m_bench
                .generate(m_caller,
                          qPrintable(QStringLiteral(R"({"template":"letter","variables":{"name":"%1"}})").arg(i)))
                .id);
    ids.append(
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"openai/test-400"})").id);
    for (const QUuid &id : ids)
        m_bench.ended(m_caller, id);
    const auto find = [&](const char *filter) {
        QList<QUuid> found;
        JobFilter query = json::parse<JobFilter>(filter, json::UnknownMembers::Reject);
        do {
            const auto page = m_bench.jobs.list(m_caller, query);
            for (const Job &job : page.items) {
                found.append(job.id);
                if (job.output)
                    QTest::qFail("a list has outputs", __FILE__, __LINE__);
            }
            query.cursor = page.nextCursor;
        } while (query.cursor);
        return found;
    };
    QList<QUuid> newestFirst(ids.rbegin(), ids.rend());
    QCOMPARE(find("{}"), newestFirst);
    QCOMPARE(find(R"({"limit":2})"), newestFirst);
    QCOMPARE(find(R"({"state":["failed","dead"]})"), QList<QUuid>{ids.last()});
    QCOMPARE(find(R"({"model":"openai/test-400"})"), QList<QUuid>{ids.last()});
    QCOMPARE(find(R"({"search":"LETT"})").size(), 5);
    QCOMPARE(find(R"({"search":"test-40"})").size(), 1);
    QCOMPARE(
        find(qPrintable(QStringLiteral(R"({"search":"%1"})").arg(ids[2].toString(QUuid::WithoutBraces).right(12)))),
        QList<QUuid>{ids[2]});
    QCOMPARE(
        find(qPrintable(
                 QStringLiteral(R"({"templateId":"%1","limit":3})").arg(templateId.toString(QUuid::WithoutBraces))))
            .size(),
        5);
    QCOMPARE(find(qPrintable(QStringLiteral(R"({"userId":"%1"})").arg(newId().toString(QUuid::WithoutBraces)))).size(),
             0);
    QCOMPARE(find(R"({"from":"2020-01-01T00:00:00Z","to":"2021-01-01T00:00:00Z"})").size(), 0);
    QCOMPARE(find(R"({"from":"2020-01-01T00:00:00Z"})").size(), 6);
    QCOMPARE(find(R"({"minCostNanos":1})").size(), 5);
    QCOMPARE(find(R"({"maxCostNanos":0})"), QList<QUuid>{ids.last()}); // refused
    QCOMPARE(pointers(refusal([&] { find(R"({"cursor":"x"})"); })), QStringList{u"/cursor"_s});
}

void TestJobs::tenantsDoNotMeet()
{
    const QUuid id =
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast"})").id;
    const Caller other = m_bench.person();
    QCOMPARE(m_bench.jobs.list(other, {}).items.size(), 0);
    QCOMPARE(refusal([&] { m_bench.jobs.get(other, id); }).status, 404);
    QCOMPARE(refusal([&] { m_bench.jobs.cancel(other, id); }).status, 404);
    QCOMPARE(refusal([&] { m_bench.jobs.retry(other, id); }).status, 404);
    QCOMPARE(refusal([&] { m_bench.jobs.replay(other, id, {}); }).status, 404);
    QCOMPARE(refusal([&] { m_bench.jobs.discard(other, id, {u"x"_s}); }).status, 404);
    QCOMPARE(m_bench.jobs.get(m_caller, id).job.state, JobState::Queued);
    // The functions by which tenants write into the queue believe no argument either.
    const auto settled = m_bench.database.transaction(other.scope(), [&](Transaction &tx) {
        tx.run("SELECT platform.queue_withdraw($1)", id);
        return QueueStore::settle(tx, {id}, {newId()}, {std::nullopt});
    });
    QCOMPARE(settled.size(), 0);
    QCOMPARE(m_bench.queueRows(), 1);
    m_bench.jobs.cancel(m_caller, id);
}

void TestJobs::usageReport()
{
    makeTemplate(u"openai/gpt-4o-mini"_s);
    const auto worker = m_bench.worker();
    QList<QUuid> ids;
    for (int i = 0; i < 3; ++i)
        ids.append(
            m_bench
                .generate(m_caller,
                          qPrintable(QStringLiteral(R"({"template":"letter","variables":{"name":"%1"}})").arg(i)))
                .id);
    ids.append(
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"openai/test-ok"})").id);
    ids.append(
        m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"x"}],"model":"openai/test-400"})").id);
    qint64 cost = 0, tokens = 0;
    for (const QUuid &id : ids) {
        const Job job = m_bench.ended(m_caller, id).job;
        cost += job.costNanos.value_or(0);
        tokens += job.inputTokens;
    }
    QVERIFY(cost > 0);
    UsageQuery query;
    query.groupBy = QList<UsageGroup>{UsageGroup::Model, UsageGroup::Template};
    const UsageReport report = m_bench.usage.report(m_caller, query);
    QCOMPARE(report.rows.size(), 3);
    QCOMPARE(report.total.calls, 5);
    QCOMPARE(report.total.failedCalls, 1);
    QCOMPARE(report.total.unpricedCalls, 1); // a model that no price is known of; the refused call costs nothing
    QCOMPARE(report.total.costNanos, cost);
    QCOMPARE(report.total.inputTokens, tokens);
    QCOMPARE(*report.rows.first().templateName, u"Letter"_s);
    QVERIFY(!report.rows.first().day);
    // The ledger itself and the sums of days say the same, and parts of days add up.
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime midnight(now.date(), QTime(0, 0), Qt::UTC);
    query = {};
    query.from = midnight.addDays(-2);
    query.to = now.addSecs(1);
    QCOMPARE(m_bench.usage.report(m_caller, query).total.costNanos, cost);
    query.from = midnight.addDays(-2).addSecs(60);
    QCOMPARE(m_bench.usage.report(m_caller, query).total.calls, 5);
    query.to = midnight;
    QCOMPARE(m_bench.usage.report(m_caller, query).total.calls, 0);
    const QDateTime before = m_bench.jobs.get(m_caller, ids.first()).attempts.first().startedAt.addMSecs(-1);
    query.from = before;
    query.to = now;
    QCOMPARE(m_bench.usage.report(m_caller, query).total.calls, 5);
    query.to = midnight.addYears(2);
    QCOMPARE(pointers(refusal([&] { m_bench.usage.report(m_caller, query); })), QStringList{u"/from"_s});
    QCOMPARE(m_bench.usage.report(m_bench.person(), {}).total.calls, 0);
    const auto models = m_bench.usage.models(m_caller).items;
    const auto mini = std::find_if(models.begin(), models.end(),
                                   [](const ModelInfo &model) { return model.name == "openai/gpt-4o-mini"_L1; });
    QVERIFY(mini != models.end());
    QVERIFY(mini->inputMicrosPerMillion && !mini->verified && !mini->configured);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
