// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_service.h"
#include "server/queue/claimer.h"
#include "shared/id.h"
#include "shared/tenants/limits.h"
#include "tests/jobs/job_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Batches made inside a transaction of somebody else's, as runs of evaluations are, and what restarts do to them.
class TestBatchMaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_caller = m_bench.person(); }

    void goesWithItsTransaction()
    {
        QUuid id;
        try {
            m_bench.database.transaction(m_caller.scope(), [&](Transaction &tx) {
                id = make(tx, 3).id;
                throw ApiError::conflict(u"no"_s);
            });
        } catch (const ApiError &) {
        }
        QVERIFY(!find(id));
        QCOMPARE(m_bench.queueRows(), 0);
    }

    void isTheOwners()
    {
        const QUuid run = newId();
        QList<QUuid> jobs;
        const Batch batch =
            m_bench.database.transaction(m_caller.scope(), [&](Transaction &tx) { return make(tx, 4, run, &jobs); });
        QCOMPARE(batch.kind, BatchKind::Evaluation);
        QCOMPARE(batch.ownerId, run);
        QCOMPARE(jobs.size(), 4);
        const auto found = m_bench.database.transaction(m_caller.scope(),
                                                        [&](Transaction &tx) { return BatchStore::ofOwner(tx, run); });
        QCOMPARE(found.size(), 1);
        const auto worker = m_bench.worker();
        QTRY_COMPARE_WITH_TIMEOUT(find(batch.id)->state, BatchState::Completed, 20'000);
        QCOMPARE(find(batch.id)->completed, 4);
        QCOMPARE(m_bench.ended(m_caller, jobs.last()).job.batchId, batch.id);
    }

    void outlivesItsWorkers()
    {
        const Batch batch = inTransaction([&](Transaction &tx) { return make(tx, 30); });
        inTransaction([&](Transaction &tx) { return BatchMaker::pause(tx, batch.id); });
        {
            const auto worker = m_bench.worker();
            const Job other =
                m_bench.generate(m_caller, R"({"messages":[{"role":"user","content":"other"}],"model":"demo/fast"})");
            QCOMPARE(m_bench.ended(m_caller, other.id).job.state, JobState::Completed);
        }
        QCOMPARE(find(batch.id)->queued, 30);
        inTransaction([&](Transaction &tx) { return BatchMaker::resume(tx, batch.id); });
        const auto worker = m_bench.worker();
        QTRY_COMPARE_WITH_TIMEOUT(find(batch.id)->state, BatchState::Completed, 20'000);
        QCOMPARE(find(batch.id)->completed, 30);
        QCOMPARE(m_bench.database.platform(
                     [](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM active_batches"); }),
                 0);
    }

    // Its jobs are settled, and then the worker is killed before it says that the batch has ended.
    void anUntoldEndIsFound()
    {
        const Batch batch = inTransaction([&](Transaction &tx) { return make(tx, 2); });
        const QUuid lease = newId();
        const auto claims = m_bench.database.platform(
            [&](Transaction &tx) { return Claimer({}).claim(tx, lease, 10, 60s, 64, {}).jobs; });
        QCOMPARE(claims.size(), 2);
        const auto begun = Settlement::begin(m_bench.database, m_bench.prices, m_caller.tenantId, lease,
                                             {claims[0].jobId, claims[1].jobId});
        QVERIFY(begun.changesBatches);
        QList<Outcome> outcomes;
        for (const Assignment &assignment : begun.assignments) {
            Outcome outcome;
            outcome.tenantId = assignment.tenantId;
            outcome.leaseId = lease;
            outcome.job = assignment.begun.job;
            outcome.end.jobId = outcome.job.id;
            outcome.end.state = JobState::Failed;
            outcome.end.error = JobError{u"test"_s, u"Ended by a test."_s};
            outcomes.append(outcome);
        }
        QVERIFY(
            Settlement::settle(m_bench.database, m_bench.prices, m_bench.reservations, m_caller.tenantId, outcomes));
        QCOMPARE(find(batch.id)->failed, 2); // counted already
        QCOMPARE(find(batch.id)->state, BatchState::Running);
        const auto worker = m_bench.worker();
        QTRY_COMPARE_WITH_TIMEOUT(find(batch.id)->state, BatchState::Completed, 20'000);
    }

    // A job that fails while its batch is paused waits for its next attempt until the batch goes on.
    void retriesOfAPausedBatchWait()
    {
        const Batch batch = inTransaction([&](Transaction &tx) { return make(tx, 2); });
        const QUuid lease = newId();
        const auto claims = m_bench.database.platform(
            [&](Transaction &tx) { return Claimer({}).claim(tx, lease, 1, 60s, 64, {}).jobs; });
        QCOMPARE(claims.size(), 1);
        inTransaction([&](Transaction &tx) { return BatchMaker::pause(tx, batch.id); });
        m_bench.database.platform([&](Transaction &tx) { QueueStore::release(tx, {claims[0].jobId}, {lease}); });
        const auto claim = [&] {
            return m_bench.database
                .platform([&](Transaction &tx) { return Claimer({}).claim(tx, newId(), 10, 60s, 64, {}).jobs; })
                .size();
        };
        QCOMPARE(claim(), 0);
        inTransaction([&](Transaction &tx) { return BatchMaker::resume(tx, batch.id); });
        QCOMPARE(claim(), 2);
        inTransaction([&](Transaction &tx) { return BatchMaker::cancel(tx, batch.id).batch; });
    }

    void limitsOfTheTenantHold()
    {
        m_caller.limits = std::make_shared<TenantLimits>(TenantLimits{.waitingJobs = 5});
        const ApiError error = refusal([&] { inTransaction([&](Transaction &tx) { return make(tx, 6); }); });
        QCOMPARE(error.code, u"limit_reached"_s);
        inTransaction([&](Transaction &tx) { return BatchMaker::cancel(tx, make(tx, 5).id).batch; });
    }

private:
    template<class Work> Batch inTransaction(Work &&work)
    {
        return m_bench.database.transaction(m_caller.scope(), work);
    }

    Batch make(Transaction &tx, int rows, const QUuid &owner = newId(), QList<QUuid> *jobs = nullptr)
    {
        QList<PreparedGeneration> prepared;
        for (int i = 0; i < rows; ++i) {
            GenerateRequest request;
            request.messages = QList<PromptMessage>{{MessageRole::User, u"row %1"_s.arg(i)}};
            request.model = u"demo/fast"_s;
            PreparedGeneration row{Generation::plan(tx, m_caller.tenantId, request), *request.messages,
                                   CacheUse::Bypass};
            prepared.append(row);
        }
        return BatchMaker::make(tx, m_caller, {.kind = BatchKind::Evaluation, .ownerId = owner, .name = u"A run"_s},
                                prepared, {}, Ability::JobsCreate, jobs);
    }

    std::optional<Batch> find(const QUuid &id)
    {
        return m_bench.database.transaction(m_caller.scope(),
                                            [&](Transaction &tx) { return BatchStore::find(tx, id); });
    }

    JobBench m_bench;
    Caller m_caller;
};

QTEST_GUILESS_MAIN(TestBatchMaker)
#include "tst_batch_maker.moc"
