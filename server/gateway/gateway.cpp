// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway.h"

#include "server/gateway/gateway_key_routes.h"
#include "server/gateway/gateway_routes.h"

void Gateway::addRoutes(http::Router &router, UsageService &usage)
{
    addGatewayKeyRoutes(router, keys);
    addGatewayRoutes(router, book, usage);
}
