// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/permission_routes.h"

#include "server/http/router.h"
#include "server/permissions/permission_service.h"
#include "shared/permissions/endpoints.h"

void addPermissionRoutes(http::Router &router, PermissionService &service)
{
    namespace at = endpoints::permissions; // `permissions` alone is also where the evaluator lives
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(at::mine, [&](const Call &call) { return service.mine(call.caller); });
    router.on(at::catalogue, [&](const Call &call) { return service.catalogue(call.caller); });
    router.on(at::explain,
              [&](const Call &call, const ExplainRequest &request) { return service.explain(call.caller, request); });
    router.on(at::simulate,
              [&](const Call &call, const SimulateRequest &request) { return service.simulate(call.caller, request); });

    router.on(at::listRoles,
              [&](const Call &call, const CustomRoleFilter &filter) { return service.roles(call.caller, filter); });
    router.on(at::createRole,
              [&](const Call &call, const NewCustomRole &input) { return service.createRole(call.caller, input); });
    router.on(at::getRole, [&](const Call &call) { return service.role(call.caller, call.id()); });
    router.on(
        at::updateRole,
        [&](const Call &call, const CustomRoleChange &change) {
            return service.updateRole(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        at::removeRole, [&](const Call &call) { service.removeRole(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);

    router.on(at::listRules,
              [&](const Call &call, const RuleFilter &filter) { return service.rules(call.caller, filter); });
    router.on(at::createRule,
              [&](const Call &call, const RuleInput &input) { return service.createRule(call.caller, input); });
    router.on(at::getRule, [&](const Call &call) { return service.rule(call.caller, call.id()); });
    router.on(
        at::replaceRule,
        [&](const Call &call, const RuleInput &input) {
            return service.replaceRule(call.caller, call.id(), call.ifMatch(), input);
        },
        checksRevision);
    router.on(
        at::removeRule, [&](const Call &call) { service.removeRule(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
}
