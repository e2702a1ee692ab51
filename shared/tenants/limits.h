// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

// How much a tenant may have; absent: as much as it likes.
struct TenantLimits
{
    std::optional<qint64> users; // invited and suspended ones too
    std::optional<qint64> templates;
    std::optional<qint64> jobsPerDay; // made since midnight, UTC
    std::optional<qint64> waitingJobs; // at a time
    std::optional<qint64> runningJobs; // at a time, over all processes; the others wait

    static constexpr auto fields()
    {
        using T = TenantLimits;
        constexpr FieldRules count{.minimum = 0, .maximum = 1'000'000'000};
        return std::tuple{Field{"users", &T::users, count}, Field{"templates", &T::templates, count},
                          Field{"jobsPerDay", &T::jobsPerDay, count}, Field{"waitingJobs", &T::waitingJobs, count},
                          Field{"runningJobs", &T::runningJobs, count}};
    }
};

// How much it has.
struct TenantUse
{
    qint64 users = 0;
    qint64 templates = 0;
    qint64 jobsPerDay = 0;
    qint64 waitingJobs = 0;
    qint64 runningJobs = 0;

    static constexpr auto fields()
    {
        using T = TenantUse;
        return std::tuple{Field{"users", &T::users}, Field{"templates", &T::templates},
                          Field{"jobsPerDay", &T::jobsPerDay}, Field{"waitingJobs", &T::waitingJobs},
                          Field{"runningJobs", &T::runningJobs}};
    }
};

WIRE_TYPE(TenantLimits)
WIRE_TYPE(TenantUse)
