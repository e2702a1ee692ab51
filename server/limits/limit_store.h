// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/limit.h"

// SQL of the gateway's limits, in a transaction of the tenant. Nothing here knows what has been used of one.
namespace LimitStore {

// The newest first, below the key `before`.
QList<GatewayLimit> list(Transaction &tx, const GatewayLimitFilter &filter, const std::optional<QUuid> &before,
                         int limit);
QList<GatewayLimit> all(Transaction &tx, int most);
std::optional<GatewayLimit> find(Transaction &tx, const QUuid &id);
std::optional<GatewayLimit> lock(Transaction &tx, const QUuid &id); // until the transaction ends

// Throws ApiError::invalid at /subjectId where there is no such key or user, and 409 where there is such a limit.
void insert(Transaction &tx, const QUuid &id, const NewGatewayLimit &limit);
void update(Transaction &tx, const QUuid &id, qint64 amount);
void remove(Transaction &tx, const QUuid &id);
qint64 count(Transaction &tx);

} // namespace LimitStore
