// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_import.h"

#include "server/templates/bundle_files.h"
#include "server/templates/label_service.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_includes.h"
#include "server/templates/template_records.h"
#include "server/templates/template_service.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

NewTemplateVersion content(const BundledVersion &from)
{
    return {from.systemPrompt, from.userPrompt, from.examples, from.variablesSchema,
            from.defaultModel, from.parameters, from.note,     std::nullopt};
}

bool isSameContent(const TemplateVersion &saved, const BundledVersion &from)
{
    return saved.systemPrompt == from.systemPrompt && saved.userPrompt == from.userPrompt
        && json::print(saved.examples) == json::print(from.examples) && saved.variablesSchema == from.variablesSchema
        && saved.defaultModel == from.defaultModel && json::print(saved.parameters) == json::print(from.parameters);
}

} // namespace

QList<ImportedItem> TemplateImport::run(const TemplateBundle &bundle)
{
    QList<ImportedItem> items(bundle.templates.size());
    const auto indexes = order(bundle);
    for (const qsizetype index : indexes)
        items[index] = one(bundle.templates[index], index);
    return items;
}

// Those whose included templates have gone before; of a circle the first, which its check then refuses.
QList<qsizetype> TemplateImport::order(const TemplateBundle &bundle)
{
    QHash<QString, qsizetype> waiting;
    QList<QSet<QString>> needs(bundle.templates.size());
    for (qsizetype i = 0; i < bundle.templates.size(); ++i) {
        waiting.insert(bundle.templates[i].slug, i);
        for (const BundledVersion &version : bundle.templates[i].versions)
            for (const QString &reference : TemplateIncludes::referencesIn(version))
                needs[i].insert(TemplateStore::Reference::parse(reference).slug);
        needs[i].remove(bundle.templates[i].slug);
    }
    QList<qsizetype> list, left;
    for (qsizetype i = 0; i < bundle.templates.size(); ++i)
        left.append(i);
    while (!left.isEmpty()) {
        const auto isReady = [&](qsizetype i) {
            return std::none_of(needs[i].cbegin(), needs[i].cend(),
                                [&](const QString &slug) { return waiting.contains(slug); });
        };
        auto ready = std::find_if(left.begin(), left.end(), isReady);
        if (ready == left.end())
            ready = left.begin();
        const qsizetype next = *ready;
        left.erase(ready);
        waiting.remove(bundle.templates[next].slug);
        list.append(next);
    }
    return list;
}

ImportedItem TemplateImport::one(const BundledTemplate &from, qsizetype index)
{
    ImportedItem item;
    item.slug = item.newSlug = from.slug;
    item.name = from.name;
    const auto refuse = [&](const QString &pointer, const QString &message) {
        item.action = ImportAction::Refuse;
        item.problems.append(placed(from, index, pointer, message));
    };
    if (!TemplateChecks::isSlug(from.slug))
        refuse(u"/slug"_s, u"must be small letters, digits and single hyphens"_s);
    QList<json::Problem> problems;
    for (qsizetype i = 0; i < from.versions.size(); ++i)
        TemplateChecks::version(content(from.versions[i]), u"/versions/%1"_s.arg(i), problems);
    for (qsizetype i = 0; i < from.labels.size(); ++i)
        if (std::none_of(from.versions.begin(), from.versions.end(),
                         [&](const BundledVersion &one) { return one.version == from.labels[i].version; }))
            problems.append({u"/labels/%1/version"_s.arg(i), u"is none of the versions"_s});
    for (const json::Problem &problem : std::as_const(problems))
        refuse(problem.pointer, problem.message);
    if (!item.problems.isEmpty())
        return item;
    const auto existing = TemplateStore::findBySlug(m_tx, from.slug);
    try {
        if (!existing) {
            item.action = ImportAction::Create;
            create(from, item, from.slug);
        } else if (m_onConflict == ImportConflict::Rename
                   || !Access::may(m_caller, Ability::TemplatesRead, *existing)) {
            item.action = ImportAction::Rename;
            create(from, item, freeSlug(from.slug));
        } else if (m_onConflict == ImportConflict::Skip) {
            item.action = ImportAction::Skip;
            item.templateId = existing->id;
        } else {
            addVersion(from, item, *existing);
        }
    } catch (const ApiError &error) {
        if (error.errors.isEmpty())
            refuse(QString(), error.detail);
        for (const json::Problem &problem : error.errors)
            refuse(problem.pointer, problem.message);
    }
    return item;
}

// Versions are numbered from 1 without gaps; labels go with them.
void TemplateImport::create(const BundledTemplate &from, ImportedItem &item, const QString &slug)
{
    NewTemplate input;
    input.name = from.name;
    input.slug = slug;
    input.description = from.description;
    input.folder = from.folder;
    input.tags = from.tags;
    input.version = content(from.versions.first());
    item.newSlug = slug;
    const PromptTemplate made = TemplateService::createIn(m_tx, m_caller, input, u"/versions/0"_s).promptTemplate;
    item.templateId = made.id;
    item.versions = 1;
    for (qsizetype i = 1; i < from.versions.size(); ++i) {
        PromptTemplate now = made;
        now.latestVersion = int(i);
        TemplateService::addVersionIn(m_tx, m_caller, now, content(from.versions[i]), u"/versions/%1"_s.arg(i));
        ++item.versions;
    }
    for (const LabelPlace &label : from.labels) {
        const auto version = std::find_if(from.versions.begin(), from.versions.end(),
                                          [&](const BundledVersion &one) { return one.version == label.version; });
        PromptTemplate now = made;
        now.latestVersion = int(from.versions.size());
        LabelService::setIn(m_tx, m_caller, now, {label.label, int(version - from.versions.begin()) + 1});
    }
}

void TemplateImport::addVersion(const BundledTemplate &from, ImportedItem &item, const PromptTemplate &existing)
{
    const PromptTemplate subject = locked(m_tx, m_caller, Ability::TemplatesUpdate, existing.id);
    item.templateId = subject.id;
    const auto latest = TemplateStore::findVersion(m_tx, subject.id, subject.latestVersion);
    if (latest && isSameContent(*latest, from.versions.last())) {
        item.action = ImportAction::Unchanged;
        return;
    }
    item.action = ImportAction::AddVersion;
    TemplateService::addVersionIn(m_tx, m_caller, subject, content(from.versions.last()),
                                  u"/versions/%1"_s.arg(from.versions.size() - 1));
    item.versions = 1;
}

QString TemplateImport::freeSlug(const QString &slug)
{
    constexpr qsizetype roomForNumber = 6;
    const QString stem = slug.left(120 - roomForNumber);
    for (int i = 2; i < 10'000; ++i)
        if (const QString candidate = u"%1-%2"_s.arg(stem).arg(i); !TemplateStore::findBySlug(m_tx, candidate))
            return candidate;
    throw ApiError::conflict(u"There are too many templates of this slug."_s);
}

ImportProblem TemplateImport::placed(const BundledTemplate &from, qsizetype index, const QString &pointer,
                                     const QString &message) const
{
    ImportProblem problem = BundleFiles::placed(from, pointer, message);
    if (!m_isOfFiles) {
        problem.file = u"/bundle/templates/%1"_s.arg(index) + pointer;
        problem.message = message;
    }
    return problem;
}
