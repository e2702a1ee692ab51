// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/tenants/plan.h"

// platform.plans. In platform transactions.
namespace PlanStore {

QList<Plan> list(Transaction &platform);
std::optional<Plan> find(Transaction &platform, const QString &name);
bool hold(Transaction &platform, const QString &name); // stays until the transaction ends; false: there is none
bool lock(Transaction &platform, const QString &name); // the same, and no tenant is put on it meanwhile
void insert(Transaction &platform, const NewPlan &input); // throws 409 when the name is taken
bool replace(Transaction &platform, const QString &name, qint64 revision, const PlanChange &change); // false: changed
bool remove(Transaction &platform, const QString &name, const std::optional<qint64> &revision);
QList<QUuid> tenantsOn(Transaction &platform, const QString &name);

} // namespace PlanStore
