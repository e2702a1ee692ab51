// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_chores.h"

#include "server/batches/batch_progress.h"
#include "server/jobs/job_action_step.h"
#include "server/queue/queue_store.h"
#include "shared/error.h"

#include <QLoggingCategory>

#include <map>

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcChores, "server.jobs.chores")

namespace {

constexpr auto gathering = 250ms; // at most four events of a batch in a second
constexpr auto sweeping = 60s;
constexpr int batchesAtOnce = 100;

template<class Work> bool done(const char *what, Work &&work)
try {
    work();
    return true;
} catch (const ApiError &error) {
    if (error.status == 404)
        return true; // the tenant is gone
    qCWarning(lcChores).noquote() << what << "failed:" << error.detail;
    return false;
} catch (const std::exception &error) {
    qCWarning(lcChores).noquote() << what << "failed:" << error.what();
    return false;
}

} // namespace

JobChores::JobChores(Database &database, std::function<void()> changed, std::function<void()> queued,
                     std::shared_ptr<http::Mailbox> mailbox)
    : m_database(database),
      m_changed(std::move(changed)),
      m_queued(std::move(queued)),
      m_mailbox(std::move(mailbox))
{
    m_soon.setSingleShot(true);
    QObject::connect(&m_soon, &QTimer::timeout, &m_soon, [this] { run(); });
    QObject::connect(&m_sweep, &QTimer::timeout, &m_sweep, [this] {
        m_sweeps = m_acts = true;
        run();
    });
    m_sweep.start(sweeping);
    run();
}

JobChores::~JobChores() { m_pool.drain(); }

void JobChores::stop()
{
    m_isStopped = true;
    m_soon.stop();
    m_sweep.stop();
}

void JobChores::batchesChanged(const QSet<QUuid> &tenants)
{
    m_tenants += tenants;
    if (!m_tenants.isEmpty() && !m_soon.isActive() && !m_isStopped)
        m_soon.start(gathering);
}

void JobChores::actionsWaiting()
{
    m_acts = true;
    run();
}

void JobChores::run()
{
    if (m_isRunning || m_isStopped || (m_tenants.isEmpty() && !m_sweeps && !m_acts))
        return;
    m_isRunning = m_pool.post([this, mailbox = m_mailbox, tenants = std::exchange(m_tenants, {}),
                               sweeps = std::exchange(m_sweeps, false), acts = std::exchange(m_acts, false)] {
        const Done result = runNow(tenants, sweeps, acts);
        mailbox->post([this, result] {
            m_isRunning = false;
            m_acts = m_acts || result.hasMoreActions;
            batchesChanged(result.unpublished);
            if (m_acts || m_sweeps)
                run();
        });
    });
}

JobChores::Done JobChores::runNow(QSet<QUuid> tenants, bool sweeps, bool acts)
{
    Done result;
    std::map<QUuid, QList<QUuid>> batches;
    if (sweeps)
        done("looking for batches that have ended", [&] {
            for (const QueueStore::BatchPlace &place :
                 m_database.platform([](Transaction &tx) { return QueueStore::batchesWithoutJobs(tx); }))
                batches[place.tenantId].append(place.batchId);
        });
    for (const QUuid &tenant : tenants)
        batches[tenant];
    bool hasChanged = false;
    for (const auto &[tenant, ended] : batches) {
        const bool isDone = done("telling how far batches are", [&, id = tenant, &more = ended] {
            m_database.transaction({id}, [&](Transaction &tx) {
                auto ids = BatchStore::changed(tx, batchesAtOnce);
                if (ids.size() == batchesAtOnce)
                    result.unpublished.insert(id);
                ids += more;
                std::sort(ids.begin(), ids.end());
                ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
                BatchProgress::publish(tx, ids);
                hasChanged = hasChanged || !ids.isEmpty();
            });
        });
        if (!isDone)
            result.unpublished.insert(tenant);
    }
    if (acts)
        done("a step of what is done to many jobs", [&] {
            const auto step = JobActionStep::run(m_database);
            result.hasMoreActions = step.didSomething;
            hasChanged = hasChanged || step.didSomething;
            result.unpublished += step.tenantsWithBatches;
            if (step.hasQueued)
                m_queued();
        });
    if (hasChanged)
        m_changed();
    return result;
}
