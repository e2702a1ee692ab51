// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/session.h"
#include "server/usage/usage_reader.h"
#include "server/usage/usage_rollup.h"
#include "server/usage/usage_service.h"
#include "server/usage/usage_store.h"
#include "shared/error.h"
#include "shared/id.h"
#include "shared/usage/latency_histogram.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <cmath>
#include <random>
#include <thread>

using namespace Qt::StringLiterals;
using UsageStore::CallStatus;
using UsageStore::Entry;

namespace {

const QDateTime beginning(QDate(2026, 1, 28), QTime(22, 0), Qt::UTC);
constexpr int days = 70; // over three months

// Calls as they are settled, lost, taken back and corrected, from a seed.
class RandomCalls
{
public:
    explicit RandomCalls(unsigned seed) : m_random(seed) { }

    QList<UsageStore::Call> batch(int count)
    {
        QList<UsageStore::Call> calls;
        for (int i = 0; i < count; ++i) {
            if (!m_lost.isEmpty() && below(10) == 0) {
                const UsageStore::Call lost = m_lost.takeFirst();
                calls.append(UsageStore::reversal(lost));
                UsageStore::Call found = call();
                found.attemptId = lost.attemptId;
                found.entry = Entry::Correction;
                found.status = CallStatus::Succeeded;
                calls.append(found);
                continue;
            }
            calls.append(call());
            if (calls.last().status == CallStatus::Lost)
                m_lost.append(calls.last());
        }
        return calls;
    }

    int below(int bound) { return int(m_random() % unsigned(bound)); }

private:
    UsageStore::Call call()
    {
        UsageStore::Call call;
        call.attemptId = newId();
        call.calledAt = beginning.addMSecs(qint64(m_random()) % (qint64(days) * 86'400'000));
        const int person = below(4), key = below(3), prompt = below(3);
        call.userId = QUuid(1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, uchar(person));
        call.userName = u"Person %1"_s.arg(person);
        if (key > 0) {
            call.keyId = QUuid(2, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, uchar(key));
            call.keyName = u"Key %1"_s.arg(key);
        }
        if (prompt > 0) {
            call.templateId = QUuid(3, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, uchar(prompt));
            call.templateName = u"Template %1"_s.arg(prompt);
        }
        call.model = u"demo/%1"_s.arg(below(3));
        call.status = CallStatus(std::max(0, below(12) - 8));
        call.usage = {below(5000), below(100), below(100), 0, below(900), below(50)};
        if (below(20) > 0)
            call.costNanos = below(1'000'000);
        call.totalMs = 1 << below(21);
        call.totalMs += below(int(call.totalMs));
        if (below(2) == 0)
            call.firstTokenMs = call.totalMs / 3;
        if (call.status == CallStatus::Succeeded && below(6) == 0) {
            call.isCacheHit = true;
            call.savedNanos = call.costNanos;
            call.costNanos = 0;
        }
        return call;
    }

    std::mt19937 m_random;
    QList<UsageStore::Call> m_lost;
};

ApiError refused(const std::function<void()> &work)
{
    try {
        work();
    } catch (const ApiError &error) {
        return error;
    }
    return {};
}

} // namespace

// The sums by hour, day and month, and what is read from them for charts, against the plain sums of the ledger's rows.
class TestUsageRollups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_tenant = m_database.makeTenant();
        m_caller.tenantId = m_tenant.tenantId;
    }

    void sumsAreThoseOfTheLedger();
    void whatIsWrittenTwiceCountsOnce();
    void readersSeeEveryCallAtEveryMoment();
    void manyCallsAreTimeToSum();
    void seriesAddUp_data();
    void seriesAddUp();
    void seriesHaveEveryBucket();
    void theRestIsOthers();
    void latenciesAreNearTheExactOnes();
    void savingsAndFailuresAreCounted();
    void reportsAreExactToTheMillisecond();
    void badQueriesAreRefused();
    void tenantsAreApart();

private:
    void record(const QList<UsageStore::Call> &calls)
    {
        m_database.database().transaction(m_tenant, [&](Transaction &tx) { UsageStore::record(tx, calls); });
    }
    QList<UsageStore::Call> recordRandom(unsigned seed, int batches = 8, int size = 200)
    {
        RandomCalls random(seed);
        QList<UsageStore::Call> all;
        for (int i = 0; i < batches; ++i) {
            const auto batch = random.batch(size);
            record(batch);
            all += batch;
        }
        return all;
    }
    template<class T, class Work> T read(Work &&work)
    {
        return m_database.database().transaction(m_tenant, std::forward<Work>(work));
    }
    QStringList sums()
    {
        return read<QStringList>([](Transaction &tx) {
            while (tx.one<qint64>("SELECT count(*) FROM usage_unsummed") > 0)
                tx.run("SELECT sum_up_usage()");
            return tx.all<QString>(R"(
                SELECT (to_jsonb(sums) || jsonb_build_object('latencies', (
                    SELECT jsonb_object_agg(bucket, calls)
                    FROM (SELECT part & 255 AS bucket, sum(part >> 8) AS calls FROM unnest(latencies) AS part GROUP BY 1) AS buckets
                    WHERE calls <> 0)))::text
                FROM usage_sums AS sums ORDER BY cut, period, start, model, user_id, template_id, key_id)");
        });
    }
    void sumUp() { UsageRollup::sumUp(m_database.database(), m_tenant.tenantId); }
    // As the database makes them from the ledger itself.
    void rollUp()
    {
        database::Session owner({.url = m_database.ownerUrl()});
        owner.begin("SET LOCAL search_path = " + database::tenantName(m_tenant.tenantId));
        owner.run("SELECT roll_up_usage()", {});
        owner.commit();
    }
    UsageSeriesReport series(const UsageSeriesQuery &query) { return m_usage.series(m_caller, query); }
    static UsageSeriesQuery whole()
    {
        UsageSeriesQuery query;
        query.from = beginning.addDays(-1);
        query.to = beginning.addDays(days + 1);
        return query;
    }

    TestDatabase m_database;
    PriceCatalogue m_prices{m_database.database()};
    UsageService m_usage{m_database.database(), m_prices, [](const QString &) { return true; }};
    TenantScope m_tenant;
    Caller m_caller;
};

void TestUsageRollups::sumsAreThoseOfTheLedger()
{
    for (unsigned seed = 1; seed <= 3; ++seed)
        recordRandom(seed);
    const QStringList kept = sums();
    QVERIFY(kept.size() > 1000);
    rollUp();
    QCOMPARE(sums(), kept);
    // Each cut of each period has all that is in the ledger, no more and no less.
    const qint64 cuts = read<qint64>([](Transaction &tx) {
        return tx.one<qint64>("SELECT count(*) FROM (SELECT DISTINCT cut, period FROM usage_sums) AS cuts");
    });
    const qint64 agreeing = read<qint64>([](Transaction &tx) {
        return tx.one<qint64>(R"(
            SELECT count(*)
            FROM (SELECT sum(calls) AS calls, sum(failed_calls) AS failed, sum(lost_calls) AS lost, sum(input_tokens) AS input,
                         sum(output_tokens) AS output, sum(cost_nanos) AS cost, sum(unpriced_calls) AS unpriced,
                         sum(cache_hits) AS hits, sum(saved_nanos) AS saved
                  FROM usage_sums GROUP BY cut, period) AS sums
            JOIN (SELECT sum(sign) AS calls, sum(sign) FILTER (WHERE status = 'failed') AS failed,
                         sum(sign) FILTER (WHERE status = 'lost') AS lost, sum(input_tokens) AS input,
                         sum(output_tokens) AS output, sum(cost_nanos) AS cost,
                         sum(sign) FILTER (WHERE cost_nanos IS NULL) AS unpriced, sum(sign) FILTER (WHERE cache_hit) AS hits,
                         sum(saved_nanos) AS saved
                  FROM usage_events, LATERAL (SELECT CASE entry WHEN 'reversal' THEN -1 ELSE 1 END) AS entries (sign)) AS ledger
            USING (calls, failed, lost, input, output, cost, unpriced, hits, saved))");
    });
    QCOMPARE(cuts, qint64(UsageCuts::kept.size()));
    QCOMPARE(agreeing, cuts);
}

void TestUsageRollups::whatIsWrittenTwiceCountsOnce()
{
    RandomCalls random(7);
    const auto calls = random.batch(50);
    record(calls.mid(0, 30));
    const QStringList once = sums();
    record(calls.mid(0, 30));
    QCOMPARE(sums(), once);
    record(calls); // 20 of them are new
    const QStringList all = sums();
    rollUp();
    QCOMPARE(sums(), all);
}

// Several write, several sum up, and what is read in the meantime is what is in the ledger, neither more nor less.
void TestUsageRollups::readersSeeEveryCallAtEveryMoment()
{
    std::atomic<int> writing = 2;
    std::vector<std::thread> threads;
    for (unsigned seed = 1; seed <= 2; ++seed)
        threads.emplace_back([&, seed] {
            RandomCalls random(seed);
            for (int i = 0; i < 40; ++i)
                record(random.batch(50));
            --writing;
        });
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&] {
            while (writing > 0)
                sumUp();
        });
    UsageReader::Selection selection;
    selection.from = beginning.addDays(-1);
    selection.to = beginning.addDays(days + 1);
    selection.rows = database::Fragment::of({"TRUE"});
    int moments = 0, differing = 0;
    qint64 calls = 0;
    while (writing > 0 || calls == 0) {
        read<int>([&](Transaction &tx) {
            tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            UsageRow sum;
            for (const UsageRow &row : UsageReader::report(tx, selection, {UsageGroup::Model, UsageGroup::User}))
                for (qint64 UsageRow::*figure : usageFigures)
                    sum.*figure += row.*figure;
            calls = tx.one<qint64>(
                "SELECT coalesce(sum(CASE entry WHEN 'reversal' THEN -1 ELSE 1 END), 0)::bigint FROM usage_events");
            const auto cost = tx.one<qint64>("SELECT coalesce(sum(cost_nanos), 0)::bigint FROM usage_events");
            ++moments;
            differing += sum.calls != calls || sum.costNanos != cost;
            return 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(moments > 3);
    QCOMPARE(differing, 0);
    const QStringList kept = sums();
    rollUp();
    QCOMPARE(sums(), kept);
}

// What is read besides the sums stays little.
void TestUsageRollups::manyCallsAreTimeToSum()
{
    RandomCalls random(4);
    const auto isTimeAfter = [&](int calls) {
        return read<bool>([&](Transaction &tx) { return UsageStore::record(tx, random.batch(calls)).isTimeToSum; });
    };
    QVERIFY(!isTimeAfter(1));
    QVERIFY(!isTimeAfter(10'000)); // counts the calls of earlier transactions
    QVERIFY(isTimeAfter(1));
    sumUp();
    QVERIFY(!isTimeAfter(1));
    sumUp();
    int batches = 0;
    while (!isTimeAfter(1))
        ++batches;
    QCOMPARE(batches, 500);
    sumUp();
    QVERIFY(!isTimeAfter(1));
}

void TestUsageRollups::seriesAddUp_data()
{
    QTest::addColumn<UsageBucket>("bucket");
    QTest::addColumn<UsageSplit>("split");
    QTest::addColumn<int>("filters"); // a bit for each of the four things
    for (const UsageBucket bucket : {UsageBucket::Hour, UsageBucket::Day, UsageBucket::Week, UsageBucket::Month})
        for (int split = 0; split < int(enumNames<UsageSplit>.size()); ++split)
            for (const int filters : {0, 1, 2, 4, 8, 3, 6, 9, 7, 15})
                QTest::addRow("%s by %s of %d", enumNames<UsageBucket>[std::size_t(bucket)],
                              enumNames<UsageSplit>[std::size_t(split)], filters)
                    << bucket << UsageSplit(split) << filters;
}

// Whatever sums a query is answered from.
void TestUsageRollups::seriesAddUp()
{
    QFETCH(const UsageBucket, bucket);
    QFETCH(const UsageSplit, split);
    QFETCH(const int, filters);
    static QList<UsageStore::Call> calls;
    static TenantScope tenant;
    if (calls.isEmpty()) {
        calls = recordRandom(11, 5);
        sumUp();
        calls += recordRandom(12, 3); // are not in the sums yet
        tenant = m_tenant;
    }
    m_tenant = tenant;
    m_caller.tenantId = tenant.tenantId;

    UsageSeriesQuery query = whole();
    if (bucket == UsageBucket::Hour)
        query.to = query.from->addDays(30);
    query.bucket = bucket;
    query.splitBy = split;
    const auto chosen =
        std::find_if(calls.begin(), calls.end(), [](const auto &call) { return call.templateId && call.keyId; });
    if (filters & 1)
        query.model = chosen->model;
    if (filters & 2)
        query.userId = chosen->userId;
    if (filters & 4)
        query.templateId = chosen->templateId;
    if (filters & 8)
        query.keyId = chosen->keyId;

    using Name = std::pair<QString, QUuid>;
    std::map<std::pair<Name, QDateTime>, std::array<qint64, 4>> exact;
    const UsageSeriesReport report = series(query);
    std::array<qint64, 4> all{};
    for (const UsageStore::Call &call : std::as_const(calls)) {
        if (call.calledAt < report.from || call.calledAt >= report.to || (query.model && call.model != query.model)
            || (query.userId && call.userId != query.userId)
            || (query.templateId && call.templateId != query.templateId) || (query.keyId && call.keyId != query.keyId))
            continue;
        const Name names[] = {{},
                              {call.model, {}},
                              {{}, call.userId.value_or(QUuid())},
                              {{}, call.templateId.value_or(QUuid())},
                              {{}, call.keyId.value_or(QUuid())}};
        const auto next = std::upper_bound(report.starts.begin(), report.starts.end(), call.calledAt);
        QVERIFY(next != report.starts.begin());
        auto &sum = exact[{names[std::size_t(split)], *std::prev(next)}];
        const std::array<qint64, 4> figures{call.entry == Entry::Reversal ? -1 : 1, call.usage.input,
                                            call.costNanos.value_or(0), call.savedNanos.value_or(0)};
        for (std::size_t i = 0; i < figures.size(); ++i) {
            sum[i] += figures[i];
            all[i] += figures[i];
        }
    }
    std::map<std::pair<Name, QDateTime>, std::array<qint64, 4>> found;
    qint64 last = std::numeric_limits<qint64>::max();
    for (const UsageSeries &one : report.series) {
        QVERIFY(!one.others);
        QVERIFY(one.total.costNanos <= last);
        last = one.total.costNanos;
        const QUuid id = one.total.userId.value_or(one.total.templateId.value_or(one.total.keyId.value_or(QUuid())));
        for (qsizetype i = 0; i < report.starts.size(); ++i)
            if (one.points.calls[i] || one.points.inputTokens[i])
                found[{{one.total.model.value_or(QString()), id}, report.starts[i]}] = {
                    one.points.calls[i], one.points.inputTokens[i], one.points.costNanos[i], one.points.savedNanos[i]};
    }
    std::erase_if(exact, [](const auto &one) { return one.second[0] == 0 && one.second[1] == 0; });
    QVERIFY(!exact.empty());
    QVERIFY(found == exact);
    QCOMPARE(report.total.calls, all[0]);
    QCOMPARE(report.total.inputTokens, all[1]);
    QCOMPARE(report.total.costNanos, all[2]);
    QCOMPARE(report.total.savedNanos, all[3]);
}

void TestUsageRollups::seriesHaveEveryBucket()
{
    RandomCalls random(3);
    auto calls = random.batch(2);
    for (auto &call : calls) {
        call.entry = Entry::Call;
        call.calledAt = QDateTime(QDate(2026, 3, 4), QTime(12, 0), Qt::UTC);
    }
    UsageSeriesQuery query;
    query.from = QDateTime(QDate(2026, 2, 10), QTime(7, 13), Qt::UTC);
    query.to = QDateTime(QDate(2026, 3, 5), QTime(7, 13), Qt::UTC);
    QVERIFY(series(query).series.isEmpty());
    QCOMPARE(series(query).seriesCount, 0);
    record(calls);
    UsageSeriesReport report = series(query);
    QCOMPARE(report.from, QDateTime(QDate(2026, 2, 10), QTime(0, 0), Qt::UTC));
    QCOMPARE(report.to, QDateTime(QDate(2026, 3, 6), QTime(0, 0), Qt::UTC));
    QCOMPARE(report.starts.size(), 24);
    QCOMPARE(report.series.first().points.calls.size(), 24);
    QCOMPARE(report.series.first().points.calls[22], 2);
    query.bucket = UsageBucket::Week; // from a Monday, although the span begins on a Tuesday
    report = series(query);
    QCOMPARE(report.starts.first(), QDateTime(QDate(2026, 2, 9), QTime(0, 0), Qt::UTC));
    QCOMPARE(report.starts.size(), 4);
    QCOMPARE(report.series.first().points.calls, (QList<qint64>{0, 0, 0, 2}));
    query.bucket = UsageBucket::Month;
    QCOMPARE(series(query).series.first().points.calls, (QList<qint64>{0, 2}));
    query.bucket = UsageBucket::Hour;
    query.from = QDateTime(QDate(2026, 3, 4), QTime(11, 30), Qt::UTC);
    query.to = QDateTime(QDate(2026, 3, 4), QTime(12, 30), Qt::UTC);
    QCOMPARE(series(query).series.first().points.calls, (QList<qint64>{0, 2}));
}

void TestUsageRollups::theRestIsOthers()
{
    recordRandom(5);
    UsageSeriesQuery query = whole();
    query.splitBy = UsageSplit::User;
    const UsageSeriesReport all = series(query);
    QCOMPARE(all.series.size(), 4);
    query.top = 2;
    const UsageSeriesReport two = series(query);
    QCOMPARE(two.seriesCount, 4);
    QCOMPARE(two.series.size(), 3);
    QCOMPARE(two.series[0].total.userId, all.series[0].total.userId);
    QCOMPARE(two.series[0].total.userName, all.series[0].total.userName);
    QVERIFY(two.series[2].others);
    QVERIFY(!two.series[2].total.userId);
    QCOMPARE(two.series[2].total.costNanos, all.series[2].total.costNanos + all.series[3].total.costNanos);
    for (qsizetype i = 0; i < two.starts.size(); ++i)
        QCOMPARE(two.series[2].points.calls[i], all.series[2].points.calls[i] + all.series[3].points.calls[i]);
    QCOMPARE(two.total.costNanos, all.total.costNanos);
    query.splitBy = UsageSplit::Key; // of which "none" is one
    query.top = 50;
    query.rankBy = UsageRanking::Calls;
    const UsageSeriesReport keys = series(query);
    QCOMPARE(keys.series.size(), 3);
    QCOMPARE(std::count_if(keys.series.begin(), keys.series.end(),
                           [](const UsageSeries &one) { return !one.total.keyId && !one.total.keyName; }),
             1);
    QVERIFY(keys.series[0].total.calls >= keys.series[1].total.calls);
}

void TestUsageRollups::latenciesAreNearTheExactOnes()
{
    auto calls = recordRandom(13, 5);
    sumUp();
    calls += recordRandom(14, 3);
    const auto check = [&](const UsageLatencyQuery &query) {
        const UsageLatencyReport report = m_usage.latency(m_caller, query);
        QList<qint64> total, first;
        for (const UsageStore::Call &call : calls) {
            if (call.status != CallStatus::Succeeded || call.isCacheHit || (query.model && call.model != *query.model)
                || (query.userId && call.userId != query.userId) || (query.keyId && call.keyId != query.keyId))
                continue;
            total.append(call.totalMs);
            if (call.firstTokenMs)
                first.append(*call.firstTokenMs);
        }
        const auto isNear = [](QList<qint64> values, double share, const std::optional<qint64> &found) {
            std::sort(values.begin(), values.end());
            const double exact = double(values.at(qsizetype(std::ceil(share * double(values.size()))) - 1));
            if (exact >= double(LatencyHistogram::bounds.back()))
                return found == LatencyHistogram::bounds.back();
            return found && std::abs(double(*found) - exact) <= exact * LatencyHistogram::largestError + 0.5;
        };
        QVERIFY(total.size() > 20);
        QCOMPARE(report.all.calls, total.size());
        QVERIFY(isNear(total, 0.5, report.all.total.p50));
        QVERIFY(isNear(total, 0.95, report.all.total.p95));
        QVERIFY(isNear(total, 0.99, report.all.total.p99));
        QVERIFY(isNear(first, 0.5, report.all.firstToken.p50));
        QVERIFY(isNear(first, 0.95, report.all.firstToken.p95));
        QVERIFY(isNear(first, 0.99, report.all.firstToken.p99));
        qint64 counted = 0;
        for (const LatencyPoint &point : report.points)
            counted += *point.calls;
        QCOMPARE(counted, total.size());
    };
    UsageLatencyQuery query;
    query.from = beginning.addDays(-1);
    query.to = beginning.addDays(days + 1);
    check(query);
    query.bucket = UsageBucket::Month;
    query.model = u"demo/1"_s;
    check(query);
    query.userId = calls.first().userId;
    check(query);
    query.bucket = UsageBucket::Week;
    query.model.reset();
    query.keyId = QUuid(2, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
    check(query);
    query.model = u"nobody/nothing"_s;
    const UsageLatencyReport none = m_usage.latency(m_caller, query);
    QVERIFY(none.points.isEmpty() && none.all.calls == 0 && !none.all.total.p50);
}

void TestUsageRollups::savingsAndFailuresAreCounted()
{
    RandomCalls random(1);
    auto calls = random.batch(3);
    for (auto &call : calls) {
        call.calledAt = beginning;
        call.isCacheHit = false;
        call.savedNanos.reset();
        call.status = CallStatus::Succeeded;
    }
    calls[0].status = CallStatus::Failed;
    calls[1].isCacheHit = true;
    calls[1].costNanos = 0;
    calls[1].savedNanos = 1234;
    record(calls);
    const UsageRow total = series(whole()).total;
    QCOMPARE(total.calls, 3);
    QCOMPARE(total.failedCalls, 1);
    QCOMPARE(total.cacheHits, 1);
    QCOMPARE(total.savedNanos, 1234);
    QCOMPARE(read<qint64>([](Transaction &tx) {
                 return tx.one<qint64>("SELECT count(*) FROM usage_events WHERE cache_hit AND saved_nanos = 1234");
             }),
             1);
}

void TestUsageRollups::reportsAreExactToTheMillisecond()
{
    auto calls = recordRandom(17, 5);
    sumUp();
    calls += recordRandom(18, 3);
    RandomCalls random(99);
    for (int i = 0; i < 40; ++i) {
        UsageQuery query;
        query.from = beginning.addMSecs(qint64(random.below(days * 86'400)) * 1000 + random.below(1000));
        query.to = query.from->addMSecs(qint64(random.below(40 * 86'400)) * 1000);
        query.groupBy = QList{UsageGroup(random.below(5)), UsageGroup(random.below(5))};
        if (random.below(2))
            query.model = u"demo/1"_s;
        qint64 cost = 0, count = 0;
        for (const UsageStore::Call &call : calls) {
            if (call.calledAt < *query.from || call.calledAt >= *query.to
                || (query.model && call.model != *query.model))
                continue;
            cost += call.costNanos.value_or(0);
            count += call.entry == Entry::Reversal ? -1 : 1;
        }
        const UsageReport report = m_usage.report(m_caller, query);
        QCOMPARE(report.total.calls, count);
        QCOMPARE(report.total.costNanos, cost);
    }
}

void TestUsageRollups::badQueriesAreRefused()
{
    const auto pointer = [&](const UsageSeriesQuery &query) {
        const ApiError error = refused([&] { series(query); });
        return error.errors.isEmpty() ? QString() : error.errors.first().pointer;
    };
    UsageSeriesQuery query = whole();
    QCOMPARE(pointer(query), QString());
    query.bucket = UsageBucket::Hour;
    QCOMPARE(pointer(query), u"/bucket"_s);
    query = whole();
    query.from = query.to->addSecs(1);
    QCOMPARE(pointer(query), u"/from"_s);
    query.from = query.to->addDays(-367);
    QCOMPARE(pointer(query), u"/from"_s);
    UsageLatencyQuery latency;
    latency.bucket = UsageBucket::Hour;
    latency.from = beginning;
    latency.to = beginning.addDays(40);
    QCOMPARE(refused([&] { m_usage.latency(m_caller, latency); }).errors.first().pointer, u"/bucket"_s);
}

void TestUsageRollups::tenantsAreApart()
{
    recordRandom(2, 1, 50);
    QVERIFY(series(whole()).total.calls > 0);
    Caller other;
    other.tenantId = m_database.makeTenant().tenantId;
    UsageSeriesQuery query = whole();
    query.splitBy = UsageSplit::User;
    QCOMPARE(m_usage.series(other, query).total.calls, 0);
    UsageLatencyQuery latency;
    latency.from = query.from;
    latency.to = query.to;
    QCOMPARE(m_usage.latency(other, latency).all.calls, 0);
}

QTEST_GUILESS_MAIN(TestUsageRollups)
#include "tst_usage_rollups.moc"
