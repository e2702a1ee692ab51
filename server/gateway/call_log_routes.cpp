// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_log_routes.h"

#include "server/gateway/call_log_service.h"
#include "server/http/router.h"
#include "shared/gateway/endpoints.h"

void addCallLogRoutes(http::Router &router, CallLogService &service)
{
    using namespace endpoints;
    using http::Call;

    router.on(gatewayCalls::list,
              [&](const Call &call, const GatewayCallFilter &filter) { return service.list(call.caller, filter); });
    router.on(gatewayCalls::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(gatewayCalls::bodies, [&](const Call &call) { return service.bodies(call.caller, call.id()); });
}
