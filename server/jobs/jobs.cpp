// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/jobs.h"

#include "server/jobs/job_routes.h"
#include "server/usage/usage_routes.h"

using namespace Qt::StringLiterals;

namespace {

// The registry's refusal is a sentence of its own: it becomes the detail.
void checkModel(const providers::Registry &registry, const CredentialBook::Access &own, const QString &model)
try {
    (void)registry.resolve(model, *own);
} catch (ApiError error) {
    if (!error.errors.isEmpty())
        error.detail = error.errors.first().message;
    throw error;
}

} // namespace

providers::ProviderSettings providerSettings(const Config &config)
{
    using providers::AddressPolicy;
    return {.openAi = {config.openaiKey, QUrl(config.openaiBaseUrl, QUrl::StrictMode)},
            .anthropic = {config.anthropicKey, QUrl(config.anthropicBaseUrl, QUrl::StrictMode)},
            .google = {config.googleKey, QUrl(config.googleBaseUrl, QUrl::StrictMode)},
            .compatible = {},
            .tenantAddresses = config.privateProviderAddresses ? AddressPolicy::Any : AddressPolicy::PublicOnly};
}

Jobs::Jobs(const Config &config, Database &database, CredentialBook &credentials, budgets::Reservations &reservations,
           Work work, std::function<void()> changed)
    : m_config(config),
      m_database(database),
      m_credentials(credentials),
      m_reservations(reservations),
      m_changed(std::move(changed)),
      m_registry(m_transport, providerSettings(config)),
      m_signal(database, work),
      relay(database, output, work, config.roles.worker),
      prices(database, work),
      service(database, m_signal,
              [this](Transaction &tx, const QUuid &tenantId, const QString &model) {
                  checkModel(m_registry, m_credentials.of(tx, tenantId), model);
              },
              m_changed, {.cacheAge = config.jobCacheTime, .maxAttempts = config.jobAttempts}),
      usage(database, prices, [this](const QString &provider) { return m_registry.isConfigured(provider); }),
      streams(service, output, work)
{
}

Jobs::~Jobs() { stop(std::chrono::milliseconds(0)); }

void Jobs::start(const std::string &listenUrl)
{
    if (!m_config.roles.worker)
        return;
    WorkerOptions options;
    options.concurrency = m_config.jobConcurrency;
    options.lease = m_config.jobLease;
    options.listenUrl = listenUrl;
    options.runner.retries.pauses = m_config.jobBackoff;
    options.runner.firstByteTimeout = m_config.providerFirstByteTimeout;
    options.runner.idleTimeout = m_config.providerIdleTimeout;
    options.runner.totalTimeout = m_config.providerAnswerTimeout;
    options.runner.answerLimit = m_config.answerLimit;
    m_worker = std::make_unique<Worker>(m_database, m_signal, output, prices, m_reservations, m_credentials,
                                        providerSettings(m_config), m_changed, std::move(options));
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
