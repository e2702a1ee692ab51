// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_store.h"
#include "server/audit/refusal_log.h"
#include "server/tenants/tenant_store.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;

namespace {

Caller personIn(const TenantScope &scope)
{
    return {.userId = QUuid::createUuid(),
            .tenantId = scope.tenantId,
            .sessionId = QUuid::createUuid(),
            .abilities = {},
            .displayName = u"Bob"_s,
            .address = "192.0.2.9",
            .requestId = "r"};
}

AuditEvent refusal(const QString &reason = u"No."_s) { return {.action = u"users.create"_s, .reason = reason}; }

} // namespace

// Refused attempts, written beside the requests.
class TestRefusalLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_test.emplace(); }

    void written()
    {
        const TenantScope scope = m_test->makeTenant();
        const Caller person = personIn(scope);
        RefusalLog log(m_test->database());
        log.add(person, refusal(u"You may not."_s));
        log.flush();
        const auto rows = all(scope);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].outcome, AuditOutcome::Refused);
        QCOMPARE(rows[0].actorId, person.userId);
        QCOMPARE(rows[0].sessionId, person.sessionId);
        QCOMPARE(rows[0].actorName, u"Bob"_s);
        QCOMPARE(rows[0].address, u"192.0.2.9"_s);
        QCOMPARE(rows[0].requestId, u"r"_s);
        QCOMPARE(rows[0].action, u"users.create"_s);
        QCOMPARE(rows[0].subjectType, u"users"_s);
        QCOMPARE(rows[0].reason, u"You may not."_s);
        QCOMPARE(rows[0].times, 1);
    }

    // By itself, without flush(): at once.
    void writtenSoon()
    {
        const TenantScope scope = m_test->makeTenant();
        RefusalLog log(m_test->database());
        log.add(personIn(scope), refusal());
        QTRY_COMPARE(all(scope).size(), 1);
    }

    // A thousand attempts of one person are a few rows that say how many there were; others are not held up by them.
    void aFloodIsAFewRows()
    {
        const TenantScope scope = m_test->makeTenant();
        const Caller flooding = personIn(scope), other = personIn(scope);
        RefusalLog log(m_test->database(), {.rowsPerPerson = 3});
        for (int i = 0; i < 1000; ++i)
            log.add(flooding, refusal());
        log.add(other, refusal());
        log.flush();
        int rows = 0, times = 0, others = 0;
        for (const AuditEntry &entry : all(scope)) {
            (entry.actorId == flooding.userId ? rows : others) += 1;
            times += entry.actorId == flooding.userId ? entry.times : 0;
        }
        QCOMPARE(times, 1000);
        // A second may end while they are added.
        QVERIFY2(rows >= 4 && rows <= 12, qPrintable(QString::number(rows)));
        QCOMPARE(others, 1);
        QCOMPARE(log.dropped(), quint64(0));
    }

    // What finds no room is counted, and nobody waits.
    void noRoom()
    {
        const TenantScope scope = m_test->makeTenant();
        RefusalLog log(m_test->database(), {.longestQueue = 4, .mostPersons = 20});
        constexpr int attempts = 200;
        for (int i = 0; i < attempts; ++i)
            log.add(personIn(scope), refusal());
        log.flush();
        const auto rows = all(scope);
        QVERIFY(!rows.isEmpty());
        QVERIFY(log.dropped() > 0);
        QCOMPARE(quint64(rows.size()) + log.dropped(), quint64(attempts));
    }

    // Adding never waits for the database: here for a lock that somebody holds on the log.
    void addingNeverWaits()
    {
        const TenantScope scope = m_test->makeTenant();
        RefusalLog log(m_test->database());
        database::Session holder({.url = m_test->ownerUrl()});
        holder.begin({});
        holder.runScript("LOCK TABLE " + database::tenantName(scope.tenantId) + ".audit_inbox");
        const auto started = std::chrono::steady_clock::now();
        for (int i = 0; i < 2000; ++i)
            log.add(personIn(scope), refusal());
        QVERIFY(std::chrono::steady_clock::now() - started < std::chrono::seconds(2));
        holder.rollback();
        log.flush();
        QVERIFY(all(scope).size() > 0);
    }

    void withoutATenantIntoThatOfThePlatform()
    {
        RefusalLog log(m_test->database());
        log.add({}, refusal(u"Nobody."_s));
        log.flush();
        const auto rows = all({TenantStore::platformId});
        QVERIFY(
            std::any_of(rows.begin(), rows.end(), [](const AuditEntry &row) { return row.reason == u"Nobody."_s; }));
    }

    // A tenant that is not there any more takes nothing down with it.
    void aTenantThatIsGone()
    {
        const TenantScope scope = m_test->makeTenant();
        RefusalLog log(m_test->database());
        log.add(personIn({QUuid::createUuid()}), refusal());
        log.add(personIn(scope), refusal());
        log.flush();
        QCOMPARE(log.dropped(), quint64(1));
        QCOMPARE(all(scope).size(), 1);
    }

    void stoppingWritesWhatWaits()
    {
        const TenantScope scope = m_test->makeTenant();
        RefusalLog log(m_test->database(), {.rowsPerPerson = 1});
        const Caller person = personIn(scope);
        for (int i = 0; i < 10; ++i)
            log.add(person, refusal());
        log.stop();
        int times = 0;
        for (const AuditEntry &entry : all(scope))
            times += entry.times;
        QCOMPARE(times, 10);
        log.add(person, refusal());
        QCOMPARE(log.dropped(), quint64(1));
    }

    void fromManyThreads()
    {
        const TenantScope scope = m_test->makeTenant();
        RefusalLog log(m_test->database());
        std::vector<std::thread> crowd;
        for (int i = 0; i < 8; ++i)
            crowd.emplace_back([&] {
                const Caller person = personIn(scope);
                for (int n = 0; n < 500; ++n)
                    log.add(person, refusal());
            });
        for (std::thread &thread : crowd)
            thread.join();
        log.flush();
        quint64 times = log.dropped();
        for (const AuditEntry &entry : all(scope))
            times += quint64(entry.times);
        QCOMPARE(times, quint64(8 * 500));
    }

private:
    QList<AuditEntry> all(const TenantScope &scope)
    {
        return m_test->database().transaction(
            scope, [](Transaction &tx) { return AuditStore::list(tx, {}, std::nullopt, 5000); });
    }

    std::optional<TestDatabase> m_test;
};

QTEST_GUILESS_MAIN(TestRefusalLog)
#include "tst_refusal_log.moc"
