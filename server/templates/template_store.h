// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/templates/template.h"

// SQL of templates and their versions, in a transaction of the tenant. Removed templates are not found. Lists are
// sorted by name, without regard to case and accents.
namespace TemplateStore {

struct Author
{
    std::optional<QUuid> id;
    QString name;
};

// Where a page ended.
struct Place
{
    QString name;
    QUuid id;
};
std::optional<Place> placeOf(Transaction &tx, const QUuid &id);
QList<PromptTemplate> list(Transaction &tx, const TemplateFilter &filter, int limit, const std::optional<Place> &after);
// Of them, those that are to be seen.
QList<PromptTemplate> listWhere(Transaction &tx, const TemplateFilter &filter, int limit,
                                const std::optional<Place> &after, const database::Fragment &rows);
std::optional<PromptTemplate> find(Transaction &tx, const QUuid &id);
std::optional<PromptTemplate> lock(Transaction &tx, const QUuid &id); // until the transaction ends
std::optional<PromptTemplate> findBySlug(Transaction &tx, const QString &slug);

// Both throw 409 naming the field when the slug is taken; `slugField` is the one that gave it.
PromptTemplate insert(Transaction &tx, const PromptTemplate &made, const QString &slugField);
PromptTemplate update(Transaction &tx, const PromptTemplate &changed);
void remove(Transaction &tx, const QUuid &id);
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
                          Field{"parameters", &T::parameters}};
    }
};
std::optional<UsedVersion> findForUse(Transaction &tx, const QString &slug, std::optional<int> version);
QList<TemplateVersion> listVersions(Transaction &tx, const QUuid &id, int limit, std::optional<int> before);

} // namespace TemplateStore
