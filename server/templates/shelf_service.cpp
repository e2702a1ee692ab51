// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/shelf_service.h"

#include "server/database/columns.h"
#include "server/database/cursor.h"
#include "server/templates/shelf_store.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_records.h"

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

constexpr int shelfPage = 200;
constexpr int mostMoved = 10'000;
constexpr qsizetype longestFolder = 200;

std::optional<QString> textIn(const TemplatePageFilter &filter)
{
    const auto keys = cursor::parse(filter.cursor, 1);
    return keys ? std::optional(keys->first()) : std::nullopt;
}

} // namespace

Page<TemplateFolder> ShelfService::folders(const Caller &caller, const TemplatePageFilter &filter)
{
    Access::requireVisible(caller, Ability::TemplatesRead, u"folder"_s, {u"folder"_s});
    const int limit = filter.limit.value_or(shelfPage);
    const auto after = textIn(filter);
    Page<TemplateFolder> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return ShelfStore::folders(tx, limit + 1, after, Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().folder});
    return page;
}

Page<TemplateTag> ShelfService::tags(const Caller &caller, const TemplatePageFilter &filter)
{
    Access::requireVisible(caller, Ability::TemplatesRead, u"tag"_s, {u"tags"_s});
    const int limit = filter.limit.value_or(shelfPage);
    const auto after = textIn(filter);
    Page<TemplateTag> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return ShelfStore::tags(tx, limit + 1, after, Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().tag});
    return page;
}

FolderMoved ShelfService::move(const Caller &caller, const FolderMove &input)
{
    FolderMoved result{TemplateChecks::folder(input.from), TemplateChecks::folder(input.to), 0};
    if (result.from.isEmpty())
        throw ApiError::invalid(u"/from"_s, u"must name a folder"_s);
    if (result.to == result.from || result.to.startsWith(result.from + u'/'))
        throw ApiError::invalid(u"/to"_s, u"must be another folder, and none within it"_s);
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        QList<QUuid> ids;
        const auto found = ShelfStore::lockIn(tx, result.from, mostMoved + 1);
        for (const PromptTemplate &one : found) {
            if (!Access::may(caller, Ability::TemplatesRead, one))
                continue; // as if it were not there; the folder of those that remain stays
            Access::require(caller, Ability::TemplatesUpdate, one);
            const QList<QString> touched{u"folder"_s};
            Access::requireFields(caller, Ability::TemplatesUpdate, permissions::Attributes(one), touched);
            if (one.folder.size() - result.from.size() + result.to.size() > longestFolder)
                throw ApiError::invalid(
                    u"/to"_s, u"makes the folder of “%1” longer than %2 characters"_s.arg(one.name).arg(longestFolder));
            ids.append(one.id);
        }
        if (ids.size() > mostMoved)
            throw ApiError::conflict(u"More than %1 templates cannot be moved at once."_s.arg(mostMoved));
        if (ids.isEmpty())
            throw ApiError::notFound(u"The folder “%1”"_s.arg(result.from));
        const auto moved = ShelfStore::move(tx, ids, result.from, result.to);
        QList<NewEvent> events;
        for (const PromptTemplate &one : moved) {
            Access::require(caller, Ability::TemplatesUpdate, one);
            events.append(event("updated", one));
        }
        result.templates = moved.size();
        AuditEvent entry{.action = AuditLog::actionOf(Ability::TemplatesUpdate)};
        entry.subject.id = entry.subject.label = result.from;
        entry.before = QJsonObject{{u"folder"_s, result.from}};
        entry.after = QJsonObject{{u"folder"_s, result.to}, {u"templates"_s, result.templates}};
        AuditLog::record(tx, caller, entry);
        EventLog::append(tx, events);
    });
    m_changed();
    return result;
}
