// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/reauthentication.h"
#include "server/auth/second_factor_codes.h"
#include "server/auth/session_watch.h"

// Setting up, renewing and turning off the second factor of a person. What asks for the password computes an Argon2id
// hash and belongs on the threads for that. Any thread.
//
//   off ──begin──► offered ──confirm──► on ──remove, reset──► off
//                  └──begin──┘
class SecondFactorService
{
public:
    struct Parts
    {
        Database &database;
        Reauthentication &reauthentication;
        const SecondFactorCodes &codes;
        SessionWatch &watch;
    };
    explicit SecondFactorService(Parts parts) : m_parts(parts) { }

    SecondFactor show(const Caller &caller);
    SecondFactorOffer begin(const Caller &caller, const PasswordAgain &input);
    // Ends the person's other sessions: they were opened with the password alone.
    RecoveryCodes confirm(const Caller &caller, const SecondFactorCode &input);
    RecoveryCodes renewCodes(const Caller &caller, const PasswordAndCode &input);
    void remove(const Caller &caller, const PasswordAndCode &input);
    // Of somebody who lost the device; ends all of their sessions.
    void reset(const Caller &caller, const QUuid &userId);

private:
    template<class Change> void proven(const Caller &caller, const PasswordAndCode &input, Change &&change);

    Parts m_parts;
};
