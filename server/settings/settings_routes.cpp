// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings/settings_routes.h"

#include "server/http/router.h"
#include "server/settings/settings_service.h"
#include "shared/settings/endpoints.h"

void addSettingsRoutes(http::Router &router, SettingsService &service)
{
    using namespace endpoints;
    using http::Call;

    router.on(settings::get, [&](const Call &call) { return service.get(call.caller); });
    router.on(settings::update,
              [&](const Call &call, const TenantSettingsChange &change) {
                  return service.update(call.caller, call.ifMatch(), change);
              },
              {.checksRevision = true});
}
