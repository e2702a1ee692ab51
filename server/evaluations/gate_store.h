// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/evaluations/gate.h"

// SQL of gates, in a transaction of the tenant.
namespace GateStore {

// The newest first, below the key `before`; of templates that {where} lets be seen.
QList<Gate> list(Transaction &tx, const GateFilter &filter, const std::optional<QUuid> &before, int limit,
                 const database::Fragment &templates);
std::optional<Gate> find(Transaction &tx, const QUuid &id);
std::optional<Gate> lock(Transaction &tx, const QUuid &id);
std::optional<Gate> firstOf(Transaction &tx, const QUuid &dataset);
QList<Gate> before(Transaction &tx, const QUuid &templateId, const QString &label);
qint64 count(Transaction &tx, const QUuid &templateId);
// Both throw 409 where there is the same already.
void insert(Transaction &tx, const QUuid &id, const NewGate &gate);
void update(Transaction &tx, const Gate &gate);
void remove(Transaction &tx, const QUuid &id);

} // namespace GateStore
