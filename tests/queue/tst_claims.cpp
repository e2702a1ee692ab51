// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/queue/claimer.h"
#include "shared/id.h"
#include "tests/jobs/job_bench.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Who gets the places that a process has free.
class TestClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench.database.platform([](Transaction &tx) { tx.run("DELETE FROM queue"); });
    }

    void aCrowdDoesNotDelayAnothersFirst()
    {
        const QUuid crowd = tenant(), quiet = tenant();
        fill(crowd, 100'000);
        fill(quiet, 1, JobPriority::Low);
        Claimer claimer({});
        QSet<QUuid> served;
        for (int i = 0; i < 2; ++i)
            for (const auto &job : claim(claimer, 1))
                served.insert(job.tenantId);
        QCOMPARE(served, (QSet<QUuid>{crowd, quiet}));
    }

    // However few places are free at a time, nobody is always passed over.
    void tenantsTakeTurns()
    {
        QSet<QUuid> all;
        for (int i = 0; i < 7; ++i) {
            const QUuid id = tenant();
            fill(id, 20);
            all.insert(id);
        }
        Claimer claimer({});
        for (int round = 0; round < 3; ++round) {
            QSet<QUuid> served;
            for (int i = 0; i < 7; ++i)
                for (const auto &job : claim(claimer, 1))
                    served.insert(job.tenantId);
            QCOMPARE(served, all);
        }
        QHash<QUuid, int> shares;
        for (const auto &job : claim(claimer, 21))
            ++shares[job.tenantId];
        for (const QUuid &id : all)
            QCOMPARE(shares.value(id), 3);
    }

    void whatOneLeavesOthersGet()
    {
        const QUuid few = tenant(), many = tenant();
        fill(few, 1);
        fill(many, 50);
        Claimer claimer({});
        QCOMPARE(claim(claimer, 20).size(), 20);
    }

    // More tenants than lanes that are looked at together.
    void allTenantsComeToTheirTurn()
    {
        QSet<QUuid> all;
        for (int i = 0; i < 150; ++i) {
            const QUuid id = newId();
            fill(id, 2);
            all.insert(id);
        }
        Claimer claimer({});
        QSet<QUuid> served;
        for (int i = 0; i < 15; ++i)
            for (const auto &job : claim(claimer, 10))
                served.insert(job.tenantId);
        QCOMPARE(served, all);
        QCOMPARE(claim(claimer, 1000).size(), 150);
        QCOMPARE(claim(claimer, 10).size(), 0);
    }

    // High goes first, but of eight places one is a lower one's, the one that waits longest.
    void lowPrioritiesDoNotStarve_data()
    {
        QTest::addColumn<int>("places");
        QTest::newRow("one at a time") << 1;
        QTest::newRow("three at a time") << 3;
        QTest::newRow("many at a time") << 16;
    }

    void lowPrioritiesDoNotStarve()
    {
        QFETCH(const int, places);
        const QUuid id = tenant();
        fill(id, 200, JobPriority::High);
        fill(id, 200, JobPriority::Normal, u"demo/fast"_s, 60s);
        fill(id, 200, JobPriority::Low, u"demo/fast"_s, 120s); // waits longest
        Claimer claimer({});
        int taken = 0, high = 0, low = 0;
        while (taken < 48) {
            const auto jobs = claim(claimer, places);
            QCOMPARE(jobs.size(), places);
            for (const auto &job : jobs) {
                ++taken;
                high += job.priority == int(JobPriority::High);
                low += job.priority == int(JobPriority::Low);
            }
        }
        QCOMPARE(high, 42);
        QCOMPARE(low, 6);
    }

    // Nobody fills a process to its last place.
    void someAreKeptForOthers()
    {
        const QUuid crowd = tenant(), quiet = tenant();
        fill(crowd, 100);
        Claimer claimer({});
        const auto first = claimed(claimer, 16, 16);
        QCOMPARE(first.jobs.size(), 14);
        QVERIFY(first.hitLimit);
        fill(quiet, 1);
        const auto second = claimed(claimer, 2, 16, {{crowd, 14}});
        QCOMPARE(second.jobs.size(), 1);
        QCOMPARE(second.jobs.first().tenantId, quiet);
        QCOMPARE(claimed(claimer, 1, 1).jobs.size(), 1); // of few none is kept
    }

    void limitsOfTheServerAreOverAllTenants()
    {
        const QUuid one = tenant(), other = tenant();
        for (const QUuid &id : {one, other}) {
            fill(id, 1000, JobPriority::Normal, u"openai/gpt-5"_s);
            fill(id, 10, JobPriority::Normal, u"openai/gpt-4.1"_s);
            fill(id, 10, JobPriority::Low, u"anthropic/claude"_s);
        }
        Claimer claimer({{u"openai"_s, 7}, {u"openai/gpt-5"_s, 3}});
        QHash<QString, int> taken;
        for (int i = 0; i < 3; ++i)
            for (const auto &job : claim(claimer, 40))
                ++taken[job.model];
        QCOMPARE(taken.value(u"openai/gpt-5"_s) + taken.value(u"openai/gpt-4.1"_s), 7);
        QVERIFY(taken.value(u"openai/gpt-5"_s) <= 3);
        QCOMPARE(taken.value(u"anthropic/claude"_s), 20);
        // Another process with the same setting takes no more either.
        Claimer second({{u"openai"_s, 7}, {u"openai/gpt-5"_s, 3}});
        const auto nothing = claimed(second, 10, 64);
        QCOMPARE(nothing.jobs.size(), 0);
        QVERIFY(nothing.hitLimit);
    }

private:
    QUuid tenant() { return m_bench.testDatabase.makeTenant().tenantId; }

    void fill(const QUuid &tenantId, int jobs, JobPriority priority = JobPriority::Normal,
              const QString &model = u"demo/fast"_s, std::chrono::seconds waits = 0s)
    {
        m_bench.database.platform([&](Transaction &tx) {
            tx.run(R"(
                INSERT INTO queue (job_id, tenant_id, priority, run_at, model)
                SELECT gen_random_uuid(), $1, $2, now() - make_interval(secs => $5 + 1) + n * interval '1 microsecond', $4
                FROM generate_series(1, $3) AS n)",
                   tenantId, int(priority), jobs, model, double(waits.count()));
        });
    }

    Claimer::Claimed claimed(Claimer &claimer, int places, int concurrency, const QHash<QUuid, int> &held = {})
    {
        return m_bench.database.platform(
            [&](Transaction &tx) { return claimer.claim(tx, newId(), places, 60s, concurrency, held); });
    }
    QList<QueueStore::Claim> claim(Claimer &claimer, int places) { return claimed(claimer, places, 10'000).jobs; }

    JobBench m_bench;
};

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
