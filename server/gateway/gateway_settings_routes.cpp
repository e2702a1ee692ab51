// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_settings_routes.h"

#include "server/gateway/gateway_settings_service.h"
#include "server/http/router.h"
#include "shared/gateway/endpoints.h"

void addGatewaySettingsRoutes(http::Router &router, GatewaySettingsService &service)
{
    using namespace endpoints;
    using http::Call;

    router.on(gatewaySettings::get, [&](const Call &call) { return service.get(call.caller); });
    router.on(gatewaySettings::put,
              [&](const Call &call, const GatewaySettings &settings) {
                  return service.put(call.caller, call.ifMatch(), settings);
              },
              {.checksRevision = true});
}
