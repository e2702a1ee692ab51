// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_watch.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "shared/settings/settings.h"

// What a tenant decides for all of its people. Any thread.
class SettingsService
{
public:
    SettingsService(Database &database, SessionWatch &watch) : m_database(database), m_watch(watch) { }

    TenantSettings get(const Caller &caller);
    // Demanding a second factor reaches the sessions of those who have none at once.
    TenantSettings update(const Caller &caller, qint64 revision, const TenantSettingsChange &change);

private:
    Database &m_database;
    SessionWatch &m_watch;
};
