// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_routes.h"

#include "server/audit/audit_export.h"
#include "shared/audit/endpoints.h"

void addAuditRoutes(http::Router &router, AuditService &service, const std::function<bool(std::function<void()>)> &work)
{
    using namespace endpoints;
    using http::Call;

    router.on(audit::list,
              [&](const Call &call, const AuditFilter &filter) { return service.list(call.caller, filter); });
    router.on(audit::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.onExchange(
        audit::exported,
        [&, work](const std::shared_ptr<http::Exchange> &exchange, const Call &call, const AuditExportQuery &query) {
            std::make_shared<AuditExport>(service, work, exchange, call, query)->start(router);
        },
        {.streams = {"text/csv", "application/jsonl"}});
}
