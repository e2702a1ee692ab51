// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_watch.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "server/security/passwords.h"
#include "server/users/user_rules.h"
#include "shared/http/page.h"

// The people of a tenant. Any thread; create() computes an Argon2id hash and belongs on the threads for that.
class UserService
{
public:
    UserService(Database &database, const Passwords &passwords, SessionWatch &watch);

    Page<User> list(const Caller &caller, const UserFilter &filter);
    User get(const Caller &caller, const QUuid &id);
    User create(const Caller &caller, const NewUser &input);
    // Other roles and suspension reach the sessions of the user at once.
    User update(const Caller &caller, const QUuid &id, qint64 revision, const UserChange &change);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

private:
    static void keepSomebody(Transaction &tx, Role role, const QUuid &leaving);

    Database &m_database;
    const Passwords &m_passwords;
    SessionWatch &m_watch;
};
