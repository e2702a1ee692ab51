// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_routes.h"

#include "server/http/router.h"
#include "server/templates/bundle_files.h"
#include "server/templates/bundle_service.h"
#include "server/templates/draft_service.h"
#include "server/templates/label_service.h"
#include "server/templates/render_service.h"
#include "server/templates/shelf_service.h"
#include "server/templates/tar_writer.h"
#include "server/templates/template_service.h"
#include "shared/templates/endpoints.h"

namespace {

namespace at = endpoints::templates; // `templates` alone is also where prompts are rendered
using http::Call;

const http::RouteOptions checksRevision{.checksRevision = true};

void addVersionRoutes(http::Router &router, TemplateService &service)
{
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
    router.on(
        at::saveVersion,
        [&](const Call &call, NewTemplateVersion input) {
            if (const auto seen = call.optionalIfMatch())
                input.baseVersion = int(std::min<qint64>(*seen, std::numeric_limits<int>::max()));
            const auto saved = service.saveVersion(call.caller, call.id(), input);
            return http::Reply<TemplateVersion>{saved.version, saved.isNew ? 201 : 200};
        },
        checksRevision);
    router.on(at::version,
              [&](const Call &call) { return service.version(call.caller, call.id(), call.number("version")); });
}

void addLifeRoutes(http::Router &router, TemplateService &service, RenderService &rendering)
{
    router.on(at::restore, [&](const Call &call, const TemplateRestore &input) {
        return service.restore(call.caller, call.id(), input);
    });
    router.on(at::duplicate, [&](const Call &call, const TemplateCopy &input) {
        return service.duplicate(call.caller, call.id(), input);
    });
    router.on(at::usedBy, [&](const Call &call, const TemplatePageFilter &filter) {
        return service.usedBy(call.caller, call.id(), filter.limit, filter.cursor);
    });
    router.on(at::render,
              [&](const Call &call, const RenderRequest &request) {
                  return rendering.render(call.caller, call.id(), request);
              },
              {.bodyLimit = 4 * 1024 * 1024});
}

void addLabelRoutes(http::Router &router, LabelService &service)
{
    router.on(at::labels, [&](const Call &call, const TemplatePageFilter &filter) {
        return service.list(call.caller, call.id(), filter);
    });
    router.on(
        at::moveLabel,
        [&](const Call &call, const LabelMove &input) {
            const auto moved = service.move(call.caller, call.id(), call.text("label"), input, call.optionalIfMatch());
            return http::Reply<TemplateLabel>{moved.label, moved.isNew ? 201 : 200};
        },
        checksRevision);
    router.on(
        at::removeLabel,
        [&](const Call &call) { service.remove(call.caller, call.id(), call.text("label"), call.optionalIfMatch()); },
        checksRevision);
    router.on(at::labelHistory, [&](const Call &call, const TemplatePageFilter &filter) {
        return service.history(call.caller, call.id(), call.text("label"), filter);
    });
    router.on(
        at::rollBackLabel,
        [&](const Call &call, const LabelRollback &input) {
            return service.rollBack(call.caller, call.id(), call.text("label"), input, call.optionalIfMatch());
        },
        checksRevision);
}

void addShelfRoutes(http::Router &router, ShelfService &service)
{
    router.on(at::folders,
              [&](const Call &call, const TemplatePageFilter &filter) { return service.folders(call.caller, filter); });
    router.on(at::moveFolder,
              [&](const Call &call, const FolderMove &input) { return service.move(call.caller, input); });
    router.on(at::tags,
              [&](const Call &call, const TemplatePageFilter &filter) { return service.tags(call.caller, filter); });
}

void addDraftRoutes(http::Router &router, DraftService &service)
{
    using Of = DraftService::Of;
    const http::RouteOptions large{.bodyLimit = 2 * DraftService::largest, .checksRevision = true};
    router.on(at::draft, [&](const Call &call) { return service.get(call.caller, Of::Template, call.id()); });
    router.on(
        at::saveDraft,
        [&](const Call &call, const DraftInput &input) {
            return service.put(call.caller, Of::Template, call.id(), input, call.optionalIfMatch());
        },
        large);
    router.on(at::removeDraft, [&](const Call &call) { service.remove(call.caller, Of::Template, call.id()); });
    router.on(at::drafts,
              [&](const Call &call, const TemplatePageFilter &filter) { return service.list(call.caller, filter); });
    router.on(at::newDraft,
              [&](const Call &call) { return service.get(call.caller, Of::NothingYet, call.id("draftId")); });
    router.on(
        at::saveNewDraft,
        [&](const Call &call, const DraftInput &input) {
            return service.put(call.caller, Of::NothingYet, call.id("draftId"), input, call.optionalIfMatch());
        },
        large);
    router.on(at::removeNewDraft,
              [&](const Call &call) { service.remove(call.caller, Of::NothingYet, call.id("draftId")); });
}

http::Response exportAnswer(const TemplateBundle &bundle, BundleForm form)
{
    if (form == BundleForm::Json)
        return {.status = 200,
                .contentType = "application/json",
                .body = json::print(bundle),
                .headers = {{"Content-Disposition", "attachment; filename=\"templates.json\""}}};
    TarWriter tar;
    const auto files = BundleFiles::print(bundle);
    for (const BundleFile &file : files)
        tar.add(file.path, file.text.toUtf8());
    return {.status = 200,
            .contentType = "application/x-tar",
            .body = tar.finish(),
            .headers = {{"Content-Disposition", "attachment; filename=\"templates.tar\""}}};
}

void addBundleRoutes(http::Router &router, BundleService &service)
{
    router.onExchange(
        at::exported,
        [&](const std::shared_ptr<http::Exchange> &exchange, const Call &call, const ExportFilter &filter) {
            router.finish(exchange, call,
                          exportAnswer(service.exported(call.caller, filter), filter.form.value_or(BundleForm::Json)));
        },
        {.streams = {"application/json", "application/x-tar"}});
    router.on(at::imported,
              [&](const Call &call, const ImportRequest &request) { return service.imported(call.caller, request); },
              {.bodyLimit = 64 * 1024 * 1024});
}

} // namespace

void addTemplateRoutes(http::Router &router, const TemplateParts &parts)
{
    addVersionRoutes(router, parts.templates);
    addLifeRoutes(router, parts.templates, parts.rendering);
    addLabelRoutes(router, parts.labels);
    addShelfRoutes(router, parts.shelf);
    addDraftRoutes(router, parts.drafts);
    addBundleRoutes(router, parts.bundles);
}
