// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/reservations.h"
#include "server/jobs/outcome.h"
#include "server/queue/queue_store.h"
#include "server/usage/price_catalogue.h"

// The two moments at which the worker changes jobs: taking them and being done with them. Blocks on the database; any
// thread.
namespace Settlement {

struct Begin
{
    QList<Assignment> assignments;
    QList<Outcome> outcomes; // of leased jobs that are not to run: they have ended, or used up their attempts
    bool changesBatches = false;
};
// Begins leased jobs of one tenant: state, attempt and event in one transaction. Attempts that were running have lost
// their worker: each gets its row in the ledger, estimated.
Begin begin(Database &database, PriceCatalogue &prices, const QUuid &tenantId, const QUuid &leaseId,
            const QList<QUuid> &jobs);

// Ends leases of one tenant: queue, attempts, jobs, ledger and events in one transaction. Of each job one outcome. An
// outcome whose lease is another's by now changes no job, but what it used is recorded: where its attempt was taken for
// lost, in place of the estimate. The same outcome twice changes nothing the second time. What was reserved for its
// call is given back. Says whether batches have changed.
bool settle(Database &database, PriceCatalogue &prices, budgets::Reservations &reservations, const QUuid &tenantId,
            QList<Outcome> outcomes);

} // namespace Settlement
