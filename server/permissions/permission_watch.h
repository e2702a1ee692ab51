// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/id_watch.h"

// The tenants whose rules, roles or plan have changed.
class PermissionWatch : public IdWatch
{
public:
    static constexpr const char *channel = "patio_permissions";

    PermissionWatch() : IdWatch(channel) { }
    static void announce(Transaction &tx, const QUuid &tenantId) { IdWatch::announce(tx, channel, {tenantId}); }
};
