// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/security/passwords.h"
#include "shared/auth/auth.h"

// Making the first operator with a one-time token, since nothing ships with a default password. Any thread;
// makeOperator() computes an Argon2id hash and belongs on the threads for that.
class SetupService
{
public:
    SetupService(Database &database, const Passwords &passwords);

    // A token to print at the start while there is no operator; good for a day and for one use.
    std::optional<QString> offerToken();
    void makeOperator(const FirstOperator &input, const Caller &caller = {}); // nobody yet: from where

private:
    bool hasOperator();

    Database &m_database;
    const Passwords &m_passwords;
};
