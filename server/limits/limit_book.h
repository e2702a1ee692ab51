// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/limits/limit_rules.h"
#include "server/security/lru_cache.h"

#include <chrono>
#include <memory>
#include <mutex>

class Listener;

// The limits of tenants, kept in memory, so that a call needs no query for them. What the database says is remembered
// until it says over the channel `patio_gateway_limits` that limits of the tenant have changed; while that channel is
// broken for a second at most. Any thread.
class LimitBook
{
public:
    using Rules = std::shared_ptr<const limits::LimitRules>;

    explicit LimitBook(Database &database) : m_database(database) { }

    Rules of(const QUuid &tenantId); // blocks on the database when they are not known
    Rules remembered(const QUuid &tenantId) { return known(tenantId); } // never blocks; null: not known

    static constexpr auto channel = "patio_gateway_limits"; // the payload is the tenant's id
    void forget(const QUuid &tenantId);
    // Both must live until the listener is gone.
    void follow(Listener &listener);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry
    {
        Rules rules;
        Clock::time_point readAt;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };
    Rules known(const QUuid &tenantId);

    Database &m_database;
    std::mutex m_mutex;
    LruCache<QUuid, Entry, HashId> m_entries{10'000};
    quint64 m_changes = 0; // what was read before one may be old
    bool m_isComplete = false; // every announcement arrives
};
