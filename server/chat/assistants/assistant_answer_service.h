// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/chat/assistants/asking.h"
#include "server/database/database.h"
#include "shared/http/page.h"

// What people do with the answers of assistants. No state, any thread.
class AssistantAnswerService
{
public:
    // `changed` is told after commits that wrote events.
    AssistantAnswerService(Database &database, Asking &asking, std::function<void()> changed)
        : m_database(database),
          m_asking(asking),
          m_changed(std::move(changed))
    {
    }

    ChatMessage stop(const Caller &caller, const QUuid &messageId);
    ChatMessage regenerate(const Caller &caller, const QUuid &messageId);
    AssistantAnswer rate(const Caller &caller, const QUuid &messageId, const std::optional<AnswerRating> &rating);
    Page<AssistantAnswer> list(const Caller &caller, const QUuid &messageId);

private:
    Database &m_database;
    Asking &m_asking;
    const std::function<void()> m_changed;
};
