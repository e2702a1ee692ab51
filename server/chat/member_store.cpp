// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/member_store.h"

#include "server/database/columns.h"

using database::column;

namespace MemberStore {
namespace {

struct MemberRow
{
    QUuid channelId;
    QUuid id;
    ChatPartyKind kind = ChatPartyKind::Person;
    QString name;
    ChannelRole role = ChannelRole::Member;
    QDateTime joinedAt;

    static constexpr auto fields()
    {
        using T = MemberRow;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"id", &T::id},     Field{"kind", &T::kind},
                          Field{"name", &T::name},           Field{"role", &T::role}, Field{"joinedAt", &T::joinedAt}};
    }
};

struct MembershipRow
{
    QUuid channelId;
    ChannelRole role = ChannelRole::Member;
    qint64 readSequence = 0;
    int unread = 0;
    int unreadMentions = 0;
    ChannelNotify notify = ChannelNotify::All;
    std::optional<QDateTime> mutedUntil;
    bool isFavorite = false;
    QDateTime joinedAt;

    static constexpr auto fields()
    {
        using T = MembershipRow;
        return std::tuple{Field{"channelId", &T::channelId},
                          Field{"role", &T::role},
                          Field{"readSequence", &T::readSequence},
                          Field{"unread", &T::unread},
                          Field{"unreadMentions", &T::unreadMentions},
                          Field{"notify", &T::notify},
                          Field{"mutedUntil", &T::mutedUntil},
                          Field{"isFavorite", &T::isFavorite},
                          Field{"joinedAt", &T::joinedAt}};
    }
};

} // namespace

std::optional<ChannelMember> find(Transaction &tx, const QUuid &channelId, const QUuid &memberId)
{
    return tx.maybe<ChannelMember>(R"(
        SELECT id, kind, name, role, joined_at FROM channel_member_overview WHERE channel_id = $1 AND id = $2)",
                                   channelId, memberId);
}

QList<QUuid> channelsOf(Transaction &tx, const QUuid &memberId)
{
    return tx.all<QUuid>("SELECT channel_id FROM channel_members WHERE member_id = $1", memberId);
}

bool isMember(Transaction &tx, const QUuid &channelId, const QUuid &memberId)
{
    return tx.one<bool>("SELECT EXISTS (SELECT FROM channel_members WHERE channel_id = $1 AND member_id = $2)",
                        channelId, memberId);
}

QList<ChannelMember> list(Transaction &tx, const QUuid &channelId, int limit,
                          const std::optional<std::pair<QString, QUuid>> &after)
{
    return tx.all<ChannelMember>(R"(
        SELECT id, kind, name, role, joined_at
        FROM channel_member_overview
        WHERE channel_id = $1 AND ($2::text IS NULL OR (name, id) > ($2, $3::uuid))
        ORDER BY name, id
        LIMIT $4)",
                                 channelId, after ? std::optional(after->first) : std::nullopt,
                                 after ? std::optional(after->second) : std::nullopt, limit);
}

qint64 countOwners(Transaction &tx, const QUuid &channelId)
{
    return tx.one<qint64>("SELECT count(*) FROM channel_members WHERE channel_id = $1 AND role = 'owner'", channelId);
}

QHash<QUuid, QList<ChannelMember>> ofAll(Transaction &tx, const QList<QUuid> &channelIds)
{
    QHash<QUuid, QList<ChannelMember>> members;
    if (channelIds.isEmpty())
        return members;
    const auto rows = tx.all<MemberRow>(R"(
        SELECT channel_id, id, kind, name, role, joined_at
        FROM channel_member_overview WHERE channel_id = ANY ($1) ORDER BY name, id)",
                                        channelIds);
    for (const MemberRow &row : rows)
        members[row.channelId].append({row.id, row.kind, row.name, row.role, row.joinedAt});
    return members;
}

QList<Pair> pairsOf(Transaction &tx, const QList<Pair> &pairs)
{
    return tx.all<Pair>(R"(
        SELECT channel_id, member_id FROM channel_members
        WHERE (channel_id, member_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])))",
                        column(pairs, &Pair::channelId), column(pairs, &Pair::memberId));
}

QList<Person> people(Transaction &tx, const QList<QUuid> &ids)
{
    return tx.all<Person>(R"(
        SELECT id, display_name AS name FROM users WHERE id = ANY ($1) AND status = 'active' ORDER BY display_name, id)",
                          ids);
}

QList<ChannelMember> add(Transaction &tx, const QUuid &channelId, const QList<ChannelMember> &members,
                         qint64 readSequence)
{
    const auto added =
        tx.all<QUuid>(R"(
        INSERT INTO channel_members (channel_id, member_id, kind, name, role, read_sequence)
        SELECT $1, given.id, given.kind, given.name, given.role, $6
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS given (id, kind, name, role)
        ON CONFLICT (channel_id, member_id) DO NOTHING
        RETURNING member_id)",
                      channelId, column(members, &ChannelMember::id), column(members, &ChannelMember::kind),
                      column(members, &ChannelMember::name), column(members, &ChannelMember::role), readSequence);
    return tx.all<ChannelMember>(R"(
        SELECT id, kind, name, role, joined_at
        FROM channel_member_overview WHERE channel_id = $1 AND id = ANY ($2) ORDER BY name, id)",
                                 channelId, added);
}

void remove(Transaction &tx, const QUuid &channelId, const QUuid &memberId)
{
    tx.run("DELETE FROM channel_members WHERE channel_id = $1 AND member_id = $2", channelId, memberId);
    tx.run("DELETE FROM channel_drafts WHERE channel_id = $1 AND user_id = $2", channelId, memberId);
}

void setRole(Transaction &tx, const QUuid &channelId, const QUuid &memberId, ChannelRole role)
{
    tx.run("UPDATE channel_members SET role = $3 WHERE channel_id = $1 AND member_id = $2", channelId, memberId, role);
}

QHash<QUuid, Membership> memberships(Transaction &tx, const QUuid &memberId, const QList<QUuid> &channelIds,
                                     const database::Fragment &messages)
{
    const auto rows = tx.allWhere<MembershipRow>(
        R"(
        SELECT mark.channel_id, mark.role, mark.read_sequence, counted.unread, counted.unread_mentions, mark.notify,
               mark.muted_until, mark.is_favorite, mark.joined_at
        FROM channel_members AS mark CROSS JOIN LATERAL (
            SELECT count(*)::integer AS unread, (count(*) FILTER (WHERE newer.is_mention))::integer AS unread_mentions
            FROM (SELECT mentions_everyone OR $1::uuid::text = ANY (mentions) AS is_mention
                  FROM message_overview
                  WHERE channel_id = mark.channel_id AND sequence > mark.read_sequence AND deleted_at IS NULL
                    AND author_id IS DISTINCT FROM $1::uuid AND {where}
                  LIMIT 1000) AS newer) AS counted
        WHERE mark.member_id = $1::uuid AND mark.channel_id = ANY ($2))",
        messages, memberId, channelIds);
    QHash<QUuid, Membership> memberships;
    for (const MembershipRow &row : rows)
        memberships.insert(row.channelId,
                           {row.role, row.readSequence, row.unread, row.unreadMentions, row.notify, row.mutedUntil,
                            row.isFavorite, row.joinedAt});
    return memberships;
}

void change(Transaction &tx, const QUuid &channelId, const QUuid &memberId, const MembershipChange &change)
{
    tx.run(R"(
        UPDATE channel_members
        SET notify = coalesce($3, notify), muted_until = coalesce($4, muted_until),
            is_favorite = coalesce($5, is_favorite)
        WHERE channel_id = $1 AND member_id = $2)",
           channelId, memberId, change.notify, change.mutedUntil, change.isFavorite);
}

bool moveReadMark(Transaction &tx, const QUuid &channelId, const QUuid &memberId, const ReadMark &mark)
{
    return tx.run(R"(
        UPDATE channel_members SET read_sequence = $3
        WHERE channel_id = $1 AND member_id = $2 AND (read_sequence < $3 OR ($4 AND read_sequence <> $3)))",
                  channelId, memberId, mark.sequence, mark.mayGoBack)
        == 1;
}

} // namespace MemberStore
