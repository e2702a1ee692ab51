// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/channel_service.h"

#include "server/chat/chat_records.h"
#include "server/database/columns.h"
#include "server/database/cursor.h"
#include "server/templates/template_checks.h"
#include "shared/id.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace ChatRecords;

namespace {

constexpr int channelPage = 100;
constexpr qsizetype mostInGroup = 20; // beside who makes it

bool hasName(ChannelKind kind) { return kind == ChannelKind::Public || kind == ChannelKind::Private; }

void checkName(const QString &name)
{
    if (!TemplateChecks::isSlug(name))
        throw ApiError::invalid(u"/name"_s, u"must be small letters, digits and single hyphens"_s);
}

void checkKind(const NewChannel &input)
{
    QList<json::Problem> problems;
    if (hasName(input.kind)) {
        checkName(input.name);
        return;
    }
    if (!input.name.isEmpty())
        problems.append({u"/name"_s, u"must be left out: such a channel is called after its members"_s});
    if (!input.topic.isEmpty())
        problems.append({u"/topic"_s, u"must be left out: such a channel has none"_s});
    const qsizetype others = input.memberIds.size();
    if (input.kind == ChannelKind::Direct && others != 1)
        problems.append({u"/memberIds"_s, u"must be one person"_s});
    if (input.kind == ChannelKind::Group && (others < 2 || others > mostInGroup))
        problems.append({u"/memberIds"_s, u"must be 2 to %1 people"_s.arg(mostInGroup)});
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

// Everybody who is to be in the channel, the caller first.
QList<ChannelMember> membersOf(Transaction &tx, const Caller &caller, const NewChannel &input)
{
    const auto found = MemberStore::people(tx, input.memberIds);
    QList<ChannelMember> members{{.id = caller.userId, .name = caller.displayName, .role = ChannelRole::Owner}};
    QList<json::Problem> problems;
    for (qsizetype i = 0; i < input.memberIds.size(); ++i)
        if (std::none_of(found.begin(), found.end(), [&](const auto &one) { return one.id == input.memberIds[i]; }))
            problems.append({u"/memberIds/%1"_s.arg(i), u"is nobody who can sign in"_s});
    for (const MemberStore::Person &person : found)
        if (person.id != caller.userId)
            members.append({.id = person.id, .name = person.name});
    if (problems.isEmpty() && !hasName(input.kind) && members.size() != input.memberIds.size() + 1)
        problems.append({u"/memberIds"_s, u"must be different people beside yourself"_s});
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
    if (!hasName(input.kind)) // nobody is more than the others there
        for (ChannelMember &member : members)
            member.role = ChannelRole::Member;
    return members;
}

std::optional<ChannelStore::Place> placeIn(const ChannelFilter &filter)
{
    const auto keys = cursor::parse(filter.cursor, 2);
    if (!keys)
        return std::nullopt;
    const ChannelStore::Place after{keys->at(0), QUuid::fromString(keys->at(1))};
    if (after.id.isNull())
        cursor::refuse();
    return after;
}

ChannelEntry entryOf(Transaction &tx, const Caller &caller, const Channel &channel)
{
    return ChannelService::entriesOf(tx, caller, {channel}).first();
}

Membership membershipOf(Transaction &tx, const Caller &caller, const QUuid &id)
{
    return MemberStore::memberships(tx, caller.userId, {id}, Access::rows<ChatMessage>(caller, Ability::ChatRead))
        .value(id);
}

Channel joinedChannel(Transaction &tx, const Caller &caller, const QUuid &id)
{
    const Channel channel = readableChannel(tx, caller, ChannelStore::find(tx, id));
    if (!MemberStore::isMember(tx, id, caller.userId))
        throw ApiError::conflict(u"You are no member of this channel. Join it first."_s);
    return channel;
}

} // namespace

QString ChannelService::peopleKeyOf(const QList<ChannelMember> &members)
{
    QStringList ids;
    for (const ChannelMember &member : members)
        ids.append(member.id.toString(QUuid::Id128));
    ids.sort();
    return ids.join(u' ');
}

QList<ChannelEntry> ChannelService::entriesOf(Transaction &tx, const Caller &caller, const QList<Channel> &channels)
{
    QList<QUuid> ids, unnamed;
    for (const Channel &channel : channels) {
        ids.append(channel.id);
        if (!hasName(channel.kind))
            unnamed.append(channel.id);
    }
    const auto memberships =
        MemberStore::memberships(tx, caller.userId, ids, Access::rows<ChatMessage>(caller, Ability::ChatRead));
    const auto people = MemberStore::ofAll(tx, unnamed);
    QList<ChannelEntry> entries;
    for (const Channel &channel : channels) {
        ChannelEntry entry{channel, std::nullopt, people.value(channel.id)};
        if (const auto mine = memberships.constFind(channel.id); mine != memberships.constEnd())
            entry.membership = *mine;
        entries.append(entry);
    }
    return entries;
}

Page<ChannelEntry> ChannelService::list(const Caller &caller, const ChannelFilter &filter)
{
    if (filter.search)
        Access::requireVisible(caller, Ability::ChannelsRead, u"search"_s, {u"name"_s, u"topic"_s});
    const int limit = filter.limit.value_or(channelPage);
    const auto after = placeIn(filter);
    Page<ChannelEntry> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto rows = Access::rows<Channel>(caller, Ability::ChannelsRead);
        QList<Channel> channels = filter.scope.value_or(ChannelScope::Mine) == ChannelScope::Mine
            ? ChannelStore::listOf(tx, caller.userId, filter, limit + 1, after, rows)
            : ChannelStore::listOpen(tx, filter, limit + 1, after, rows);
        if (cut(channels, limit))
            page.nextCursor = cursor::print({channels.last().name, channels.last().id.toString(QUuid::WithoutBraces)});
        return entriesOf(tx, caller, channels);
    });
    return page;
}

ChannelEntry ChannelService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return entryOf(tx, caller, readableChannel(tx, caller, ChannelStore::find(tx, id)));
    });
}

ChannelService::Made ChannelService::create(const Caller &caller, const NewChannel &input)
{
    checkKind(input);
    const Made made = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto members = membersOf(tx, caller, input);
        std::optional<QString> key;
        if (!hasName(input.kind)) {
            key = peopleKeyOf(members);
            if (const auto there = ChannelStore::ofPeople(tx, *key))
                return Made{entryOf(tx, caller, readableChannel(tx, caller, ChannelStore::find(tx, *there))), false};
        }
        Channel channel;
        channel.id = newId();
        channel.kind = input.kind;
        channel.name = input.name;
        channel.topic = input.topic;
        channel.authorId = caller.userId;
        channel.authorName = caller.displayName;
        channel.createdAt = channel.updatedAt = QDateTime::currentDateTimeUtc();
        Access::requireNew(caller, Ability::ChannelsCreate, channel, input);
        channel = ChannelStore::insert(tx, channel, key);
        const auto added = MemberStore::add(tx, channel.id, members, 0);
        channel = ChannelStore::countMembers(tx, channel.id);
        EventLog::append(tx,
                         QList<NewEvent>{event("created", channel)} + ownEvents("joined", channel, added)
                             + QList<NewEvent>{memberEvent("memberAdded", channel, added)});
        AuditEvent entry = audited(Ability::ChannelsCreate, channel);
        entry.after = AuditJson::of(channel);
        AuditLog::record(tx, caller, entry);
        return Made{entryOf(tx, caller, channel), true};
    });
    if (made.isNew)
        m_changed();
    return made;
}

Channel ChannelService::update(const Caller &caller, const QUuid &id, const ChannelChange &change,
                               std::optional<qint64> revision)
{
    if (change.name)
        checkName(*change.name);
    const Channel updated = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel before = ownChannel(tx, caller, Ability::ChannelsUpdate, id, revision);
        if (!hasName(before.kind) && (change.name || change.topic))
            throw ApiError::conflict(u"Direct and group channels have neither name nor topic."_s);
        Access::requireFields(caller, Ability::ChannelsUpdate, before, change);
        Channel after = before;
        after.name = change.name.value_or(after.name);
        after.topic = change.topic.value_or(after.topic);
        after.isArchived = change.isArchived.value_or(after.isArchived);
        Access::require(caller, Ability::ChannelsUpdate, after);
        after = ChannelStore::update(tx, after);
        EventLog::append(tx, {event("updated", after)});
        AuditEvent entry = audited(Ability::ChannelsUpdate, after);
        entry.before = AuditJson::of(before);
        entry.after = AuditJson::of(after);
        AuditLog::record(tx, caller, entry);
        return after;
    });
    m_changed();
    return updated;
}

void ChannelService::remove(const Caller &caller, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = ownChannel(tx, caller, Ability::ChannelsDelete, id);
        ChannelStore::remove(tx, id);
        EventLog::append(tx, {event("removed", channel)});
        AuditEvent entry = audited(Ability::ChannelsDelete, channel);
        entry.before = AuditJson::of(channel);
        AuditLog::record(tx, caller, entry);
    });
    m_changed();
}

Membership ChannelService::changeMembership(const Caller &caller, const QUuid &id, const MembershipChange &change)
{
    const Membership after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        joinedChannel(tx, caller, id);
        MemberStore::change(tx, id, caller.userId, change);
        const Membership membership = membershipOf(tx, caller, id);
        EventLog::append(
            tx,
            {{ownTopicOf(caller.userId), u"channel.membershipChanged"_s, json::print(MembershipNews{id, membership})}});
        return membership;
    });
    m_changed();
    return after;
}

Membership ChannelService::read(const Caller &caller, const QUuid &id, const ReadMark &mark)
{
    bool isMoved = false;
    const Membership after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Channel channel = joinedChannel(tx, caller, id);
        if (mark.sequence > channel.lastSequence)
            throw ApiError::invalid(u"/sequence"_s,
                                    u"is not there: the last message is %1"_s.arg(channel.lastSequence));
        isMoved = MemberStore::moveReadMark(tx, id, caller.userId, mark);
        const Membership membership = membershipOf(tx, caller, id);
        if (isMoved)
            EventLog::append(
                tx, {{ownTopicOf(caller.userId), u"read.moved"_s, json::print(MembershipNews{id, membership})}});
        return membership;
    });
    if (isMoved)
        m_changed();
    return after;
}
