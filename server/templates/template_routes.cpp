// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_routes.h"

#include "server/http/router.h"
#include "server/templates/template_service.h"
#include "shared/templates/endpoints.h"

void addTemplateRoutes(http::Router &router, TemplateService &service)
{
    using namespace endpoints;
    using http::Call;
    const http::RouteOptions checksRevision{.checksRevision = true};

    router.on(templates::list,
              [&](const Call &call, const TemplateFilter &filter) { return service.list(call.caller, filter); });
    router.on(templates::create,
              [&](const Call &call, const NewTemplate &input) { return service.create(call.caller, input); });
    router.on(templates::get, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        templates::update,
        [&](const Call &call, const TemplateChange &change) {
            return service.update(call.caller, call.id(), change, call.ifMatch());
        },
        checksRevision);
    router.on(
        templates::remove, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
    router.on(templates::versions, [&](const Call &call, const VersionFilter &filter) {
        return service.versions(call.caller, call.id(), filter);
    });
    router.on(templates::saveVersion, [&](const Call &call, const NewTemplateVersion &input) {
        const auto saved = service.saveVersion(call.caller, call.id(), input);
        return http::Reply<TemplateVersion>{saved.version, saved.isNew ? 201 : 200};
    });
    router.on(templates::version,
              [&](const Call &call) { return service.version(call.caller, call.id(), call.number("version")); });
}
