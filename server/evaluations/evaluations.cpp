// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/evaluations.h"

#include "server/evaluations/evaluation_routes.h"

Evaluations::Evaluations(Database &database, JobService &jobs, BatchService &batches, Work work,
                         std::function<void()> announce)
    : m_jobs(jobs, batches),
      m_work(work),
      datasets(database),
      runs(database, m_jobs, announce),
      gates(database),
      scorer(database, m_jobs, work, announce)
{
}

void Evaluations::addRoutes(http::Router &router) { addEvaluationRoutes(router, *this, m_work); }
