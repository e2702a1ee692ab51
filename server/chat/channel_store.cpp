// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/channel_store.h"

#include "server/database/columns.h"
#include "server/database/search_text.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;
using database::column;

namespace ChannelStore {
namespace {

QString searchTextOf(const Channel &channel) { return searchText(channel.name + u'\n' + channel.topic); }

ApiError nameTaken(const QString &name)
{
    ApiError error = ApiError::conflict(u"There is a channel “%1” already. Choose another name."_s.arg(name));
    error.errors = {{u"/name"_s, u"is another channel's"_s}};
    return error;
}

} // namespace

bool hasAny(Transaction &tx) { return tx.one<bool>("SELECT EXISTS (SELECT FROM channels)"); }

std::optional<Channel> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Channel>(R"(
        SELECT id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id, author_name,
               created_at, updated_at, revision
        FROM channels WHERE id = $1)",
                             id);
}

std::optional<Channel> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Channel>(R"(
        SELECT id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id, author_name,
               created_at, updated_at, revision
        FROM channels WHERE id = $1 FOR NO KEY UPDATE)",
                             id);
}

QList<Channel> lockAll(Transaction &tx, const QList<QUuid> &ids)
{
    return tx.all<Channel>(R"(
        SELECT id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id, author_name,
               created_at, updated_at, revision
        FROM channels WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE)",
                           ids);
}

QList<Channel> listOf(Transaction &tx, const QUuid &memberId, const ChannelFilter &filter, int limit,
                      const std::optional<Place> &after, const database::Fragment &rows)
{
    const auto search = filter.search ? std::optional(searchText(*filter.search)) : std::nullopt;
    return tx.allWhere<Channel>(R"(
        SELECT id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id, author_name,
               created_at, updated_at, revision
        FROM channels
        WHERE id IN (SELECT channel_id FROM channel_members WHERE member_id = $1)
          AND is_archived = $2 AND ($3::text IS NULL OR strpos(search_text, $3) > 0)
          AND ($4::text IS NULL OR (name, id) > ($4, $5::uuid)) AND {where}
        ORDER BY name, id
        LIMIT $6)",
                                rows, memberId, filter.archived.value_or(false), search,
                                after ? std::optional(after->name) : std::nullopt,
                                after ? std::optional(after->id) : std::nullopt, limit);
}

QList<Channel> listOpen(Transaction &tx, const ChannelFilter &filter, int limit, const std::optional<Place> &after,
                        const database::Fragment &rows)
{
    const auto search = filter.search ? std::optional(searchText(*filter.search)) : std::nullopt;
    return tx.allWhere<Channel>(R"(
        SELECT id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id, author_name,
               created_at, updated_at, revision
        FROM channels
        WHERE kind = 'public' AND is_archived = $1 AND ($2::text IS NULL OR strpos(search_text, $2) > 0)
          AND ($3::text IS NULL OR (name, id) > ($3, $4::uuid)) AND {where}
        ORDER BY name, id
        LIMIT $5)",
                                rows, filter.archived.value_or(false), search,
                                after ? std::optional(after->name) : std::nullopt,
                                after ? std::optional(after->id) : std::nullopt, limit);
}

std::optional<QUuid> ofPeople(Transaction &tx, const QString &peopleKey)
{
    tx.run("SELECT pg_advisory_xact_lock(hashtext(current_schema), hashtext($1))", peopleKey);
    return tx.maybe<QUuid>("SELECT id FROM channels WHERE people_key = $1", peopleKey);
}

Channel insert(Transaction &tx, const Channel &made, const std::optional<QString> &peopleKey)
{
    try {
        return tx.one<Channel>(R"(
            INSERT INTO channels (id, kind, name, topic, people_key, author_id, author_name, search_text)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            RETURNING id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id,
                      author_name, created_at, updated_at, revision)",
                               made.id, made.kind, made.name, made.topic, peopleKey, made.authorId, made.authorName,
                               searchTextOf(made));
    } catch (const pqxx::unique_violation &) {
        throw nameTaken(made.name);
    }
}

Channel update(Transaction &tx, const Channel &changed)
{
    try {
        return tx.one<Channel>(R"(
            UPDATE channels SET name = $2, topic = $3, is_archived = $4, search_text = $5 WHERE id = $1
            RETURNING id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id,
                      author_name, created_at, updated_at, revision)",
                               changed.id, changed.name, changed.topic, changed.isArchived, searchTextOf(changed));
    } catch (const pqxx::unique_violation &) {
        throw nameTaken(changed.name);
    }
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM channels WHERE id = $1", id); }

void setLast(Transaction &tx, const QList<Channel> &channels)
{
    tx.run(R"(
        UPDATE channels SET last_sequence = given.sequence, last_message_at = given.at
        FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS given (id, sequence, at)
        WHERE channels.id = given.id)",
           column(channels, &Channel::id), column(channels, &Channel::lastSequence),
           column(channels, &Channel::lastMessageAt));
}

Channel countMembers(Transaction &tx, const QUuid &id)
{
    return tx.one<Channel>(R"(
        UPDATE channels SET member_count = (SELECT count(*) FROM channel_members WHERE channel_id = $1) WHERE id = $1
        RETURNING id, kind, name, topic, is_archived, member_count, last_sequence, last_message_at, author_id,
                  author_name, created_at, updated_at, revision)",
                           id);
}

} // namespace ChannelStore
