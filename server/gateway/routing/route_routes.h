// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class CircuitBreaker;
class GatewayRouteService;
namespace http {
class Router;
}

void addGatewayRouteRoutes(http::Router &router, GatewayRouteService &service, CircuitBreaker &breaker);
