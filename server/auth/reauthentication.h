// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/sign_in_throttle.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "server/security/passwords.h"

// Asks somebody who is signed in for the password again, before a change that must not be made by whoever found the
// device open or stole a token. Guessing is slowed as at sign-in, by a count of its own: a thief holds nobody up.
// Computes an Argon2id hash. Any thread.
class Reauthentication
{
public:
    Reauthentication(Database &database, const Passwords &passwords, SignInThrottle &throttle)
        : m_database(database),
          m_passwords(passwords),
          m_throttle(throttle)
    {
    }

    // Throws 422 for a wrong password and 429 after too many. Counts as failed until succeeded(), so that what is
    // asked for besides the password is slowed too.
    void begin(const Caller &caller, const QString &password);
    void succeeded(const Caller &caller);

private:
    Database &m_database;
    const Passwords &m_passwords;
    SignInThrottle &m_throttle;
};
