// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/chat/assistants/asking.h"
#include "server/database/database.h"
#include "shared/chat/assistant.h"
#include "shared/chat/channel.h"
#include "shared/http/page.h"

// The assistants of a tenant, and the channels that they are in. No state, any thread.
class AssistantService
{
public:
    // `changed` is told after commits that wrote events.
    AssistantService(Database &database, Asking &asking, std::function<void()> changed)
        : m_database(database),
          m_asking(asking),
          m_changed(std::move(changed))
    {
    }

    Page<Assistant> list(const Caller &caller, const AssistantFilter &filter);
    Assistant get(const Caller &caller, const QUuid &id);
    Assistant create(const Caller &caller, const NewAssistant &input);
    Assistant update(const Caller &caller, const QUuid &id, qint64 revision, const AssistantChange &change);
    void remove(const Caller &caller, const QUuid &id, std::optional<qint64> revision);

    ChannelEntry talk(const Caller &caller, const QUuid &id); // the direct channel of both
    struct Joined
    {
        ChannelMember member;
        bool isNew = true; // false: it was a member
    };
    Joined join(const Caller &caller, const QUuid &channelId, const NewChannelAssistant &input);
    void leave(const Caller &caller, const QUuid &channelId, const QUuid &id);

private:
    Database &m_database;
    Asking &m_asking;
    const std::function<void()> m_changed;
};
