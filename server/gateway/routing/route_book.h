// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/tenant_book.h"
#include "shared/gateway/route.h"

#include <QHash>

// A tenant's routes by their aliases, in memory.
class GatewayRouteBook : public TenantBook<QHash<QString, GatewayRoute>>
{
public:
    static constexpr auto channelName = "patio_gateway_routes";

    explicit GatewayRouteBook(Database &database);
};
