// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_log.h"
#include "server/events/event_log.h"
#include "server/permissions/access.h"
#include "server/templates/template_store.h"
#include "shared/error.h"

// What the services of this folder share: templates that a caller may see and change, and how changes are told.
namespace TemplateRecords {

inline ApiError noTemplate() { return ApiError::notFound(QStringLiteral("The template")); }

inline TemplateStore::Author author(const Caller &caller) { return {caller.userId, caller.displayName}; }

inline void refuse(const QList<json::Problem> &problems)
{
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

inline PromptTemplate readable(const Caller &caller, const std::optional<PromptTemplate> &found)
{
    return Access::readable(caller, Ability::TemplatesRead, found, noTemplate());
}

// One that the caller may change in this way, locked until the transaction ends. `revision` is what they had seen.
inline PromptTemplate locked(Transaction &tx, const Caller &caller, Ability ability, const QUuid &id,
                             std::optional<qint64> revision = {})
{
    const PromptTemplate found = readable(caller, TemplateStore::lock(tx, id));
    Access::require(caller, ability, found);
    if (revision && *revision != found.revision)
        throw ApiError::changed(QStringLiteral("The template"));
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

// An event of the live feed: "template.labelMoved" with the template as it is now.
inline NewEvent event(const char *name, const PromptTemplate &after)
{
    return {QStringLiteral("template/") + after.id.toString(QUuid::WithoutBraces),
            QStringLiteral("template.") + QString::fromLatin1(name), json::print(after)};
}

// Takes the last row off where there is one more than asked for, which shows that another page follows.
template<class Row> bool cut(QList<Row> &rows, int limit)
{
    const bool hasMore = rows.size() > limit;
    if (hasMore)
        rows.removeLast();
    return hasMore;
}

} // namespace TemplateRecords
