// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/auth_routes.h"

#include "server/auth/identity.h"
#include "server/http/router.h"
#include "shared/auth/endpoints.h"

void addAuthRoutes(http::Router &router, Identity &identity,
                   const std::function<bool(std::function<void()>)> &passwordWork)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions hashes{.work = passwordWork};

    router.on(
        auth::login,
        [&](const Call &call, const SignIn &input) {
            return identity.auth.login(input, call.caller.address, call.requestId);
        },
        hashes);
    router.on(auth::refresh, [&](const Call &call, const Refresh &input) {
        return identity.auth.refresh(input, call.caller.address, call.requestId);
    });
    router.on(auth::logout, [&](const Call &call) { identity.auth.logout(call.caller); });
    router.on(
        auth::firstOperator,
        [&](const Call &call, const FirstOperator &input) { identity.setup.makeOperator(input, call.caller); }, hashes);
    router.on(auth::me, [&](const Call &call) { return identity.auth.me(call.caller); });
    router.on(auth::sessions, [&](const Call &call, const SessionFilter &filter) {
        return identity.sessions.list(call.caller, filter);
    });
    router.on(auth::endSession, [&](const Call &call) { identity.sessions.end(call.caller, call.id()); });
    router.onPlain("/.well-known/jwks.json", "The keys that sign access tokens", "application/jwk-set+json", [&] {
        identity.keys.refresh();
        return http::Response{
            .status = 200, .contentType = {}, .body = identity.tokens.keys()->publicDocument(), .headers = {}};
    });
}
