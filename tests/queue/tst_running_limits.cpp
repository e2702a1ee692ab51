// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_settings_service.h"
#include "tests/jobs/job_bench.h"
#include "tests/support/provider_server.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// How many jobs run at a time, with several workers over one database and calls that hang.
class TestRunningLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_bench.providers.openAi = {"key", m_provider.openAiBaseUrl()};
        m_bench.providers.anthropic = {"key", m_provider.anthropicBaseUrl()};
    }

    void init() { m_caller = m_bench.person(); }

    void cleanup()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 0, 20'000);
        m_bench.database.platform([](Transaction &tx) { tx.run("DELETE FROM queue"); });
        m_provider.reset();
    }

    void ofTheTenantOverAllProcesses()
    {
        settle({3, {}, 1});
        const auto jobs = generate(12, u"openai/test-hang"_s);
        const auto one = worker(), two = worker();
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 3, 20'000);
        QCOMPARE(leases(), 3);
        const auto waits = waitOfAQueued(jobs);
        QCOMPARE(waits.reason, WaitReason::OwnLimit);
        QCOMPARE(waits.model, QString());
        QCOMPARE(waits.limit, 3);
        // One that ends makes room for the next, at once.
        for (int ended = 1; ended <= 6; ++ended) {
            cancelARunning(jobs);
            QTRY_COMPARE_WITH_TIMEOUT(m_provider.calls().size(), 3 + ended, 20'000);
            QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 3, 20'000);
            QVERIFY(leases() <= 3);
        }
        // Another tenant is not under it.
        const Caller first = std::exchange(m_caller, m_bench.person());
        const auto others = generate(2, u"openai/test-hang"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 5, 20'000);
        cancelAll(others);
        m_caller = first;
        // More may run as soon as it is settled.
        settle({4, {}, 2});
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 4, 20'000);
        cancelAll(jobs);
    }

    void ofItsProvidersAndModels()
    {
        settle({std::nullopt, {{u"openai"_s, 3}, {u"openai/test-hang"_s, 2}}, 1});
        auto jobs = generate(5, u"openai/test-hang"_s);
        const auto one = worker();
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 2, 20'000);
        QCOMPARE(waitOfAQueued(jobs).model, u"openai/test-hang"_s);
        jobs += generate(5, u"openai/test-hang-after-3"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 3, 20'000);
        const auto free = generate(4, u"anthropic/test-hang"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 7, 20'000);
        QCOMPARE(leases(), 7);
        cancelAll(jobs + free);
    }

    void ofThePlan()
    {
        m_bench.database.platform([&](Transaction &tx) {
            tx.run("UPDATE tenants SET limits = $2 WHERE id = $1", m_caller.tenantId,
                   QJsonObject{{u"runningJobs"_s, 2}});
        });
        const auto jobs = generate(6, u"openai/test-hang"_s);
        const auto one = worker(), two = worker();
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 2, 20'000);
        QCOMPARE(waitOfAQueued(jobs).reason, WaitReason::TenantLimit);
        cancelARunning(jobs);
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.calls().size(), 3, 20'000);
        QCOMPARE(leases(), 2);
        cancelAll(jobs);
    }

private:
    std::unique_ptr<Worker> worker()
    {
        WorkerOptions options = JobBench::quick();
        options.concurrency = 8;
        options.lease = 60s;
        options.runner.firstByteTimeout = 60s;
        options.runner.idleTimeout = 60s;
        options.listenUrl = m_bench.testDatabase.appUrl();
        return m_bench.worker(options);
    }

    void settle(const JobSettings &settings)
    {
        JobSettingsService(m_bench.database).put(m_caller, settings.revision, settings);
    }

    QList<QUuid> generate(int count, const QString &model)
    {
        QList<QUuid> jobs;
        for (int i = 0; i < count; ++i) {
            GenerateRequest request;
            request.messages = QList<PromptMessage>{{MessageRole::User, u"job %1"_s.arg(++m_count)}};
            request.model = model;
            jobs.append(m_bench.jobs.generate(m_caller, request).job.id);
        }
        return jobs;
    }

    JobWait waitOfAQueued(const QList<QUuid> &jobs)
    {
        for (const QUuid &id : jobs)
            if (const JobDetail detail = m_bench.jobs.get(m_caller, id); detail.waitsFor)
                return *detail.waitsFor;
        return {};
    }

    void cancelARunning(const QList<QUuid> &jobs)
    {
        for (const QUuid &id : jobs)
            if (m_bench.jobs.get(m_caller, id).job.state == JobState::Running) {
                m_bench.jobs.cancel(m_caller, id);
                return;
            }
        QFAIL("none runs");
    }

    void cancelAll(const QList<QUuid> &jobs)
    {
        // Those that wait first: nothing takes their places.
        for (const JobState state : {JobState::Queued, JobState::Running})
            for (const QUuid &id : jobs)
                if (m_bench.jobs.get(m_caller, id).job.state == state)
                    (void)refusal([&] { m_bench.jobs.cancel(m_caller, id); });
    }

    qint64 leases()
    {
        return m_bench.database.platform(
            [](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM queue WHERE lease_id IS NOT NULL"); });
    }

    JobBench m_bench;
    Caller m_caller;
    ProviderServer m_provider;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestRunningLimits)
#include "tst_running_limits.moc"
