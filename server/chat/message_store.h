// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/member_store.h"
#include "server/database/transaction.h"
#include "shared/chat/message_search.h"

// SQL of messages, in a transaction of the tenant.
namespace MessageStore {

std::optional<ChatMessage> find(Transaction &tx, const QUuid &id);
std::optional<ChatMessage> lock(Transaction &tx, const QUuid &id); // until the transaction ends
QList<ChatMessage> findAll(Transaction &tx, const QList<QUuid> &ids);

// By what their senders had called them.
struct Sent
{
    QUuid channelId;
    QUuid authorId;
    QUuid clientId;

    bool operator==(const Sent &other) const = default;
};
inline size_t qHash(const Sent &sent, size_t seed = 0)
{
    return qHashMulti(seed, sent.channelId, sent.authorId, sent.clientId);
}
QHash<Sent, ChatMessage> findSent(Transaction &tx, const QList<Sent> &sent);

// `messages`: which may be seen. Newest first, but oldest first where the filter has `after`.
QList<ChatMessage> list(Transaction &tx, const QUuid &channelId, const MessageFilter &filter, int limit,
                        const database::Fragment &messages);
// In channels that the person may read: `channels`, and of the others than public ones their own. By id, newest first.
QList<ChatMessage> search(Transaction &tx, const QUuid &userId, const MessageSearch &search,
                          const std::optional<QString> &words, int limit, const std::optional<QUuid> &before,
                          const database::Fragment &messages, const QList<QUuid> &channels);
// The channels of which the person may read messages. `channels`: which may be seen.
QList<QUuid> readableChannels(Transaction &tx, const QUuid &userId, const database::Fragment &channels);

QDateTime now(Transaction &tx); // of the clock, not of the transaction's begin
void insert(Transaction &tx, const QList<ChatMessage> &messages);
struct Replies
{
    QUuid threadId;
    int count = 0;
    QDateTime lastAt;
};
void addReplies(Transaction &tx, const QList<Replies> &replies);

void setText(Transaction &tx, const ChatMessage &message);
void setState(Transaction &tx, const ChatMessage &message); // what a job changes of it
void setPinned(Transaction &tx, const QUuid &id, bool isPinned);
void clear(Transaction &tx, const ChatMessage &message); // what it said, and its history

qint64 countEdits(Transaction &tx, const QUuid &id);
void insertEdit(Transaction &tx, const QUuid &id, const QString &text, const QUuid &editorId,
                const QString &editorName);
QList<MessageEdit> edits(Transaction &tx, const QUuid &id, int limit, std::optional<int> before);

qint64 countEmojis(Transaction &tx, const QUuid &id, const QString &besides);
bool react(Transaction &tx, const QUuid &id, const QString &emoji, const QUuid &userId);
bool unreact(Transaction &tx, const QUuid &id, const QString &emoji, const QUuid &userId);

} // namespace MessageStore
