// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/guardrails/guardrails.h"
#include "server/security/lru_cache.h"

#include <chrono>
#include <memory>
#include <mutex>

class Listener;

// The settings of a tenant's gateway with all that follows from them. It does not change; keep it for a whole call.
struct GatewayRules
{
    explicit GatewayRules(const GatewaySettings &settings) : settings(settings), guardrails(settings) { }

    const GatewaySettings settings;
    const guardrails::Guardrails guardrails;
};

// Remembers them for each tenant, so that a call needs no query, until somebody says over the channel
// `patio_gateway_settings` that they have changed; while that channel is broken for a second at most. Any thread.
class GatewaySettingsBook
{
public:
    using Found = std::shared_ptr<const GatewayRules>;

    explicit GatewaySettingsBook(Database &database) : m_database(database) { }

    // Blocks on the database when they are not known, and compiles them. Throws as Database::transaction does.
    Found of(const QUuid &tenantId);
    Found remembered(const QUuid &tenantId); // never blocks; null: not known

    static constexpr auto channel = "patio_gateway_settings"; // the payload is the tenant's id
    void forget(const QUuid &tenantId);
    // Both must live until the listener is gone.
    void follow(Listener &listener);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry
    {
        Found found;
        Clock::time_point readAt;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };

    Database &m_database;
    std::mutex m_mutex;
    LruCache<QUuid, Entry, HashId> m_entries{1000};
    quint64 m_changes = 0; // what was read before one may be old
    bool m_isComplete = false; // every announcement arrives
};
