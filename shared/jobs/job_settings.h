// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QList>
#include <QString>

// How many jobs of a tenant may run at a time with a provider, or with one of its models.
struct RunningLimit
{
    QString model; // "anthropic": all of the provider together; or provider/model-name
    int amount = 1;

    static constexpr auto fields()
    {
        using T = RunningLimit;
        return std::tuple{Field{"model",
                                &T::model,
                                {.doc = "A provider, for all of its models together, or provider/model-name",
                                 .minLength = 1,
                                 .maxLength = 200}},
                          Field{"amount", &T::amount, {.doc = "0 lets none run", .minimum = 0, .maximum = 100'000}}};
    }
};

// What a tenant settles for its own jobs, over all processes of the server. Operators may have limits beside it, in
// plans and by --job-limits.
struct JobSettings
{
    std::optional<int> runningJobs; // absent: as many as there is room for
    QList<RunningLimit> models;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = JobSettings;
        return std::tuple{
            Field{"runningJobs",
                  &T::runningJobs,
                  {.doc = "At a time; absent: as many as there is room for", .minimum = 0, .maximum = 100'000}},
            Field{"models", &T::models, {.maxLength = 200, .hasDefault = true}},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match", .hasDefault = true}}};
    }
};

WIRE_TYPE(RunningLimit)
WIRE_TYPE(JobSettings)
