// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/chat/message_search.h"
#include "shared/http/page.h"

#include <functional>

// Messages that have been sent (sending: MessageWriter). What a person may not read is not there for them. No state,
// any thread.
class MessageService
{
public:
    MessageService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    Page<ChatMessage> list(const Caller &caller, const QUuid &channelId, const MessageFilter &filter);
    Page<ChatMessage> search(const Caller &caller, const MessageSearch &search);
    ChatMessage get(const Caller &caller, const QUuid &id);
    Page<MessageEdit> edits(const Caller &caller, const QUuid &id, const ChatPageFilter &filter);

    // One's own; what it said before is kept. The same text changes nothing.
    ChatMessage update(const Caller &caller, const QUuid &id, const MessageChange &change,
                       std::optional<qint64> revision);
    // One's own, or with chat.moderate anybody's.
    void remove(const Caller &caller, const QUuid &id);
    ChatMessage setReaction(const Caller &caller, const QUuid &id, const QString &emoji, bool isThere);
    ChatMessage setPinned(const Caller &caller, const QUuid &id, bool isPinned);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
