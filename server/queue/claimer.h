// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/queue/claim_plan.h"

// Takes jobs from the queue for one process, tenant after tenant from where the last time ended. What waits is looked
// at lane by lane (tenant, priority, model), never job by job, and no more lanes than serve to fill the places. One
// claim at a time; any thread.
class Claimer
{
public:
    // Limits of the server for providers and models hold over all processes that are started with them.
    explicit Claimer(QList<RunningLimit> serverLimits) : m_serverLimits(std::move(serverLimits)) { }

    struct Claimed
    {
        QList<QueueStore::Claim> jobs;
        bool mayBeMore = false; // of what could be taken
        bool hitLimit = false; // there was more that must wait for a place under a limit
    };
    // In a platform transaction. `held`: the places of this process by tenant. Of `concurrency` places one tenant gets
    // seven of eight, so that another's first job need not wait for the end of a call.
    Claimed claim(Transaction &tx, const QUuid &lease, int places, std::chrono::milliseconds length, int concurrency,
                  const QHash<QUuid, int> &held);

private:
    const QList<RunningLimit> m_serverLimits;
    ClaimPlan::Turns m_turns;
    QUuid m_last; // tenant that a place was given to last
};
