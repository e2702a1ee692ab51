// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_log.h"
#include "server/chat/channel_store.h"
#include "server/chat/member_store.h"
#include "server/chat/message_store.h"
#include "server/events/event_log.h"
#include "server/permissions/access.h"
#include "shared/error.h"

// What the services of this folder share: channels and messages that a caller may see and change, and how changes are
// told.
namespace ChatRecords {

inline ApiError noChannel() { return ApiError::notFound(QStringLiteral("The channel")); }
inline ApiError noMessage() { return ApiError::notFound(QStringLiteral("The message")); }

// A channel that the caller may read: public, or their own. Not what rules say of its messages.
inline Channel readableChannel(Transaction &tx, const Caller &caller, const std::optional<Channel> &found)
{
    const Channel channel = Access::readable(caller, Ability::ChannelsRead, found, noChannel());
    if (channel.kind != ChannelKind::Public && !MemberStore::isMember(tx, channel.id, caller.userId))
        throw noChannel();
    return channel;
}

// What a message of the channel is to rules before it is one.
inline ChatMessage messageIn(const Channel &channel, const Caller &caller)
{
    ChatMessage message;
    message.channelId = channel.id;
    message.channelName = channel.name;
    message.channelKind = channel.kind;
    message.authorId = caller.userId;
    message.authorName = caller.displayName;
    return message;
}

inline bool moderates(const Caller &caller, const Channel &channel)
{
    return caller.may(Ability::ChatModerate) && Access::may(caller, Ability::ChatModerate, messageIn(channel, caller));
}

// A channel of which the caller is an owner, or which they moderate; locked until the transaction ends.
inline Channel ownChannel(Transaction &tx, const Caller &caller, Ability ability, const QUuid &id,
                          std::optional<qint64> revision = {})
{
    const Channel channel = readableChannel(tx, caller, ChannelStore::lock(tx, id));
    Access::require(caller, ability, channel);
    const auto member = MemberStore::find(tx, id, caller.userId);
    if (!(member && member->role == ChannelRole::Owner) && !moderates(caller, channel))
        throw ApiError::forbidden(
            QStringLiteral("Only an owner of the channel, or who moderates it, can do this. Ask one of them."));
    if (revision && *revision != channel.revision)
        throw ApiError::changed(QStringLiteral("The channel"));
    return channel;
}

inline QString topicOf(const QUuid &channelId)
{
    return QStringLiteral("channel/") + channelId.toString(QUuid::WithoutBraces);
}
// What only this person is told, to all of their devices.
inline QString ownTopicOf(const QUuid &userId)
{
    return QStringLiteral("chat-person/") + userId.toString(QUuid::WithoutBraces);
}

// "message.edited" with the message as it is now.
inline NewEvent event(const char *name, const ChatMessage &after)
{
    return {topicOf(after.channelId), QStringLiteral("message.") + QString::fromLatin1(name), json::print(after)};
}
inline NewEvent event(const char *name, const Channel &after)
{
    return {topicOf(after.id), QStringLiteral("channel.") + QString::fromLatin1(name), json::print(after)};
}
inline NewEvent memberEvent(const char *name, const Channel &after, const QList<ChannelMember> &members)
{
    return {topicOf(after.id), QStringLiteral("channel.") + QString::fromLatin1(name),
            json::print(ChannelMemberNews{after.id, after.memberCount, members})};
}
// To those who come or leave themselves: "channel.joined", "channel.left" with the channel.
inline QList<NewEvent> ownEvents(const char *name, const Channel &after, const QList<ChannelMember> &members)
{
    QList<NewEvent> events;
    for (const ChannelMember &member : members)
        if (member.kind == ChatPartyKind::Person)
            events.append(
                {ownTopicOf(member.id), QStringLiteral("channel.") + QString::fromLatin1(name), json::print(after)});
    return events;
}

inline QString nameOf(const Channel &channel)
{
    return channel.name.isEmpty() ? QString::fromLatin1(enumNames<ChannelKind>[std::size_t(channel.kind)])
                                  : QLatin1Char('#') + channel.name;
}
inline AuditEvent audited(Ability ability, const Channel &channel)
{
    return {.action = AuditLog::actionOf(ability), .subject = {channel.id, nameOf(channel)}};
}

// Takes the last row off where there is one more than asked for, which shows that another page follows.
template<class Row> bool cut(QList<Row> &rows, int limit)
{
    const bool hasMore = rows.size() > limit;
    if (hasMore)
        rows.removeLast();
    return hasMore;
}

} // namespace ChatRecords
