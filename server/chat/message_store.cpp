// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/message_store.h"

#include "server/chat/message_words.h"
#include "server/database/columns.h"

using database::column;

namespace MessageStore {

std::optional<ChatMessage> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<ChatMessage>("SELECT * FROM message_overview WHERE id = $1", id);
}

std::optional<ChatMessage> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM messages WHERE id = $1 FOR NO KEY UPDATE", id);
    return find(tx, id);
}

QList<ChatMessage> findAll(Transaction &tx, const QList<QUuid> &ids)
{
    if (ids.isEmpty())
        return {};
    return tx.all<ChatMessage>("SELECT * FROM message_overview WHERE id = ANY ($1)", ids);
}

QHash<Sent, ChatMessage> findSent(Transaction &tx, const QList<Sent> &sent)
{
    const auto rows = tx.all<ChatMessage>(R"(
        SELECT * FROM message_overview
        WHERE id IN (SELECT message.id
                     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS given (channel_id, author_id, client_id)
                     JOIN messages AS message ON message.channel_id = given.channel_id
                      AND message.author_id = given.author_id AND message.client_id = given.client_id))",
                                          column(sent, &Sent::channelId), column(sent, &Sent::authorId),
                                          column(sent, &Sent::clientId));
    QHash<Sent, ChatMessage> found;
    for (const ChatMessage &message : rows)
        found.insert({message.channelId, message.authorId.value(), message.clientId.value()}, message);
    return found;
}

QDateTime now(Transaction &tx) { return tx.one<QDateTime>("SELECT clock_timestamp()::timestamptz(3)"); }

void insert(Transaction &tx, const QList<ChatMessage> &messages)
{
    // Arrays of arrays of different lengths cannot be bound: they go as the text of each.
    const auto listText = [](const auto &list) { return QString::fromStdString(database::sql::arrayText(list)); };
    tx.run(R"(
        INSERT INTO messages (id, channel_id, sequence, client_id, author_id, author_kind, author_name, text,
                              search_text, traits, thread_id, reply_to_id, mentions, mentions_everyone, state, job_id,
                              error, created_at, updated_at)
        SELECT id, channel_id, sequence, client_id, author_id, author_kind, author_name, text, search_text,
               traits::text[], thread_id, reply_to_id, mentions::uuid[], mentions_everyone, state, job_id,
               error, at, at
        FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                    $9::text[], $10::text[], $11::uuid[], $12::uuid[], $13::text[], $14::boolean[], $15::text[],
                    $16::uuid[], $17::text[], $18::timestamptz[])
             AS given (id, channel_id, sequence, client_id, author_id, author_kind, author_name, text, search_text,
                       traits, thread_id, reply_to_id, mentions, mentions_everyone, state, job_id, error, at))",
           column(messages, &ChatMessage::id), column(messages, &ChatMessage::channelId),
           column(messages, &ChatMessage::sequence), column(messages, &ChatMessage::clientId),
           column(messages, &ChatMessage::authorId), column(messages, &ChatMessage::authorKind),
           column(messages, &ChatMessage::authorName), column(messages, &ChatMessage::text),
           column(messages, [](const ChatMessage &one) { return MessageWords::searchTextOf(one.text); }),
           column(messages,
                  [&](const ChatMessage &one) { return listText(QList<QString>(MessageWords::traitsOf(one.text))); }),
           column(messages, &ChatMessage::threadId), column(messages, &ChatMessage::replyToId),
           column(messages, [&](const ChatMessage &one) { return listText(one.mentions); }),
           column(messages, &ChatMessage::mentionsEveryone), column(messages, &ChatMessage::state),
           column(messages, &ChatMessage::jobId), column(messages, &ChatMessage::error),
           column(messages, &ChatMessage::createdAt));
}

void addReplies(Transaction &tx, const QList<Replies> &replies)
{
    if (replies.isEmpty())
        return;
    tx.run(R"(
        UPDATE messages SET reply_count = reply_count + given.count, last_reply_at = given.at
        FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[]) AS given (id, count, at)
        WHERE messages.id = given.id)",
           column(replies, &Replies::threadId), column(replies, &Replies::count), column(replies, &Replies::lastAt));
}

void setText(Transaction &tx, const ChatMessage &message)
{
    tx.run(R"(
        UPDATE messages SET text = $2, search_text = $3, traits = $4, mentions = $5, edited_at = now() WHERE id = $1)",
           message.id, message.text, MessageWords::searchTextOf(message.text),
           QList<QString>(MessageWords::traitsOf(message.text)), message.mentions);
}

void setState(Transaction &tx, const ChatMessage &message)
{
    tx.run(R"(
        UPDATE messages
        SET text = $2, search_text = $3, traits = $4, state = $5, job_id = $6, cost_nanos = $7, error = $8
        WHERE id = $1)",
           message.id, message.text, MessageWords::searchTextOf(message.text),
           QList<QString>(MessageWords::traitsOf(message.text)), message.state, message.jobId, message.costNanos,
           message.error);
}

void setPinned(Transaction &tx, const QUuid &id, bool isPinned)
{
    tx.run("UPDATE messages SET pinned_at = CASE WHEN $2 THEN now() END WHERE id = $1", id, isPinned);
}

void clear(Transaction &tx, const ChatMessage &message)
{
    tx.run(R"(
        UPDATE messages
        SET text = '', search_text = '', traits = '{}', mentions = '{}', mentions_everyone = false, attachments = '[]',
            error = '', pinned_at = NULL, deleted_at = now()
        WHERE id = $1)",
           message.id);
    tx.run("DELETE FROM message_edits WHERE message_id = $1", message.id);
    tx.run("DELETE FROM message_reactions WHERE message_id = $1", message.id);
    if (message.threadId)
        tx.run("UPDATE messages SET reply_count = reply_count - 1 WHERE id = $1", *message.threadId);
}

qint64 countEdits(Transaction &tx, const QUuid &id)
{
    return tx.one<qint64>("SELECT count(*) FROM message_edits WHERE message_id = $1", id);
}

void insertEdit(Transaction &tx, const QUuid &id, const QString &text, const QUuid &editorId, const QString &editorName)
{
    tx.run(R"(
        INSERT INTO message_edits (message_id, number, text, editor_id, editor_name)
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4 FROM message_edits WHERE message_id = $1)",
           id, text, editorId, editorName);
}

QList<MessageEdit> edits(Transaction &tx, const QUuid &id, int limit, std::optional<int> before)
{
    return tx.all<MessageEdit>(R"(
        SELECT number, text, editor_id, editor_name, replaced_at
        FROM message_edits WHERE message_id = $1 AND ($2::integer IS NULL OR number < $2)
        ORDER BY number DESC LIMIT $3)",
                               id, before, limit);
}

qint64 countEmojis(Transaction &tx, const QUuid &id, const QString &besides)
{
    return tx.one<qint64>("SELECT count(DISTINCT emoji) FROM message_reactions WHERE message_id = $1 AND emoji <> $2",
                          id, besides);
}

bool react(Transaction &tx, const QUuid &id, const QString &emoji, const QUuid &userId)
{
    return tx.run(R"(
        INSERT INTO message_reactions (message_id, emoji, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)",
                  id, emoji, userId)
        == 1;
}

bool unreact(Transaction &tx, const QUuid &id, const QString &emoji, const QUuid &userId)
{
    return tx.run("DELETE FROM message_reactions WHERE message_id = $1 AND emoji = $2 AND user_id = $3", id, emoji,
                  userId)
        == 1;
}

} // namespace MessageStore
