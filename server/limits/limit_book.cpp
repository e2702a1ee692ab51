// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_book.h"

#include "server/database/listener.h"
#include "server/limits/limit_service.h"
#include "server/limits/limit_store.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

LimitBook::Rules LimitBook::of(const QUuid &tenantId)
{
    if (Rules rules = known(tenantId))
        return rules;
    std::unique_lock lock(m_mutex);
    const quint64 changes = m_changes;
    lock.unlock();
    const Clock::time_point readAt = Clock::now();
    const auto rules = std::make_shared<const limits::LimitRules>(
        m_database.transaction({tenantId}, [](Transaction &tx) { return LimitStore::all(tx, LimitService::most); }));
    lock.lock();
    if (changes == m_changes)
        m_entries.put(tenantId, {rules, readAt});
    return rules;
}

LimitBook::Rules LimitBook::known(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    const Entry *entry = m_entries.find(tenantId);
    if (!entry || (!m_isComplete && Clock::now() - entry->readAt > 1s))
        return nullptr;
    return entry->rules;
}

void LimitBook::forget(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    ++m_changes;
    m_entries.remove(tenantId);
}

void LimitBook::follow(Listener &listener)
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
