// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/chat/channel_draft.h"
#include "shared/chat/channel_member.h"
#include "shared/http/page.h"

#include <functional>

// What people have typed and not sent, each for themselves, on all of their devices. No state, any thread.
class ChannelDraftService
{
public:
    ChannelDraftService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    // In the channels that the caller may still read.
    Page<ChannelDraft> list(const Caller &caller, const ChatPageFilter &filter);
    ChannelDraft put(const Caller &caller, const QUuid &channelId, const ChannelDraftInput &input);
    void remove(const Caller &caller, const QUuid &channelId, const ChannelDraftPlace &place);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
