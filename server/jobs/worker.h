// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/reservations.h"
#include "server/credentials/credential_book.h"
#include "server/database/database.h"
#include "server/jobs/job_runner.h"
#include "server/queue/queue_signal.h"
#include "server/usage/price_catalogue.h"
#include "shared/jobs/job_settings.h"

#include <memory>

namespace budgets {
class Reservations;
}

struct WorkerOptions
{
    int concurrency = 64; // jobs held at a time: called, or waiting to be written down
    std::chrono::milliseconds lease{30'000};
    RunnerOptions runner;
    std::string listenUrl; // for word from other processes; empty: none, found by the timer
    std::chrono::milliseconds databaseRetry{1000}; // after a failure
    QList<RunningLimit> limits; // running jobs with a provider or model, over all processes with this setting
};

// Does the jobs of all tenants: leases them in batches, makes the provider calls on one event-loop thread, writes down
// what came of them in batches. While it idles it waits for word and for the time of the next job; nothing polls.
//
// A lease is renewed three times within its length. A process that dies leaves its leases to run out; a process that is
// cut off from the database stops its calls when its leases have run out, so that no job runs twice at once.
class Worker
{
public:
    // `changed` is told after each commit that wrote events; any thread.
    Worker(Database &database, QueueSignal &signal, OutputHub &output, PriceCatalogue &prices,
           budgets::Reservations &reservations, CredentialBook &credentials, providers::ProviderSettings providers,
           std::function<void()> changed, WorkerOptions options);
    ~Worker(); // stop() without grace

    void start();
    // Takes no more, lets calls finish within the grace time, hands the others back, writes everything down. Blocks.
    void stop(std::chrono::milliseconds grace);

    // For metrics; any thread.
    struct Figures
    {
        int held = 0;
        qint64 claimed = 0;
        qint64 settled = 0;
        qint64 retried = 0;
        qint64 dead = 0;
    };
    Figures figures() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};
