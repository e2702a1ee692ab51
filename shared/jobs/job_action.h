// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"

// Something done to all jobs that match a filter, step by step beside the other work.
enum class JobActionKind { Replay, Discard };
template<> inline constexpr auto enumNames<JobActionKind> = std::to_array({"replay", "discard"});

enum class JobActionState { Running, Completed, Canceled };
template<> inline constexpr auto enumNames<JobActionState> = std::to_array({"running", "completed", "canceled"});

inline constexpr int mostActionJobs = 100'000;

struct JobAction
{
    QUuid id;
    JobActionKind kind = JobActionKind::Replay;
    JobActionState state = JobActionState::Running;
    QString reason; // of discarding
    std::optional<QUuid> userId;
    QString userName;
    int jobs = 0; // matched when it was asked for
    int done = 0;
    int skipped = 0; // were something else by the time that it was their turn
    QDateTime createdAt;
    std::optional<QDateTime> finishedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = JobAction;
        return std::tuple{
            Field{"id", &T::id},
            Field{"kind", &T::kind},
            Field{"state", &T::state},
            Field{"reason", &T::reason},
            Field{"userId", &T::userId},
            Field{"userName", &T::userName},
            Field{"jobs", &T::jobs, {.doc = "Matched the filter when it was asked for; 100,000 at most"}},
            Field{"done", &T::done},
            Field{"skipped", &T::skipped, {.doc = "Had become something else by the time that it was their turn"}},
            Field{"createdAt", &T::createdAt},
            Field{"finishedAt", &T::finishedAt},
            Field{"revision", &T::revision}};
    }
};

// `filter` as of the list of jobs; without states: the dead. Its limit and cursor must be absent.
struct ReplayAllRequest
{
    JobFilter filter;

    static constexpr auto fields()
    {
        return std::tuple{Field{"filter",
                                &ReplayAllRequest::filter,
                                {.doc = "As of the list; states may be failed, canceled and dead, which is the default",
                                 .hasDefault = true}}};
    }
};

struct DiscardAllRequest
{
    JobFilter filter;
    QString reason;

    static constexpr auto fields()
    {
        using T = DiscardAllRequest;
        return std::tuple{Field{"filter", &T::filter, {.doc = "As of the list, of dead jobs", .hasDefault = true}},
                          Field{"reason", &T::reason, {.minLength = 1, .maxLength = 500}}};
    }
};

struct JobActionFilter
{
    std::optional<JobActionState> state;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = JobActionFilter;
        return std::tuple{Field{"state", &T::state}, Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}},
                          Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(JobAction)
WIRE_TYPE(ReplayAllRequest)
WIRE_TYPE(DiscardAllRequest)
WIRE_TYPE(JobActionFilter)
