// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/member_service.h"

#include "server/chat/channel_service.h"
#include "server/chat/chat_records.h"
#include "server/database/cursor.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace ChatRecords;

namespace {

constexpr int memberPage = 200;
constexpr int mostMembers = 5000; // of a channel

ApiError noMember() { return ApiError::notFound(u"The member"_s); }

void requireNamed(const Channel &channel)
{
    if (channel.kind == ChannelKind::Direct || channel.kind == ChannelKind::Group)
        throw ApiError::conflict(
            u"The people of direct and group channels stay as they are. Make a new channel for others."_s);
}

void requireOtherOwner(Transaction &tx, const Channel &channel, const ChannelMember &member)
{
    if (member.role == ChannelRole::Owner && MemberStore::countOwners(tx, channel.id) == 1 && channel.memberCount > 1)
        throw ApiError::conflict(u"The channel would have no owner. Make somebody else one first."_s);
}

QJsonObject namesOf(const QList<ChannelMember> &members)
{
    QJsonArray names;
    for (const ChannelMember &member : members)
        names.append(member.name);
    return {{u"members"_s, names}};
}

Channel addTo(Transaction &tx, const Caller &caller, const Channel &channel, const QList<ChannelMember> &members)
{
    const auto added = MemberStore::add(tx, channel.id, members, channel.lastSequence);
    if (added.isEmpty())
        return channel;
    const Channel after = ChannelStore::countMembers(tx, channel.id);
    if (after.memberCount > mostMembers)
        throw ApiError::conflict(u"A channel has %1 members at most."_s.arg(mostMembers));
    EventLog::append(tx, ownEvents("joined", after, added) + QList<NewEvent>{memberEvent("memberAdded", after, added)});
    AuditEvent entry = audited(Ability::ChannelsUpdate, after);
    entry.after = namesOf(added);
    AuditLog::record(tx, caller, entry);
    return after;
}

void takeFrom(Transaction &tx, const Caller &caller, const Channel &channel, const ChannelMember &member)
{
    requireOtherOwner(tx, channel, member);
    MemberStore::remove(tx, channel.id, member.id);
    const Channel after = ChannelStore::countMembers(tx, channel.id);
    EventLog::append(
        tx, QList<NewEvent>{memberEvent("memberRemoved", after, {member})} + ownEvents("left", after, {member}));
    AuditEvent entry = audited(Ability::ChannelsUpdate, after);
    entry.before = namesOf({member});
    AuditLog::record(tx, caller, entry);
}

} // namespace

Page<ChannelMember> MemberService::list(const Caller &caller, const QUuid &id, const ChatPageFilter &filter)
{
    const int limit = filter.limit.value_or(memberPage);
    std::optional<std::pair<QString, QUuid>> after;
    if (const auto keys = cursor::parse(filter.cursor, 2)) {
        after = {keys->at(0), QUuid::fromString(keys->at(1))};
        if (after->second.isNull())
            cursor::refuse();
    }
    Page<ChannelMember> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readableChannel(tx, caller, ChannelStore::find(tx, id));
        return MemberStore::list(tx, id, limit + 1, after);
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().name, page.items.last().id.toString(QUuid::WithoutBraces)});
    return page;
}

ChannelEntry MemberService::join(const Caller &caller, const QUuid &id)
{
    const ChannelEntry entry = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = readableChannel(tx, caller, ChannelStore::lock(tx, id));
        if (channel.isArchived)
            throw ApiError::conflict(u"The channel is archived: it can be read, but no longer be joined."_s);
        // Whom all others have left alone becomes its owner.
        const ChannelRole role = channel.memberCount == 0 ? ChannelRole::Owner : ChannelRole::Member;
        const Channel after =
            addTo(tx, caller, channel, {{.id = caller.userId, .name = caller.displayName, .role = role}});
        return ChannelService::entriesOf(tx, caller, {after}).first();
    });
    m_changed();
    return entry;
}

void MemberService::leave(const Caller &caller, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = readableChannel(tx, caller, ChannelStore::lock(tx, id));
        requireNamed(channel);
        if (const auto member = MemberStore::find(tx, id, caller.userId))
            takeFrom(tx, caller, channel, *member);
    });
    m_changed();
}

Channel MemberService::add(const Caller &caller, const QUuid &id, const NewChannelMembers &input)
{
    const Channel after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        Channel channel = readableChannel(tx, caller, ChannelStore::lock(tx, id));
        if (channel.kind == ChannelKind::Public) {
            Access::require(caller, Ability::ChannelsUpdate, channel);
            if (!MemberStore::isMember(tx, id, caller.userId))
                throw ApiError::forbidden(u"You are no member of this channel. Join it first."_s);
        } else {
            channel = ownChannel(tx, caller, Ability::ChannelsUpdate, id);
        }
        requireNamed(channel);
        const auto people = MemberStore::people(tx, input.memberIds);
        QList<ChannelMember> members;
        for (const MemberStore::Person &person : people)
            members.append({.id = person.id, .name = person.name});
        QList<json::Problem> problems;
        for (qsizetype i = 0; i < input.memberIds.size(); ++i)
            if (std::none_of(people.begin(), people.end(),
                             [&](const auto &one) { return one.id == input.memberIds[i]; }))
                problems.append({u"/memberIds/%1"_s.arg(i), u"is nobody who can sign in"_s});
        if (!problems.isEmpty())
            throw ApiError::invalid(problems);
        return addTo(tx, caller, channel, members);
    });
    m_changed();
    return after;
}

ChannelMember MemberService::change(const Caller &caller, const QUuid &id, const QUuid &memberId,
                                    const ChannelMemberChange &change)
{
    const ChannelMember after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = ownChannel(tx, caller, Ability::ChannelsUpdate, id);
        requireNamed(channel);
        auto member = MemberStore::find(tx, id, memberId);
        if (!member)
            throw noMember();
        if (member->role == change.role)
            return *member;
        if (member->kind == ChatPartyKind::Assistant)
            throw ApiError::conflict(u"An assistant cannot be an owner."_s);
        if (change.role == ChannelRole::Member)
            requireOtherOwner(tx, channel, *member);
        AuditEvent entry = audited(Ability::ChannelsUpdate, channel);
        entry.before = AuditJson::of(*member);
        MemberStore::setRole(tx, id, memberId, change.role);
        member->role = change.role;
        entry.after = AuditJson::of(*member);
        AuditLog::record(tx, caller, entry);
        EventLog::append(tx, {memberEvent("memberChanged", channel, {*member})});
        return *member;
    });
    m_changed();
    return after;
}

void MemberService::remove(const Caller &caller, const QUuid &id, const QUuid &memberId)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = ownChannel(tx, caller, Ability::ChannelsUpdate, id);
        requireNamed(channel);
        const auto member = MemberStore::find(tx, id, memberId);
        if (!member)
            throw noMember();
        takeFrom(tx, caller, channel, *member);
    });
    m_changed();
}
