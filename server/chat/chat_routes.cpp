// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/chat_routes.h"

#include "server/chat/chat.h"
#include "server/http/router.h"
#include "shared/chat/endpoints.h"

namespace {

using http::Call;
const http::RouteOptions checksChatRevision{.checksRevision = true};

void addChannelRoutes(http::Router &router, ChannelService &service)
{
    using namespace endpoints;
    router.on(channels::list,
              [&](const Call &call, const ChannelFilter &filter) { return service.list(call.caller, filter); });
    router.on(channels::create, [&](const Call &call, const NewChannel &input) {
        const auto made = service.create(call.caller, input);
        return http::Reply<ChannelEntry>{made.entry, made.isNew ? 201 : 200};
    });
    router.on(channels::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        channels::update,
        [&](const Call &call, const ChannelChange &change) {
            return service.update(call.caller, call.id(), change, call.optionalIfMatch());
        },
        checksChatRevision);
    router.on(channels::remove, [&](const Call &call) { service.remove(call.caller, call.id()); });
    router.on(channels::changeMembership, [&](const Call &call, const MembershipChange &change) {
        return service.changeMembership(call.caller, call.id(), change);
    });
    router.on(channels::read,
              [&](const Call &call, const ReadMark &mark) { return service.read(call.caller, call.id(), mark); });
}

void addMemberRoutes(http::Router &router, MemberService &service)
{
    using namespace endpoints;
    router.on(channels::join, [&](const Call &call) { return service.join(call.caller, call.id()); });
    router.on(channels::leave, [&](const Call &call) { service.leave(call.caller, call.id()); });
    router.on(channels::members, [&](const Call &call, const ChatPageFilter &filter) {
        return service.list(call.caller, call.id(), filter);
    });
    router.on(channels::addMembers, [&](const Call &call, const NewChannelMembers &input) {
        return service.add(call.caller, call.id(), input);
    });
    router.on(channels::changeMember, [&](const Call &call, const ChannelMemberChange &change) {
        return service.change(call.caller, call.id(), call.id("memberId"), change);
    });
    router.on(channels::removeMember,
              [&](const Call &call) { service.remove(call.caller, call.id(), call.id("memberId")); });
}

void addMessageRoutes(http::Router &router, MessageService &service, MessageWriter &writer)
{
    using namespace endpoints;
    router.on(messages::list, [&](const Call &call, const MessageFilter &filter) {
        return service.list(call.caller, call.id(), filter);
    });
    // Its clientId does what an Idempotency-Key would do.
    router.onExchange(messages::post,
                      [&](const std::shared_ptr<http::Exchange> &exchange, const Call &call, const NewMessage &input) {
                          writer.post(
                              {call.caller, call.id(), input}, [&router, exchange, call](const Result<Posted> &posted) {
                                  if (posted)
                                      router.respond(exchange, call, posted->message, posted->isNew ? 201 : 200);
                                  else
                                      router.refuse(exchange, call, posted.error());
                              });
                      });
    router.on(messages::search,
              [&](const Call &call, const MessageSearch &search) { return service.search(call.caller, search); });
    router.on(messages::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        messages::update,
        [&](const Call &call, const MessageChange &change) {
            return service.update(call.caller, call.id(), change, call.optionalIfMatch());
        },
        checksChatRevision);
    router.on(messages::remove, [&](const Call &call) { service.remove(call.caller, call.id()); });
    router.on(messages::edits, [&](const Call &call, const ChatPageFilter &filter) {
        return service.edits(call.caller, call.id(), filter);
    });
    router.on(messages::react,
              [&](const Call &call) { return service.setReaction(call.caller, call.id(), call.text("emoji"), true); });
    router.on(messages::unreact,
              [&](const Call &call) { return service.setReaction(call.caller, call.id(), call.text("emoji"), false); });
    router.on(messages::pin, [&](const Call &call) { return service.setPinned(call.caller, call.id(), true); });
    router.on(messages::unpin, [&](const Call &call) { return service.setPinned(call.caller, call.id(), false); });
}

void addDraftRoutes(http::Router &router, ChannelDraftService &service)
{
    using namespace endpoints;
    router.on(messages::drafts,
              [&](const Call &call, const ChatPageFilter &filter) { return service.list(call.caller, filter); });
    router.on(messages::saveDraft, [&](const Call &call, const ChannelDraftInput &input) {
        return service.put(call.caller, call.id(), input);
    });
    router.on(messages::removeDraft,
              [&](const Call &call, const ChannelDraftPlace &place) { service.remove(call.caller, call.id(), place); });
}

} // namespace

void addChatRoutes(http::Router &router, Chat &chat)
{
    addChannelRoutes(router, chat.channels);
    addMemberRoutes(router, chat.members);
    addMessageRoutes(router, chat.messages, chat.writer);
    addDraftRoutes(router, chat.drafts);
}
