// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/redis_check.h"
#include "server/limits/redis_counter.h"
#include "tests/limits/limit_calls.h"
#include "tests/limits/redis_server.h"

#include <QEventLoop>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace limits;

namespace {

constexpr auto requests = LimitKind::RequestsPerMinute;
constexpr auto tokens = LimitKind::TokensPerMinute;
constexpr auto concurrent = LimitKind::ConcurrentRequests;

QByteArray hex(const QUuid &id) { return id.toByteArray(QUuid::Id128); }

// A process's share: its counter, with connections of its own.
struct Process
{
    explicit Process(const RedisServer &redis, RedisCounter::Options options = {})
        : counter(RedisAddress::parse(redis.url()), options)
    {
    }
    RedisCounter counter;
};

// Each thread asks for one call after the other, `count` of them. Answers how many were admitted.
int hammer(const QList<Counter *> &counters, int threadsOfEach, int count, const std::function<Call()> &make)
{
    std::atomic<int> admitted = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (Counter *const counter : counters)
        for (int i = 0; i < threadsOfEach; ++i)
            threads.emplace_back(QThread::create([&, counter] {
                QEventLoop loop;
                int left = count;
                std::function<void()> next = [&] {
                    counter->acquire(make(), [&](const Outcome &outcome) {
                        admitted += outcome.isAdmitted();
                        if (--left > 0)
                            next();
                        else
                            loop.quit();
                    });
                };
                QMetaObject::invokeMethod(
                    &loop, [&] { next(); }, Qt::QueuedConnection);
                loop.exec();
            }));
    for (const auto &thread : threads)
        thread->start();
    for (const auto &thread : threads)
        thread->wait();
    return admitted;
}

} // namespace

// Limits that several processes share through a Redis, which may die.
class TestRedisLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!RedisServer::isInstalled())
            QSKIP("There is no redis-server");
        QVERIFY(m_redis.start());
    }

    void countsAsTheMemoryDoes();
    void whatPassesTheWindow();
    void tokensAreReplacedByWhatWasUsed();
    void settledLateChangesNothingNewer();
    void twoProcessesGetExactlyWhatIsAllowed_data();
    void twoProcessesGetExactlyWhatIsAllowed();
    void aKilledProcessFreesItsPlaces();
    void aRunningCallKeepsItsPlace();
    void namesOfOneTenantLieTogetherAndPass();
    void scriptsThatRedisForgot();
    void whileRedisIsAway();
    void redisThatDoesNotAnswer();
    void cameBackWithItsData();
    void cameBackWithoutItsData();
    void cameBackWithOldData();
    void asksForAPassword();
    void nothingBeforeTheThreadEnds();

private:
    QList<QByteArray> keysOf(const QUuid &tenantId)
    {
        QList<QByteArray> keys = m_redis.ask({"KEYS", "patio:limits:{" + hex(tenantId) + "}*"}).split('\n');
        keys.removeAll(QByteArray());
        return keys;
    }
    // Makes the only bucket of a window that much older.
    void age(const QByteArray &key, int buckets)
    {
        const QByteArray place = m_redis.ask({"HGET", key, "f"});
        const QByteArrayList parts = m_redis.ask({"HGET", key, place}).split(' ');
        m_redis.ask({"HSET", key, place, QByteArray::number(parts[0].toLongLong() - buckets) + ' ' + parts[1]});
    }

    RedisServer m_redis;
};

void TestRedisLimits::countsAsTheMemoryDoes()
{
    Process process(m_redis);
    const GatewayLimit tenant = limitOf(LimitSubject::Tenant, requests, 10);
    Calls calls({tenant, limitOf(LimitSubject::Key, tokens, 100), limitOf(LimitSubject::User, concurrent, 2),
                 limitOf(LimitSubject::Model, requests, 4)});
    const Call first = calls.one(50);
    const Outcome admitted = ask(process.counter, first);
    QVERIFY(admitted.isAdmitted());
    QCOMPARE(admitted.requests->limit, 4);
    QCOMPARE(admitted.requests->remaining, 3);
    QCOMPARE(admitted.requests->resets, 60'100ms);
    QCOMPARE(admitted.tokens->remaining, 50);

    const Outcome refused = ask(process.counter, calls.one(51));
    QCOMPARE(refused.refusal->name, u"Web shop: 100 tokens a minute"_s);
    QCOMPARE(refused.refusal->used, 50);
    QVERIFY(*refused.refusal->retryAfter > 50s && *refused.refusal->retryAfter <= 60'100ms);
    QCOMPARE(ask(process.counter, calls.one(101)).refusal->retryAfter, std::nullopt);
    QVERIFY(admits(process.counter, calls.one(10)));
    QCOMPARE(ask(process.counter, calls.one(10)).refusal->kind, concurrent);
    process.counter.settle(first.callId, 50);
    QVERIFY(admits(process.counter, calls.one(10)));
    QCOMPARE(ask(process.counter, calls.one(10)).refusal->kind, concurrent);
    // What was refused took from none.
    QCOMPARE(process.counter.used(calls.tenantId, {LimitRules::counterOf(tenant).value()}).first(), 3);
}

void TestRedisLimits::whatPassesTheWindow()
{
    Process process(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 2)});
    QVERIFY(admits(process.counter, calls.one()));
    const QByteArray key = keysOf(calls.tenantId).value(0);
    age(key, 500);
    QVERIFY(admits(process.counter, calls.one())); // in a bucket of its own, 50 s after the first
    const Outcome refused = ask(process.counter, calls.one());
    QVERIFY(!refused.isAdmitted());
    QVERIFY(*refused.refusal->retryAfter <= 10'100ms);
    QVERIFY(refused.requests->resets > 50s);
    age(key, 101);
    QVERIFY(admits(process.counter, calls.one()));
    QVERIFY(!admits(process.counter, calls.one()));
    QCOMPARE(m_redis.ask({"HGET", key, "u"}), "2"_ba);
}

void TestRedisLimits::tokensAreReplacedByWhatWasUsed()
{
    Process process(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, tokens, 100)});
    const Call less = calls.one(60), more = calls.one(60);
    QVERIFY(admits(process.counter, less));
    QVERIFY(!admits(process.counter, calls.one(41)));
    process.counter.settle(less.callId, 10);
    process.counter.settle(less.callId, 0); // once
    process.counter.settle(newId(), 7); // of nobody
    QVERIFY(!admits(process.counter, calls.one(91)));
    QVERIFY(admits(process.counter, more));
    process.counter.settle(more.callId, 85);
    QVERIFY(!admits(process.counter, calls.one(6)));
    QVERIFY(admits(process.counter, calls.one(5)));
}

void TestRedisLimits::settledLateChangesNothingNewer()
{
    Process process(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, tokens, 100)});
    const Call slow = calls.one(90), verySlow = calls.one(10);
    QVERIFY(admits(process.counter, slow));
    QVERIFY(admits(process.counter, verySlow));
    const QByteArray key = keysOf(calls.tenantId).value(0);
    age(key, 602);
    QVERIFY(admits(process.counter, calls.one(100)));
    process.counter.settle(slow.callId, 0);
    QVERIFY(!admits(process.counter, calls.one(1)));
    // The key passed, and a new one has begun.
    const qint64 places = m_redis.ask({"HGET", key, "n"}).toLongLong();
    m_redis.ask({"DEL", key});
    QTRY_VERIFY(m_redis.ask({"TIME"}).split('\n').first().toLongLong() * 10 > places); // as it would be by then
    QVERIFY(admits(process.counter, calls.one(100)));
    process.counter.settle(verySlow.callId, 0);
    QVERIFY(!admits(process.counter, calls.one(1)));
}

void TestRedisLimits::twoProcessesGetExactlyWhatIsAllowed_data()
{
    QTest::addColumn<LimitKind>("kind");
    QTest::newRow("requests") << requests;
    QTest::newRow("tokens") << tokens;
    QTest::newRow("concurrent") << concurrent;
}

void TestRedisLimits::twoProcessesGetExactlyWhatIsAllowed()
{
    QFETCH(const LimitKind, kind);
    // Whose places are not given up: a thread that has ended renews none, and the lease is longer than the test.
    Process one(m_redis), other(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, kind, 333), limitOf(LimitSubject::Key, requests, 100'000)});
    QCOMPARE(hammer({&one.counter, &other.counter}, 3, 200, [&] { return calls.one(1); }), 333);
}

void TestRedisLimits::aKilledProcessFreesItsPlaces()
{
    const Calls calls({limitOf(LimitSubject::Tenant, concurrent, 1)});
    Process other(m_redis);
    {
        Process killed(m_redis, {.lease = 1000ms, .renewal = 1h});
        QVERIFY(admits(killed.counter, calls.one()));
        QVERIFY(!admits(other.counter, calls.one()));
    }
    QVERIFY(!admits(other.counter, calls.one()));
    QVERIFY(QTest::qWaitFor([&] { return admits(other.counter, calls.one()); }, 20'000));
}

void TestRedisLimits::aRunningCallKeepsItsPlace()
{
    Process process(m_redis, {.lease = 1500ms, .renewal = 100ms});
    Process other(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, concurrent, 1)});
    const Call running = calls.one();
    QVERIFY(admits(process.counter, running));
    const QByteArray key = keysOf(calls.tenantId).value(0);
    const auto end = [&] { return m_redis.ask({"ZSCORE", key, hex(running.callId)}).toDouble(); };
    const auto now = [&] { return m_redis.ask({"TIME"}).split('\n').first().toDouble() * 1000; };
    const double firstEnd = end();
    QVERIFY(firstEnd > 0);
    QTRY_VERIFY(now() > firstEnd);
    QVERIFY(!admits(other.counter, calls.one()));
    process.counter.settle(running.callId, 0);
    QVERIFY(QTest::qWaitFor([&] { return admits(other.counter, calls.one()); }, 20'000));
    QTRY_VERIFY(keysOf(calls.tenantId).size() == 1 && m_redis.ask({"ZCARD", key}) == "1");
}

void TestRedisLimits::namesOfOneTenantLieTogetherAndPass()
{
    Process process(m_redis);
    Calls calls({limitOf(LimitSubject::Tenant, requests, 5), limitOf(LimitSubject::Key, concurrent, 5),
                 limitOf(LimitSubject::Model, tokens, 5)});
    QVERIFY(admits(process.counter, calls.one(1)));
    const QList<QByteArray> keys = keysOf(calls.tenantId);
    QCOMPARE(keys.size(), 3);
    for (const QByteArray &key : keys) {
        const qint64 left = m_redis.ask({"PTTL", key}).toLongLong();
        QVERIFY2(left > 60'100 && left <= 65'100, key); // longer than it counts, and not for ever
    }
}

void TestRedisLimits::scriptsThatRedisForgot()
{
    Process process(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 2)});
    QVERIFY(admits(process.counter, calls.one()));
    m_redis.ask({"SCRIPT", "FLUSH"});
    QVERIFY(admits(process.counter, calls.one()));
    QVERIFY(!admits(process.counter, calls.one()));
}

void TestRedisLimits::whileRedisIsAway()
{
    RedisServer redis;
    QVERIFY(redis.start());
    redis.kill(); // a port where nobody is
    Process process(redis);
    const GatewayLimit limit = limitOf(LimitSubject::Tenant, requests, 5);
    Calls calls({limit});
    const Outcome refused = ask(process.counter, calls.one());
    const ApiError error = refused.refusal->error();
    QCOMPARE(error.status, 503);
    QCOMPARE(error.code, u"limits_unavailable"_s);
    QCOMPARE(error.retryAfter.value(), 1);
    QCOMPARE(process.counter.used(calls.tenantId, {LimitRules::counterOf(limit).value()}), {std::nullopt});
    calls.rules = std::make_shared<const LimitRules>();
    QVERIFY(admits(process.counter, calls.one())); // under no limit
    const Finding finding = examineRedis(redis.url());
    QVERIFY(!finding.good);

    calls.rules = std::make_shared<const LimitRules>(QList{limit});
    QVERIFY(redis.start());
    QVERIFY(QTest::qWaitFor([&] { return admits(process.counter, calls.one()); }, 20'000)); // by itself
    QVERIFY(examineRedis(redis.url()).good);
}

void TestRedisLimits::redisThatDoesNotAnswer()
{
    RedisServer redis;
    QVERIFY(redis.start());
    Process process(redis);
    const Calls calls({limitOf(LimitSubject::Tenant, concurrent, 1)});
    const Call running = calls.one();
    QVERIFY(admits(process.counter, running));
    redis.freeze();
    QCOMPARE(ask(process.counter, calls.one()).refusal->reason, Refusal::Reason::Unavailable);
    process.counter.settle(running.callId, 0); // heard later
    redis.thaw();
    const Call next = calls.one();
    QVERIFY(QTest::qWaitFor([&] { return admits(process.counter, next); }, 20'000));
}

void TestRedisLimits::cameBackWithItsData()
{
    RedisServer redis({u"--appendonly"_s, u"yes"_s});
    QVERIFY(redis.start());
    Process process(redis);
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 3)});
    QVERIFY(admits(process.counter, calls.one()));
    QVERIFY(admits(process.counter, calls.one()));
    redis.kill();
    QVERIFY(!admits(process.counter, calls.one()));
    QVERIFY(redis.start());
    QVERIFY(QTest::qWaitFor([&] { return admits(process.counter, calls.one()); }, 20'000));
    bool isAdmitted = false; // a busy machine may have it unavailable a while longer, but a fourth is never let through
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto answer = ask(process.counter, calls.one());
            isAdmitted = isAdmitted || !answer.refusal;
            return isAdmitted || answer.refusal->reason == Refusal::Reason::Limit;
        },
        20'000));
    QVERIFY(!isAdmitted);
}

void TestRedisLimits::cameBackWithoutItsData()
{
    RedisServer redis;
    QVERIFY(redis.start());
    Process process(redis, {.doubt = 1500ms}), other(redis, {.doubt = 1500ms});
    const Calls windows({limitOf(LimitSubject::Tenant, requests, 1)});
    const Calls places({limitOf(LimitSubject::Tenant, concurrent, 1)});
    QVERIFY(admits(process.counter, windows.one()));
    const Call running = places.one();
    QVERIFY(admits(process.counter, running));
    QVERIFY(!admits(other.counter, places.one()));
    redis.kill();
    QVERIFY(redis.start());
    // Nobody knows what was used: refused, not let through.
    QTRY_VERIFY(redis.ask({"EXISTS", "patio:limits:epoch"}) == "1");
    QCOMPARE(ask(process.counter, windows.one()).refusal->reason, Refusal::Reason::Unavailable);
    QCOMPARE(ask(other.counter, windows.one()).refusal->reason, Refusal::Reason::Unavailable);
    QVERIFY(QTest::qWaitFor([&] { return admits(process.counter, windows.one()); }, 20'000));
    // What runs has been put back.
    QTRY_COMPARE(ask(other.counter, places.one()).refusal->reason, Refusal::Reason::Limit);
    process.counter.settle(running.callId, 0);
    QVERIFY(QTest::qWaitFor([&] { return admits(other.counter, places.one()); }, 20'000));
}

// A snapshot is older than what was counted after it.
void TestRedisLimits::cameBackWithOldData()
{
    RedisServer redis;
    QVERIFY(redis.start());
    Process process(redis, {.doubt = 3000ms});
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 2)});
    QVERIFY(admits(process.counter, calls.one()));
    QCOMPARE(redis.ask({"SAVE"}), "OK"_ba);
    QVERIFY(admits(process.counter, calls.one()));
    redis.kill();
    QVERIFY(redis.start());
    QCOMPARE(redis.ask({"KEYS", "*"}).split('\n').size(), 2); // all of its keys
    const auto said = [&] {
        const Outcome outcome = ask(process.counter, calls.one());
        return outcome.isAdmitted() ? u"admitted"_s : outcome.refusal->name;
    };
    QVERIFY(
        QTest::qWaitFor([&] { return said().contains(u"has lost what it knew"_s) || said() == u"admitted"_s; }, 5000));
    QVERIFY(said().contains(u"has lost what it knew"_s));
}

void TestRedisLimits::asksForAPassword()
{
    RedisServer redis({u"--requirepass"_s, u"open sesame"_s});
    QVERIFY(redis.start());
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 3)});
    const auto reached = [&](const QString &login) {
        const QString url = u"redis://"_s + login + u"127.0.0.1:"_s + QString::number(redis.port()) + u"/2"_s;
        RedisCounter counter(RedisAddress::parse(url));
        const bool isGood = examineRedis(url).good;
        return admits(counter, calls.one()) && isGood;
    };
    QVERIFY(reached(u":open%20sesame@"_s));
    QVERIFY(reached(u"default:open%20sesame@"_s));
    QVERIFY(!reached(u""_s));
    QVERIFY(!reached(u":another@"_s));
}

void TestRedisLimits::nothingBeforeTheThreadEnds()
{
    Process process(m_redis);
    const Calls calls({limitOf(LimitSubject::Tenant, concurrent, 1)});
    const Call call = calls.one();
    QThread thread;
    QObject there;
    there.moveToThread(&thread);
    thread.start();
    std::atomic<bool> isSettled = false;
    QMetaObject::invokeMethod(&there, [&] {
        process.counter.acquire(call, [&](const Outcome &outcome) {
            if (outcome.isAdmitted())
                process.counter.settle(call.callId, 0);
            thread.quit(); // with the settlement on its way
            isSettled = outcome.isAdmitted();
        });
    });
    QVERIFY(thread.wait(20'000));
    QVERIFY(isSettled);
    QVERIFY(QTest::qWaitFor([&] { return admits(process.counter, calls.one()); }, 20'000));
}

QTEST_GUILESS_MAIN(TestRedisLimits)
#include "tst_redis_limits.moc"
