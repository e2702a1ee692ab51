// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/usage/usage_store.h"

// The sums of the ledger, kept as its rows are written.
namespace UsageRollup {

// Adds the calls to all of their sums (usage_cuts.h) in one statement. Other transactions that add to the same sums
// wait until this one has ended, so let it be the last that it does.
void add(Transaction &tx, const QList<UsageStore::Call> &calls);

} // namespace UsageRollup
