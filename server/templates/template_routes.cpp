// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_routes.h"

#include "server/http/router.h"
#include "server/templates/template_service.h"
#include "shared/templates/endpoints.h"

void addTemplateRoutes(http::Router &router, TemplateService &service)
{
    namespace at = endpoints::templates; // `templates` alone is also where prompts are rendered
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(at::list,
              [&](const Call &call, const TemplateFilter &filter) { return service.list(call.caller, filter); });
    router.on(at::create,
              [&](const Call &call, const NewTemplate &input) { return service.create(call.caller, input); });
    router.on(at::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        at::update,
        [&](const Call &call, const TemplateChange &change) {
            return service.update(call.caller, call.id(), change, call.ifMatch());
        },
        checksRevision);
    router.on(
        at::remove, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
    router.on(at::versions, [&](const Call &call, const VersionFilter &filter) {
        return service.versions(call.caller, call.id(), filter);
    });
    router.on(at::saveVersion, [&](const Call &call, const NewTemplateVersion &input) {
        const auto saved = service.saveVersion(call.caller, call.id(), input);
        return http::Reply<TemplateVersion>{saved.version, saved.isNew ? 201 : 200};
    });
    router.on(at::version,
              [&](const Call &call) { return service.version(call.caller, call.id(), call.number("version")); });
}
