// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

#include <QDateTime>

// What can be wrong with the log of a tenant.
enum class ChainFault { Edited, Removed, Inserted, Reordered, TailCut, Rewritten };
template<>
inline constexpr auto enumNames<ChainFault> = std::to_array({"edited", "removed", "inserted", "reordered", "tail cut",
                                                             "rewritten"});

// The first row that is wrong in that way. A row that is gone has a number, but no id and no time any more.
struct ChainFinding
{
    ChainFault fault = ChainFault::Edited;
    qint64 sequence = 0;
    QUuid id;
    QDateTime at;
    QString detail;
};

// The end of a chain: its last number and hash.
struct ChainHead
{
    qint64 sequence = 0;
    QByteArray hash;

    static constexpr auto fields()
    {
        return std::tuple{Field{"sequence", &ChainHead::sequence}, Field{"hash", &ChainHead::hash}};
    }
};

struct ChainReport
{
    ChainHead end; // of what is there
    qint64 entries = 0;
    QList<ChainFinding> findings; // at most one of each kind, in the order in which they were found
};

// Proves that nobody has changed the log of a tenant: reads it from its first entry to its last with a cursor and
// computes every hash anew, so memory stays bounded.
namespace AuditChain {

// Where the chain of a tenant begins: nobody can pass off another tenant's log for this one.
QByteArray beginning(const QUuid &tenantId);

// In a transaction of the owner that reads one state of the database (REPEATABLE READ) and has the tenant's schema
// first in its path. `anchors`: ends of this chain that were written down earlier.
ChainReport verify(Transaction &tx, const QUuid &tenantId, const QList<ChainHead> &anchors);

} // namespace AuditChain
