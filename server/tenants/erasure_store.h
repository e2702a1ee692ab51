// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/tenants/erasure.h"
#include "shared/tenants/tenant.h"

// platform.erasures. In platform transactions.
namespace ErasureStore {

QList<Erasure> list(Transaction &platform, const std::optional<QUuid> &before, int limit);
std::optional<Erasure> find(Transaction &platform, const QUuid &tenantId);
void begin(Transaction &platform, const Tenant &tenant, const Caller &caller, const QJsonObject &rowCounts);
// Takes the tenant out of the tables of the platform, and gives the receipt.
Erasure finish(Transaction &platform, const QUuid &tenantId);

} // namespace ErasureStore
