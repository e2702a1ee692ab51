// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/route.h"

// SQL of the gateway's routes, in a transaction of the tenant.
namespace GatewayRouteStore {

// By alias, those after `after`.
QList<GatewayRoute> list(Transaction &tx, const GatewayRouteFilter &filter, const std::optional<QString> &after,
                         int limit);
QList<GatewayRoute> all(Transaction &tx);
std::optional<GatewayRoute> find(Transaction &tx, const QUuid &id);
std::optional<GatewayRoute> lock(Transaction &tx, const QUuid &id); // until the transaction ends
// Both throw ApiError::conflict at /alias where another route has it.
void insert(Transaction &tx, const QUuid &id, const NewGatewayRoute &route);
void update(Transaction &tx, const QUuid &id, const NewGatewayRoute &route);
void remove(Transaction &tx, const QUuid &id);

} // namespace GatewayRouteStore
