// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "tests/faults/server_process.h"
#include "tests/support/provider_server.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <map>

using namespace Qt::StringLiterals;
using CallState = ProviderServer::Call::State;

namespace {

constexpr int patience = 60'000; // milliseconds; nothing here takes long where it works
constexpr int kills = 20;
constexpr int jobsBeforeKill = 22;
// Every seventh time PostgreSQL is killed first, alone, under jobs of its own: those that are to be in the works when
// the server is killed must not be done by then.
constexpr int databaseKills = 3;
constexpr int jobsBeforeDatabaseKill = 20;
constexpr int jobs = kills * jobsBeforeKill + databaseKills * jobsBeforeDatabaseKill;
static_assert(jobs == 500);
constexpr quint32 usualSeed = 20261125;

struct AttemptRow
{
    QUuid id;
    QUuid jobId;
    QString state;
    bool settled = false;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos;

    static constexpr auto fields()
    {
        using T = AttemptRow;
        return std::tuple{Field{"id", &T::id},
                          Field{"jobId", &T::jobId},
                          Field{"state", &T::state},
                          Field{"settled", &T::settled},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"costNanos", &T::costNanos}};
    }
};

struct LedgerRow
{
    QUuid attemptId;
    QString entry;
    QString status;
    bool estimated = false;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos;

    static constexpr auto fields()
    {
        using T = LedgerRow;
        return std::tuple{Field{"attemptId", &T::attemptId},     Field{"entry", &T::entry},
                          Field{"status", &T::status},           Field{"estimated", &T::estimated},
                          Field{"inputTokens", &T::inputTokens}, Field{"outputTokens", &T::outputTokens},
                          Field{"costNanos", &T::costNanos}};
    }
};

struct JobSums
{
    QString state;
    qint64 jobs = 0;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 costNanos = 0;

    static constexpr auto fields()
    {
        using T = JobSums;
        return std::tuple{Field{"state", &T::state}, Field{"jobs", &T::jobs}, Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens}, Field{"costNanos", &T::costNanos}};
    }
};

// What the database holds in the end.
struct Books
{
    std::map<QUuid, AttemptRow> attempts;
    std::map<QUuid, QList<LedgerRow>> ledger; // by attempt
    std::map<QString, JobSums> jobs; // by state
    qint64 finalEvents = 0;
    QStringList jobsWithSeveralEnds;
    qint64 sumsThatDiffer = 0; // of hours, days and months, from the ledger
};

Books readBooks(const std::string &url)
{
    Books books;
    Database database({.session = {.url = url}, .connections = 1});
    const auto tenant =
        database.platform([](Transaction &tx) { return tx.one<QUuid>("SELECT id FROM tenants WHERE slug = 'acme'"); });
    database.transaction({tenant}, [&](Transaction &tx) {
        for (const AttemptRow &row : tx.all<AttemptRow>(
                 "SELECT id, job_id, state, settled, input_tokens, output_tokens, cost_nanos FROM attempts"))
            books.attempts[row.id] = row;
        for (const LedgerRow &row : tx.all<LedgerRow>(R"(
                 SELECT attempt_id, entry, status, estimated, input_tokens, output_tokens, cost_nanos
                 FROM usage_events ORDER BY attempt_id, entry)"))
            books.ledger[row.attemptId].append(row);
        for (const JobSums &row : tx.all<JobSums>(R"(
                 SELECT state, count(*) AS jobs, sum(input_tokens)::bigint AS input_tokens,
                        sum(output_tokens)::bigint AS output_tokens,
                        coalesce(sum(cost_nanos), 0)::bigint AS cost_nanos
                 FROM job_states GROUP BY state)"))
            books.jobs[row.state] = row;
        while (tx.one<qint64>("SELECT count(*) FROM usage_unsummed") > 0)
            tx.run("SELECT sum_up_usage()");
        books.sumsThatDiffer = tx.one<qint64>(R"(
            SELECT count(*)
            FROM (SELECT sum(calls) AS calls, sum(input_tokens) AS input, sum(output_tokens) AS output, sum(cost_nanos) AS cost
                  FROM usage_sums GROUP BY cut, period) AS sums,
                 (SELECT sum(CASE entry WHEN 'reversal' THEN -1 ELSE 1 END) AS calls, sum(input_tokens) AS input,
                         sum(output_tokens) AS output, coalesce(sum(cost_nanos), 0) AS cost
                  FROM usage_events) AS ledger
            WHERE (sums.calls, sums.input, sums.output, sums.cost)
                  IS DISTINCT FROM (ledger.calls, ledger.input, ledger.output, ledger.cost))");
    });
    database.platform([&](Transaction &tx) {
        const QStringList ends{u"job.completed"_s, u"job.failed"_s, u"job.canceled"_s, u"job.dead"_s};
        books.finalEvents = tx.one<qint64>("SELECT count(*) FROM events WHERE tenant_id = $1 AND name = ANY ($2)",
                                           tenant, QList<QString>(ends));
        books.jobsWithSeveralEnds = QStringList(tx.all<QString>(R"(
            SELECT topic FROM events WHERE tenant_id = $1 AND name = ANY ($2) GROUP BY topic HAVING count(*) > 1)",
                                                                tenant, QList<QString>(ends)));
    });
    return books;
}

} // namespace

// The server is killed in the middle of its work, again and again; then its books are compared with what the provider
// wrote down itself.
class TestCrashes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyJobEndsOnceAndEveryCallIsInTheLedger();

private:
    // When the server is killed, after it is ready.
    enum class Moment { AtOnce, DuringCalls, AtAnAnswer, AfterAnAnswer, WhileAsked };
    void ask(int number); // for a job; what gets no answer stays to be asked again
    void askForMore(int count);
    void askAgain();
    bool waitFor(Moment moment);
    int any(int below) { return int(m_random.bounded(quint32(below))); }
    bool hasEnded();
    void compare(const Books &books);

    ProviderServer m_provider;
    std::optional<ServerProcess> m_server;
    QRandomGenerator m_random;
    int m_asked = 0;
    QSet<int> m_unanswered; // numbers of jobs
    QHash<int, QString> m_ids;
    QString m_refusal;
};

void TestCrashes::initTestCase()
{
    QVERIFY(m_provider.listen());
    const quint32 seed = qEnvironmentVariableIsSet("PATIO_FAULT_SEED")
        ? quint32(qEnvironmentVariableIntValue("PATIO_FAULT_SEED"))
        : usualSeed;
    m_random.seed(seed);
    qInfo("PATIO_FAULT_SEED=%u", seed);
    m_server.emplace(QStringList{u"--job-lease"_s, u"1s"_s, u"--job-concurrency"_s, u"16"_s, u"--job-backoff"_s,
                                 u"50ms"_s, u"--log-level"_s, u"warning"_s},
                     QHash<QString, QString>{{u"OPENAI_API_KEY"_s, u"key"_s},
                                             {u"OPENAI_BASE_URL"_s, m_provider.openAiBaseUrl().toString()},
                                             {u"ANTHROPIC_API_KEY"_s, u"key"_s},
                                             {u"ANTHROPIC_BASE_URL"_s, m_provider.anthropicBaseUrl().toString()}});
    QVERIFY(m_server->start());
    QVERIFY(m_server->signIn(u"acme"_s, u"owner"_s));
}

void TestCrashes::ask(int number)
{
    static const QStringList models{u"openai/test-slow-stream-40ms"_s,
                                    u"anthropic/test-slow-stream-40ms"_s,
                                    u"openai/gpt-4o-mini"_s, // has a price
                                    u"openai/test-slow-stream-20ms"_s,
                                    u"anthropic/claude-sonnet-4-5"_s,
                                    u"openai/test-429-after-50ms-once"_s,
                                    u"anthropic/test-529-once"_s,
                                    u"openai/test-cut-after-3-once"_s,
                                    u"anthropic/test-slow-first-byte-100ms"_s,
                                    u"openai/test-no-usage"_s};
    const QString text = u"Tell me what happens to job number %1 when the server is killed"_s.arg(number);
    m_server->send("POST", u"/api/v1/generate"_s,
                   {{u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}},
                    {u"model"_s, models[number % models.size()]},
                    {u"maxAttempts"_s, kills}},
                   {}, [this, number](const ServerProcess::Answer &answer) {
                       if (answer.status == 200 || answer.status == 202) {
                           m_unanswered.remove(number);
                           m_ids.insert(number, answer.json[u"id"_s].toString());
                       } else if (answer.status != 0 && answer.status < 500) {
                           m_refusal = QString::fromUtf8(QJsonDocument(answer.json).toJson());
                       }
                   });
}

void TestCrashes::askForMore(int count)
{
    for (int i = 0; i < count; ++i) {
        m_unanswered.insert(m_asked);
        ask(m_asked++);
    }
}

void TestCrashes::askAgain()
{
    for (const int number : std::as_const(m_unanswered))
        ask(number);
}

bool TestCrashes::waitFor(Moment moment)
{
    bool isDead = false;
    const auto kill = [&] {
        m_server->kill();
        isDead = true;
    };
    QObject context; // of all that may still come
    const auto killIn = [&](int milliseconds) { QTimer::singleShot(milliseconds, Qt::PreciseTimer, &context, kill); };
    switch (moment) {
    case Moment::AtOnce:
        killIn(any(30));
        break;
    case Moment::DuringCalls:
        if (!QTest::qWaitFor([&] { return m_provider.openCalls() >= 4; }, patience))
            return false;
        killIn(any(150));
        break;
    case Moment::AtAnAnswer:
    case Moment::AfterAnAnswer: {
        const int pause = moment == Moment::AfterAnAnswer ? 1 + any(8) : 0;
        connect(&m_provider, &ProviderServer::ended, &context,
                [&, pause, wanted = 1 + any(12)](const ProviderServer::Call &call) mutable {
                    if (call.state != CallState::Returned || --wanted != 0)
                        return;
                    pause ? killIn(pause) : kill();
                });
        break;
    }
    case Moment::WhileAsked: {
        const qsizetype before = m_ids.size();
        if (!QTest::qWaitFor([&] { return m_ids.size() >= before + 3; }, patience))
            return false;
        kill();
        break;
    }
    }
    return QTest::qWaitFor([&] { return isDead; }, patience);
}

bool TestCrashes::hasEnded()
{
    const auto answer = m_server->send("GET", u"/api/v1/jobs?state=queued&state=running&limit=1"_s);
    return answer.status == 200 && answer.json[u"items"_s].toArray().isEmpty();
}

void TestCrashes::everyJobEndsOnceAndEveryCallIsInTheLedger()
{
    QElapsedTimer clock;
    clock.start();
    constexpr Moment moments[] = {Moment::DuringCalls, Moment::AtAnAnswer, Moment::AfterAnAnswer, Moment::AtOnce,
                                  Moment::WhileAsked};
    for (int kill = 0; kill < kills; ++kill) {
        askAgain();
        if (kill % 7 == 5) { // PostgreSQL alone, under the running server, which starts it again
            askForMore(jobsBeforeDatabaseKill);
            QVERIFY(QTest::qWaitFor([&] { return m_provider.openCalls() >= 4; }, patience));
            m_server->killPostgres();
            const auto ends = std::make_shared<int>(0);
            QObject context;
            connect(&m_provider, &ProviderServer::ended, &context, [ends] { ++*ends; });
            QVERIFY(QTest::qWaitFor([&] { return *ends >= 5; }, patience)); // it goes on
            askAgain();
        }
        askForMore(jobsBeforeKill);
        QVERIFY2(waitFor(moments[kill % std::size(moments)]), qPrintable(u"kill %1 did not come"_s.arg(kill)));
        if (kill % 4 == 3)
            m_server->killPostgres(); // both
        QVERIFY(m_server->start());
    }
    QVERIFY(QTest::qWaitFor(
        [&] {
            if (!m_unanswered.isEmpty())
                askAgain();
            QTest::qWait(200);
            return m_unanswered.isEmpty();
        },
        patience));
    QVERIFY2(m_refusal.isEmpty(), qPrintable(m_refusal));
    QVERIFY(QTest::qWaitFor([&] { return hasEnded(); }, 2 * patience));
    QVERIFY(QTest::qWaitFor([&] { return m_provider.openCalls() == 0; }, patience));
    qInfo("%d jobs, %d kills: %.1f s", jobs, kills, double(clock.elapsed()) / 1000);
    compare(readBooks(m_server->databaseUrl()));
}

void TestCrashes::compare(const Books &books)
{
    // Each job ended, and once.
    QCOMPARE(QSet<QString>(m_ids.cbegin(), m_ids.cend()).size(), jobs);
    QCOMPARE(books.jobs.size(), std::size_t(1));
    QCOMPARE(books.jobs.begin()->first, u"completed"_s);
    QCOMPARE(books.jobs.begin()->second.jobs, jobs);
    QVERIFY2(books.jobsWithSeveralEnds.isEmpty(), qPrintable(books.jobsWithSeveralEnds.join(u' ')));
    QCOMPARE(books.finalEvents, jobs);

    const auto account = m_provider.calls();
    std::map<QUuid, ProviderServer::Call> calls;
    for (const ProviderServer::Call &call : account) {
        const QUuid id = QUuid::fromString(QString::fromLatin1(call.id));
        QVERIFY2(!calls.contains(id), call.id.constData()); // nothing is called twice for one attempt
        calls[id] = call;
    }

    // Each attempt ended, and has one row for its call.
    QMap<QUuid, int> succeeded;
    for (const auto &[id, attempt] : books.attempts) {
        const QByteArray name = id.toByteArray();
        QVERIFY2(attempt.state != u"running"_s, name.constData());
        QVERIFY2(attempt.settled == (attempt.state != u"lost"_s), name.constData());
        const auto found = books.ledger.find(id);
        if (found == books.ledger.end()) { // stopped before it was sent, when the database was away for long
            QVERIFY2(attempt.state == u"canceled"_s && !calls.contains(id), name.constData());
            continue;
        }
        const auto &rows = found->second;
        QCOMPARE(std::count_if(rows.begin(), rows.end(), [](const LedgerRow &row) { return row.entry == u"call"_s; }),
                 1);
        QVERIFY2(rows.size() == 1 || rows.first().status == u"lost"_s, name.constData());
        succeeded[attempt.jobId] += attempt.state == u"succeeded"_s;
        qint64 input = 0, output = 0, cost = 0;
        for (const LedgerRow &row : rows) {
            input += row.inputTokens;
            output += row.outputTokens;
            cost += row.costNanos.value_or(0);
        }
        QCOMPARE(input, attempt.inputTokens);
        QCOMPARE(output, attempt.outputTokens);
        QCOMPARE(cost, attempt.costNanos.value_or(0));
    }
    for (const auto &[id, rows] : books.ledger)
        QVERIFY2(books.attempts.contains(id), id.toByteArray().constData());
    for (auto it = succeeded.cbegin(); it != succeeded.cend(); ++it)
        QVERIFY2(it.value() >= 1, it.key().toByteArray().constData());

    // Call by call, beside the provider's own account.
    std::map<size_t, QList<ProviderServer::Call>> byRequest;
    int returned = 0, returnedButLost = 0, cutOff = 0, corrected = 0;
    for (const ProviderServer::Call &call : account) {
        const QUuid id = QUuid::fromString(QString::fromLatin1(call.id));
        byRequest[call.body].append(call);
        const auto rows = books.ledger.find(id);
        QVERIFY2(rows != books.ledger.end(), call.id.constData()); // none lost
        const LedgerRow &row = rows->second.size() == 1 ? rows->second.first() : rows->second[1]; // or the correction
        corrected += rows->second.size() > 1;
        returned += call.state == CallState::Returned;
        if (row.status == u"lost"_s) {
            returnedButLost += call.state == CallState::Returned;
            QVERIFY2(row.estimated && row.inputTokens > 0, call.id.constData());
            continue;
        }
        switch (call.state) {
        case CallState::Returned:
            if (row.status == u"canceled"_s) { // stopped while its answer was on the way, as below
                ++cutOff;
                QVERIFY2(row.estimated, call.id.constData());
                break;
            }
            QCOMPARE(row.status, u"succeeded"_s);
            if (!row.estimated) {
                QCOMPARE(row.inputTokens, call.tokens.input);
                QCOMPARE(row.outputTokens, call.tokens.output);
            }
            QCOMPARE(row.estimated, call.model == u"test-no-usage"_s);
            break;
        case CallState::Refused:
        case CallState::Broken:
            QCOMPARE(row.status, u"failed"_s);
            break;
        case CallState::Abandoned: // without its PostgreSQL, a server stops its calls when their leases run out
            ++cutOff;
            QCOMPARE(row.status, u"canceled"_s);
            break;
        case CallState::Open:
            QFAIL("a call is still open");
        }
    }
    int rowsOfCalls = 0, lost = 0, neverCalled = 0;
    qint64 input = 0, output = 0, cost = 0;
    for (const auto &[id, rows] : books.ledger) {
        for (const LedgerRow &row : rows) {
            rowsOfCalls += row.entry == u"reversal"_s ? -1 : 1;
            input += row.inputTokens;
            output += row.outputTokens;
            cost += row.costNanos.value_or(0);
        }
        if (rows.size() == 1 && rows.first().status == u"lost"_s) {
            ++lost;
            neverCalled += !calls.contains(id);
        } else if (rows.size() != 2) { // two: taken for lost and taken back, because it was never made
            QVERIFY2(calls.contains(id), id.toByteArray().constData()); // none invented
        }
    }
    // The same request is never with the provider twice at once.
    for (const auto &[request, same] : byRequest)
        for (qsizetype i = 1; i < same.size(); ++i)
            QVERIFY2(same[i].startedAt >= same[i - 1].endedAt,
                     qPrintable(u"call %1 began %2 ms before %3 (%4) had ended"_s.arg(QString::fromLatin1(same[i].id))
                                    .arg(same[i - 1].endedAt - same[i].startedAt)
                                    .arg(QString::fromLatin1(same[i - 1].id))
                                    .arg(int(same[i - 1].state))));

    // What a person sees.
    const JobSums &sums = books.jobs.begin()->second;
    QCOMPARE(sums.inputTokens, input);
    QCOMPARE(sums.outputTokens, output);
    QCOMPARE(sums.costNanos, cost);
    const QJsonObject usage = m_server->send("GET", u"/api/v1/usage"_s).json[u"total"_s].toObject();
    QCOMPARE(usage[u"calls"_s].toInteger(), rowsOfCalls);
    QCOMPARE(usage[u"lostCalls"_s].toInteger(), lost);
    QCOMPARE(usage[u"inputTokens"_s].toInteger(), input);
    QCOMPARE(usage[u"outputTokens"_s].toInteger(), output);
    QCOMPARE(usage[u"costNanos"_s].toInteger(), cost);
    QCOMPARE(books.sumsThatDiffer, 0);
    qInfo("%lld calls with the provider, %d of them returned whole; %lld rows in the ledger, %d of them lost: %d had "
          "returned just before, %d never reached the provider; %d corrected, %d cut off",
          static_cast<long long>(account.size()), returned, static_cast<long long>(books.ledger.size()), lost,
          returnedButLost, neverCalled, corrected, cutOff);
    QVERIFY(returnedButLost > 0); // or this test does not test what it is for
}

QTEST_GUILESS_MAIN(TestCrashes)
#include "tst_crashes.moc"
