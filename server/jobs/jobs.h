// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_service.h"
#include "server/budgets/reservations.h"
#include "server/config/config.h"
#include "server/credentials/credential_book.h"
#include "server/jobs/job_action_service.h"
#include "server/jobs/job_service.h"
#include "server/jobs/job_settings_service.h"
#include "server/jobs/job_streams.h"
#include "server/jobs/output_hub.h"
#include "server/jobs/output_relay.h"
#include "server/jobs/worker.h"
#include "server/providers/registry.h"
#include "server/queue/queue_store.h"
#include "server/usage/usage_service.h"

// The providers that the operator has set up.
providers::ProviderSettings providerSettings(const Config &config);

// Everything about jobs, put together: asking for them, doing them, watching them, and what they cost. Making it
// touches nothing outside; start() does.
class Jobs
{
public:
    using Work = std::function<bool(std::function<void()>)>;

    // `changed` is told after each commit that wrote events; any thread.
    Jobs(const Config &config, Database &database, CredentialBook &credentials, budgets::Reservations &reservations,
         Work work, std::function<void()> changed);
    ~Jobs();

    void start(const std::string &listenUrl); // the worker, where this process has that role
    void stop(std::chrono::milliseconds grace); // finishes or hands back what runs
    void addRoutes(http::Router &router, const Idempotency &idempotency);

    // For metrics; any thread.
    Worker::Figures workerFigures() const; // since the start; zeros without a worker
    QueueStore::Figures queueFigures(); // as of the last second; blocks on the database

private:
    JobService::CheckModel modelCheck();

    const Config &m_config;
    Database &m_database;
    CredentialBook &m_credentials;
    budgets::Reservations &m_reservations;
    const std::function<void()> m_changed;
    providers::HttpTransport m_transport; // makes no calls: the registry here only says what can be called
    providers::Registry m_registry;
    QueueSignal m_signal;

public:
    OutputHub output;
    OutputRelay relay;
    PriceCatalogue prices;
    JobService service;
    BatchService batches;
    JobActionService actions;
    JobSettingsService settings;
    UsageService usage;
    JobStreams streams;

private:
    std::mutex m_figuresMutex;
    QueueStore::Figures m_figures;
    std::optional<std::chrono::steady_clock::time_point> m_figuresAt;
    std::unique_ptr<Worker> m_worker;
};
