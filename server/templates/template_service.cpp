// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/permissions/access.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_store.h"
#include "server/tenants/tenant_limit.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 50;
const QString slugRule = u"must be small letters, digits and single hyphens"_s;

ApiError noTemplate() { return ApiError::notFound(u"The template"_s); }

TemplateStore::Author author(const Caller &caller) { return {caller.userId, caller.displayName}; }

void refuse(const QList<json::Problem> &problems)
{
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

TemplateDetail withVersion(Transaction &tx, const PromptTemplate &found)
{
    const auto version = TemplateStore::findVersion(tx, found.id, found.latestVersion);
    if (!version)
        throw std::logic_error("a template has no latest version");
    return {found, *version, found.revision};
}

PromptTemplate readable(const Caller &caller, const std::optional<PromptTemplate> &found)
{
    return Access::readable(caller, Ability::TemplatesRead, found, noTemplate());
}

// One that the caller may change in this way.
PromptTemplate locked(Transaction &tx, const Caller &caller, Ability ability, const QUuid &id,
                      std::optional<qint64> revision)
{
    const PromptTemplate found = readable(caller, TemplateStore::lock(tx, id));
    Access::require(caller, ability, found);
    if (revision && *revision != found.revision)
        throw ApiError::changed(u"The template"_s);
    return found;
}

template<class Thing>
AuditEvent audited(Ability ability, const PromptTemplate &subject, const std::optional<Thing> &before,
                   const std::optional<Thing> &after)
{
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {subject.id, subject.name}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    return event;
}

// Takes the last row off where there is one more than asked for, which shows that another page follows.
template<class Row> bool cut(QList<Row> &rows, int limit)
{
    const bool hasMore = rows.size() > limit;
    if (hasMore)
        rows.removeLast();
    return hasMore;
}

bool isSame(const TemplateVersion &saved, const NewTemplateVersion &input)
{
    return saved.systemPrompt == input.systemPrompt && saved.userPrompt == input.userPrompt
        && json::print(saved.examples) == json::print(input.examples) && saved.variablesSchema == input.variablesSchema
        && saved.defaultModel == input.defaultModel && json::print(saved.parameters) == json::print(input.parameters)
        && saved.note == input.note;
}

} // namespace

Page<PromptTemplate> TemplateService::list(const Caller &caller, const TemplateFilter &filter)
{
    if (filter.search)
        Access::requireVisible(caller, Ability::TemplatesRead, u"search"_s, {u"name"_s, u"slug"_s, u"description"_s});
    if (filter.folder)
        Access::requireVisible(caller, Ability::TemplatesRead, u"folder"_s, {u"folder"_s});
    if (filter.tag)
        Access::requireVisible(caller, Ability::TemplatesRead, u"tag"_s, {u"tags"_s});
    const int limit = filter.limit.value_or(pageSize);
    std::optional<TemplateStore::Place> after;
    if (const auto keys = cursor::parse(filter.cursor, 2)) {
        after = {keys->at(0), QUuid::fromString(keys->at(1))};
        if (after->id.isNull())
            cursor::refuse();
    }
    // A cursor must not tell what the list leaves out: it then says only which row the last one was.
    const bool isSilent = Access::mayHide(caller, Ability::TemplatesRead, {u"name"_s});
    Page<PromptTemplate> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (after && isSilent && !(after = TemplateStore::placeOf(tx, after->id)))
            cursor::outdated();
        if (Access::seesAll(caller, Ability::TemplatesRead))
            return TemplateStore::list(tx, filter, limit + 1, after);
        return TemplateStore::listWhere(tx, filter, limit + 1, after,
                                        Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
    });
    if (cut(page.items, limit))
        page.nextCursor =
            cursor::print({isSilent ? QString() : page.items.last().name, page.items.last().id.toString()});
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
    TemplateChecks::version(input.version, u"/version"_s, problems);
    refuse(problems);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        requireRoom(tx, caller, TenantLimit::Templates);
        const PromptTemplate created = TemplateStore::insert(tx, made, input.slug ? u"/slug"_s : u"/name"_s);
        Access::requireNew(caller, Ability::TemplatesCreate, created, input);
        const auto version = TemplateStore::insertVersion(tx, created.id, 1, input.version, author(caller));
        const TemplateDetail detail{created, version, created.revision};
        AuditLog::record(tx, caller, audited<TemplateDetail>(Ability::TemplatesCreate, created, std::nullopt, detail));
        return detail;
    });
}

TemplateDetail TemplateService::update(const Caller &caller, const QUuid &id, const TemplateChange &change,
                                       std::optional<qint64> revision)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
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
        const PromptTemplate after = TemplateStore::update(tx, changed);
        Access::require(caller, Ability::TemplatesUpdate, after);
        AuditLog::record(tx, caller, audited<PromptTemplate>(Ability::TemplatesUpdate, after, before, after));
        return withVersion(tx, after);
    });
}

void TemplateService::remove(const Caller &caller, const QUuid &id, std::optional<qint64> revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate before = locked(tx, caller, Ability::TemplatesDelete, id, revision);
        TemplateStore::remove(tx, id);
        AuditLog::record(tx, caller, audited<PromptTemplate>(Ability::TemplatesDelete, before, before, std::nullopt));
    });
}

TemplateService::Saved TemplateService::saveVersion(const Caller &caller, const QUuid &id,
                                                    const NewTemplateVersion &input)
{
    QList<json::Problem> problems;
    TemplateChecks::version(input, QString(), problems);
    refuse(problems);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate subject = locked(tx, caller, Ability::TemplatesUpdate, id, std::nullopt);
        const QList<QString> touched{u"latestVersion"_s};
        Access::requireFields(caller, Ability::TemplatesUpdate, permissions::Attributes(subject), touched);
        const int latest = subject.latestVersion;
        const auto before = TemplateStore::findVersion(tx, id, latest);
        if (before && isSame(*before, input))
            return Saved{*before, false};
        if (input.baseVersion && *input.baseVersion != latest)
            throw ApiError::changed(u"The template"_s);
        TemplateStore::setLatest(tx, id, latest + 1);
        const TemplateVersion after = TemplateStore::insertVersion(tx, id, latest + 1, input, author(caller));
        AuditLog::record(tx, caller, audited<TemplateVersion>(Ability::TemplatesUpdate, subject, before, after));
        return Saved{after, true};
    });
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
