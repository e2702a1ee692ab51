// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/batches/batch.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

namespace endpoints::batches {

inline constexpr Endpoint<NewBatch, Batch, NewBatchQuery> create{
    Method::Post,
    "/api/v1/generate/batch",
    Ability::BatchesCreate,
    "Ask for many generations at once",
    202,
    "Nothing is queued where one of the inputs is refused: errors hold the first 100, with pointers to the inputs. As "
    "text/csv (the first line names the variables) or application/jsonl the body holds the inputs alone, and the rest "
    "stands in the query. Needs jobs.create too. Pausing lets running jobs end."};
inline constexpr Endpoint<BatchFilter, Page<Batch>> list{Method::Get, "/api/v1/batches", Ability::BatchesRead,
                                                         "List batches, newest first"};
inline constexpr Endpoint<Nothing, Batch> get{Method::Get, "/api/v1/batches/{id}", Ability::BatchesRead,
                                              "Show a batch and how far it is"};
inline constexpr Endpoint<BatchRowFilter, Page<BatchRow>> rows{Method::Get, "/api/v1/batches/{id}/rows",
                                                               Ability::BatchesRead,
                                                               "List the rows of a batch with their jobs, in order"};
inline constexpr Endpoint<Nothing, Batch> pause{Method::Post, "/api/v1/batches/{id}/pause", Ability::BatchesUpdate,
                                                "Let none of its jobs begin"};
inline constexpr Endpoint<Nothing, Batch> resume{Method::Post, "/api/v1/batches/{id}/resume", Ability::BatchesUpdate,
                                                 "Go on with a paused batch"};
inline constexpr Endpoint<Nothing, Batch> cancel{Method::Post, "/api/v1/batches/{id}/cancel", Ability::BatchesUpdate,
                                                 "Cancel those of its jobs that have not ended"};
inline constexpr Endpoint<Nothing, Batch> retry{Method::Post, "/api/v1/batches/{id}/retry", Ability::BatchesUpdate,
                                                "Queue its failed and dead jobs again"};

} // namespace endpoints::batches
