// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/jobs/job.h"

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
inline constexpr Endpoint<Nothing, Job> cancel{Method::Post, "/api/v1/jobs/{id}/cancel", Ability::JobsCancel,
                                               "Cancel a job that has not ended"};
inline constexpr Endpoint<Nothing, Job> retry{Method::Post, "/api/v1/jobs/{id}/retry", Ability::JobsReplay,
                                              "Queue a failed, canceled or dead job again"};
inline constexpr Endpoint<ReplayRequest, Job> replay{Method::Post, "/api/v1/jobs/{id}/replay", Ability::JobsReplay,
                                                     "Make a new job from an old one", 202};
inline constexpr Endpoint<DiscardRequest, Nothing> discard{
    Method::Post, "/api/v1/jobs/{id}/discard", Ability::JobsDiscard, "Discard a dead letter with a reason", 204};

} // namespace endpoints::jobs
