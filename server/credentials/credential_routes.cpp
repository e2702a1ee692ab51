// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_routes.h"

#include "server/credentials/credential_probe.h"
#include "server/credentials/credential_service.h"
#include "server/http/router.h"
#include "shared/credentials/endpoints.h"

namespace {

using Work = std::function<bool(std::function<void()>)>;

// The wait for the provider holds no worker: its answer is written down by another one.
void test(http::Router &router, CredentialService &service, CredentialProbe &probe, const Work &work,
          const std::shared_ptr<http::Exchange> &exchange, const http::Call &call)
{
    const auto question = service.question(call.caller, call.id());
    probe.ask(call.caller.tenantId, question.access,
              [&router, &service, work, exchange, call, question](const providers::ModelListing &listing) {
                  const bool accepted = work([&router, &service, exchange, call, question, listing] {
                      try {
                          router.respond(exchange, call, service.answer(call.caller, question, listing), 200);
                      } catch (const ApiError &error) {
                          router.refuse(exchange, call, error);
                      } catch (const std::exception &) {
                          router.refuse(exchange, call, ApiError::internal());
                      }
                  });
                  if (!accepted)
                      router.refuse(exchange, call, ApiError::busy(1));
              });
}

} // namespace

void addCredentialRoutes(http::Router &router, CredentialService &service, CredentialProbe &probe, const Work &work)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(credentials::list, [&](const Call &call) { return service.list(call.caller); });
    router.on(credentials::create,
              [&](const Call &call, const NewCredential &input) { return service.create(call.caller, input); });
    router.on(credentials::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        credentials::update,
        [&](const Call &call, const CredentialChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        credentials::remove, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
    router.onExchange(credentials::test, [&, work](const std::shared_ptr<http::Exchange> &exchange, const Call &call) {
        test(router, service, probe, work, exchange, call);
    });
}
