// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/message.h"

// A message that an assistant writes.
struct AssistantPosting
{
    QUuid channelId;
    QUuid assistantId;
    QString assistantName;
    std::optional<QUuid> threadId = {};
    std::optional<QUuid> replyToId = {}; // the message that asked
    std::optional<QUuid> jobId = {};
    QString text = {};
    MessageState state = MessageState::Streaming;
    QString error = {};
};

// What becomes of it; what is absent stays as it is.
struct AssistantMessageChange
{
    std::optional<QString> text = {};
    std::optional<MessageState> state = {};
    std::optional<QUuid> jobId = {};
    std::optional<qint64> costNanos = {};
    std::optional<QString> error = {};
};

// Messages of assistants, in a transaction of the tenant: whoever calls has decided that they may be. After the commit
// the events have to be announced.
namespace AssistantMessages {

// Takes the next place in the channel, which is locked until the transaction ends, and tells message.posted. Nothing
// where there is no such channel any more.
std::optional<ChatMessage> post(Transaction &tx, const AssistantPosting &posting);

// Tells message.changed. Nothing where the message is gone or was deleted.
std::optional<ChatMessage> change(Transaction &tx, const QUuid &messageId, const AssistantMessageChange &change);

} // namespace AssistantMessages
