// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"

#include <QSet>

// Steps of what is done to many jobs: some hundreds of jobs in one transaction with its count, so that a step is done
// once, whatever crashes. One process at a time does an action.
namespace JobActionStep {

struct Result
{
    bool didSomething = false; // there may be more
    bool hasQueued = false;
    QSet<QUuid> tenantsWithBatches; // whose batches may have changed
};
Result run(Database &database);

} // namespace JobActionStep
