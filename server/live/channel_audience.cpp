// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/channel_audience.h"

#include "server/chat/channel_store.h"
#include "server/chat/chat_records.h"
#include "server/live/live_topics.h"

namespace ChannelAudience {

QSet<QString> ownTopics(Transaction &tx, const Caller &caller)
{
    QSet<QString> topics{live::ownTopic(caller.userId)};
    for (const QUuid &id : MemberStore::channelsOf(tx, caller.userId))
        topics.insert(ChatRecords::topicOf(id));
    return topics;
}

bool mayFollow(Transaction &tx, const Caller &caller, const QUuid &channelId)
{
    const auto channel = ChannelStore::find(tx, channelId);
    return channel && (channel->kind == ChannelKind::Public || MemberStore::isMember(tx, channelId, caller.userId));
}

} // namespace ChannelAudience
