// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistants.h"

#include "server/chat/assistants/assistant_routes.h"
#include "server/jobs/jobs.h"

Assistants::Assistants(Database &database, Jobs &jobs, PolicyBook &policies, Work work, std::function<void()> changed,
                       AnswerBook::Found found)
    : m_asking(jobs.service, jobs.batches, policies),
      service(database, m_asking, changed),
      answers(database, m_asking, changed),
      answerer(database, m_asking, work, changed),
      book(database, jobs.output, work, std::move(found))
{
}

void Assistants::addRoutes(http::Router &router) { addAssistantRoutes(router, *this); }
