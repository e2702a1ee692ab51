// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistant_messages.h"

#include "server/chat/chat_records.h"
#include "server/chat/message_posting.h"
#include "shared/id.h"

namespace AssistantMessages {

std::optional<ChatMessage> post(Transaction &tx, const AssistantPosting &posting)
{
    const auto channel = ChannelStore::lock(tx, posting.channelId);
    if (!channel)
        return std::nullopt;
    ChatMessage message;
    message.id = newId();
    message.channelId = channel->id;
    message.channelName = channel->name;
    message.channelKind = channel->kind;
    message.authorId = posting.assistantId;
    message.authorName = posting.assistantName;
    message.authorKind = ChatPartyKind::Assistant;
    message.text = posting.text;
    message.threadId = posting.threadId;
    message.replyToId = posting.replyToId;
    message.jobId = posting.jobId;
    message.state = posting.state;
    message.error = posting.error;
    QHash<QUuid, Channel> channels{{channel->id, *channel}};
    QList<ChatMessage> messages{message};
    MessagePosting::append(tx, messages, channels);
    return messages.first();
}

std::optional<ChatMessage> change(Transaction &tx, const QUuid &messageId, const AssistantMessageChange &change)
{
    auto message = MessageStore::lock(tx, messageId);
    if (!message || message->deletedAt)
        return std::nullopt;
    message->text = change.text.value_or(message->text);
    message->state = change.state.value_or(message->state);
    message->error = change.error.value_or(message->error);
    if (change.jobId)
        message->jobId = change.jobId;
    if (change.costNanos)
        message->costNanos = change.costNanos;
    MessageStore::setState(tx, *message);
    message = MessageStore::find(tx, messageId);
    EventLog::append(tx, {ChatRecords::event("changed", *message)});
    return message;
}

} // namespace AssistantMessages
