// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/bundle_service.h"

#include "server/templates/bundle_files.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_import.h"
#include "server/templates/template_records.h"

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

constexpr int mostTemplates = 1000;
constexpr qsizetype mostText = 64 * 1024 * 1024; // UTF-16 units
constexpr int versionsAtOnce = 100;

BundledVersion bundled(const TemplateVersion &from)
{
    return {from.version,      from.systemPrompt, from.userPrompt, from.examples,   from.variablesSchema,
            from.defaultModel, from.parameters,   from.note,       from.authorName, from.createdAt};
}

qsizetype lengthOf(const TemplateVersion &version)
{
    qsizetype length = version.systemPrompt.size() + version.userPrompt.size();
    for (const ExampleTurn &turn : version.examples)
        length += turn.user.size() + turn.assistant.size();
    return length;
}

struct Undo
{
};

} // namespace

TemplateBundle BundleService::exported(const Caller &caller, const ExportFilter &filter)
{
    Access::requireVisible(
        caller, Ability::TemplatesRead, u"id"_s,
        {u"slug"_s, u"name"_s, u"description"_s, u"folder"_s, u"tags"_s, u"labels"_s, u"authorName"_s});
    TemplateBundle bundle{u"patio-templates"_s, 1, {}};
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto found = TemplateStore::listForExport(
            tx, filter.ids, filter.folder ? std::optional(TemplateChecks::folder(*filter.folder)) : std::nullopt,
            mostTemplates + 1, Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
        if (found.size() > mostTemplates)
            throw ApiError::conflict(
                u"An export holds at most %1 templates. Export folder by folder."_s.arg(mostTemplates));
        qsizetype length = 0;
        for (const PromptTemplate &one : found) {
            BundledTemplate out{one.slug, one.name, one.description, one.folder, one.tags, one.labels, {}};
            for (std::optional<int> before;;) {
                const auto versions = TemplateStore::listVersions(tx, one.id, versionsAtOnce, before);
                for (const TemplateVersion &version : versions) {
                    length += lengthOf(version);
                    out.versions.prepend(bundled(version));
                }
                if (length > mostText)
                    throw ApiError::conflict(
                        u"An export holds at most %1 Mi characters. Export folder by folder."_s.arg(mostText / 1024
                                                                                                    / 1024));
                if (versions.size() < versionsAtOnce)
                    break;
                before = versions.last().version;
            }
            bundle.templates.append(out);
        }
    });
    return bundle;
}

ImportReport BundleService::imported(const Caller &caller, const ImportRequest &request)
{
    if (request.bundle.has_value() == request.files.has_value())
        throw ApiError::invalid(u"/bundle"_s, u"or files must be given, and not both"_s);
    if (request.bundle && request.bundle->format != "patio-templates"_L1)
        throw ApiError::invalid(u"/bundle/format"_s, u"must be patio-templates"_s);
    ImportReport report;
    report.dryRun = request.dryRun;
    const TemplateBundle bundle = request.bundle ? *request.bundle : BundleFiles::read(*request.files, report.problems);
    try {
        m_database.transaction(caller.scope(), [&](Transaction &tx) {
            TemplateImport import(tx, caller, request.onConflict, request.files.has_value());
            report.items = import.run(bundle);
            bool isRefused = !report.problems.isEmpty();
            for (const ImportedItem &item : std::as_const(report.items))
                isRefused = isRefused || item.action == ImportAction::Refuse;
            if (isRefused || request.dryRun)
                throw Undo();
        });
        report.isApplied = true;
        m_changed();
    } catch (const Undo &) {
        for (ImportedItem &item : report.items)
            if (item.action == ImportAction::Create || item.action == ImportAction::Rename)
                item.templateId.reset(); // it was never there
    }
    return report;
}
