// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_routes.h"

#include "server/http/router.h"
#include "server/tenants/plan_service.h"
#include "server/tenants/tenant_export.h"
#include "server/tenants/tenant_service.h"
#include "shared/tenants/endpoints.h"

void addTenantRoutes(http::Router &router, const TenantRouteParts &parts)
{
    TenantService &service = parts.tenants;
    PlanService &plans = parts.plans;
    using namespace endpoints;
    using http::Call;

    router.on(tenants::list, [&service](const Call &, const TenantFilter &filter) { return service.list(filter); });
    router.on(tenants::create,
              [&service](const Call &call, const NewTenant &input) { return service.create(call.caller, input); },
              {.work = parts.passwordWork});
    router.on(tenants::get, [&service](const Call &call) { return service.get(call.id()); });
    router.on(tenants::use, [&service](const Call &call) { return service.use(call.id()); });
    router.on(tenants::update,
              [&service](const Call &call, const TenantChange &change) {
                  return service.update(call.caller, call.id(), call.ifMatch(), change);
              },
              {.checksRevision = true});

    router.on(
        tenants::erase,
        [&service](const Call &call, const EraseQuery &query) { return service.erase(call.caller, call.id(), query); },
        {.work = parts.passwordWork, .keepsAnswer = false});
    router.on(tenants::erasures,
              [&service](const Call &, const ErasureFilter &filter) { return service.erasures(filter); });
    router.onExchange(tenants::exported,
                      [&router, &database = parts.database,
                       work = parts.work](const std::shared_ptr<http::Exchange> &exchange, const Call &call) {
                          std::make_shared<TenantExport>(database, work, exchange, call)->start(router);
                      },
                      {.streams = {"application/jsonl"}});

    router.on(tenants::own, [&service](const Call &call) { return service.own(call.caller); });
    router.on(tenants::updateOwn,
              [&service](const Call &call, const OwnTenantChange &change) {
                  return service.updateOwn(call.caller, call.ifMatch(), change);
              },
              {.checksRevision = true});

    router.on(tenants::listPlans, [&plans](const Call &) { return plans.list(); });
    router.on(tenants::createPlan,
              [&plans](const Call &call, const NewPlan &input) { return plans.create(call.caller, input); });
    router.on(tenants::getPlan, [&plans](const Call &call) { return plans.get(call.text("name")); });
    router.on(tenants::replacePlan,
              [&plans](const Call &call, const PlanChange &change) {
                  return plans.replace(call.caller, call.text("name"), call.ifMatch(), change);
              },
              {.checksRevision = true});
    router.on(tenants::removePlan,
              [&plans](const Call &call) { plans.remove(call.caller, call.text("name"), call.optionalIfMatch()); },
              {.checksRevision = true});
}
