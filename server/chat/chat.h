// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/channel_draft_service.h"
#include "server/chat/channel_service.h"
#include "server/chat/member_service.h"
#include "server/chat/message_service.h"
#include "server/chat/message_writer.h"

namespace http {
class Router;
}

// Chat, put together.
struct Chat
{
    Chat(Database &database, MessageWriter::Work work, const std::function<void()> &changed)
        : channels(database, changed),
          members(database, changed),
          messages(database, changed),
          drafts(database, changed),
          writer(database, std::move(work), changed)
    {
    }

    void addRoutes(http::Router &router);

    ChannelService channels;
    MemberService members;
    MessageService messages;
    ChannelDraftService drafts;
    MessageWriter writer;
};
