// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_settings_book.h"

#include "server/database/listener.h"
#include "server/gateway/gateway_settings_store.h"

using namespace std::chrono_literals;

GatewaySettingsBook::Found GatewaySettingsBook::of(const QUuid &tenantId)
{
    if (Found found = remembered(tenantId))
        return found;
    quint64 changes = 0;
    {
        const std::lock_guard lock(m_mutex);
        changes = m_changes;
    }
    const Clock::time_point readAt = Clock::now();
    auto found = std::make_shared<GatewayRules>(
        m_database.transaction({tenantId}, [](Transaction &tx) { return GatewaySettingsStore::get(tx); }));
    const std::lock_guard lock(m_mutex);
    if (changes == m_changes)
        m_entries.put(tenantId, {found, readAt});
    return found;
}

GatewaySettingsBook::Found GatewaySettingsBook::remembered(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    const Entry *entry = m_entries.find(tenantId);
    if (!entry || (!m_isComplete && Clock::now() - entry->readAt > 1s))
        return nullptr;
    return entry->found;
}

void GatewaySettingsBook::forget(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    ++m_changes;
    m_entries.remove(tenantId);
}

void GatewaySettingsBook::follow(Listener &listener)
{
    const auto start = [this](bool isComplete) {
        const std::lock_guard lock(m_mutex);
        ++m_changes;
        m_entries.clear(); // announcements may have been missed
        m_isComplete = isComplete;
    };
    QObject::connect(&listener, &Listener::reconnected, &listener, [start] { start(true); });
    QObject::connect(&listener, &Listener::disconnected, &listener, [start] { start(false); });
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            forget(QUuid::fromString(payload));
    });
}
