// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/gateway/gateway_call_row.h"
#include "shared/http/page.h"

// The calls of providers one by one, as the ledger has them, and what was sent and answered, where that is kept. No
// state, any thread; blocks on the database.
class CallLogService
{
public:
    explicit CallLogService(Database &database) : m_database(database) { }

    Page<GatewayCallRow> list(const Caller &caller, const GatewayCallFilter &filter);
    GatewayCallRow get(const Caller &caller, const QUuid &id);
    // Who reads bodies stands in the audit log. Throws 404 with the reason why there are none.
    GatewayCallBodies bodies(const Caller &caller, const QUuid &id);

private:
    Database &m_database;
};
