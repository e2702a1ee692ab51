// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/jobs.h"

#include "server/jobs/job_routes.h"
#include "server/usage/usage_routes.h"

using namespace Qt::StringLiterals;

namespace {

providers::ProviderSettings providerSettings(const Config &config)
{
    return {{config.openaiKey, QUrl(config.openaiBaseUrl, QUrl::StrictMode)},
            {config.anthropicKey, QUrl(config.anthropicBaseUrl, QUrl::StrictMode)},
            {}};
}

// The registry's refusal is a sentence of its own: it becomes the detail.
void checkModel(const providers::Registry &registry, const QString &model)
try {
    registry.resolve(model);
} catch (ApiError error) {
    if (!error.errors.isEmpty())
        error.detail = error.errors.first().message;
    throw error;
}

bool isConfigured(const providers::Registry &registry, const QString &name)
{
    const auto all = registry.providers();
    return std::any_of(all.begin(), all.end(), [&](const auto &one) { return one.name == name && one.isConfigured; });
}

} // namespace

Jobs::Jobs(const Config &config, Database &database, Work work, std::function<void()> changed)
    : m_config(config),
      m_database(database),
      m_changed(std::move(changed)),
      m_registry(m_transport, providerSettings(config)),
      m_signal(database, work),
      relay(database, output, work, config.roles.worker),
      prices(database),
      service(database, m_signal, [this](const QString &model) { checkModel(m_registry, model); }, m_changed,
              {.cacheAge = config.jobCacheTime, .maxAttempts = config.jobAttempts}),
      usage(database, prices, [this](const QString &provider) { return isConfigured(m_registry, provider); }),
      streams(service, output, work)
{
}

Jobs::~Jobs() { stop(std::chrono::milliseconds(0)); }

void Jobs::start(const std::string &listenUrl)
{
    prices.seed();
    if (!m_config.roles.worker)
        return;
    WorkerOptions options;
    options.concurrency = m_config.jobConcurrency;
    options.lease = m_config.jobLease;
    options.listenUrl = listenUrl;
    options.runner.retries.pauses = m_config.jobBackoff;
    options.runner.firstByteTimeout = m_config.providerFirstByteTimeout;
    options.runner.idleTimeout = m_config.providerIdleTimeout;
    m_worker = std::make_unique<Worker>(m_database, m_signal, output, prices, providerSettings(m_config), m_changed,
                                        std::move(options));
    m_worker->start();
}

void Jobs::stop(std::chrono::milliseconds grace)
{
    if (m_worker)
        m_worker->stop(grace);
    m_worker.reset();
}

void Jobs::addRoutes(http::Router &router, const Idempotency &idempotency)
{
    addJobRoutes(router, service, streams, idempotency);
    addUsageRoutes(router, usage);
}
