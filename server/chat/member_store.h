// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/channel_member.h"

#include <QHash>

// SQL of who is in channels, in a transaction of the tenant.
namespace MemberStore {

std::optional<ChannelMember> find(Transaction &tx, const QUuid &channelId, const QUuid &memberId);
QList<QUuid> channelsOf(Transaction &tx, const QUuid &memberId);
bool isMember(Transaction &tx, const QUuid &channelId, const QUuid &memberId);
// By name.
QList<ChannelMember> list(Transaction &tx, const QUuid &channelId, int limit,
                          const std::optional<std::pair<QString, QUuid>> &after);
qint64 countOwners(Transaction &tx, const QUuid &channelId);
// Of each of these channels all members: for direct and group channels, which have few.
QHash<QUuid, QList<ChannelMember>> ofAll(Transaction &tx, const QList<QUuid> &channelIds);

// Which of the pairs are there.
struct Pair
{
    QUuid channelId;
    QUuid memberId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"channelId", &Pair::channelId}, Field{"memberId", &Pair::memberId}};
    }
    bool operator==(const Pair &other) const = default;
};
inline size_t qHash(const Pair &pair, size_t seed = 0) { return qHashMulti(seed, pair.channelId, pair.memberId); }
QList<Pair> pairsOf(Transaction &tx, const QList<Pair> &pairs);

// Those of the ids that are people who may sign in, with their names; by name.
struct Person
{
    QUuid id;
    QString name;

    static constexpr auto fields() { return std::tuple{Field{"id", &Person::id}, Field{"name", &Person::name}}; }
};
QList<Person> people(Transaction &tx, const QList<QUuid> &ids);

// Who was none before; they have read what stands there already.
QList<ChannelMember> add(Transaction &tx, const QUuid &channelId, const QList<ChannelMember> &members,
                         qint64 readSequence);
void remove(Transaction &tx, const QUuid &channelId, const QUuid &memberId);
void setRole(Transaction &tx, const QUuid &channelId, const QUuid &memberId, ChannelRole role);

// Of one person in these channels. `messages`: which messages count.
QHash<QUuid, Membership> memberships(Transaction &tx, const QUuid &memberId, const QList<QUuid> &channelIds,
                                     const database::Fragment &messages);
void change(Transaction &tx, const QUuid &channelId, const QUuid &memberId, const MembershipChange &change);
// False: the mark stands there or further on.
bool moveReadMark(Transaction &tx, const QUuid &channelId, const QUuid &memberId, const ReadMark &mark);

} // namespace MemberStore
