// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/audit/audit_entry.h"

// SQL for reading the audit log of the tenant that the transaction has entered, newest first.
namespace AuditStore {

QList<AuditEntry> list(Transaction &tx, const AuditFilter &filter, std::optional<qint64> before, int limit);
std::optional<AuditDetail> find(Transaction &tx, const QUuid &id);

// An entry with all that it holds, as one row.
struct Row
{
    QUuid id;
    qint64 sequence = 0;
    QDateTime at;
    std::optional<QUuid> actorId;
    QString actorName;
    std::optional<QUuid> sessionId;
    QString address;
    QString requestId;
    QString action;
    QString subjectType;
    QString subjectId;
    QString subjectLabel;
    AuditOutcome outcome = AuditOutcome::Done;
    int times = 1;
    std::optional<QJsonObject> before;
    std::optional<QJsonObject> after;
    QString reason;
    QString previousHash;
    QString hash;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"id", &T::id},
                          Field{"sequence", &T::sequence},
                          Field{"at", &T::at},
                          Field{"actorId", &T::actorId},
                          Field{"actorName", &T::actorName},
                          Field{"sessionId", &T::sessionId},
                          Field{"address", &T::address},
                          Field{"requestId", &T::requestId},
                          Field{"action", &T::action},
                          Field{"subjectType", &T::subjectType},
                          Field{"subjectId", &T::subjectId},
                          Field{"subjectLabel", &T::subjectLabel},
                          Field{"outcome", &T::outcome},
                          Field{"times", &T::times},
                          Field{"before", &T::before},
                          Field{"after", &T::after},
                          Field{"reason", &T::reason},
                          Field{"previousHash", &T::previousHash},
                          Field{"hash", &T::hash}};
    }
};
QList<Row> rows(Transaction &tx, const AuditFilter &filter, std::optional<qint64> before, int limit);

} // namespace AuditStore
