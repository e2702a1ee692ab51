// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/jobs.h"

#include "server/batches/batch_routes.h"
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

JobServiceOptions optionsOf(const Config &config)
{
    return {.cacheAge = config.jobCacheTime, .maxAttempts = config.jobAttempts, .serverLimits = config.jobLimits};
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
      service(database, m_signal, modelCheck(), m_changed, optionsOf(config)),
      batches(database, m_signal, modelCheck(), m_changed, optionsOf(config)),
      actions(database, m_changed),
      settings(database),
      usage(database, prices, [this](const QString &provider) { return m_registry.isConfigured(provider); }),
      streams(service, output, work)
{
}

JobService::CheckModel Jobs::modelCheck()
{
    return [this](Transaction &tx, const QUuid &tenantId, const QString &model) {
        checkModel(m_registry, m_credentials.of(tx, tenantId), model);
    };
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
    options.limits = m_config.jobLimits;
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

Worker::Figures Jobs::workerFigures() const { return m_worker ? m_worker->figures() : Worker::Figures(); }

QueueStore::Figures Jobs::queueFigures()
{
    const std::lock_guard lock(m_figuresMutex);
    const auto now = std::chrono::steady_clock::now();
    if (m_figuresAt && now - *m_figuresAt < std::chrono::seconds(1))
        return m_figures;
    try {
        m_figures = m_database.platform(QueueStore::figures);
        m_figuresAt = now;
    } catch (const ApiError &) {
        // the database is busy: the figures of the last time
    } catch (const std::exception &) {
        // the same
    }
    return m_figures;
}

void Jobs::addRoutes(http::Router &router, const Idempotency &idempotency)
{
    addJobRoutes(router, service, streams, idempotency);
    addJobActionRoutes(router, actions);
    addJobSettingsRoutes(router, settings);
    addBatchRoutes(router, batches);
    addUsageRoutes(router, usage);
}
