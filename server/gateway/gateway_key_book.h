// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/gateway/gateway_key_store.h"
#include "server/gateway/gateway_tokens.h"
#include "server/permissions/policy_book.h"
#include "server/security/lru_cache.h"

#include <chrono>
#include <memory>
#include <mutex>

class Listener;

// A key that is good, and who calls with it: the owner, with no more rights than theirs and what rules say of the key.
struct GatewayCaller
{
    // The owner, for a request that came with this address and id.
    Caller asking(const Caller &stranger) const;
    void requireCalls() const; // throws 403 where they may not call models at all

    Caller caller;
    QUuid keyId;
    QString keyName;
    QList<QString> models; // empty: any
};

// Turns the secret of a gateway key into a caller. What the database says of a key is remembered until somebody says
// over the channel `patio_gateway_keys` that keys of its tenant have changed, or their owners, or the policies; while
// that channel is broken for a second at most. Any thread. Throws ApiError::unauthenticated with the reason, which is
// told to nobody but the holder of a secret that was made here.
class GatewayKeyBook
{
public:
    using Found = std::shared_ptr<const GatewayCaller>;

    GatewayKeyBook(Database &database, const GatewayTokens &tokens, PolicyBook &policies)
        : m_database(database),
          m_tokens(tokens),
          m_policies(policies)
    {
    }

    // May ask the database.
    Found authenticate(const QByteArray &secret);
    // Never blocks: null when the database has to be asked.
    Found remembered(const QByteArray &secret);

    static constexpr auto channel = "patio_gateway_keys"; // the payload is the tenant's id
    void forget(const QUuid &tenantId);
    // Both must live until the listener is gone.
    void follow(Listener &listener);

    quint64 databaseReads() const { return m_databaseReads; }

private:
    using Clock = std::chrono::steady_clock;
    struct Entry
    {
        std::optional<GatewayKeyStore::Access> access; // nothing: there is no such key
        Found found;
        quint64 policyVersion = 0;
        quint64 change = 0; // of its tenant, when it was read
        Clock::time_point readAt;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };

    TenantTokens::Read read(const QByteArray &secret) const;
    std::shared_ptr<const Entry> known(const TenantTokens::Read &token);
    std::shared_ptr<const Entry> ask(const TenantTokens::Read &token);
    static Found admitted(const Entry &entry, const TenantTokens::Read &token);

    Database &m_database;
    const GatewayTokens &m_tokens;
    PolicyBook &m_policies;
    std::mutex m_mutex;
    LruCache<QUuid, std::shared_ptr<const Entry>, HashId> m_entries{20'000}; // by key
    QHash<QUuid, quint64> m_changes; // by tenant
    quint64 m_everyChange = 0;
    bool m_isComplete = false; // every announcement arrives
    std::atomic<quint64> m_databaseReads{0};
};
