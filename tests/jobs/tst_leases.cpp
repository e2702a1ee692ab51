// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/jobs/job_bench.h"
#include "tests/support/provider_server.h"

#include <QTest>

#include <future>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Whoever may no longer be sure of a job's lease must not have a call of it open: somebody else may make it again.
class TestLeases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void callsStopBeforeTheirLeasesRunOut();

private:
    static double leaseUntil(Transaction &tx) // milliseconds since 1970
    {
        return tx.one<double>(
            "SELECT extract(epoch FROM lease_until)::float8 * 1000 FROM queue WHERE lease_until IS NOT NULL");
    }

    JobBench m_bench;
    Caller m_caller;
    ProviderServer m_provider;
};

void TestLeases::initTestCase()
{
    m_caller = m_bench.person();
    QVERIFY(m_provider.listen());
    m_bench.providers.openAi = {"key", m_provider.openAiBaseUrl()};
}

void TestLeases::callsStopBeforeTheirLeasesRunOut()
{
    WorkerOptions options = JobBench::quick();
    options.lease = 1500ms;
    options.runner.firstByteTimeout = 30s;
    const auto worker = m_bench.worker(options);
    m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"a"}],"model":"openai/test-hang"})");
    QVERIFY(QTest::qWaitFor([&] { return m_provider.openCalls() == 1; }, 10'000));
    const double taken = m_bench.database.platform(leaseUntil);
    QVERIFY(QTest::qWaitFor([&] { return m_bench.database.platform(leaseUntil) > taken; }, 10'000));

    // Renewed once. From now on it cannot be, as when the database is far away.
    std::promise<double> until;
    std::promise<void> mayEnd;
    std::thread blocker([&] {
        m_bench.database.platform([&](Transaction &tx) {
            tx.run("LOCK TABLE queue IN ACCESS EXCLUSIVE MODE");
            until.set_value(leaseUntil(tx));
            mayEnd.get_future().wait();
        });
    });
    const bool stopped = QTest::qWaitFor([&] { return m_provider.openCalls() == 0; }, 10'000);
    mayEnd.set_value();
    blocker.join();
    QVERIFY(stopped);
    const ProviderServer::Call first = m_provider.calls().first();
    QCOMPARE(first.state, ProviderServer::Call::State::Abandoned);
    const double lateBy = double(first.endedAt) - until.get_future().get();
    QVERIFY2(lateBy <= 0, qPrintable(u"%1 ms"_s.arg(lateBy)));

    // It goes on as soon as it can, with no attempt used up.
    QVERIFY(QTest::qWaitFor([&] { return m_provider.openCalls() == 1; }, 10'000));
    QVERIFY(m_provider.calls().last().startedAt >= first.endedAt);
}

QTEST_GUILESS_MAIN(TestLeases)
#include "tst_leases.moc"
