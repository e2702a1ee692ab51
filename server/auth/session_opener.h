// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_watch.h"
#include "server/auth/signing_keys.h"
#include "server/auth/tenant_tokens.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "server/permissions/policy_book.h"
#include "shared/auth/auth.h"
#include "shared/users/user.h"

// Begins sessions, and makes what their owner gets: tokens and profile. Whoever calls it has made sure who that is. Any
// thread.
class SessionOpener
{
public:
    static constexpr int lifetime = 30 * 24 * 60 * 60; // seconds without use
    static constexpr QLatin1StringView action{"sessions.create"}; // in the audit log

    struct Parts
    {
        Database &database;
        AccessTokens &tokens;
        SigningKeys &keys;
        const RefreshTokens &refreshTokens;
        SessionWatch &watch;
        PolicyBook &policies;
    };
    explicit SessionOpener(Parts parts) : m_parts(parts) { }

    struct Opened
    {
        QUuid tenantId;
        User user;
        QUuid sessionId;
        bool needsSecondFactor = false;
        RefreshTokens::Made refresh; // empty for a session that just goes on
        QList<QUuid> ended; // sessions that had to make room
    };
    // For the user of `who`, who comes without a session; nothing when the user is gone. Leaves an entry in the audit
    // log.
    std::optional<Opened> open(Transaction &tx, Caller who, const QString &device) const;
    static std::optional<Opened> present(Transaction &tx, const QUuid &tenantId, const QUuid &userId,
                                         const QUuid &sessionId, const RefreshTokens::Made &refresh = {});

    // Once the transaction is committed.
    ::SignedIn signedIn(const Opened &opened) const;
    Profile profile(const Opened &opened) const;

private:
    Parts m_parts;
};
