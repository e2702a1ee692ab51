// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"
#include "shared/jobs/job_action.h"

// What is done to all jobs that match a filter: chosen now, by what the caller may do to each, and done by a worker
// step by step. No state, any thread.
class JobActionService
{
public:
    explicit JobActionService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    JobAction replay(const Caller &caller, const ReplayAllRequest &request);
    JobAction discard(const Caller &caller, const DiscardAllRequest &request);
    Page<JobAction> list(const Caller &caller, const JobActionFilter &filter);
    JobAction get(const Caller &caller, const QUuid &id);
    JobAction cancel(const Caller &caller, const QUuid &id); // needs what the action does

private:
    JobAction begin(const Caller &caller, JobAction action, JobFilter filter, Ability needed);

    Database &m_database;
    const std::function<void()> m_changed;
};
