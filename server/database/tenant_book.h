// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/database/listener.h"
#include "server/security/lru_cache.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

// What a tenant's rows of one kind say, kept in memory, so that a call needs no query for it. A trigger on their table
// (platform.tell_tenant) tells every process of a change; while that channel is broken nothing is used for longer than
// a second. Any thread.
template<class Value> class TenantBook
{
public:
    using Found = std::shared_ptr<const Value>;
    using Read = std::function<Value(Transaction &)>; // in a transaction of the tenant

    TenantBook(Database &database, QString channel, Read read)
        : m_database(database),
          m_channel(std::move(channel)),
          m_read(std::move(read))
    {
    }

    // Never blocks; null: `of` has to be asked.
    Found remembered(const QUuid &tenantId)
    {
        const std::lock_guard lock(m_mutex);
        const Entry *entry = m_entries.find(tenantId);
        if (!entry || (!m_isComplete && Clock::now() - entry->readAt > std::chrono::seconds(1)))
            return nullptr;
        return entry->value;
    }

    // Blocks on the database where it is not remembered. Throws as Database::transaction does.
    Found of(const QUuid &tenantId)
    {
        if (Found found = remembered(tenantId))
            return found;
        const quint64 changes = [this] {
            const std::lock_guard lock(m_mutex);
            return m_changes;
        }();
        const Clock::time_point readAt = Clock::now();
        auto value = std::make_shared<const Value>(
            m_database.transaction({tenantId}, [this](Transaction &tx) { return m_read(tx); }));
        const std::lock_guard lock(m_mutex);
        if (changes == m_changes) // what was read before a change may be old
            m_entries.put(tenantId, {value, readAt});
        return value;
    }

    void forget(const QUuid &tenantId)
    {
        const std::lock_guard lock(m_mutex);
        ++m_changes;
        m_entries.remove(tenantId);
    }

    const QString &channel() const { return m_channel; } // the payload is the tenant's id
    // Both must live until the listener is gone.
    void follow(Listener &listener)
    {
        const auto start = [this](bool isComplete) {
            const std::lock_guard lock(m_mutex);
            ++m_changes;
            m_entries.clear(); // announcements may have been missed
            m_isComplete = isComplete;
        };
        QObject::connect(&listener, &Listener::reconnected, &listener, [start] { start(true); });
        QObject::connect(&listener, &Listener::disconnected, &listener, [start] { start(false); });
        QObject::connect(&listener, &Listener::notified, &listener,
                         [this](const QString &name, const QString &payload) {
                             if (name == m_channel)
                                 forget(QUuid::fromString(payload));
                         });
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Entry
    {
        Found value;
        Clock::time_point readAt;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };

    Database &m_database;
    const QString m_channel;
    const Read m_read;
    std::mutex m_mutex;
    LruCache<QUuid, Entry, HashId> m_entries{1000};
    quint64 m_changes = 0;
    bool m_isComplete = false; // every announcement arrives
};
