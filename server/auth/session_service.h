// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_watch.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "shared/auth/auth.h"
#include "shared/http/page.h"

// Seeing and ending sessions: one's own, and with sessions.read and sessions.delete those of others in the tenant.
// Any thread.
class SessionService
{
public:
    SessionService(Database &database, SessionWatch &watch);

    Page<Session> list(const Caller &caller, const SessionFilter &filter);
    void end(const Caller &caller, const QUuid &id);
    void endAll(const Caller &caller, const SessionOwner &owner); // but the one that asks

private:
    Database &m_database;
    SessionWatch &m_watch;
};
