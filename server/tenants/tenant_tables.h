// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

#include <QJsonObject>

#include <functional>

// All tables of a tenant, in a transaction that has entered it.
namespace TenantTables {

// Names of those that are exported; the others hold nothing but secrets or what lasts for a moment.
QStringList exported();
QStringList leftOut();

// Each row as the text of a JSON object, without its secrets; a few at a time, so that memory is bounded. For a
// transaction that reads one snapshot.
void eachRow(Transaction &tx, const std::function<void(const QString &table, const QString &row)> &take);

QJsonObject counts(Transaction &tx); // of all tables, by name

} // namespace TenantTables
