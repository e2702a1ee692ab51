// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_routes.h"

#include "server/http/router.h"
#include "shared/chat/assistant_endpoints.h"

namespace {

using http::Call;
const http::RouteOptions checksAssistantRevision{.checksRevision = true};

void addAssistantsRoutes(http::Router &router, AssistantService &service)
{
    using namespace endpoints;
    router.on(assistants::list,
              [&](const Call &call, const AssistantFilter &filter) { return service.list(call.caller, filter); });
    router.on(assistants::create,
              [&](const Call &call, const NewAssistant &input) { return service.create(call.caller, input); });
    router.on(assistants::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        assistants::update,
        [&](const Call &call, const AssistantChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksAssistantRevision);
    router.on(
        assistants::remove, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksAssistantRevision);
    router.on(assistants::talk, [&](const Call &call) { return service.talk(call.caller, call.id()); });
    router.on(assistants::join, [&](const Call &call, const NewChannelAssistant &input) {
        const auto joined = service.join(call.caller, call.id(), input);
        return http::Reply<ChannelMember>{joined.member, joined.isNew ? 201 : 200};
    });
    router.on(assistants::leave,
              [&](const Call &call) { service.leave(call.caller, call.id(), call.id("assistantId")); });
}

void addAnswerRoutes(http::Router &router, AssistantAnswerService &service)
{
    using namespace endpoints;
    router.on(assistants::stop, [&](const Call &call) { return service.stop(call.caller, call.id()); });
    router.on(assistants::regenerate, [&](const Call &call) { return service.regenerate(call.caller, call.id()); });
    router.on(assistants::rate, [&](const Call &call, const AnswerRatingInput &input) {
        return service.rate(call.caller, call.id(), input.rating);
    });
    router.on(assistants::unrate, [&](const Call &call) { return service.rate(call.caller, call.id(), std::nullopt); });
    router.on(assistants::answers, [&](const Call &call) { return service.list(call.caller, call.id()); });
}

} // namespace

void addAssistantRoutes(http::Router &router, Assistants &assistants)
{
    addAssistantsRoutes(router, assistants.service);
    addAnswerRoutes(router, assistants.answers);
}
