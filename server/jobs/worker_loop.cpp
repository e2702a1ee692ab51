// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/worker_loop.h"

#include "server/database/columns.h"
#include "server/database/listener.h"
#include "server/jobs/job_budget.h"
#include "shared/error.h"
#include "shared/id.h"

#include <QLoggingCategory>

#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcWorker, "server.jobs.worker")

namespace {

constexpr int largestBatch = 500;
constexpr auto longestWait = 1h; // of a timer
constexpr auto writingTime = 5s; // for writing down what was stopped at the end

// Runs work that must not throw; says whether it could be done.
template<class Work> bool attempted(const char *what, Work &&work)
try {
    work();
    return true;
} catch (const ApiError &error) {
    qCWarning(lcWorker).noquote() << what << "failed:" << error.detail;
    return false;
} catch (const std::exception &error) {
    qCWarning(lcWorker).noquote() << what << "failed:" << error.what();
    return false;
}

} // namespace

WorkerLoop::WorkerLoop(Services services, WorkerOptions options, std::shared_ptr<http::Mailbox> mailbox,
                       Counters &counters)
    : m_services(std::move(services)),
      m_options(std::move(options)),
      m_mailbox(std::move(mailbox)),
      m_counters(counters),
      m_registry(m_transport, m_services.providers),
      m_runner(m_registry, m_services.output, m_options.runner, [this](Outcome outcome) { ended(std::move(outcome)); }),
      m_claimer(m_options.limits),
      m_chores(
          m_services.database, m_services.changed, [this] { m_mailbox->post([this] { wake(); }); }, m_mailbox)
{
    for (QTimer *timer : {&m_next, &m_retry, &m_grace, &m_leaseEnd})
        timer->setSingleShot(true);
    m_leaseEnd.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_next, &QTimer::timeout, &m_next, [this] { wake(); });
    QObject::connect(&m_retry, &QTimer::timeout, &m_retry, [this] { settle(); });
    QObject::connect(&m_heartbeat, &QTimer::timeout, &m_heartbeat, [this] { renew(); });
    QObject::connect(&m_leaseEnd, &QTimer::timeout, &m_leaseEnd,
                     [this] { m_runner.stopAll(JobRunner::Why::LeaseLost); });
    m_heartbeat.start(m_options.lease / 3);
    if (!m_options.listenUrl.empty()) {
        m_listener = std::make_unique<Listener>(m_options.listenUrl,
                                                QStringList{QString::fromLatin1(QueueSignal::addedChannel),
                                                            QString::fromLatin1(QueueSignal::canceledChannel),
                                                            QString::fromLatin1(JobChores::actionsChannel)});
        QObject::connect(m_listener.get(), &Listener::reconnected, m_listener.get(), [this] { wake(); });
        QObject::connect(m_listener.get(), &Listener::notified, m_listener.get(),
                         [this](const QString &channel, const QString &payload) {
                             if (channel == QLatin1StringView(QueueSignal::canceledChannel))
                                 cancel(QUuid::fromString(payload));
                             else if (channel == QLatin1StringView(JobChores::actionsChannel))
                                 m_chores.actionsWaiting();
                             else if (!m_services.signal.isOwn(payload)) // that it knows already
                                 wake();
                         });
        m_listener->start();
    }
    wake();
}

WorkerLoop::~WorkerLoop() { m_pool.drain(); }

// Runs task() on the pool, then done(result) here.
template<class Task, class Done> void WorkerLoop::onPool(Task task, Done done)
{
    const bool accepted = m_pool.post([mailbox = m_mailbox, task = std::move(task), done = std::move(done)]() mutable {
        mailbox->post([done = std::move(done), result = task()]() mutable { done(std::move(result)); });
    });
    if (!accepted)
        qCWarning(lcWorker) << "the worker's line to the database is full";
}

void WorkerLoop::wake()
{
    m_wanted = true;
    claim();
}

void WorkerLoop::expect(const QDateTime &runAt)
{
    const auto wait = std::chrono::milliseconds(QDateTime::currentDateTimeUtc().msecsTo(runAt));
    if (wait <= 0ms)
        return wake();
    if (m_claiming)
        m_expected = m_expected ? std::min(*m_expected, runAt) : runAt;
    else if (!m_next.isActive() || m_next.remainingTimeAsDuration() > wait)
        m_next.start(wait + 1ms);
}

void WorkerLoop::claim()
{
    const int free = m_options.concurrency - int(m_held.size());
    if (!m_wanted || m_claiming || m_stopping)
        return;
    if (free <= 0) {
        // Said once: when there is room again, it looks for more by itself.
        if (!std::exchange(m_mayBeMore, true))
            m_services.signal.tellOthers();
        return;
    }
    m_wanted = false;
    m_claiming = true;
    const bool takesOver = !m_tookOverAt || Clock::now() - *m_tookOverAt >= m_options.lease / 2;
    if (takesOver)
        m_tookOverAt = Clock::now();
    const int limit = std::min(free, largestBatch);
    QHash<QUuid, int> held;
    for (const Held &one : std::as_const(m_held))
        ++held[one.tenant];
    onPool([this, limit, takesOver, held] { return claimNow(limit, takesOver, held); },
           [this](Claimed claimed) { adopt(std::move(claimed)); });
}

WorkerLoop::Claimed WorkerLoop::claimNow(int limit, bool takesOver, const QHash<QUuid, int> &held)
{
    Claimed claimed;
    claimed.at = Clock::now();
    claimed.lease = newId();
    std::map<QUuid, QList<QUuid>> byTenant;
    claimed.failed = !attempted("taking jobs", [&] {
        const auto claims = m_services.database.platform([&](Transaction &tx) {
            // When this is lost the jobs are simply not leased: what must be kept is written by begin().
            tx.run("SELECT set_config('synchronous_commit', 'off', true)");
            QList<QueueStore::Claim> claims;
            if (takesOver)
                claims = QueueStore::takeOver(tx, claimed.lease, limit, m_options.lease);
            claimed.mayBeMore = claims.size() >= limit;
            if (claims.size() < limit) {
                const auto taken = m_claimer.claim(tx, claimed.lease, limit - int(claims.size()), m_options.lease,
                                                   m_options.concurrency, held);
                claims += taken.jobs;
                claimed.mayBeMore = taken.mayBeMore;
                claimed.hitLimit = taken.hitLimit;
            }
            if (claims.size() < limit)
                claimed.nextTime = QueueStore::nextTime(tx);
            return claims;
        });
        claimed.count = claims.size();
        for (const QueueStore::Claim &claim : claims)
            byTenant[claim.tenantId].append(claim.jobId);
    });
    for (const auto &[tenant, jobs] : byTenant) {
        try {
            // First, because what has begun must be called.
            const CredentialBook::Access access = m_services.credentials.of(tenant);
            claimed.begun.append(
                Settlement::begin(m_services.database, m_services.prices, tenant, claimed.lease, jobs));
            if (claimed.begun.last().changesBatches)
                claimed.changedBatches.insert(tenant);
            for (Assignment &assignment : claimed.begun.last().assignments) {
                assignment.access = access;
                assignment.refusal = JobBudget::reserve(m_services.reservations, m_services.prices, assignment);
            }
            continue;
        } catch (const ApiError &error) {
            if (error.status == 404) {
                attempted("forgetting the jobs of a tenant that is gone", [&, id = tenant] {
                    m_services.database.platform([&](Transaction &tx) { QueueStore::forgetTenant(tx, id); });
                });
                continue;
            }
            qCWarning(lcWorker).noquote() << "beginning jobs failed:" << error.detail;
        } catch (const std::exception &error) {
            qCWarning(lcWorker).noquote() << "beginning jobs failed:" << error.what();
        }
        claimed.failed = true; // the leases run out by themselves where this fails too
        attempted("handing jobs back", [&, &failed = jobs] {
            const QList<QUuid> leases(failed.size(), claimed.lease);
            m_services.database.platform([&](Transaction &tx) { QueueStore::release(tx, failed, leases); });
        });
    }
    if (!claimed.begun.isEmpty())
        m_services.changed();
    return claimed;
}

void WorkerLoop::adopt(Claimed claimed)
{
    m_claiming = false;
    m_mayBeMore = claimed.mayBeMore;
    const bool hitLimitBefore = std::exchange(m_hitLimit, claimed.hitLimit);
    m_counters.claimed += claimed.count;
    for (Settlement::Begin &begin : claimed.begun) {
        for (const Assignment &assignment : std::as_const(begin.assignments))
            m_held.insert(assignment.begun.job.id, {claimed.lease, assignment.tenantId});
        for (const Outcome &outcome : std::as_const(begin.outcomes))
            m_held.insert(outcome.job.id, {claimed.lease, outcome.tenantId});
        for (Assignment &assignment : begin.assignments) {
            // Cut off from the database for longer than a lease, it takes over from itself.
            m_runner.stop(assignment.begun.job.id, JobRunner::Why::LeaseLost);
            m_runner.start(std::move(assignment));
        }
        for (Outcome &outcome : begin.outcomes)
            ended(std::move(outcome));
    }
    if (!m_held.isEmpty() && !m_leaseEnd.isActive()) // otherwise there are older leases
        leasedFrom(claimed.at);
    m_counters.held = int(m_held.size());
    m_chores.batchesChanged(claimed.changedBatches);
    if (const auto expected = std::exchange(m_expected, std::nullopt))
        claimed.nextTime = std::min(claimed.nextTime.value_or(*expected), *expected);
    std::chrono::milliseconds pause = m_options.lease / 2;
    if (claimed.failed)
        pause = m_options.databaseRetry;
    else if (claimed.nextTime)
        pause = std::clamp<std::chrono::milliseconds>(
            std::chrono::milliseconds(QDateTime::currentDateTimeUtc().msecsTo(*claimed.nextTime) + 1), 1ms, pause);
    m_next.start(std::min<std::chrono::milliseconds>(pause, longestWait));
    m_wanted = m_wanted || (m_mayBeMore && !claimed.failed);
    // Who holds jobs under the same limit has to know that others wait for them to end.
    if ((m_mayBeMore && int(m_held.size()) >= m_options.concurrency) || (m_hitLimit && !hitLimitBefore))
        m_services.signal.tellOthers();
    claim();
}

void WorkerLoop::ended(Outcome outcome)
{
    m_outcomes.append(std::move(outcome));
    // Those that end in the same turn of the loop are written together.
    if (!m_settling && m_outcomes.size() == 1 && !m_retry.isActive())
        m_mailbox->post([this] { settle(); });
}

void WorkerLoop::settle()
{
    if (m_settling || m_outcomes.isEmpty() || m_retry.isActive())
        return;
    m_settling = true;
    // A job stands twice when a call of a lost lease ends beside the present one; each transaction takes one of them.
    QList<Outcome> now, later;
    QSet<QUuid> seen;
    for (Outcome &outcome : m_outcomes) {
        const bool fits = now.size() < largestBatch && !seen.contains(outcome.job.id);
        seen.insert(outcome.job.id);
        (fits ? now : later).append(std::move(outcome));
    }
    m_outcomes = std::move(later);
    onPool([this, now] { return settleNow(now); }, [this, now](Written written) { settled(now, std::move(written)); });
}

WorkerLoop::Written WorkerLoop::settleNow(const QList<Outcome> &outcomes)
{
    m_services.output.complete(database::column(outcomes, [](const Outcome &outcome) { return outcome.job.id; }));
    std::map<QUuid, QList<Outcome>> byTenant;
    for (const Outcome &outcome : outcomes)
        byTenant[outcome.tenantId].append(outcome);
    Written written;
    for (const auto &[tenant, batch] : byTenant) {
        const auto write = [&, id = tenant](const QList<Outcome> &some) {
            const bool changesBatches =
                Settlement::settle(m_services.database, m_services.prices, m_services.reservations, id, some);
            if (changesBatches)
                written.changedBatches.insert(id);
        };
        if (attempted("writing down what came of jobs", [&, &all = batch] { write(all); }))
            continue;
        // One that the database refuses must not hold up the others.
        for (const Outcome &one : batch)
            if (batch.size() == 1 || !attempted("writing down what came of a job", [&] { write({one}); }))
                written.failed.append(one);
    }
    m_services.changed();
    return written;
}

void WorkerLoop::settled(const QList<Outcome> &done, Written written)
{
    m_settling = false;
    m_chores.batchesChanged(written.changedBatches);
    QSet<QUuid> unwritten;
    for (const Outcome &outcome : std::as_const(written.failed))
        unwritten.insert(outcome.job.id);
    for (const Outcome &outcome : done) {
        if (unwritten.contains(outcome.job.id))
            continue;
        ++m_counters.settled;
        m_counters.retried += outcome.end.runAt.has_value();
        m_counters.dead += outcome.end.state == JobState::Dead;
        if (m_held.value(outcome.job.id).lease == outcome.leaseId) {
            m_held.remove(outcome.job.id);
            m_services.output.end(outcome.job.id);
        }
        if (outcome.end.runAt)
            m_wanted = true; // to learn the time of its next attempt
    }
    m_counters.held = int(m_held.size());
    if (!written.failed.isEmpty()) {
        m_outcomes = std::move(written.failed) + m_outcomes;
        m_retry.start(m_options.databaseRetry);
    }
    m_wanted = m_wanted || m_mayBeMore || m_hitLimit;
    settle();
    claim();
    finishStopping();
}

void WorkerLoop::cancel(const QUuid &jobId) { m_runner.stop(jobId, JobRunner::Why::Canceled); }

// Calls are stopped before their leases run out, not after: another worker may then call at once, and the provider
// would have the same request twice. What remains is for the way of the news to the provider.
void WorkerLoop::leasedFrom(Clock::time_point from)
{
    const auto left = std::chrono::floor<std::chrono::milliseconds>(from + m_options.lease * 5 / 6 - Clock::now());
    if (left > 0ms) {
        m_leaseEnd.start(left);
    } else {
        m_leaseEnd.stop();
        m_runner.stopAll(JobRunner::Why::LeaseLost);
    }
}

void WorkerLoop::renew()
{
    if (m_held.isEmpty()) {
        m_leaseEnd.stop();
        return;
    }
    if (std::exchange(m_renewing, true))
        return;
    const QList<QUuid> jobs = m_held.keys();
    const QList<QUuid> leases = database::column(m_held.values(), &Held::lease);
    onPool(
        [this, jobs, leases]() -> Renewal {
            Renewal renewal{.at = Clock::now()}; // before PostgreSQL reads its clock
            attempted("renewing leases", [&] {
                renewal.held = m_services.database.platform(
                    [&](Transaction &tx) { return QueueStore::renew(tx, jobs, leases, m_options.lease); });
            });
            return renewal;
        },
        [this, jobs](const Renewal &renewal) { renewed(jobs, renewal); });
}

void WorkerLoop::renewed(const QList<QUuid> &asked, const Renewal &renewal)
{
    m_renewing = false;
    if (!renewal.held)
        return;
    leasedFrom(renewal.at);
    const QSet<QUuid> still(renewal.held->begin(), renewal.held->end());
    for (const QUuid &job : asked)
        if (!still.contains(job))
            m_runner.stop(job, JobRunner::Why::LeaseLost); // does nothing where the call has ended meanwhile
}

void WorkerLoop::stop(std::chrono::milliseconds grace, std::function<void()> done)
{
    m_stopping = [done = std::move(done), isTold = false]() mutable {
        if (!std::exchange(isTold, true))
            done();
    };
    m_next.stop();
    m_chores.stop();
    m_listener.reset();
    m_services.signal.tellOthers();
    QObject::connect(&m_grace, &QTimer::timeout, &m_grace, [this] {
        if (!std::exchange(m_graceIsOver, true)) {
            m_runner.stopAll(JobRunner::Why::Stopping);
            m_grace.start(writingTime);
            finishStopping();
        } else {
            qCWarning(lcWorker) << m_held.size() << "jobs could not be written down in time; their leases will run out";
            m_stopping();
        }
    });
    m_grace.start(grace);
    finishStopping();
}

void WorkerLoop::finishStopping()
{
    if (!m_stopping || m_claiming || m_settling || m_runner.running() > 0 || !m_outcomes.isEmpty())
        return;
    m_grace.stop();
    m_services.signal.tellOthers(); // there is room under limits
    m_stopping();
}
