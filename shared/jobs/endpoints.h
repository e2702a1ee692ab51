// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/jobs/job_action.h"
#include "shared/jobs/job_settings.h"

namespace endpoints::jobs {

inline constexpr Endpoint<GenerateRequest, Job, GenerateQuery> generate{
    Method::Post,
    "/api/v1/generate",
    Ability::JobsCreate,
    "Ask for a generation",
    202,
    "Answers 202 with the job, or 200 when the result is there: from the cache, or within ?wait= seconds. With Accept: "
    "text/event-stream the answer is a stream of the events job, output and done."};
inline constexpr Endpoint<Nothing, ModelList> models{Method::Get, "/api/v1/models", Ability::TemplatesRead,
                                                     "List the models that can be named"};
inline constexpr Endpoint<JobFilter, Page<Job>> list{Method::Get, "/api/v1/jobs", Ability::JobsRead,
                                                     "List jobs, newest first"};
inline constexpr Endpoint<Nothing, JobDetail> get{Method::Get, "/api/v1/jobs/{id}", Ability::JobsRead,
                                                  "Show a job with its attempts"};
inline constexpr Endpoint<JobChange, Job> update{Method::Patch, "/api/v1/jobs/{id}", Ability::JobsUpdate,
                                                 "Change the time or priority of a queued job"};
inline constexpr Endpoint<Nothing, Job> cancel{Method::Post, "/api/v1/jobs/{id}/cancel", Ability::JobsCancel,
                                               "Cancel a job that has not ended"};
inline constexpr Endpoint<Nothing, Job> retry{Method::Post, "/api/v1/jobs/{id}/retry", Ability::JobsReplay,
                                              "Queue a failed, canceled or dead job again"};
inline constexpr Endpoint<ReplayRequest, Job> replay{Method::Post, "/api/v1/jobs/{id}/replay", Ability::JobsReplay,
                                                     "Make a new job from an old one", 202};
inline constexpr Endpoint<DiscardRequest, Nothing> discard{
    Method::Post, "/api/v1/jobs/{id}/discard", Ability::JobsDiscard, "Discard a dead letter with a reason", 204};

inline constexpr Endpoint<ReplayAllRequest, JobAction> replayAll{
    Method::Post,
    "/api/v1/job-actions/replay",
    Ability::JobsReplay,
    "Queue again all dead letters that match a filter",
    202,
    "Goes on beside the other work; asked again, it finds nothing that it has done already. Each job is queued again "
    "as "
    "it was, with as many attempts."};
inline constexpr Endpoint<DiscardAllRequest, JobAction> discardAll{Method::Post, "/api/v1/job-actions/discard",
                                                                   Ability::JobsDiscard,
                                                                   "Discard all dead letters that match a filter", 202};
inline constexpr Endpoint<JobActionFilter, Page<JobAction>> actions{
    Method::Get, "/api/v1/job-actions", Ability::JobsRead, "List what is done to many jobs, newest first"};
inline constexpr Endpoint<Nothing, JobAction> action{Method::Get, "/api/v1/job-actions/{id}", Ability::JobsRead,
                                                     "Show how far something done to many jobs is"};
inline constexpr Endpoint<Nothing, JobAction> cancelAction{Method::Post, "/api/v1/job-actions/{id}/cancel",
                                                           Ability::JobsReplay,
                                                           "Stop what is done to many jobs; what is done stays done"};

inline constexpr Endpoint<Nothing, JobSettings> settings{Method::Get, "/api/v1/settings/jobs", Ability::SettingsRead,
                                                         "Show how many jobs of the tenant may run at a time"};
inline constexpr Endpoint<JobSettings, JobSettings> updateSettings{
    Method::Put, "/api/v1/settings/jobs", Ability::SettingsUpdate, "Change how many jobs may run at a time"};

} // namespace endpoints::jobs
