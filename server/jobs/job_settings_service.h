// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/jobs/job_settings.h"

namespace http {
class Router;
}

// How many jobs of a tenant may run at a time, as its people settle it. Workers follow within a moment. No state.
class JobSettingsService
{
public:
    explicit JobSettingsService(Database &database) : m_database(database) { }

    JobSettings get(const Caller &caller);
    JobSettings put(const Caller &caller, qint64 revision, const JobSettings &settings);

private:
    Database &m_database;
};

void addJobSettingsRoutes(http::Router &router, JobSettingsService &service);
