// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/chat/channel.h"
#include "shared/http/page.h"

#include <functional>

// Channels, and what they are to the person who asks. No state, any thread.
class ChannelService
{
public:
    ChannelService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    Page<ChannelEntry> list(const Caller &caller, const ChannelFilter &filter);
    ChannelEntry get(const Caller &caller, const QUuid &id);
    struct Made
    {
        ChannelEntry entry;
        bool isNew = true; // false: a direct or group channel that was there
    };
    Made create(const Caller &caller, const NewChannel &input);
    Channel update(const Caller &caller, const QUuid &id, const ChannelChange &change, std::optional<qint64> revision);
    void remove(const Caller &caller, const QUuid &id);

    Membership changeMembership(const Caller &caller, const QUuid &id, const MembershipChange &change);
    Membership read(const Caller &caller, const QUuid &id, const ReadMark &mark);

    // By which a direct or group channel of these people is found.
    static QString peopleKeyOf(const QList<ChannelMember> &members);
    // Channels as the caller sees them, in a transaction.
    static QList<ChannelEntry> entriesOf(Transaction &tx, const Caller &caller, const QList<Channel> &channels);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
