// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/refusal_log.h"
#include "server/auth/known_places.h"
#include "server/auth/second_factor_codes.h"
#include "server/auth/session_opener.h"
#include "server/auth/sign_in_throttle.h"
#include "server/caller.h"
#include "server/security/passwords.h"
#include "server/users/user_store.h"

// Signing in and out. Any thread; login() computes an Argon2id hash and belongs on the threads for that.
class AuthService
{
public:
    struct Parts
    {
        Database &database;
        const Passwords &passwords;
        const RefreshTokens &refreshTokens;
        const SessionOpener &opener;
        SignInThrottle &throttle;
        SessionWatch &watch;
        RefusalLog &refusals;
        const SecondFactorCodes &codes;
        KnownPlaces &places;
    };
    explicit AuthService(Parts parts);

    // Wrong tenant, e-mail or password, suspended user or tenant: the same answer in the same time. That a code is
    // asked for is said after the right password only. `address`: of the peer, as text.
    ::SignedIn login(const SignIn &input, const QByteArray &address, const QByteArray &requestId = {});
    // The same in two steps. The first one computes nothing and throws 429 for whoever has to wait; an attempt that was
    // admitted is followed by one of the others. Answers with the lane in which it waits for the second step.
    QByteArray admit(const SignIn &input, const QByteArray &address);
    ::SignedIn enter(const SignIn &input, const QByteArray &address, const QByteArray &requestId);
    void turnedAway(const SignIn &input, const QByteArray &address); // for want of a thread
    // Takes a refresh token once; one that comes a second time ends its session.
    ::SignedIn refresh(const Refresh &input, const QByteArray &address, const QByteArray &requestId = {});
    void logout(const Caller &caller);

private:
    // `who`: from where; becomes the one who signs in.
    std::optional<SessionOpener::Opened> open(Caller who, const UserStore::Credentials &seen, const SignIn &input);
    void endReused(const RefreshTokens::Read &token, const Caller &who);

    Parts m_parts;
};
