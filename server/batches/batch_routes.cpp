// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_routes.h"

#include "server/batches/batch_body.h"
#include "server/batches/batch_service.h"
#include "server/http/router.h"
#include "shared/batches/endpoints.h"

void addBatchRoutes(http::Router &router, BatchService &service)
{
    using namespace endpoints;
    using http::Call;

    router.on(batches::create,
              [&](const Call &call, const NewBatch &input, const NewBatchQuery &) {
                  if (!call.request.query.isEmpty() && call.request.mediaType() == "application/json")
                      throw ApiError::malformed(
                          QStringLiteral("A body of application/json says everything itself: leave the query empty."));
                  return service.create(call.caller, input);
              },
              {.bodyLimit = 48 * 1024 * 1024, .takes = {"text/csv", "application/jsonl"}, .otherBody = batchBody});
    router.on(batches::list,
              [&](const Call &call, const BatchFilter &filter) { return service.list(call.caller, filter); });
    router.on(batches::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(batches::rows, [&](const Call &call, const BatchRowFilter &filter) {
        return service.rows(call.caller, call.id(), filter);
    });
    router.on(batches::pause, [&](const Call &call) { return service.pause(call.caller, call.id()); });
    router.on(batches::resume, [&](const Call &call) { return service.resume(call.caller, call.id()); });
    router.on(batches::cancel, [&](const Call &call) { return service.cancel(call.caller, call.id()); });
    router.on(batches::retry, [&](const Call &call) { return service.retry(call.caller, call.id()); });
}
