// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/gateway_call_row.h"

// The ledger read call by call, in a transaction of the tenant. Of a call that was lost and turned up again there is
// the correction.
namespace CallLogStore {

struct Place
{
    QDateTime calledAt;
    QUuid id;
};
// The latest first, below the call at `before`.
QList<GatewayCallRow> list(Transaction &tx, const GatewayCallFilter &filter, const std::optional<Place> &before,
                           int limit);
std::optional<GatewayCallRow> find(Transaction &tx, const QUuid &id);

} // namespace CallLogStore
