// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_routes.h"

#include "server/http/router.h"
#include "server/usage/usage_service.h"
#include "shared/jobs/endpoints.h"
#include "shared/usage/endpoints.h"

void addUsageRoutes(http::Router &router, UsageService &service)
{
    using http::Call;
    router.on(endpoints::usage::report,
              [&](const Call &call, const UsageQuery &query) { return service.report(call.caller, query); });
    router.on(endpoints::usage::series,
              [&](const Call &call, const UsageSeriesQuery &query) { return service.series(call.caller, query); });
    router.on(endpoints::usage::latency,
              [&](const Call &call, const UsageLatencyQuery &query) { return service.latency(call.caller, query); });
    router.on(endpoints::jobs::models, [&](const Call &call) { return service.models(call.caller); });
}
