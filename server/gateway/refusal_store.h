// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/refusal.h"

// SQL of the calls that the gateway refused, in a transaction of the tenant.
namespace RefusalStore {

void add(Transaction &tx, const QList<GatewayRefusal> &refusals); // to the counts of their minutes

// Where a page ends: rows are ordered by the last four of the key, newest minute first.
struct Place
{
    QDateTime minute;
    QUuid keyId;
    RefusedBy by = RefusedBy::Limit;
    QUuid decidedById;
    QString model;
};
QList<GatewayRefusal> list(Transaction &tx, const GatewayRefusalFilter &filter, const std::optional<Place> &after,
                           int limit);

} // namespace RefusalStore
