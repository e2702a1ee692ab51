// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/routing/route_routes.h"

#include "server/gateway/routing/circuit_breaker.h"
#include "server/gateway/routing/route_service.h"
#include "server/http/router.h"
#include "shared/gateway/endpoints.h"

void addGatewayRouteRoutes(http::Router &router, GatewayRouteService &service, CircuitBreaker &breaker)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(gatewayRoutes::list,
              [&](const Call &call, const GatewayRouteFilter &filter) { return service.list(call.caller, filter); });
    router.on(gatewayRoutes::create,
              [&](const Call &call, const NewGatewayRoute &input) { return service.create(call.caller, input); });
    router.on(gatewayRoutes::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        gatewayRoutes::update,
        [&](const Call &call, const NewGatewayRoute &input) {
            return service.update(call.caller, call.id(), call.ifMatch(), input);
        },
        checksRevision);
    router.on(
        gatewayRoutes::remove,
        [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); }, checksRevision);
    router.on(gatewayRoutes::health, [&](const Call &call) {
        GatewayRouteHealth health;
        const GatewayRoute route = service.get(call.caller, call.id());
        for (const RouteTarget &target : route.targets)
            health.items.append(breaker.health(call.caller.tenantId, target.model));
        return health;
    });
}
