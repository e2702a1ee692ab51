// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/answerer.h"

#include "server/database/database.h"
#include "server/database/listener.h"
#include "server/events/event_log.h"
#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcAnswerer, "server.chat.assistants")

namespace {

constexpr auto answererTick = 1s;
constexpr int ticksBetweenLooks = 5; // at what is under way: finds what was lost with a notification
constexpr int ticksBetweenSweeps = 60; // at all tenants with assistants

} // namespace

Answerer::Answerer(Database &database, Asking &asking, Work work, std::function<void()> changed)
    : m_database(database),
      m_asking(asking),
      m_work(std::move(work)),
      m_changed(std::move(changed))
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
}

void Answerer::follow(Listener &listener)
{
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            look(QUuid::fromString(payload));
    });
    QObject::connect(&listener, &Listener::reconnected, &listener, [this] { sweep(); });
}

void Answerer::start()
{
    m_isStopped = false;
    lookEverywhere();
    m_timer.start(answererTick);
}

void Answerer::stop()
{
    m_isStopped = true;
    m_timer.stop();
}

void Answerer::lookEverywhere()
{
    const auto tenants =
        m_database.platform([](Transaction &tx) { return tx.all<QUuid>("SELECT tenant_id FROM assistant_tenants"); });
    for (const QUuid &tenant : tenants)
        look(tenant);
}

void Answerer::look(const QUuid &tenantId)
{
    if (m_isStopped)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_active.insert(tenantId);
        m_due.insert(tenantId);
    }
    run();
}

void Answerer::eventsOf(const QList<LoggedEvent> &events)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_active.empty())
            return;
        for (const LoggedEvent &event : events) {
            const bool hasEnded =
                event.topic.startsWith("job/"_L1) && event.name != "job.queued"_L1 && event.name != "job.running"_L1;
            if (!hasEnded && event.name != "message.deleted"_L1)
                continue;
            if (m_active.contains(event.tenantId))
                isDue = m_due.insert(event.tenantId).second || isDue;
        }
    }
    if (isDue)
        run();
}

void Answerer::newsFor(const QList<QUuid> &tenants, bool all)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        for (const QUuid &tenant : m_active)
            if (all || tenants.contains(tenant))
                isDue = m_due.insert(tenant).second || isDue;
    }
    if (isDue)
        run();
}

void Answerer::sweep()
{
    if (m_isStopped)
        return;
    m_work([this] {
        try {
            lookEverywhere();
        } catch (const std::exception &error) {
            qCWarning(lcAnswerer).noquote() << "tenants with assistants could not be read:" << error.what();
        } catch (const ApiError &error) {
            qCWarning(lcAnswerer).noquote() << "tenants with assistants could not be read:" << error.detail;
        }
    });
}

void Answerer::tick()
{
    ++m_ticks;
    if (m_ticks % ticksBetweenLooks == 0) {
        const std::lock_guard lock(m_mutex);
        m_due.insert(m_active.begin(), m_active.end());
    }
    if (m_ticks % ticksBetweenSweeps == 0)
        sweep();
    run();
}

void Answerer::run()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_due.empty() || m_isStopped)
            return;
    }
    if (!m_isRunning.exchange(true) && !m_work([this] { step(); }))
        m_isRunning = false; // too busy: at the next tick
}

void Answerer::step()
{
    QUuid tenant;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_due.empty() && !m_isStopped)
            tenant = *m_due.begin();
        m_due.erase(tenant);
    }
    bool hasMore = false;
    if (!tenant.isNull()) {
        try {
            hasMore = serve(tenant);
        } catch (const std::exception &error) {
            qCWarning(lcAnswerer).noquote() << "assistants were not served, tried again:" << error.what();
        } catch (const ApiError &error) {
            qCWarning(lcAnswerer).noquote() << "assistants were not served, tried again:" << error.detail;
            if (error.status == 404) { // the tenant is gone
                const std::lock_guard lock(m_mutex);
                m_active.erase(tenant);
            }
        }
    }
    if (hasMore) {
        const std::lock_guard lock(m_mutex);
        m_due.insert(tenant);
    }
    m_isRunning = false;
    run();
}
