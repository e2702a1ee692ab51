// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_routes.h"

#include "server/http/router.h"
#include "server/jobs/job_action_service.h"
#include "server/jobs/job_streams.h"
#include "shared/jobs/endpoints.h"

namespace {

// How the answer is wanted, at once, later or as a stream, does not make it another request.
std::optional<Idempotency::Key> keyOf(const http::Call &call, const Idempotency &idempotency)
{
    const QByteArray key = call.request.header("idempotency-key");
    if (key.isEmpty())
        return std::nullopt;
    return idempotency.key(key, call.request.path + '\n' + call.request.body);
}

} // namespace

void addJobRoutes(http::Router &router, JobService &service, JobStreams &streams, const Idempotency &idempotency)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions longInput{.bodyLimit = 8 * 1024 * 1024};
    const http::RouteOptions streamed{.bodyLimit = longInput.bodyLimit, .streams = {"text/event-stream"}};

    router.onExchange(
        jobs::generate,
        [&](const std::shared_ptr<http::Exchange> &exchange, Call call, const GenerateRequest &request,
            const GenerateQuery &query) {
            const auto generated = service.generate(call.caller, request, keyOf(call, idempotency));
            call.isReplay = generated.isReplay;
            if (call.accepts("text/event-stream"))
                streams.stream(router, exchange, call, generated.job);
            else
                streams.answer(router, exchange, call, generated.job, std::chrono::seconds(query.wait.value_or(0)));
        },
        streamed);
    router.on(jobs::list, [&](const Call &call, const JobFilter &filter) { return service.list(call.caller, filter); });
    router.on(jobs::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(jobs::update, [&](const Call &call, const JobChange &change) {
        return service.update(call.caller, call.id(), change);
    });
    router.on(jobs::cancel, [&](const Call &call) { return service.cancel(call.caller, call.id()); });
    router.on(jobs::retry, [&](const Call &call) { return service.retry(call.caller, call.id()); });
    router.on(
        jobs::replay,
        [&](const Call &call, const ReplayRequest &request) { return service.replay(call.caller, call.id(), request); },
        longInput);
    router.on(jobs::discard, [&](const Call &call, const DiscardRequest &request) {
        service.discard(call.caller, call.id(), request);
    });
}

void addJobActionRoutes(http::Router &router, JobActionService &service)
{
    using namespace endpoints;
    using http::Call;

    router.on(jobs::replayAll,
              [&](const Call &call, const ReplayAllRequest &request) { return service.replay(call.caller, request); });
    router.on(jobs::discardAll, [&](const Call &call, const DiscardAllRequest &request) {
        return service.discard(call.caller, request);
    });
    router.on(jobs::actions,
              [&](const Call &call, const JobActionFilter &filter) { return service.list(call.caller, filter); });
    router.on(jobs::action, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(jobs::cancelAction, [&](const Call &call) { return service.cancel(call.caller, call.id()); });
}
