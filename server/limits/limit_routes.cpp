// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_routes.h"

#include "server/http/router.h"
#include "server/limits/limit_service.h"
#include "shared/gateway/endpoints.h"

void addLimitRoutes(http::Router &router, LimitService &service)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(gatewayLimits::list,
              [&](const Call &call, const GatewayLimitFilter &filter) { return service.list(call.caller, filter); });
    router.on(gatewayLimits::create,
              [&](const Call &call, const NewGatewayLimit &input) { return service.create(call.caller, input); });
    router.on(gatewayLimits::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        gatewayLimits::update,
        [&](const Call &call, const GatewayLimitChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        gatewayLimits::remove,
        [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); }, checksRevision);
}
