// SPDX-License-Identifier: GPL-3.0-or-later
// The half of MessageStore that lists and searches.
#include "server/chat/message_store.h"

using database::Fragment;

namespace MessageStore {
namespace {

Fragment placeOf(const QUuid &channelId, const MessageFilter &filter, const Fragment &messages)
{
    Fragment where = Fragment::of({"(", messages, ") AND channel_id = ", Fragment::bound(channelId)});
    if (filter.before)
        where.append({" AND sequence < ", Fragment::bound(*filter.before)});
    if (filter.after)
        where.append({" AND sequence > ", Fragment::bound(*filter.after)});
    if (filter.threadId)
        where.append({" AND (thread_id = ", Fragment::bound(*filter.threadId),
                      " OR id = ", Fragment::bound(*filter.threadId), ")"});
    if (filter.pinned)
        where.append({*filter.pinned ? database::SqlText(" AND pinned_at IS NOT NULL")
                                     : database::SqlText(" AND pinned_at IS NULL")});
    return where;
}

Fragment with(MessageTrait trait)
{
    switch (trait) {
    case MessageTrait::Link:
        return Fragment::of({"id IN (SELECT m.id FROM messages AS m WHERE m.id = message_overview.id AND 'link' = ANY "
                             "(m.traits))"});
    case MessageTrait::Code:
        return Fragment::of({"id IN (SELECT m.id FROM messages AS m WHERE m.id = message_overview.id AND 'code' = ANY "
                             "(m.traits))"});
    case MessageTrait::File:
        return Fragment::of({"attachments <> '[]'"});
    case MessageTrait::Reaction:
        return Fragment::of({"EXISTS (SELECT FROM message_reactions AS r WHERE r.message_id = message_overview.id)"});
    case MessageTrait::Thread:
        return Fragment::of({"reply_count > 0"});
    case MessageTrait::Pin:
        return Fragment::of({"pinned_at IS NOT NULL"});
    }
    return Fragment::of({"FALSE"});
}

Fragment conditionsOf(const QUuid &userId, const MessageSearch &search, const std::optional<QString> &words,
                      const Fragment &messages)
{
    Fragment where = Fragment::of({"(", messages, ") AND deleted_at IS NULL"});
    if (words)
        where.append({" AND id IN (SELECT m.id FROM messages AS m WHERE to_tsvector('simple', m.search_text) @@ (",
                      Fragment::bound(*words), ")::tsquery)"});
    if (search.from)
        where.append({" AND author_id = ANY (", Fragment::bound(*search.from), ")"});
    if (search.in)
        where.append({" AND channel_id = ANY (", Fragment::bound(*search.in), ")"});
    if (search.before)
        where.append({" AND created_at < ", Fragment::bound(*search.before)});
    if (search.after)
        where.append({" AND created_at >= ", Fragment::bound(*search.after)});
    for (const MessageTrait trait : search.has.value_or(QList<MessageTrait>()))
        where.append({" AND ", with(trait)});
    if (search.mentionsMe.value_or(false))
        where.append({" AND (mentions_everyone OR ", Fragment::bound(userId), "::text = ANY (mentions))"});
    return where;
}

} // namespace

QList<ChatMessage> list(Transaction &tx, const QUuid &channelId, const MessageFilter &filter, int limit,
                        const Fragment &messages)
{
    const Fragment where = placeOf(channelId, filter, messages);
    if (filter.after)
        return tx.allWhere<ChatMessage>("SELECT * FROM message_overview WHERE {where} ORDER BY sequence LIMIT $1",
                                        where, limit);
    return tx.allWhere<ChatMessage>("SELECT * FROM message_overview WHERE {where} ORDER BY sequence DESC LIMIT $1",
                                    where, limit);
}

QList<QUuid> readableChannels(Transaction &tx, const QUuid &userId, const Fragment &channels)
{
    return tx.allWhere<QUuid>(R"(
        SELECT id FROM channels
        WHERE (kind = 'public' OR id IN (SELECT channel_id FROM channel_members WHERE member_id = $1)) AND {where})",
                              channels, userId);
}

QList<ChatMessage> search(Transaction &tx, const QUuid &userId, const MessageSearch &search,
                          const std::optional<QString> &words, int limit, const std::optional<QUuid> &before,
                          const Fragment &messages, const QList<QUuid> &channels)
{
    return tx.allWhere<ChatMessage>(R"(
        SELECT * FROM message_overview
        WHERE channel_id = ANY ($1) AND ($2::uuid IS NULL OR id < $2) AND {where}
        ORDER BY id DESC
        LIMIT $3)",
                                    conditionsOf(userId, search, words, messages), channels, before, limit);
}

} // namespace MessageStore
