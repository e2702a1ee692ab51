// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_routes.h"

#include "server/http/router.h"
#include "server/tenants/tenant_service.h"
#include "shared/tenants/endpoints.h"

void addTenantRoutes(http::Router &router, TenantService &service,
                     const std::function<bool(std::function<void()>)> &passwordWork)
{
    using namespace endpoints;
    using http::Call;

    router.on(tenants::list, [&](const Call &, const TenantFilter &filter) { return service.list(filter); });
    router.on(tenants::create,
              [&](const Call &call, const NewTenant &input) { return service.create(call.caller, input); },
              {.work = passwordWork});
    router.on(tenants::get, [&](const Call &call) { return service.get(call.id()); });
    router.on(tenants::update,
              [&](const Call &call, const TenantChange &change) {
                  return service.update(call.caller, call.id(), call.ifMatch(), change);
              },
              {.checksRevision = true});
}
