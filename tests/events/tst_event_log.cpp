// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/session.h"
#include "server/events/event_log.h"
#include "server/events/sequencer.h"
#include "shared/error.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

NewEvent jobEvent(int number)
{
    return {u"job/01a1fc13-d235-72d9-81fa-483a17126b9b"_s, u"job.completed"_s,
            "{\"number\": " + QByteArray::number(number) + '}'};
}

// What the sequencer has handed out so far.
struct Collected
{
    mutable std::mutex mutex;
    QList<LoggedEvent> events;

    void add(const QList<LoggedEvent> &more)
    {
        const std::lock_guard lock(mutex);
        events += more;
    }
    QList<LoggedEvent> of(const TenantScope &tenant) const
    {
        const std::lock_guard lock(mutex);
        QList<LoggedEvent> list;
        std::copy_if(events.begin(), events.end(), std::back_inserter(list),
                     [&](const LoggedEvent &e) { return e.tenantId == tenant.tenantId; });
        return list;
    }
};

bool isGapless(const QList<LoggedEvent> &events)
{
    for (qsizetype i = 0; i < events.size(); ++i)
        if (events[i].sequence != i + 1)
            return false;
    return true;
}

} // namespace

class TestEventLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEventExistsExactlyWhenItsChangeDoes()
    {
        const TenantScope tenant = m_test.makeTenant();
        try {
            database().transaction(tenant, [](Transaction &tx) {
                EventLog::append(tx, {jobEvent(1)});
                throw ApiError::conflict(u"the change fails"_s);
            });
            QFAIL("not thrown");
        } catch (const ApiError &) {
        }
        database().transaction(tenant, [](Transaction &tx) { EventLog::append(tx, {jobEvent(2), jobEvent(3)}); });
        database().platform([](Transaction &tx) { EventLog::assignSequences(tx, 100); });
        const auto events =
            database().platform([&](Transaction &tx) { return EventLog::after(tx, tenant.tenantId, 0, 100); });
        QCOMPARE(events.size(), 2);
        QVERIFY(isGapless(events));
        QCOMPARE(events[0].data, "{\"number\": 2}");
        QCOMPARE(events[1].data, "{\"number\": 3}");
    }

    void aTenantWritesForItselfAndReadsNothing()
    {
        const TenantScope tenant = m_test.makeTenant();
        QVERIFY_EXCEPTION_THROWN(
            database().transaction(tenant, [](Transaction &tx) { tx.run("SELECT * FROM platform.events"); }),
            pqxx::sql_error);
        QVERIFY_EXCEPTION_THROWN(
            database().transaction(
                tenant,
                [&](Transaction &tx) {
                    tx.run("INSERT INTO platform.events (tenant_id, topic, name, data) VALUES ($1, 'x', 'x', '{}')",
                           tenant.tenantId);
                }),
            pqxx::sql_error);
    }

    void writersAreNumberedWithoutGapsWhateverTheyDo()
    {
        const TenantScope left = m_test.makeTenant();
        const TenantScope right = m_test.makeTenant();
        Collected collected;
        constexpr int writers = 6;
        constexpr int each = 100;
        std::atomic<int> written = 0;
        {
            // Two, as two server processes would have.
            Sequencer first(database(), u"first"_s, [&](const auto &events) { collected.add(events); });
            Sequencer second(database(), u"second"_s, [&](const auto &events) { collected.add(events); });
            std::vector<std::thread> threads;
            for (int writer = 0; writer < writers; ++writer)
                threads.emplace_back([&, writer] {
                    for (int i = 0; i < each; ++i) {
                        try {
                            database().transaction(writer % 2 ? left : right, [&](Transaction &tx) {
                                EventLog::append(tx, {jobEvent(i), jobEvent(i)});
                                if (i % 7 == 0)
                                    throw ApiError::conflict(u"rolled back"_s);
                            });
                            written += 2;
                        } catch (const ApiError &) {
                        }
                        (writer % 2 ? first : second).wake();
                    }
                });
            for (std::thread &thread : threads)
                thread.join();
            QTRY_COMPARE_WITH_TIMEOUT(collected.of(left).size() + collected.of(right).size(), written.load(), 10'000);
        }
        for (const TenantScope &tenant : {left, right}) {
            auto events = collected.of(tenant);
            QVERIFY(!events.isEmpty());
            // Two processes hand out batches independently; the numbers tell the order.
            std::sort(events.begin(), events.end(),
                      [](const auto &a, const auto &b) { return a.sequence < b.sequence; });
            QVERIFY(isGapless(events));
            const auto bounds =
                database().platform([&](Transaction &tx) { return EventLog::bounds(tx, tenant.tenantId); });
            QCOMPARE(bounds.oldest, 1);
            QCOMPARE(bounds.latest, events.size());
        }
    }

    void whatIsForgottenIsKnownToBeGone()
    {
        const TenantScope tenant = m_test.makeTenant();
        database().transaction(tenant, [](Transaction &tx) { EventLog::append(tx, {jobEvent(1), jobEvent(2)}); });
        database().platform([](Transaction &tx) { EventLog::assignSequences(tx, 1000); });
        const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(60);
        while (database().platform([&](Transaction &tx) { return EventLog::forget(tx, soon, 1000); }) > 0) { }
        const auto bounds = database().platform([&](Transaction &tx) { return EventLog::bounds(tx, tenant.tenantId); });
        QCOMPARE(bounds.oldest, 3);
        QCOMPARE(bounds.latest, 2);
    }

    void theYoungAreKeptWhenTheOldAreForgotten()
    {
        const TenantScope tenant = m_test.makeTenant();
        const auto write = [&] {
            database().transaction(tenant, [](Transaction &tx) { EventLog::append(tx, {jobEvent(1)}); });
            database().platform([](Transaction &tx) { EventLog::assignSequences(tx, 1000); });
        };
        write();
        database().platform(
            [](Transaction &tx) { tx.run("UPDATE event_pages SET numbered_at = now() - interval '2 hours'"); });
        write();
        const QDateTime anHourAgo = QDateTime::currentDateTimeUtc().addSecs(-3600);
        while (database().platform([&](Transaction &tx) { return EventLog::forget(tx, anHourAgo, 1000); }) > 0) { }
        const auto bounds = database().platform([&](Transaction &tx) { return EventLog::bounds(tx, tenant.tenantId); });
        QCOMPARE(bounds.oldest, 2);
        QCOMPARE(bounds.latest, 2);
    }

    void eventsGoWithTheirTenantAndDisturbNobody()
    {
        const TenantScope gone = m_test.makeTenant();
        const TenantScope kept = m_test.makeTenant();
        const auto write = [&] {
            for (const TenantScope &tenant : {gone, kept})
                database().transaction(tenant, [](Transaction &tx) { EventLog::append(tx, {jobEvent(1)}); });
            return database().platform([](Transaction &tx) { return EventLog::assignSequences(tx, 1000); });
        };
        write();
        database().platform([&](Transaction &tx) { tx.run("DELETE FROM tenants WHERE id = $1", gone.tenantId); });
        const auto left = [&](const TenantScope &tenant) {
            return database().platform(
                [&](Transaction &tx) { return EventLog::after(tx, tenant.tenantId, 0, 10).size(); });
        };
        QCOMPARE(left(gone), 0);
        QCOMPARE(left(kept), 1);
        // A transaction that had entered the tenant already may still write; numbering must go on for everybody.
        QCOMPARE(write().size(), 2);
        QCOMPARE(left(kept), 2);
    }

    // Read whole for each of its rows, a log that was empty when the plan was made would stop the numbering for
    // minutes.
    void aLogThatFilledUpIsNotReadAgainAndAgain()
    {
        const TenantScope tenant = m_test.makeTenant();
        const auto number = [&] {
            return database().platform([](Transaction &tx) {
                const auto events = EventLog::assignSequences(tx, 1000).size();
                return std::pair(events,
                                 tx.one<qint64>("SELECT sum(seq_scan)::bigint FROM pg_stat_xact_user_tables "
                                                "WHERE relname LIKE 'event%'"));
            });
        };
        database::Session owner({.url = m_test.ownerUrl()});
        owner.runScript("DELETE FROM platform.events");
        owner.runScript("DELETE FROM platform.event_pages");
        owner.runScript(
            "VACUUM ANALYZE platform.events, platform.event_pages, platform.event_arrivals, platform.event_heads");
        number();
        const QList<NewEvent> many(1500, jobEvent(1));
        database().transaction(tenant, [&](Transaction &tx) { EventLog::append(tx, many); });
        for (const qsizetype expected : {1000, 500}) {
            const auto [numbered, timesReadWhole] = number();
            QCOMPARE(numbered, expected);
            // A statement may read a table of few rows whole, once; for each of its rows would be hundreds of times.
            QVERIFY2(timesReadWhole < 10, qPrintable(QString::number(timesReadWhole)));
        }
    }

private:
    Database &database() { return m_test.database(); }
    TestDatabase m_test;
};

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_event_log.moc"
