// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/auth_routes.h"

#include "server/auth/device_name.h"
#include "server/auth/identity.h"
#include "server/http/router.h"
#include "server/telemetry/log.h"
#include "shared/auth/endpoints.h"

namespace {

// With a name for the device, where the program gave none.
template<class Input> Input named(Input input, const http::Call &call)
{
    if (!input.device)
        input.device = deviceName(call.request.header("user-agent"));
    return input;
}

// Whoever has to wait is told so before they stand in the queue for a hash, which refused guesses would only fill. The
// guesses at one account that are let through wait for each other, and nobody else for more than one of them.
void signIn(http::Router &router, AuthService &service, WorkerPool &passwordThreads,
            const std::shared_ptr<http::Exchange> &exchange, const http::Call &call, const SignIn &input)
{
    const QByteArray lane = service.admit(input, call.caller.address);
    const auto enter = [&router, &service, exchange, call, input] {
        logging::Scope scope({.requestId = call.requestId, .traceId = call.traceId, .tenant = {}, .user = {}});
        router.attempt(exchange, call, [&] {
            router.respond(exchange, call, service.enter(input, call.caller.address, call.requestId), 200);
        });
    };
    const bool isTaken = passwordThreads.post(enter, lane);
    if (!isTaken) {
        service.turnedAway(input, call.caller.address);
        throw ApiError::busy(1);
    }
}

void addSecondFactorRoutes(http::Router &router, SecondFactorService &service,
                           const std::function<bool(std::function<void()>)> &passwordWork)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions hashes{.work = passwordWork};
    const http::RouteOptions secret{.keepsAnswer = false};
    const http::RouteOptions hashesSecret{.work = passwordWork, .keepsAnswer = false};

    router.on(secondFactor::show, [&](const Call &call) { return service.show(call.caller); });
    router.on(
        secondFactor::begin,
        [&](const Call &call, const PasswordAgain &input) { return service.begin(call.caller, input); }, hashesSecret);
    router.on(
        secondFactor::confirm,
        [&](const Call &call, const SecondFactorCode &input) { return service.confirm(call.caller, input); }, secret);
    router.on(
        secondFactor::renewCodes,
        [&](const Call &call, const PasswordAndCode &input) { return service.renewCodes(call.caller, input); },
        hashesSecret);
    router.on(
        secondFactor::remove,
        [&](const Call &call, const PasswordAndCode &input) { service.remove(call.caller, input); }, hashes);
    router.on(secondFactor::reset, [&](const Call &call) { service.reset(call.caller, call.id()); });
}

} // namespace

void addAuthRoutes(http::Router &router, Identity &identity,
                   const std::function<bool(std::function<void()>)> &passwordWork)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions hashes{.work = passwordWork};

    router.onExchange(
        auth::login,
        [&router, &identity](const std::shared_ptr<http::Exchange> &exchange, const Call &call, const SignIn &input) {
            signIn(router, identity.auth, identity.passwordThreads, exchange, call, named(input, call));
        });
    router.on(auth::refresh, [&](const Call &call, const Refresh &input) {
        return identity.auth.refresh(input, call.caller.address, call.requestId);
    });
    router.on(auth::logout, [&](const Call &call) { identity.auth.logout(call.caller); });
    router.on(
        auth::firstOperator,
        [&](const Call &call, const FirstOperator &input) { identity.setup.makeOperator(input, call.caller); }, hashes);
    addSecondFactorRoutes(router, identity.secondFactor, passwordWork);
    router.on(
        auth::acceptInvitation,
        [&](const Call &call, const AcceptInvitation &input) {
            return identity.links.accept(named(input, call), call.caller);
        },
        hashes);
    router.on(
        auth::resetPassword,
        [&](const Call &call, const PasswordReset &input) { identity.links.reset(input, call.caller); }, hashes);
    router.on(
        auth::changePassword,
        [&](const Call &call, const PasswordChange &input) { identity.profile.changePassword(call.caller, input); },
        hashes);
    router.on(auth::me, [&](const Call &call) { return identity.profile.show(call.caller); });
    router.on(auth::updateMe,
              [&](const Call &call, const ProfileChange &change) {
                  return identity.profile.update(call.caller, call.ifMatch(), change);
              },
              {.checksRevision = true});
    router.on(auth::sessions, [&](const Call &call, const SessionFilter &filter) {
        return identity.sessions.list(call.caller, filter);
    });
    router.on(auth::endSessions,
              [&](const Call &call, const SessionOwner &owner) { identity.sessions.endAll(call.caller, owner); });
    router.on(auth::endSession, [&](const Call &call) { identity.sessions.end(call.caller, call.id()); });
    router.onPlain("/.well-known/jwks.json", "The keys that sign access tokens", "application/jwk-set+json", [&] {
        identity.keys.refresh();
        return http::Response{
            .status = 200, .contentType = {}, .body = identity.tokens.keys()->publicDocument(), .headers = {}};
    });
}
