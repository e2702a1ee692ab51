// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_routes.h"

#include "server/http/router.h"
#include "server/users/user_link_service.h"
#include "server/users/user_service.h"
#include "shared/users/endpoints.h"

void addUserRoutes(http::Router &router, UserService &service, UserLinkService &links,
                   const std::function<bool(std::function<void()>)> &passwordWork)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};
    const http::RouteOptions secret{.keepsAnswer = false};

    router.on(users::list,
              [&](const Call &call, const UserFilter &filter) { return service.list(call.caller, filter); });
    router.on(users::create, [&](const Call &call, const NewUser &input) { return service.create(call.caller, input); },
              {.work = passwordWork});
    router.on(users::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        users::update,
        [&](const Call &call, const UserChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        users::remove, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
    router.on(
        users::invite, [&](const Call &call, const NewInvitation &input) { return links.invite(call.caller, input); },
        secret);
    router.on(
        users::renewInvitation, [&](const Call &call) { return links.renewInvitation(call.caller, call.id()); },
        secret);
    router.on(users::revokeInvitation, [&](const Call &call) { links.revokeInvitation(call.caller, call.id()); });
    router.on(
        users::offerPasswordReset, [&](const Call &call) { return links.offerReset(call.caller, call.id()); }, secret);
}
