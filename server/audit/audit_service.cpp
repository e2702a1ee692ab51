// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"

using namespace Qt::StringLiterals;

Page<AuditEntry> AuditService::list(const Caller &caller, const AuditFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<qint64> before;
    if (const auto keys = cursor::parse(filter.cursor, 1)) {
        before = keys->first().toLongLong();
        if (*before < 1)
            cursor::refuse();
    }
    Page<AuditEntry> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return AuditStore::list(tx, filter, before, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({QString::number(page.items.last().sequence)});
    }
    return page;
}

AuditDetail AuditService::get(const Caller &caller, const QUuid &id)
{
    const auto found =
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return AuditStore::find(tx, id); });
    return found ? *found : throw ApiError::notFound(u"The audit entry"_s);
}

void AuditService::beginExport(const Caller &caller, const AuditExportQuery &query)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::AuditExport), .after = AuditJson::of(query)});
    });
}

QList<AuditStore::Row> AuditService::rows(const Caller &caller, const AuditFilter &filter, std::optional<qint64> before,
                                          int limit)
{
    return m_database.transaction(caller.scope(),
                                  [&](Transaction &tx) { return AuditStore::rows(tx, filter, before, limit); });
}
