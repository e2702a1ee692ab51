// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/template.h"

// Templates on their way out of a tenant and into another, whole: with every version and label, without ids.

struct BundledVersion
{
    int version = 0;
    QString systemPrompt;
    QString userPrompt;
    QList<ExampleTurn> examples;
    std::optional<QJsonObject> variablesSchema;
    QString defaultModel;
    ModelParameters parameters;
    QString note;
    QString authorName; // for people to read; an import is the importing person's
    std::optional<QDateTime> createdAt;

    static constexpr auto fields()
    {
        using T = BundledVersion;
        return std::tuple{Field{"version", &T::version, {.minimum = 1}},
                          Field{"systemPrompt", &T::systemPrompt, {.maxLength = 200'000, .hasDefault = true}},
                          Field{"userPrompt", &T::userPrompt, {.minLength = 1, .maxLength = 200'000}},
                          Field{"examples", &T::examples, {.maxLength = 20, .hasDefault = true}},
                          Field{"variablesSchema", &T::variablesSchema},
                          Field{"defaultModel", &T::defaultModel, {.minLength = 3, .maxLength = 200}},
                          Field{"parameters", &T::parameters, {.hasDefault = true}},
                          Field{"note", &T::note, {.maxLength = 500, .hasDefault = true}},
                          Field{"authorName", &T::authorName, {.maxLength = 200, .hasDefault = true}},
                          Field{"createdAt", &T::createdAt}};
    }
};

struct BundledTemplate
{
    QString slug;
    QString name;
    QString description;
    QString folder;
    QList<QString> tags;
    QList<LabelPlace> labels;
    QList<BundledVersion> versions; // oldest first

    static constexpr auto fields()
    {
        using T = BundledTemplate;
        return std::tuple{Field{"slug", &T::slug, {.minLength = 1, .maxLength = 120}},
                          Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"description", &T::description, {.maxLength = 2000, .hasDefault = true}},
                          Field{"folder", &T::folder, {.maxLength = 200, .hasDefault = true}},
                          Field{"tags", &T::tags, {.maxLength = 20, .hasDefault = true}},
                          Field{"labels", &T::labels, {.maxLength = 50, .hasDefault = true}},
                          Field{"versions", &T::versions, {.minLength = 1, .maxLength = 1000}}};
    }
};

struct TemplateBundle
{
    QString format; // "patio-templates"
    int formatVersion = 1;
    QList<BundledTemplate> templates;

    static constexpr auto fields()
    {
        using T = TemplateBundle;
        return std::tuple{Field{"format", &T::format, {.doc = "patio-templates", .maxLength = 60}},
                          Field{"formatVersion", &T::formatVersion, {.minimum = 1, .maximum = 1}},
                          Field{"templates", &T::templates, {.maxLength = 1000}}};
    }
};

enum class BundleForm { Json, Tar };
template<> inline constexpr auto enumNames<BundleForm> = std::to_array({"json", "tar"});

// Which templates an export holds: all that match, at most 1,000.
struct ExportFilter
{
    std::optional<QList<QUuid>> ids;
    std::optional<QString> folder;
    std::optional<BundleForm> form; // absent: json

    static constexpr auto fields()
    {
        using T = ExportFilter;
        return std::tuple{
            Field{"id", &T::ids, {.doc = "May stand several times; all templates when absent", .maxLength = 1000}},
            Field{"folder", &T::folder, {.doc = "This one and those within", .maxLength = 200}},
            Field{
                "form",
                &T::form,
                {.doc = "json: a TemplateBundle; tar: a folder of plain text files, which an import takes as files"}}};
    }
};

// A file of an unpacked export.
struct BundleFile
{
    QString path; // "refund-reply/2/user.txt"
    QString text;

    static constexpr auto fields()
    {
        return std::tuple{Field{"path", &BundleFile::path, {.minLength = 1, .maxLength = 500}},
                          Field{"text", &BundleFile::text, {.maxLength = 1'000'000}}};
    }
};

enum class ImportConflict { Skip, Rename, NewVersion };
template<> inline constexpr auto enumNames<ImportConflict> = std::to_array({"skip", "rename", "newVersion"});

struct ImportRequest
{
    std::optional<TemplateBundle> bundle;
    std::optional<QList<BundleFile>> files; // instead of a bundle
    ImportConflict onConflict = ImportConflict::Skip;
    bool dryRun = false;

    static constexpr auto fields()
    {
        using T = ImportRequest;
        return std::tuple{
            Field{"bundle", &T::bundle},
            Field{"files", &T::files, {.doc = "Of an unpacked folder, instead of a bundle", .maxLength = 20'000}},
            Field{"onConflict",
                  &T::onConflict,
                  {.doc = "Where a slug is taken: leave that template as it is, import beside it under another slug, "
                          "or add the newest version to it",
                   .hasDefault = true}},
            Field{"dryRun", &T::dryRun, {.doc = "Only tell what would become of each", .hasDefault = true}}};
    }
};

enum class ImportAction { Create, Rename, AddVersion, Unchanged, Skip, Refuse };
template<>
inline constexpr auto enumNames<ImportAction> = std::to_array({"create", "rename", "addVersion", "unchanged", "skip",
                                                               "refuse"});

struct ImportProblem
{
    QString file; // of a bundle: a JSON pointer into the request
    int line = 0; // from 1; 0: the file as a whole
    QString message;

    static constexpr auto fields()
    {
        using T = ImportProblem;
        return std::tuple{Field{"file", &T::file, {.doc = "Of a bundle: a JSON pointer into the request"}},
                          Field{"line", &T::line, {.doc = "0: the whole"}}, Field{"message", &T::message}};
    }
};

struct ImportedItem
{
    QString slug; // as it comes
    QString name;
    ImportAction action = ImportAction::Create;
    std::optional<QUuid> templateId; // of what was made or changed, or is in the way
    QString newSlug; // under which it stands after it
    int versions = 0; // that are added
    QList<ImportProblem> problems;

    static constexpr auto fields()
    {
        using T = ImportedItem;
        return std::tuple{Field{"slug", &T::slug, {.doc = "As it comes"}},
                          Field{"name", &T::name},
                          Field{"action", &T::action},
                          Field{"templateId", &T::templateId, {.doc = "Of what was made or changed, or is in the way"}},
                          Field{"newSlug", &T::newSlug, {.doc = "Under which it stands afterwards"}},
                          Field{"versions", &T::versions, {.doc = "That are added"}},
                          Field{"problems", &T::problems}};
    }
};

struct ImportReport
{
    bool dryRun = false;
    bool isApplied = false; // false: nothing was changed, for a dry run or because something is refused
    QList<ImportedItem> items;
    QList<ImportProblem> problems; // of no item: files that belong to none

    static constexpr auto fields()
    {
        using T = ImportReport;
        return std::tuple{Field{"dryRun", &T::dryRun},
                          Field{"isApplied", &T::isApplied, {.doc = "false: nothing was changed"}},
                          Field{"items", &T::items}, Field{"problems", &T::problems}};
    }
};

WIRE_TYPE(BundledVersion)
WIRE_TYPE(BundledTemplate)
WIRE_TYPE(TemplateBundle)
WIRE_TYPE(ExportFilter)
WIRE_TYPE(BundleFile)
WIRE_TYPE(ImportRequest)
WIRE_TYPE(ImportProblem)
WIRE_TYPE(ImportedItem)
WIRE_TYPE(ImportReport)
