// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class GatewayKeyBook;
class GatewayRouteBook;
class GatewayService;
class UsageService;
namespace http {
class Router;
}

// What programs call under /v1, in the formats of the providers.
void addGatewayRoutes(http::Router &router, GatewayKeyBook &keys, GatewayRouteBook &routes, UsageService &usage);
void addGatewayCallRoutes(http::Router &router, GatewayService &service);
