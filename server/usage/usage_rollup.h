// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"

// The sums of the ledger.
namespace UsageRollup {

// Adds what UsageStore::record has written to the sums, in a transaction of its own; a failure is logged, and the next
// one makes up for it. Any thread; blocks on the database for some tenths of a second.
void sumUp(Database &database, const QUuid &tenantId);

} // namespace UsageRollup
