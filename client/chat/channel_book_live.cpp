// SPDX-License-Identifier: GPL-3.0-or-later
// What the live connection tells of channels, and what has been read of them.
#include "client/chat/channel_book.h"
#include "shared/chat/endpoints.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostUnreadCounted = 1000; // the server counts no further either

} // namespace

void ChannelBook::received(const live::Event &event)
{
    const auto parsed = [&]<class T>(std::type_identity<T>) {
        return json::fromValue<T>(event.data, json::UnknownMembers::Lenient);
    };
    try {
        if (event.name == u"message.posted"_s)
            return heard(parsed(std::type_identity<ChatMessage>()));
        if (event.name.startsWith(u"message."_s))
            return;
        if (event.name == u"read.moved"_s || event.name == u"channel.membershipChanged"_s) {
            const auto news = parsed(std::type_identity<MembershipNews>());
            return put(news.channelId, news.membership);
        }
        if (event.name.startsWith(u"channel.member"_s)) {
            const auto news = parsed(std::type_identity<ChannelMemberNews>());
            if (ChannelEntry *entry = entryOf(news.channelId)) {
                entry->channel.memberCount = news.memberCount;
                Q_EMIT membersChanged(news.channelId);
                Q_EMIT changed();
            }
            return;
        }
        if (event.name == u"draft.changed"_s)
            return Q_EMIT draftHeard(parsed(std::type_identity<ChannelDraftNews>()));
        if (event.name == u"channel.joined"_s)
            return fetch(parsed(std::type_identity<Channel>()).id);
        if (event.name == u"channel.left"_s || event.name == u"channel.removed"_s)
            return drop(parsed(std::type_identity<Channel>()).id);
        if (event.name == u"channel.updated"_s)
            put(parsed(std::type_identity<Channel>()));
    } catch (const json::InvalidError &) {
        // Only names what it is about: the list is asked again rather than guessed at.
        reload();
    }
}

void ChannelBook::heard(const ChatMessage &message)
{
    ChannelEntry *entry = entryOf(message.channelId);
    if (!entry)
        return fetch(message.channelId);
    if (message.sequence > entry->channel.lastSequence) {
        entry->channel.lastSequence = message.sequence;
        entry->channel.lastMessageAt = message.createdAt;
    }
    Membership &own = *entry->membership;
    const bool isOwn = message.authorKind == ChatPartyKind::Person && message.authorId == me();
    if (!isOwn && message.sequence > own.readSequence) {
        own.unread = std::min(own.unread + 1, mostUnreadCounted);
        if (message.mentionsEveryone || message.mentions.contains(me()))
            own.unreadMentions = std::min(own.unreadMentions + 1, own.unread);
    }
    remember(*entry);
    Q_EMIT changed();
    Q_EMIT messageHeard(message);
}

void ChannelBook::markRead(const QUuid &id, qint64 sequence)
{
    ChannelEntry *entry = entryOf(id);
    if (!entry || !entry->membership || sequence <= entry->membership->readSequence)
        return;
    entry->membership->readSequence = sequence;
    if (sequence >= entry->channel.lastSequence)
        entry->membership->unread = entry->membership->unreadMentions = 0;
    remember(*entry);
    m_marks[id] = {sequence, false};
    m_sendMarks.start();
    Q_EMIT changed();
}

void ChannelBook::markUnreadFrom(const QUuid &id, qint64 sequence)
{
    ChannelEntry *entry = entryOf(id);
    if (!entry || !entry->membership || sequence < 1)
        return;
    entry->membership->readSequence = sequence - 1;
    entry->membership->unread =
        int(std::min<qint64>(mostUnreadCounted, entry->channel.lastSequence - sequence + 1)); // until the server counts
    m_marks[id] = {sequence - 1, true};
    sendMarks();
    Q_EMIT changed();
}

void ChannelBook::sendMarks()
{
    for (const auto &[id, mark] : std::exchange(m_marks, {}).asKeyValueRange())
        sendMark(id, mark);
}

void ChannelBook::sendMark(const QUuid &id, const ReadMark &mark)
{
    m_workspace.api().call(endpoints::channels::read.at(id), mark, this,
                           [this, id, mark](const Result<Membership> &reply) {
                               if (reply) {
                                   // Live, the same comes as an event, in its order among the messages that are
                                   // counted.
                                   if (m_workspace.live().state() != LiveClient::State::Live)
                                       put(id, *reply);
                                   return;
                               }
                               if (reply.error().status == 0 && !m_marks.contains(id))
                                   m_marks.insert(id, mark); // when the connection is back
                           });
}
