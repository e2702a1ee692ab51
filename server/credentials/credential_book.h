// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/providers/registry.h"
#include "server/security/lru_cache.h"

#include <chrono>
#include <memory>
#include <mutex>

class Listener;
class SecretBox;

// The access of tenants to providers, opened and kept in memory, so that a call needs no query for it. Whoever changes
// a credential calls announce() within the transaction and forget() after it; other processes hear of it over the
// channel `patio_credentials`. While that channel is broken nothing is used for longer than a second. Any thread.
class CredentialBook
{
public:
    using Access = std::shared_ptr<const QList<providers::TenantProvider>>;

    CredentialBook(Database &database, const SecretBox &box) : m_database(database), m_box(box) { }

    // Blocks on the database when it is not known. Throws as Database::transaction does.
    Access of(const QUuid &tenantId);
    Access remembered(const QUuid &tenantId) { return known(tenantId); } // never blocks; null: not known
    Access of(Transaction &tx, const QUuid &tenantId); // within a transaction of that tenant

    static constexpr auto channel = "patio_credentials"; // the payload is the tenant's id
    static void announce(Transaction &tx, const QUuid &tenantId);
    void forget(const QUuid &tenantId);
    // Both must live until the listener is gone.
    void follow(Listener &listener);

    // What a sealed key belongs to; see SecretBox::seal.
    static QByteArray purpose(const QUuid &tenantId, const QUuid &credentialId);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry
    {
        Access access;
        Clock::time_point readAt;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };
    Access known(const QUuid &tenantId);
    Access read(Transaction &tx, const QUuid &tenantId);

    Database &m_database;
    const SecretBox &m_box;
    std::mutex m_mutex;
    LruCache<QUuid, Entry, HashId> m_entries{1000};
    quint64 m_changes = 0; // what was read before one may be old
    bool m_isComplete = false; // every announcement arrives
};
