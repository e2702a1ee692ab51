// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/assistants/answer_book.h"
#include "server/chat/assistants/answerer.h"
#include "server/chat/assistants/assistant_answer_service.h"
#include "server/chat/assistants/assistant_service.h"

namespace http {
class Router;
}
class Jobs;

// Assistants of chat, put together. Making it touches nothing outside; answerer.start() does.
class Assistants
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    // `changed` is told after commits that wrote events; `found` of answers that have begun in a channel.
    Assistants(Database &database, Jobs &jobs, PolicyBook &policies, Work work, std::function<void()> changed,
               AnswerBook::Found found);

    void addRoutes(http::Router &router);

private:
    Asking m_asking;

public:
    AssistantService service;
    AssistantAnswerService answers;
    Answerer answerer;
    AnswerBook book;
};
