// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_service.h"

#include "server/database/cursor.h"
#include "server/templates/draft_store.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_includes.h"
#include "server/templates/template_records.h"
#include "server/tenants/tenant_limit.h"

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

constexpr int pageSize = 50;
const QString slugRule = u"must be small letters, digits and single hyphens"_s;

TemplateDetail withVersion(Transaction &tx, const PromptTemplate &found)
{
    const auto version = TemplateStore::findVersion(tx, found.id, found.latestVersion);
    if (!version)
        throw std::logic_error("a template has no latest version");
    return {found, *version, found.revision};
}

bool isSame(const TemplateVersion &saved, const NewTemplateVersion &input)
{
    return saved.systemPrompt == input.systemPrompt && saved.userPrompt == input.userPrompt
        && json::print(saved.examples) == json::print(input.examples) && saved.variablesSchema == input.variablesSchema
        && saved.defaultModel == input.defaultModel && json::print(saved.parameters) == json::print(input.parameters)
        && saved.note == input.note;
}

// What can be asked of it without a database; what it includes is looked at when it is saved.
void checkVersion(const NewTemplateVersion &input, const QString &at)
{
    QList<json::Problem> problems;
    TemplateChecks::version(input, at, problems);
    refuse(problems);
}

TemplateVersion insertVersion(Transaction &tx, const Caller &caller, const QUuid &id, int number,
                              const NewTemplateVersion &input, const QString &at)
{
    const QStringList references = TemplateIncludes::referencesIn(input);
    TemplateIncludes includes = TemplateIncludes::resolve(tx, references, id);
    includes.hideUnreadable(tx, caller);
    if (!references.isEmpty()) {
        QList<json::Problem> problems;
        TemplateChecks::version(input, at, problems, includes.texts, includes.broken);
        refuse(problems);
    }
    const TemplateVersion saved = TemplateStore::insertVersion(tx, id, number, input, author(caller));
    QList<QUuid> included;
    for (const QString &reference : references)
        included.append(includes.ids.value(reference));
    TemplateStore::insertIncludes(tx, id, number, references, included);
    return saved;
}

// Others name it by its slug, so it must stay as it is while they do.
void refuseWhileIncluded(Transaction &tx, const Caller &caller, const PromptTemplate &subject, const QString &what)
{
    const auto uses = TemplateStore::usesOf(tx, subject.id, 50, std::nullopt, database::Fragment::of({"TRUE"}));
    if (uses.isEmpty())
        return;
    QStringList names;
    for (const TemplateUse &use : uses)
        if (const auto user = TemplateStore::find(tx, use.templateId);
            user && Access::may(caller, Ability::TemplatesRead, *user) && !names.contains(user->name))
            names.append(user->name);
    const QString who = names.isEmpty() ? u"templates that you may not see"_s : names.join(u", "_s);
    throw ApiError::conflict(u"%1 while it is included by: %2. Take it out of them first."_s.arg(what, who));
}

ApiError savedMeanwhile(Transaction &tx, const PromptTemplate &subject, const TemplateVersion &latest, int base)
{
    ApiError error = ApiError::changed(u"The template"_s);
    const VersionConflict conflict{TemplateStore::findVersion(tx, subject.id, base), latest};
    error.meanwhile = json::object(json::print(conflict));
    return error;
}

std::optional<TemplateStore::Place> placeIn(const TemplateFilter &filter)
{
    const auto keys = cursor::parse(filter.cursor, 2);
    if (!keys)
        return std::nullopt;
    bool isGood = true;
    if (filter.sort.value_or(TemplateOrder::Name) != TemplateOrder::Name)
        keys->at(0).toLongLong(&isGood);
    const TemplateStore::Place after{keys->at(0), QUuid::fromString(keys->at(1))};
    if (after.id.isNull() || !isGood)
        cursor::refuse();
    return after;
}

void checkFilter(const Caller &caller, const TemplateFilter &filter)
{
    const std::tuple<bool, QString, QList<QString>> given[] = {
        {filter.search.has_value(), u"search"_s, {u"name"_s, u"slug"_s, u"description"_s, u"tags"_s}},
        {filter.folder.has_value(), u"folder"_s, {u"folder"_s}},
        {filter.tags.has_value(), u"tag"_s, {u"tags"_s}},
        {filter.label.has_value(), u"label"_s, {u"labels"_s}},
        {filter.sort == TemplateOrder::Updated, u"sort"_s, {u"updatedAt"_s}},
        {filter.sort == TemplateOrder::Created, u"sort"_s, {u"createdAt"_s}}};
    for (const auto &[isGiven, parameter, fields] : given)
        if (isGiven)
            Access::requireVisible(caller, Ability::TemplatesRead, parameter, fields);
    if (filter.removed.value_or(false) && !caller.may(Ability::TemplatesDelete))
        throw ApiError::forbidden(u"Removed templates are listed for those who may remove them."_s);
}

QString keyOf(const PromptTemplate &row, TemplateOrder order)
{
    return order == TemplateOrder::Name
        ? row.name
        : QString::number((order == TemplateOrder::Updated ? row.updatedAt : row.createdAt).toMSecsSinceEpoch());
}

} // namespace

Page<PromptTemplate> TemplateService::list(const Caller &caller, const TemplateFilter &filter)
{
    checkFilter(caller, filter);
    const int limit = filter.limit.value_or(pageSize);
    const TemplateOrder order = filter.sort.value_or(TemplateOrder::Name);
    std::optional<TemplateStore::Place> after = placeIn(filter);
    // A cursor must not tell what the list leaves out: it then says only which row the last one was.
    const bool isSilent = order == TemplateOrder::Name && Access::mayHide(caller, Ability::TemplatesRead, {u"name"_s});
    TemplateFilter looked = filter;
    if (looked.folder)
        looked.folder = TemplateChecks::folder(*looked.folder);
    Page<PromptTemplate> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (after && isSilent && !(after = TemplateStore::placeOf(tx, after->id)))
            cursor::outdated();
        const bool all = Access::seesAll(caller, Ability::TemplatesRead);
        return TemplateStore::list(tx, looked, limit + 1, after,
                                   all ? std::nullopt
                                       : std::optional(Access::rows<PromptTemplate>(caller, Ability::TemplatesRead)));
    });
    if (cut(page.items, limit))
        page.nextCursor =
            cursor::print({isSilent ? QString() : keyOf(page.items.last(), order), page.items.last().id.toString()});
    return page;
}

TemplateDetail TemplateService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return withVersion(tx, readable(caller, TemplateStore::find(tx, id)));
    });
}

TemplateDetail TemplateService::create(const Caller &caller, const NewTemplate &input)
{
    checkVersion(input.version, u"/version"_s);
    const TemplateDetail made =
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return createIn(tx, caller, input); });
    changed();
    return made;
}

TemplateDetail TemplateService::createIn(Transaction &tx, const Caller &caller, const NewTemplate &input,
                                         const QString &versionAt)
{
    QList<json::Problem> problems;
    PromptTemplate made;
    made.name = input.name.trimmed();
    made.slug = input.slug ? *input.slug : TemplateChecks::slugFrom(made.name);
    made.description = input.description;
    made.folder = TemplateChecks::folder(input.folder);
    made.tags = TemplateChecks::tags(input.tags, u"/tags"_s, problems);
    made.authorId = caller.userId;
    made.authorName = caller.displayName;
    if (made.name.isEmpty())
        problems.append({u"/name"_s, u"must not be blank"_s});
    else if (!TemplateChecks::isSlug(made.slug))
        problems.append(
            {u"/slug"_s, input.slug ? slugRule : u"cannot be made from this name: give one, it "_s + slugRule});
    refuse(problems);
    requireRoom(tx, caller, TenantLimit::Templates);
    const PromptTemplate created = TemplateStore::insert(tx, made, input.slug ? u"/slug"_s : u"/name"_s);
    Access::requireNew(caller, Ability::TemplatesCreate, created, input);
    const auto version = insertVersion(tx, caller, created.id, 1, input.version, versionAt);
    TemplateStore::putSearch(tx, created, version);
    const TemplateDetail detail{created, version, created.revision};
    AuditLog::record(tx, caller, audited<TemplateDetail>(Ability::TemplatesCreate, created, std::nullopt, detail));
    EventLog::append(tx, {event("created", created)});
    return detail;
}

TemplateDetail TemplateService::update(const Caller &caller, const QUuid &id, const TemplateChange &change,
                                       std::optional<qint64> revision)
{
    const TemplateDetail updated = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate before = locked(tx, caller, Ability::TemplatesUpdate, id, revision);
        Access::requireFields(caller, Ability::TemplatesUpdate, before, change);
        PromptTemplate changed = before;
        QList<json::Problem> problems;
        changed.name = change.name.value_or(changed.name).trimmed();
        changed.slug = change.slug.value_or(changed.slug);
        changed.description = change.description.value_or(changed.description);
        changed.folder = TemplateChecks::folder(change.folder.value_or(changed.folder));
        changed.tags = TemplateChecks::tags(change.tags.value_or(changed.tags), u"/tags"_s, problems);
        if (changed.name.isEmpty())
            problems.append({u"/name"_s, u"must not be blank"_s});
        if (!TemplateChecks::isSlug(changed.slug))
            problems.append({u"/slug"_s, slugRule});
        refuse(problems);
        if (changed.slug != before.slug)
            refuseWhileIncluded(tx, caller, before, u"The slug of “%1” stays"_s.arg(before.name));
        const PromptTemplate after = TemplateStore::update(tx, changed);
        Access::require(caller, Ability::TemplatesUpdate, after);
        const TemplateDetail detail = withVersion(tx, after);
        TemplateStore::putSearch(tx, after, detail.version);
        AuditLog::record(tx, caller, audited<PromptTemplate>(Ability::TemplatesUpdate, after, before, after));
        EventLog::append(tx, {event("updated", after)});
        return detail;
    });
    changed();
    return updated;
}

void TemplateService::remove(const Caller &caller, const QUuid &id, std::optional<qint64> revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate before = locked(tx, caller, Ability::TemplatesDelete, id, revision);
        refuseWhileIncluded(tx, caller, before, u"“%1” cannot be removed"_s.arg(before.name));
        TemplateStore::remove(tx, id);
        AuditLog::record(tx, caller, audited<PromptTemplate>(Ability::TemplatesDelete, before, before, std::nullopt));
        EventLog::append(tx, {event("removed", before)});
    });
    changed();
}

TemplateDetail TemplateService::restore(const Caller &caller, const QUuid &id, const TemplateRestore &input)
{
    if (input.slug && !TemplateChecks::isSlug(*input.slug))
        throw ApiError::invalid(u"/slug"_s, slugRule);
    const TemplateDetail restored = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate before = readable(caller, TemplateStore::lockRemoved(tx, id));
        Access::require(caller, Ability::TemplatesDelete, before);
        requireRoom(tx, caller, TenantLimit::Templates);
        const PromptTemplate after = TemplateStore::restore(tx, id, input.slug.value_or(before.slug));
        const TemplateDetail detail = withVersion(tx, after);
        TemplateStore::putSearch(tx, after, detail.version);
        AuditEvent entry = audited<PromptTemplate>(Ability::TemplatesCreate, after, std::nullopt, after);
        entry.reason = u"Restored"_s;
        AuditLog::record(tx, caller, entry);
        EventLog::append(tx, {event("restored", after)});
        return detail;
    });
    changed();
    return restored;
}

TemplateDetail TemplateService::duplicate(const Caller &caller, const QUuid &id, const TemplateCopy &input)
{
    const TemplateDetail made = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate original = readable(caller, TemplateStore::find(tx, id));
        const auto version = TemplateStore::findVersion(tx, id, input.version.value_or(original.latestVersion));
        if (!version)
            throw ApiError::invalid(u"/version"_s,
                                    u"is not there: the latest version is %1"_s.arg(original.latestVersion));
        NewTemplate copy;
        copy.name = input.name;
        copy.slug = input.slug;
        copy.description = original.description;
        copy.folder = input.folder.value_or(original.folder);
        copy.tags = original.tags;
        copy.version = {version->systemPrompt,
                        version->userPrompt,
                        version->examples,
                        version->variablesSchema,
                        version->defaultModel,
                        version->parameters,
                        u"Copy of %1, version %2"_s.arg(original.name).arg(version->version),
                        std::nullopt};
        return createIn(tx, caller, copy);
    });
    changed();
    return made;
}

TemplateService::Saved TemplateService::saveVersion(const Caller &caller, const QUuid &id,
                                                    const NewTemplateVersion &input)
{
    checkVersion(input, QString());
    const Saved saved = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate subject = locked(tx, caller, Ability::TemplatesUpdate, id);
        const QList<QString> touched{u"latestVersion"_s};
        Access::requireFields(caller, Ability::TemplatesUpdate, permissions::Attributes(subject), touched);
        const auto before = TemplateStore::findVersion(tx, id, subject.latestVersion);
        if (before && isSame(*before, input))
            return Saved{*before, false};
        if (before && input.baseVersion && *input.baseVersion != subject.latestVersion)
            throw savedMeanwhile(tx, subject, *before, *input.baseVersion);
        const TemplateVersion after = addVersionIn(tx, caller, subject, input, QString());
        DraftStore::remove(tx, caller.userId, id);
        return Saved{after, true};
    });
    if (saved.isNew)
        changed();
    return saved;
}

TemplateVersion TemplateService::addVersionIn(Transaction &tx, const Caller &caller, const PromptTemplate &subject,
                                              const NewTemplateVersion &input, const QString &at)
{
    const int number = subject.latestVersion + 1;
    const auto before = TemplateStore::findVersion(tx, subject.id, subject.latestVersion);
    const TemplateVersion saved = insertVersion(tx, caller, subject.id, number, input, at);
    TemplateStore::setLatest(tx, subject.id, number);
    const auto after = TemplateStore::find(tx, subject.id);
    TemplateStore::putSearch(tx, *after, saved);
    AuditLog::record(tx, caller, audited<TemplateVersion>(Ability::TemplatesUpdate, subject, before, saved));
    EventLog::append(tx, {event("versionSaved", *after)});
    return saved;
}

Page<TemplateVersion> TemplateService::versions(const Caller &caller, const QUuid &id, const VersionFilter &filter)
{
    const int limit = filter.limit.value_or(pageSize);
    std::optional<int> before;
    if (const auto keys = cursor::parse(filter.cursor, 1)) {
        before = keys->first().toInt();
        if (*before < 1)
            cursor::refuse();
    }
    Page<TemplateVersion> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readable(caller, TemplateStore::find(tx, id));
        return TemplateStore::listVersions(tx, id, limit + 1, before);
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({QString::number(page.items.last().version)});
    return page;
}

TemplateVersion TemplateService::version(const Caller &caller, const QUuid &id, int version)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readable(caller, TemplateStore::find(tx, id));
        const auto found = TemplateStore::findVersion(tx, id, version);
        return found ? *found : throw ApiError::notFound(u"Version %1 of the template"_s.arg(version));
    });
}

Page<TemplateUse> TemplateService::usedBy(const Caller &caller, const QUuid &id, std::optional<int> asked,
                                          const std::optional<QString> &cursorText)
{
    const int limit = asked.value_or(pageSize);
    std::optional<std::pair<QString, int>> after;
    if (const auto keys = cursor::parse(cursorText, 2))
        after = {keys->at(0), keys->at(1).toInt()};
    Page<TemplateUse> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readable(caller, TemplateStore::find(tx, id));
        return TemplateStore::usesOf(tx, id, limit + 1, after,
                                     Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().slug, QString::number(page.items.last().version)});
    return page;
}
