// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/templates/rendering.h"
#include "shared/templates/template.h"

// SQL of templates and their versions, in a transaction of the tenant. Removed templates are not found. Lists are
// sorted by name, without regard to case and accents.
namespace TemplateStore {

struct Author
{
    std::optional<QUuid> id;
    QString name;
};

// Where a page ended: the name, or milliseconds since 1970.
struct Place
{
    QString key;
    QUuid id;
};
std::optional<Place> placeOf(Transaction &tx, const QUuid &id); // by name
// Those that are to be seen. `rows`: none where that is all.
QList<PromptTemplate> list(Transaction &tx, const TemplateFilter &filter, int limit, const std::optional<Place> &after,
                           const std::optional<database::Fragment> &rows);
// By slug.
QList<PromptTemplate> listForExport(Transaction &tx, const std::optional<QList<QUuid>> &ids,
                                    const std::optional<QString> &folder, int limit, const database::Fragment &rows);
// What the list finds of a template by its text.
void putSearch(Transaction &tx, const PromptTemplate &found, const TemplateVersion &latest);

std::optional<PromptTemplate> find(Transaction &tx, const QUuid &id);
std::optional<PromptTemplate> lock(Transaction &tx, const QUuid &id); // until the transaction ends
std::optional<PromptTemplate> findBySlug(Transaction &tx, const QString &slug);

// Both throw 409 naming the field when the slug is taken; `slugField` is the one that gave it.
PromptTemplate insert(Transaction &tx, const PromptTemplate &made, const QString &slugField);
PromptTemplate update(Transaction &tx, const PromptTemplate &changed);
void remove(Transaction &tx, const QUuid &id);
std::optional<PromptTemplate> lockRemoved(Transaction &tx, const QUuid &id);
PromptTemplate restore(Transaction &tx, const QUuid &id, const QString &slug); // 409 as well, at /slug
void setLatest(Transaction &tx, const QUuid &id, int version);

TemplateVersion insertVersion(Transaction &tx, const QUuid &id, int version, const NewTemplateVersion &input,
                              const Author &author);
std::optional<TemplateVersion> findVersion(Transaction &tx, const QUuid &id, int version);
// What a generation needs of a template, by one look-up.
struct UsedVersion
{
    QUuid templateId;
    QString slug;
    QString name;
    int version = 0;
    QString systemPrompt;
    QString userPrompt;
    QList<ExampleTurn> examples;
    std::optional<QJsonObject> variablesSchema;
    QString defaultModel;
    ModelParameters parameters;
    bool hasIncludes = false;

    static constexpr auto fields()
    {
        using T = UsedVersion;
        return std::tuple{Field{"templateId", &T::templateId},
                          Field{"slug", &T::slug},
                          Field{"name", &T::name},
                          Field{"version", &T::version},
                          Field{"systemPrompt", &T::systemPrompt},
                          Field{"userPrompt", &T::userPrompt},
                          Field{"examples", &T::examples},
                          Field{"variablesSchema", &T::variablesSchema},
                          Field{"defaultModel", &T::defaultModel},
                          Field{"parameters", &T::parameters},
                          Field{"hasIncludes", &T::hasIncludes}};
    }
};
// Of a version or where a label stands; of neither the latest.
std::optional<UsedVersion> findForUse(Transaction &tx, const QString &slug, std::optional<int> version,
                                      const std::optional<QString> &label);
QList<TemplateVersion> listVersions(Transaction &tx, const QUuid &id, int limit, std::optional<int> before);

// What stands in {{> …}}, in its parts.
struct Reference
{
    QString text;
    QString slug;
    QString label;
    int version = 0; // 0: the latest, or the label's

    static Reference parse(const QString &text);
};
struct Included
{
    QString reference;
    QString slug;
    QString label;
    std::optional<QUuid> templateId; // absent: there is no such template
    std::optional<int> version; // absent: there is no such version or label
    QString userPrompt;

    static constexpr auto fields()
    {
        using T = Included;
        return std::tuple{Field{"reference", &T::reference}, Field{"slug", &T::slug},
                          Field{"label", &T::label},         Field{"templateId", &T::templateId},
                          Field{"version", &T::version},     Field{"userPrompt", &T::userPrompt}};
    }
};
QList<Included> findIncluded(Transaction &tx, const QList<Reference> &references);
void insertIncludes(Transaction &tx, const QUuid &id, int version, const QStringList &references,
                    const QList<QUuid> &included);
// The versions that include this template and are in use: the latest of each template and those with labels.
QList<TemplateUse> usesOf(Transaction &tx, const QUuid &id, int limit,
                          const std::optional<std::pair<QString, int>> &after, const database::Fragment &rows);
// The names of the templates in use that name this label in what they include.
QStringList namesUsingLabel(Transaction &tx, const QUuid &id, const QString &label);

} // namespace TemplateStore
