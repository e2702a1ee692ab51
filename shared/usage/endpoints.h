// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/usage/usage.h"
#include "shared/usage/usage_series.h"

namespace endpoints::usage {

inline constexpr Endpoint<UsageQuery, UsageReport> report{Method::Get, "/api/v1/usage", Ability::UsageRead,
                                                          "Sum calls, tokens and cost by day, model, user or template"};
inline constexpr Endpoint<UsageSeriesQuery, UsageSeriesReport> series{
    Method::Get,
    "/api/v1/usage/series",
    Ability::UsageRead,
    "Calls, tokens and cost over time, split by model, user, template or key",
    200,
    "The largest series and the sum of the others, a number for each hour (of 31 days at most), day, week or month."};
inline constexpr Endpoint<UsageLatencyQuery, UsageLatencyReport> latency{
    Method::Get,
    "/api/v1/usage/latency",
    Ability::UsageRead,
    "Percentiles of the latency of calls over time",
    200,
    "Of calls that succeeded and did not come from the cache, read from histograms: at most 9.1 % and half a "
    "millisecond beside the exact ones, up to 17 minutes."};

} // namespace endpoints::usage
