// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/budget_routes.h"

#include "server/budgets/budget_service.h"
#include "server/http/router.h"
#include "shared/gateway/endpoints.h"

void addBudgetRoutes(http::Router &router, BudgetService &service)
{
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(endpoints::budgets::list,
              [&](const Call &call, const BudgetFilter &filter) { return service.list(call.caller, filter); });
    router.on(endpoints::budgets::create,
              [&](const Call &call, const NewBudget &input) { return service.create(call.caller, input); });
    router.on(endpoints::budgets::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        endpoints::budgets::update,
        [&](const Call &call, const BudgetChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        endpoints::budgets::remove,
        [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); }, checksRevision);
}
