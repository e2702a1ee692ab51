// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/reauthentication.h"
#include "server/auth/session_opener.h"
#include "shared/users/user_link.h"

// What people see and change of themselves. changePassword() computes Argon2id hashes and belongs on the threads for
// that. Any thread.
class ProfileService
{
public:
    struct Parts
    {
        Database &database;
        const Passwords &passwords;
        Reauthentication &reauthentication;
        const SessionOpener &opener;
        SessionWatch &watch;
    };
    explicit ProfileService(Parts parts) : m_parts(parts) { }

    Profile show(const Caller &caller);
    Profile update(const Caller &caller, qint64 revision, const ProfileChange &change);
    // Ends the person's other sessions.
    void changePassword(const Caller &caller, const PasswordChange &input);

private:
    SessionOpener::Opened present(Transaction &tx, const Caller &caller) const;

    Parts m_parts;
};
