// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/sequencer.h"

#include "shared/error.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcEvents, "server.events")

using namespace std::chrono_literals;

namespace {

constexpr int batch = 1000;
constexpr auto safetyPoll = 1s;
constexpr auto forgetEvery = 60s;
constexpr qint64 keptSeconds = 24 * 3600;

// The tenants of a batch as the payload of a notification; too many for one are "all".
QString tenantsOf(const QList<LoggedEvent> &events)
{
    QString list;
    QUuid last;
    for (const LoggedEvent &event : events) {
        if (event.tenantId == last)
            continue;
        last = event.tenantId;
        list += (list.isEmpty() ? QString() : QStringLiteral(",")) + last.toString(QUuid::Id128);
    }
    constexpr qsizetype longest = 7000; // PostgreSQL allows 7999 bytes
    return list.size() < longest ? list : QStringLiteral("all");
}

} // namespace

Sequencer::Sequencer(Database &database, QString process, Deliver deliver)
    : m_database(database),
      m_process(std::move(process)),
      m_deliver(std::move(deliver)),
      m_thread([this] { run(); })
{
}

Sequencer::~Sequencer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void Sequencer::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_woken)
            return;
        m_woken = true;
    }
    m_changed.notify_one();
}

bool Sequencer::waitForWork()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, safetyPoll, [this] { return m_woken || m_stopping; });
    m_woken = false;
    return !m_stopping;
}

void Sequencer::run()
{
    while (waitForWork()) {
        try {
            QList<LoggedEvent> events;
            do {
                events = m_database.platform([this](Transaction &tx) {
                    auto assigned = EventLog::assignSequences(tx, batch);
                    if (!assigned.isEmpty())
                        tx.run("SELECT pg_notify('patio_live', $1)", QString(m_process + u':' + tenantsOf(assigned)));
                    return assigned;
                });
                if (!events.isEmpty())
                    m_deliver(events);
            } while (events.size() >= batch);
            forgetOld();
        } catch (const ApiError &error) {
            qCWarning(lcEvents) << "events could not be numbered:" << error.detail;
        } catch (const std::exception &error) {
            qCWarning(lcEvents) << "events could not be numbered:" << error.what();
        }
    }
}

void Sequencer::forgetOld()
{
    if (std::chrono::steady_clock::now() < m_nextForget)
        return;
    m_nextForget = std::chrono::steady_clock::now() + forgetEvery;
    constexpr int most = 10'000;
    const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-keptSeconds);
    m_database.platform([&](Transaction &tx) { EventLog::forget(tx, before, most); });
}
