// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/memory_counter.h"
#include "tests/limits/limit_calls.h"

#include <QTest>

#include <atomic>
#include <deque>
#include <random>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace limits;

namespace {

constexpr auto requests = LimitKind::RequestsPerMinute;
constexpr auto tokens = LimitKind::TokensPerMinute;
constexpr auto concurrent = LimitKind::ConcurrentRequests;

} // namespace

// The windows of limits by a clock of the test, and the counter of one process.
class TestLimitWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_now = 5'000'000ms; }

    void noMinuteHoldsMore_data();
    void noMinuteHoldsMore();
    void whatWasUsedPasses();
    void aClockThatGoesBack();
    void refusedUntilItFits();
    void tokensAreReplacedByWhatWasUsed_data();
    void tokensAreReplacedByWhatWasUsed();
    void settledLateChangesNothingNewer();
    void allOrNone();
    void manyThreadsGetExactlyWhatIsAllowed_data();
    void manyThreadsGetExactlyWhatIsAllowed();
    void idleCountersAreForgotten();
    void noRoomIsNoPermission();
    void aLongCallKeepsItsCounter();

private:
    MemoryCounter::Clock clock()
    {
        return [this] { return m_now; };
    }
    MemoryCounter m_counter{{.clock = clock()}};
    Window::Time m_now{0};
};

void TestLimitWindows::noMinuteHoldsMore_data()
{
    QTest::addColumn<int>("allowed");
    QTest::addColumn<int>("largestPause"); // ms
    QTest::addColumn<int>("largestNeed");
    QTest::newRow("a flood of requests") << 20 << 5 << 1;
    QTest::newRow("about as many as fit") << 100 << 1200 << 1;
    QTest::newRow("few") << 3 << 40'000 << 1;
    QTest::newRow("tokens") << 10'000 << 300 << 900;
    QTest::newRow("many tokens, one request at the edge of a bucket after the other") << 600'000 << 101 << 5000;
}

// Whatever comes whenever: at each moment, what was let through in the 60 seconds up to it is looked at beside a list
// of all that was; and what was refused would have been too much within 60.1 seconds.
void TestLimitWindows::noMinuteHoldsMore()
{
    QFETCH(const int, allowed);
    QFETCH(const int, largestPause);
    QFETCH(const int, largestNeed);
    const Calls calls({limitOf(LimitSubject::Tenant, tokens, allowed)});
    std::mt19937 random(unsigned(allowed + largestPause));
    struct Taken
    {
        Window::Time at;
        qint64 amount;
    };
    std::deque<Taken> taken;
    const auto within = [&](Window::Time span) { // of all, now included
        qint64 sum = 0;
        for (const Taken &one : taken)
            if (one.at >= m_now - span)
                sum += one.amount;
        return sum;
    };
    int admitted = 0, refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        m_now += Window::Time(int(random() % unsigned(largestPause + 1)));
        const qint64 need = largestNeed == 1 ? 1 : 1 + qint64(random() % unsigned(largestNeed));
        if (admits(m_counter, calls.one(need))) {
            ++admitted;
            taken.push_back({m_now, need});
            QVERIFY(within(60s) <= allowed);
        } else {
            ++refused;
            QVERIFY(within(60'100ms) + need > allowed);
        }
        while (!taken.empty() && taken.front().at < m_now - 61s)
            taken.pop_front();
    }
    QVERIFY(admitted > 0 && refused > 0);
}

void TestLimitWindows::whatWasUsedPasses()
{
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 1)});
    m_now = 1'000'099ms; // the end of a bucket
    QVERIFY(admits(m_counter, calls.one()));
    m_now += 60s;
    QVERIFY(!admits(m_counter, calls.one())); // within 60 seconds, both ends included
    m_now += 1ms;
    QVERIFY(admits(m_counter, calls.one()));
    m_now = 2'000'000ms; // the beginning of one
    QVERIFY(admits(m_counter, calls.one()));
    m_now += 60'099ms;
    QVERIFY(!admits(m_counter, calls.one()));
    m_now += 1ms;
    QVERIFY(admits(m_counter, calls.one()));
}

void TestLimitWindows::aClockThatGoesBack()
{
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 2)});
    QVERIFY(admits(m_counter, calls.one()));
    m_now -= 30s;
    QVERIFY(admits(m_counter, calls.one()));
    QVERIFY(!admits(m_counter, calls.one()));
    m_now += 61s; // 31 s after the first
    QVERIFY(!admits(m_counter, calls.one()));
    m_now += 30s;
    QVERIFY(admits(m_counter, calls.one()));
}

void TestLimitWindows::refusedUntilItFits()
{
    const GatewayLimit limit = limitOf(LimitSubject::Key, tokens, 100);
    Calls calls({limit});
    QVERIFY(admits(m_counter, calls.one(30)));
    m_now += 10s;
    QVERIFY(admits(m_counter, calls.one(60)));
    m_now += 10s;
    const Outcome refused = ask(m_counter, calls.one(40));
    QVERIFY(!refused.isAdmitted());
    QCOMPARE(refused.refusal->limitId, limit.id);
    QCOMPARE(refused.refusal->name, u"Web shop: 100 tokens a minute"_s);
    QCOMPARE(refused.refusal->used, 90);
    QCOMPARE(refused.tokens->remaining, 10);
    QVERIFY(!refused.requests);
    QCOMPARE(refused.refusal->retryAfter.value(), 40'100ms); // when the 30 have passed
    QCOMPARE(refused.tokens->resets, 50'100ms); // when the 60 have
    const ApiError error = refused.refusal->error();
    QCOMPARE(error.status, 429);
    QCOMPARE(error.retryAfter.value(), 41);
    QVERIFY2(error.detail.contains(u"Web shop: 100 tokens a minute"_s) && error.detail.contains(u"90 of 100"_s),
             qPrintable(error.detail));
    m_now += *refused.refusal->retryAfter - 1ms;
    QVERIFY(!admits(m_counter, calls.one(40)));
    m_now += 1ms;
    const Outcome admitted = ask(m_counter, calls.one(40));
    QVERIFY(admitted.isAdmitted());
    QCOMPARE(admitted.tokens->limit, 100);
    QCOMPARE(admitted.tokens->remaining, 0);

    const Outcome never = ask(m_counter, calls.one(101));
    QVERIFY(!never.refusal->retryAfter && !never.refusal->error().retryAfter);
    QVERIFY(never.refusal->error().detail.contains(u"more than it ever allows"_s));
    calls.keyId = newId(); // each key by itself
    QVERIFY(admits(m_counter, calls.one(100)));
}

void TestLimitWindows::tokensAreReplacedByWhatWasUsed_data()
{
    QTest::addColumn<qint64>("used");
    QTest::addColumn<qint64>("left");
    QTest::newRow("less") << qint64(10) << qint64(90);
    QTest::newRow("nothing") << qint64(0) << qint64(100);
    QTest::newRow("the same") << qint64(60) << qint64(40);
    QTest::newRow("more") << qint64(80) << qint64(20);
    QTest::newRow("more than is allowed") << qint64(500) << qint64(0);
}

void TestLimitWindows::tokensAreReplacedByWhatWasUsed()
{
    QFETCH(const qint64, used);
    QFETCH(const qint64, left);
    const Calls calls({limitOf(LimitSubject::Tenant, tokens, 100)});
    const Call call = calls.one(60);
    QVERIFY(admits(m_counter, call));
    QVERIFY(!admits(m_counter, calls.one(41)));
    m_counter.settle(call.callId, used);
    m_counter.settle(call.callId, 0); // once
    m_counter.settle(newId(), 7); // of nobody
    QVERIFY(!admits(m_counter, calls.one(left + 1)));
    QCOMPARE(admits(m_counter, calls.one(left)), used <= 100);
}

void TestLimitWindows::settledLateChangesNothingNewer()
{
    const Calls calls({limitOf(LimitSubject::Tenant, tokens, 100)});
    const Call slow = calls.one(90);
    QVERIFY(admits(m_counter, slow));
    m_now += 61s;
    QVERIFY(admits(m_counter, calls.one(100)));
    m_counter.settle(slow.callId, 0);
    QVERIFY(!admits(m_counter, calls.one(1)));
}

void TestLimitWindows::allOrNone()
{
    const Calls calls({limitOf(LimitSubject::Tenant, requests, 10), limitOf(LimitSubject::Key, tokens, 100),
                       limitOf(LimitSubject::User, concurrent, 2), limitOf(LimitSubject::Model, requests, 3)});
    const GatewayLimit tenant = limitOf(LimitSubject::Tenant, requests, 10);
    const Calls others({tenant, limitOf(LimitSubject::Model, requests, 1)});
    QVERIFY(admits(m_counter, others.one()));
    for (int i = 0; i < 50; ++i)
        QVERIFY(!admits(m_counter, others.one())); // of which the tenant's limit hears nothing
    QCOMPARE(m_counter.used(others.tenantId, {LimitRules::counterOf(tenant).value()}).first(), 1);

    const Call first = calls.one(50);
    QVERIFY(admits(m_counter, first));
    QVERIFY(admits(m_counter, calls.one(10)));
    const Outcome tooMany = ask(m_counter, calls.one(10));
    QCOMPARE(tooMany.refusal->kind, concurrent);
    QCOMPARE(tooMany.refusal->name, u"Ana Souza: 2 requests at a time"_s);
    QCOMPARE(tooMany.requests->limit, 3); // the tightest
    QCOMPARE(tooMany.requests->remaining, 1);
    QCOMPARE(tooMany.tokens->remaining, 40);
    m_counter.settle(first.callId, 50);
    QVERIFY(admits(m_counter, calls.one(10)));
}

void TestLimitWindows::manyThreadsGetExactlyWhatIsAllowed_data()
{
    QTest::addColumn<LimitKind>("kind");
    QTest::newRow("requests") << requests;
    QTest::newRow("tokens") << tokens;
    QTest::newRow("concurrent") << concurrent;
}

void TestLimitWindows::manyThreadsGetExactlyWhatIsAllowed()
{
    QFETCH(const LimitKind, kind);
    constexpr int allowed = 700;
    // The second is in nobody's way, so that each call takes from two.
    const Calls calls({limitOf(LimitSubject::Tenant, kind, allowed), limitOf(LimitSubject::Key, requests, 100'000)});
    MemoryCounter counter; // by the machine's clock
    std::atomic<int> admitted = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 500; ++k)
                counter.acquire(calls.one(1), [&](const Outcome &outcome) { admitted += outcome.isAdmitted(); });
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(admitted.load(), allowed);
}

void TestLimitWindows::idleCountersAreForgotten()
{
    constexpr std::size_t keys = 1000;
    MemoryCounter counter({.clock = clock()});
    Calls calls({limitOf(LimitSubject::Key, requests, 5), limitOf(LimitSubject::Key, concurrent, 5)});
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < keys; ++i) {
            calls.keyId = newId();
            const Call call = calls.one();
            QVERIFY(admits(counter, call));
            counter.settle(call.callId, 0);
        }
        QCOMPARE(counter.size(), keys); // of requests; those of concurrency are over, and those of before have gone
        m_now += 2min;
    }
}

void TestLimitWindows::noRoomIsNoPermission()
{
    MemoryCounter counter({.clock = clock(), .countersOfTenant = 100});
    Calls calls({limitOf(LimitSubject::Model, requests, 1)});
    QList<QString> known;
    for (int i = 0; i < 100; ++i) {
        calls.model = known.emplaceBack(u"demo/%1"_s.arg(i));
        QVERIFY(admits(counter, calls.one()));
    }
    calls.model = u"demo/other"_s;
    const Outcome refused = ask(counter, calls.one());
    QCOMPARE(refused.refusal->reason, Refusal::Reason::Unavailable);
    QCOMPARE(refused.refusal->error().status, 503);
    for (const QString &model : known) { // nobody was let go to make room
        calls.model = model;
        QCOMPARE(ask(counter, calls.one()).refusal->reason, Refusal::Reason::Limit);
    }
    Calls elsewhere({limitOf(LimitSubject::Model, requests, 1)});
    QVERIFY(admits(counter, elsewhere.one())); // another tenant has room of its own
    m_now += 61s;
    calls.model = u"demo/other"_s;
    QVERIFY(admits(counter, calls.one()));
}

void TestLimitWindows::aLongCallKeepsItsCounter()
{
    MemoryCounter counter({.clock = clock(), .countersOfTenant = 2});
    Calls calls({limitOf(LimitSubject::Key, concurrent, 1)});
    const QUuid first = calls.keyId;
    const Call running = calls.one();
    QVERIFY(admits(counter, running));
    m_now += 10min;
    for (int i = 0; i < 5; ++i) {
        calls.keyId = newId();
        const Call call = calls.one();
        QVERIFY(admits(counter, call));
        counter.settle(call.callId, 0);
    }
    calls.keyId = first;
    QVERIFY(!admits(counter, calls.one()));
    counter.settle(running.callId, 0);
    QVERIFY(admits(counter, calls.one()));
}

QTEST_GUILESS_MAIN(TestLimitWindows)
#include "tst_limit_windows.moc"
