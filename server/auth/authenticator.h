// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_watch.h"
#include "server/auth/signing_keys.h"
#include "server/caller.h"
#include "server/permissions/policy_book.h"

// Turns a bearer token into a caller. The token itself is checked by AccessTokens; that its session still lives and
// what its user may do is read from the database once and then remembered, until SessionWatch or the policy book says
// otherwise or a minute has passed. While SessionWatch is incomplete nothing is remembered, so an ended session stops
// at once in any case. Any thread. Throws ApiError::unauthenticated.
class Authenticator
{
public:
    Authenticator(Database &database, AccessTokens &tokens, SigningKeys &keys, SessionWatch &watch,
                  PolicyBook &policies);

    // May ask the database.
    Caller authenticate(const QByteArray &token, const QByteArray &address);
    // Never blocks: nothing when the database has to be asked.
    std::optional<Caller> remembered(const QByteArray &token, const QByteArray &address);

    // The same caller as they are now, for those who keep one longer than a request. May ask the database; throws when
    // the session has ended.
    Caller renewed(const Caller &caller);

    quint64 databaseReads() const { return m_databaseReads; }

private:
    struct Memory
    {
        std::shared_ptr<const Caller> caller; // null: the session has ended
        std::chrono::steady_clock::time_point readAt;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };

    std::optional<Memory> recall(const QUuid &sessionId);
    std::shared_ptr<const Caller> read(const QUuid &tenantId, const QUuid &sessionId);
    void forget(const QList<QUuid> &sessions);
    static Caller admitted(const std::shared_ptr<const Caller> &caller, const AccessClaims &claims,
                           const QByteArray &address);

    Database &m_database;
    AccessTokens &m_tokens;
    SigningKeys &m_keys;
    SessionWatch &m_watch;
    PolicyBook &m_policies;
    std::mutex m_mutex;
    LruCache<QUuid, Memory, HashId> m_memory;
    quint64 m_changes = 0; // counts forget(): what was read before one is not remembered after it
    quint64 m_interruptions = 0; // of the watch, when the memory was last emptied
    std::atomic<quint64> m_databaseReads{0};
};
