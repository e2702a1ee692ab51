// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/refusal_log.h"
#include "server/auth/refresh_tokens.h"
#include "server/auth/second_factor_codes.h"
#include "server/auth/session_watch.h"
#include "server/auth/sign_in_throttle.h"
#include "server/auth/signing_keys.h"
#include "server/caller.h"
#include "server/security/passwords.h"
#include "server/users/user_store.h"
#include "shared/auth/auth.h"
#include "shared/tenants/tenant.h"

// Signing in and out. Any thread; login() computes an Argon2id hash and belongs on the threads for that.
class AuthService
{
public:
    struct Parts
    {
        Database &database;
        const Passwords &passwords;
        AccessTokens &tokens;
        SigningKeys &keys;
        const RefreshTokens &refreshTokens;
        SignInThrottle &throttle;
        SessionWatch &watch;
        RefusalLog &refusals;
        const SecondFactorCodes &codes;
    };
    explicit AuthService(Parts parts);

    // Wrong tenant, e-mail or password, suspended user or tenant: the same answer in the same time. That a code is
    // asked for is said after the right password only. `address`: of the peer, as text.
    ::SignedIn login(const SignIn &input, const QByteArray &address, const QByteArray &requestId = {});
    // Takes a refresh token once; one that comes a second time ends its session.
    ::SignedIn refresh(const Refresh &input, const QByteArray &address, const QByteArray &requestId = {});
    void logout(const Caller &caller);
    Profile me(const Caller &caller);

private:
    struct Opened
    {
        User user;
        QUuid sessionId;
        RefreshTokens::Made refresh;
        bool needsSecondFactor = false;
    };
    // `who`: from where; becomes the one who signs in.
    std::optional<Opened> open(Caller who, const UserStore::Credentials &seen, const SignIn &input);
    static std::optional<Opened> openedFor(Transaction &tx, const QUuid &userId, const QUuid &sessionId,
                                           const RefreshTokens::Made &refresh);
    ::SignedIn signedIn(const Tenant &tenant, const Opened &opened);
    static Profile profile(const Tenant &tenant, const Opened &opened);
    void endReused(const RefreshTokens::Read &token, const Caller &who);
    Tenant tenant(const QUuid &id);

    Parts m_parts;
};
