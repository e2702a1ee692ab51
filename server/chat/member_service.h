// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/chat/channel.h"
#include "shared/http/page.h"

#include <functional>

// Who is in channels. A channel with a name keeps an owner as long as somebody is in it. No state, any thread.
class MemberService
{
public:
    MemberService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    Page<ChannelMember> list(const Caller &caller, const QUuid &id, const ChatPageFilter &filter);
    ChannelEntry join(const Caller &caller, const QUuid &id);
    void leave(const Caller &caller, const QUuid &id);
    Channel add(const Caller &caller, const QUuid &id, const NewChannelMembers &input);
    ChannelMember change(const Caller &caller, const QUuid &id, const QUuid &memberId,
                         const ChannelMemberChange &change);
    void remove(const Caller &caller, const QUuid &id, const QUuid &memberId);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
