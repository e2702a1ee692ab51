// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_key_routes.h"

#include "server/gateway/gateway_key_service.h"
#include "server/http/router.h"
#include "shared/gateway/endpoints.h"

void addGatewayKeyRoutes(http::Router &router, GatewayKeyService &service)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};
    const http::RouteOptions secret{.keepsAnswer = false};

    router.on(gatewayKeys::list,
              [&](const Call &call, const GatewayKeyFilter &filter) { return service.list(call.caller, filter); });
    router.on(
        gatewayKeys::create,
        [&](const Call &call, const NewGatewayKey &input) { return service.create(call.caller, input); }, secret);
    router.on(gatewayKeys::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        gatewayKeys::update,
        [&](const Call &call, const GatewayKeyChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        gatewayKeys::rotate,
        [&](const Call &call, const GatewayKeyRotation &input) {
            return service.rotate(call.caller, call.id(), input);
        },
        secret);
    router.on(
        gatewayKeys::revoke, [&](const Call &call) { service.revoke(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
}
