// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_store.h"

// How far batches are, in a transaction of the tenant.
namespace BatchProgress {

// Adds to these batches what has changed of their jobs, and writes their events. One that has no more jobs to come is
// completed, and goes on when one of its jobs is tried again. Changes the batches; last in a transaction.
void publish(Transaction &tx, const QList<QUuid> &batches);

// That the batch is as it is now.
void announce(Transaction &tx, const Batch &batch, const char *name);

} // namespace BatchProgress
