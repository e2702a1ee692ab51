// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

// How a model is asked. What is absent is the provider's own default.
struct ModelParameters
{
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<int> maxTokens;
    std::optional<QList<QString>> stop;
    std::optional<QJsonObject> responseFormat; // {"type": "json_schema", "schema": {…}}

    static constexpr auto fields()
    {
        using T = ModelParameters;
        return std::tuple{Field{"temperature", &T::temperature, {.minimum = 0, .maximum = 2}},
                          Field{"topP", &T::topP, {.minimum = 0, .maximum = 1}},
                          Field{"maxTokens", &T::maxTokens, {.minimum = 1, .maximum = 1'000'000}},
                          Field{"stop", &T::stop, {.maxLength = 4}}, Field{"responseFormat", &T::responseFormat}};
    }
};

// A turn shown to the model as an example, before the real question.
struct ExampleTurn
{
    QString user;
    QString assistant;

    static constexpr auto fields()
    {
        return std::tuple{Field{"user", &ExampleTurn::user, {.maxLength = 100'000}},
                          Field{"assistant", &ExampleTurn::assistant, {.maxLength = 100'000}}};
    }
};

// Where a label stands.
struct LabelPlace
{
    QString label; // "production"
    int version = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"label", &LabelPlace::label}, Field{"version", &LabelPlace::version}};
    }
};

struct PromptTemplate
{
    QUuid id;
    QString slug;
    QString name;
    QString description;
    QString folder; // "support/refunds"; empty: top
    QList<QString> tags;
    QList<LabelPlace> labels; // by name
    int latestVersion = 0;
    std::optional<QUuid> authorId;
    QString authorName;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = PromptTemplate;
        return std::tuple{Field{"id", &T::id},
                          Field{"slug", &T::slug},
                          Field{"name", &T::name},
                          Field{"description", &T::description},
                          Field{"folder", &T::folder},
                          Field{"tags", &T::tags},
                          Field{"labels", &T::labels, {.hasDefault = true}},
                          Field{"latestVersion", &T::latestVersion},
                          Field{"authorId", &T::authorId},
                          Field{"authorName", &T::authorName},
                          Field{"createdAt", &T::createdAt},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

// Immutable once saved.
struct TemplateVersion
{
    QUuid templateId;
    int version = 0;
    QString systemPrompt;
    QString userPrompt;
    QList<ExampleTurn> examples;
    std::optional<QJsonObject>
        variablesSchema; // JSON Schema 2020-12 of an object; absent: {{input}} is the whole input
    QString defaultModel; // "provider/model-name"
    ModelParameters parameters;
    QString note;
    std::optional<QUuid> authorId;
    QString authorName;
    QDateTime createdAt;

    static constexpr auto fields()
    {
        using T = TemplateVersion;
        return std::tuple{Field{"templateId", &T::templateId},
                          Field{"version", &T::version},
                          Field{"systemPrompt", &T::systemPrompt},
                          Field{"userPrompt", &T::userPrompt},
                          Field{"examples", &T::examples},
                          Field{"variablesSchema", &T::variablesSchema},
                          Field{"defaultModel", &T::defaultModel},
                          Field{"parameters", &T::parameters},
                          Field{"note", &T::note},
                          Field{"authorId", &T::authorId},
                          Field{"authorName", &T::authorName},
                          Field{"createdAt", &T::createdAt}};
    }
};

struct NewTemplateVersion
{
    QString systemPrompt;
    QString userPrompt;
    QList<ExampleTurn> examples;
    std::optional<QJsonObject> variablesSchema;
    QString defaultModel;
    ModelParameters parameters;
    QString note;
    std::optional<int> baseVersion;

    static constexpr auto fields()
    {
        using T = NewTemplateVersion;
        return std::tuple{
            Field{"systemPrompt", &T::systemPrompt, {.maxLength = 200'000, .hasDefault = true}},
            Field{"userPrompt", &T::userPrompt, {.minLength = 1, .maxLength = 200'000}},
            Field{"examples", &T::examples, {.maxLength = 20, .hasDefault = true}},
            Field{"variablesSchema", &T::variablesSchema, {.doc = "JSON Schema 2020-12 of an object"}},
            Field{"defaultModel",
                  &T::defaultModel,
                  {.doc = "provider/model-name, for example anthropic/claude-haiku-4.5",
                   .minLength = 3,
                   .maxLength = 200}},
            Field{"parameters", &T::parameters, {.hasDefault = true}},
            Field{"note", &T::note, {.doc = "What changed, in a line", .maxLength = 500, .hasDefault = true}},
            Field{"baseVersion",
                  &T::baseVersion,
                  {.doc = "The version that was edited; 412 when somebody saved another one meanwhile", .minimum = 0}}};
    }
};

struct NewTemplate
{
    QString name;
    std::optional<QString> slug; // absent: made from the name
    QString description;
    QString folder;
    QList<QString> tags;
    NewTemplateVersion version;

    static constexpr auto fields()
    {
        using T = NewTemplate;
        return std::tuple{
            Field{"name", &T::name, {.doc = "Shown in lists", .minLength = 1, .maxLength = 120}},
            Field{"slug",
                  &T::slug,
                  {.doc = "How programs name it; made from the name when absent", .minLength = 1, .maxLength = 120}},
            Field{"description", &T::description, {.maxLength = 2000, .hasDefault = true}},
            Field{"folder", &T::folder, {.maxLength = 200, .hasDefault = true}},
            Field{"tags", &T::tags, {.maxLength = 20, .hasDefault = true}},
            Field{"version", &T::version, {.doc = "The first version"}}};
    }
};

// What stays absent stays as it is.
struct TemplateChange
{
    std::optional<QString> name;
    std::optional<QString> slug;
    std::optional<QString> description;
    std::optional<QString> folder;
    std::optional<QList<QString>> tags;

    static constexpr auto fields()
    {
        using T = TemplateChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"slug", &T::slug, {.minLength = 1, .maxLength = 120}},
                          Field{"description", &T::description, {.maxLength = 2000}},
                          Field{"folder", &T::folder, {.maxLength = 200}}, Field{"tags", &T::tags, {.maxLength = 20}}};
    }
};

struct TemplateDetail
{
    PromptTemplate promptTemplate;
    TemplateVersion version; // the latest
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = TemplateDetail;
        return std::tuple{Field{"template", &T::promptTemplate}, Field{"version", &T::version},
                          Field{"revision", &T::revision}};
    }
};

// What a 412 carries as `conflict` when a version is saved on another than the latest: with what was to be saved, the
// three sides of a merge.
struct VersionConflict
{
    std::optional<TemplateVersion> base; // absent: the version that was named never was
    TemplateVersion latest; // with its author and time

    static constexpr auto fields()
    {
        return std::tuple{Field{"base", &VersionConflict::base}, Field{"latest", &VersionConflict::latest}};
    }
};

// A copy of the latest version, or another one, as the first version of a new template.
struct TemplateCopy
{
    QString name;
    std::optional<QString> slug; // absent: made from the name
    std::optional<QString> folder; // absent: that of the original
    std::optional<int> version;

    static constexpr auto fields()
    {
        using T = TemplateCopy;
        return std::tuple{
            Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
            Field{"slug", &T::slug, {.doc = "Made from the name when absent", .minLength = 1, .maxLength = 120}},
            Field{"folder", &T::folder, {.doc = "That of the original when absent", .maxLength = 200}},
            Field{"version", &T::version, {.doc = "To copy; the latest when absent", .minimum = 1}}};
    }
};

struct TemplateRestore
{
    std::optional<QString> slug;

    static constexpr auto fields()
    {
        return std::tuple{
            Field{"slug",
                  &TemplateRestore::slug,
                  {.doc = "Another one, where the old one is taken by now", .minLength = 1, .maxLength = 120}}};
    }
};

enum class TemplateOrder { Name, Updated, Created };
template<> inline constexpr auto enumNames<TemplateOrder> = std::to_array({"name", "updated", "created"});

struct TemplateFilter
{
    std::optional<QString> search;
    std::optional<QString> folder;
    std::optional<QList<QString>> tags;
    std::optional<QString> label;
    std::optional<bool> removed;
    std::optional<TemplateOrder> sort;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = TemplateFilter;
        return std::tuple{
            Field{"search",
                  &T::search,
                  {.doc = "Part of the name, slug, description, a tag or the prompts of the latest version",
                   .maxLength = 200}},
            Field{"folder", &T::folder, {.doc = "This one and those within", .maxLength = 200}},
            Field{"tag", &T::tags, {.doc = "May stand several times: all of them", .maxLength = 20}},
            Field{"label", &T::label, {.doc = "Those with a version of this label", .maxLength = 60}},
            Field{"removed", &T::removed, {.doc = "true: those that were removed and can be restored"}},
            Field{"sort", &T::sort, {.doc = "By name, or those last changed or made first"}},
            Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
            Field{"cursor", &T::cursor}};
    }
};

struct VersionFilter
{
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = VersionFilter;
        return std::tuple{Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(ModelParameters)
WIRE_TYPE(ExampleTurn)
WIRE_TYPE(LabelPlace)
WIRE_TYPE(PromptTemplate)
WIRE_TYPE(TemplateVersion)
WIRE_TYPE(NewTemplateVersion)
WIRE_TYPE(NewTemplate)
WIRE_TYPE(TemplateChange)
WIRE_TYPE(TemplateDetail)
WIRE_TYPE(VersionConflict)
WIRE_TYPE(TemplateCopy)
WIRE_TYPE(TemplateRestore)
WIRE_TYPE(TemplateFilter)
WIRE_TYPE(VersionFilter)
