// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit_store.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"

// Reading the audit log. No state, any thread.
class AuditService
{
public:
    explicit AuditService(Database &database) : m_database(database) { }

    Page<AuditEntry> list(const Caller &caller, const AuditFilter &filter);
    AuditDetail get(const Caller &caller, const QUuid &id);

    // An export takes the log page by page; that it began is itself an entry.
    void beginExport(const Caller &caller, const AuditExportQuery &query);
    QList<AuditStore::Row> rows(const Caller &caller, const AuditFilter &filter, std::optional<qint64> before,
                                int limit);

private:
    Database &m_database;
};
