// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_service.h"
#include "server/chat/assistants/assistant_store.h"
#include "server/chat/channel_service.h"
#include "server/chat/chat_records.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using namespace ChatRecords;

namespace {

// A public channel that the caller is in, or a private one of which they are an owner; locked.
Channel channelToChange(Transaction &tx, const Caller &caller, const QUuid &id)
{
    const Channel channel = readableChannel(tx, caller, ChannelStore::lock(tx, id));
    if (channel.kind == ChannelKind::Direct || channel.kind == ChannelKind::Group)
        throw ApiError::conflict(
            u"Who is in direct and group channels stays as it is. Open a direct channel with the assistant."_s);
    if (channel.kind == ChannelKind::Private)
        return ownChannel(tx, caller, Ability::ChannelsUpdate, id);
    Access::require(caller, Ability::ChannelsUpdate, channel);
    if (!MemberStore::isMember(tx, id, caller.userId))
        throw ApiError::forbidden(u"You are no member of this channel. Join it first."_s);
    return channel;
}

ChannelMember memberOf(const Assistant &assistant)
{
    return {.id = assistant.id, .kind = ChatPartyKind::Assistant, .name = assistant.name};
}

void noteMember(Transaction &tx, const Caller &caller, const Channel &channel, const QString &name, bool isThere)
{
    AuditEvent event = audited(Ability::ChannelsUpdate, channel);
    (isThere ? event.after : event.before) = QJsonObject{{u"members"_s, QJsonArray{name}}};
    AuditLog::record(tx, caller, event);
}

} // namespace

ChannelEntry AssistantService::talk(const Caller &caller, const QUuid &id)
{
    const ChannelEntry entry = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto assistant = AssistantStore::find(tx, id);
        if (!assistant)
            throw ApiError::notFound(u"The assistant"_s);
        const QString key = u"assistant "_s + id.toString(QUuid::Id128) + u' ' + caller.userId.toString(QUuid::Id128);
        if (const auto there = ChannelStore::ofPeople(tx, key))
            return ChannelService::entriesOf(tx, caller, {readableChannel(tx, caller, ChannelStore::find(tx, *there))})
                .first();
        Channel channel;
        channel.id = newId();
        channel.kind = ChannelKind::Direct;
        channel.authorId = caller.userId;
        channel.authorName = caller.displayName;
        channel.createdAt = channel.updatedAt = QDateTime::currentDateTimeUtc();
        Access::require(caller, Ability::ChannelsCreate, channel);
        channel = ChannelStore::insert(tx, channel, key);
        const auto added = MemberStore::add(
            tx, channel.id, {{.id = caller.userId, .name = caller.displayName}, memberOf(*assistant)}, 0);
        channel = ChannelStore::countMembers(tx, channel.id);
        EventLog::append(tx,
                         QList<NewEvent>{event("created", channel)} + ownEvents("joined", channel, added)
                             + QList<NewEvent>{memberEvent("memberAdded", channel, added)});
        AuditEvent entry = audited(Ability::ChannelsCreate, channel);
        entry.after = AuditJson::of(channel);
        AuditLog::record(tx, caller, entry);
        return ChannelService::entriesOf(tx, caller, {channel}).first();
    });
    m_changed();
    return entry;
}

AssistantService::Joined AssistantService::join(const Caller &caller, const QUuid &channelId,
                                                const NewChannelAssistant &input)
{
    constexpr int mostInChannel = 20;
    const Joined joined = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = channelToChange(tx, caller, channelId);
        const auto assistant = AssistantStore::find(tx, input.assistantId);
        if (!assistant)
            throw ApiError::invalid(u"/assistantId"_s, u"names no assistant"_s);
        if (const auto there = MemberStore::find(tx, channelId, assistant->id))
            return Joined{*there, false};
        if (AssistantStore::countIn(tx, channelId) >= mostInChannel)
            throw ApiError::conflict(u"A channel has %1 assistants at most."_s.arg(mostInChannel));
        const auto added = MemberStore::add(tx, channelId, {memberOf(*assistant)}, channel.lastSequence);
        const Channel after = ChannelStore::countMembers(tx, channelId);
        EventLog::append(tx, {memberEvent("memberAdded", after, added)});
        noteMember(tx, caller, after, assistant->name, true);
        return Joined{added.first(), true};
    });
    m_changed();
    return joined;
}

void AssistantService::leave(const Caller &caller, const QUuid &channelId, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        channelToChange(tx, caller, channelId);
        const auto member = MemberStore::find(tx, channelId, id);
        if (!member || member->kind != ChatPartyKind::Assistant)
            throw ApiError::notFound(u"The assistant"_s);
        MemberStore::remove(tx, channelId, id);
        const Channel after = ChannelStore::countMembers(tx, channelId);
        EventLog::append(tx, {memberEvent("memberRemoved", after, {*member})});
        noteMember(tx, caller, after, member->name, false);
    });
    m_changed();
}
