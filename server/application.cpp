// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/application.h"

#include "server/config/process_number.h"
#include "server/database/embedded_postgres.h"
#include "server/database/listener.h"
#include "server/database/migrations.h"
#include "server/database/setup_error.h"
#include "server/database/worker_pool.h"
#include "server/events/sequencer.h"
#include "server/http/openapi.h"
#include "server/http/server.h"
#include "server/services.h"
#include "server/telemetry/metrics.h"
#include "shared/id.h"

#include <QHostInfo>
#include <QLoggingCategory>
#include <QUrl>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcApplication, "server.application")

namespace {

constexpr auto livePath = "/api/v1/live";

QHostAddress resolve(const QString &host)
{
    if (host == "localhost"_L1)
        return QHostAddress(QHostAddress::LocalHost);
    const QHostAddress address(host);
    if (!address.isNull())
        return address;
    const auto found = QHostInfo::fromName(host).addresses();
    if (found.isEmpty())
        throw ConfigError(u"--listen: the host “%1” is not known here."_s.arg(host).toStdString());
    return found.first();
}

// A page of another origin may open our WebSocket only where it may call the API.
bool isOwnOrigin(const http::Request &request)
{
    const QByteArray origin = request.header("origin");
    const QByteArray host = request.header("host");
    return origin.isEmpty() || origin == "http://" + host || origin == "https://" + host;
}

http::Limits limitsOf(const Config &config)
{
    http::Limits limits;
    limits.body = config.bodyLimit;
    limits.connections = config.connections;
    limits.connectionsPerPeer = config.connectionsPerAddress;
    limits.headTime = config.headTimeout;
    limits.idle = config.idleTimeout;
    return limits;
}

} // namespace

// In the order of making; destroyed in reverse.
struct Application::Parts
{
    const QString process = newId().toString(QUuid::WithoutBraces);
    std::unique_ptr<EmbeddedPostgres> postgres;
    std::unique_ptr<Migrations> migrations;
    std::unique_ptr<Database> database;
    std::unique_ptr<WorkerPool> workers;
    Metrics metrics;
    std::unique_ptr<Services> services;
    std::unique_ptr<Sequencer> sequencer;
    std::unique_ptr<Listener> listener;
    std::unique_ptr<http::Router> router;
    std::unique_ptr<http::Server> server;
    std::atomic<bool> ready = false;
    QString scheme = u"http"_s;
    QString host;
};

Application::Application(Config config) : m_config(std::move(config)) { }

Application::~Application() { stop(); }

void Application::start()
{
    m_parts = std::make_unique<Parts>();
    Parts &parts = *m_parts;
    // The requests' workers, the sequencer, the refusals' writer, the job worker's three, the gateway's ledger, who
    // reads whole ledgers, and those who hash passwords.
    const int connections = m_config.databaseConnections + 7 + passwordThreads(m_config);
    std::string appUrl = m_config.databaseUrl.toStdString();
    std::string ownerUrl =
        (m_config.databaseOwnerUrl.isEmpty() ? m_config.databaseUrl : m_config.databaseOwnerUrl).toStdString();
    if (m_config.databaseUrl.isEmpty()) {
        parts.postgres = std::make_unique<EmbeddedPostgres>(EmbeddedPostgresOptions{
            .dataFolder = m_config.dataFolder, .settings = {.maxConnections = std::max(40, connections + 20)}});
        parts.postgres->start();
        appUrl = parts.postgres->appUrl();
        ownerUrl = parts.postgres->ownerUrl();
    }
    parts.migrations = std::make_unique<Migrations>(ownerUrl);
    parts.migrations->run();
    parts.database =
        std::make_unique<Database>(DatabaseOptions{.session = {.url = appUrl}, .connections = connections});
    parts.workers = std::make_unique<WorkerPool>(m_config.databaseConnections, m_config.databaseQueue);
    const auto work = [&parts](std::function<void()> job) { return parts.workers->post(std::move(job)); };

    const qint64 process = processNumber(m_config.dataFolder);
    parts.services = std::make_unique<Services>(m_config, *parts.database, *parts.migrations, work, process);
    Services &services = *parts.services;
    parts.sequencer = std::make_unique<Sequencer>(*parts.database, parts.process,
                                                  [&services](const auto &events) { services.deliver(events); });
    services.eventsWritten = [&parts] { parts.sequencer->wake(); };

    parts.listener = std::make_unique<Listener>(
        appUrl,
        QStringList{u"patio_live"_s, QString::fromLatin1(SessionWatch::channel),
                    QString::fromLatin1(SigningKeys::channel), QString::fromLatin1(PermissionWatch::channel),
                    QString::fromLatin1(CredentialBook::channel), QString::fromLatin1(GatewayKeyBook::channel),
                    QString::fromLatin1(GatewayRouteBook::channelName),
                    QString::fromLatin1(budgets::Reservations::channel), QString::fromLatin1(Budgets::reachedChannel),
                    QString::fromLatin1(LimitBook::channel), QString::fromLatin1(GatewaySettingsBook::channel),
                    QString::fromLatin1(PriceCatalogue::channel), QString::fromLatin1(PresenceBook::channel),
                    QString::fromLatin1(Scorer::channel), QString::fromLatin1(Answerer::channel)}
            + services.jobs.relay.channels(),
        nullptr, process);
    QObject::connect(parts.listener.get(), &Listener::notified, parts.listener.get(),
                     [&parts](const QString &channel, const QString &payload) {
                         if (channel != "patio_live"_L1)
                             return;
                         const QString tenants = payload.section(u':', 1);
                         if (payload.section(u':', 0, 0) == parts.process)
                             return;
                         QList<QUuid> ids;
                         for (const QString &hex : tenants.split(u','))
                             ids.append(QUuid::fromRfc4122(QByteArray::fromHex(hex.toLatin1())));
                         parts.services->newsFor(ids, tenants == "all"_L1);
                     });
    QObject::connect(parts.listener.get(), &Listener::reconnected, parts.listener.get(),
                     [&parts] { parts.services->newsFor({}, true); });
    services.identity.watch.follow(*parts.listener);
    services.identity.keys.follow(*parts.listener);
    services.identity.permissionWatch.follow(*parts.listener);
    services.jobs.relay.follow(*parts.listener);
    services.credentials.book.follow(*parts.listener);
    services.gateway.follow(*parts.listener);
    services.budgets.follow(*parts.listener);
    services.limits.book.follow(*parts.listener);
    services.jobs.prices.follow(*parts.listener);
    services.live.follow(*parts.listener);
    services.evaluations.scorer.follow(*parts.listener);
    services.assistants.answerer.follow(*parts.listener);
    parts.listener->start();

    parts.router = std::make_unique<http::Router>(http::RouterServices{
        .work = work,
        .authenticate = [&services](const QByteArray &token,
                                    const QByteArray &address) { return services.authenticate(token, address); },
        .observed = [&parts](const http::Route *route, int status,
                             double seconds) { parts.metrics.requestObserved(route, status, seconds); },
        .refused =
            [&services](const http::Call &call, const QString &reason) {
                services.identity.refusals.add(call.caller, Audit::refusal(call, reason));
            },
        .allowedOrigins =
            [this] {
                QList<QByteArray> list;
                for (const QString &origin : m_config.corsOrigins)
                    list.append(origin.toLatin1());
                return list;
            }(),
        .trustedProxies = m_config.trustedProxies,
        .idempotency = &services.idempotency,
    });
    services.addRoutes(*parts.router);
    parts.router->onPlain("/metrics", "Figures for Prometheus", "text/plain; version=0.0.4; charset=utf-8", [&parts] {
        return http::Response{.status = 200, .contentType = {}, .body = parts.metrics.text(), .headers = {}};
    });
    parts.router->onPlain("/readyz", "Whether this process can serve", "application/json", [&parts] {
        if (!parts.ready)
            return http::Response{.status = 503, .contentType = {}, .body = R"({"status":"not ready"})", .headers = {}};
        parts.database->platform([](Transaction &tx) { tx.one<int>("SELECT 1"); });
        return http::Response{.status = 200, .contentType = {}, .body = R"({"status":"ready"})", .headers = {}};
    });
    const QByteArray document = json::print(http::openApi(*parts.router));
    parts.router->onPlain(
        "/openapi.json", "This document", "application/json",
        [document] { return http::Response{.status = 200, .contentType = {}, .body = document, .headers = {}}; },
        {.work = http::runAtOnce});

    http::ServerOptions options;
    options.address = resolve(m_config.listenHost);
    options.port = quint16(m_config.listenPort);
    options.threads = m_config.ioThreads;
    options.limits = limitsOf(m_config);
    if (!m_config.tlsKey.isEmpty()) {
        options.tls = http::TlsFiles{m_config.tlsCertificate, m_config.tlsKey};
        parts.scheme = u"https"_s;
    }
    options.handler = [&parts](std::shared_ptr<http::Exchange> exchange) { parts.router->handle(exchange); };
    options.bodyLimit = [&parts](QByteArrayView method, QByteArrayView path) {
        return parts.router->bodyLimit(method, path);
    };
    options.upgradeCheck = [this](const http::Request &request) {
        if (request.path != livePath)
            return 404;
        return isOwnOrigin(request) || m_config.corsOrigins.contains(QString::fromLatin1(request.header("origin")))
            ? 0
            : 403;
    };
    options.onWebSocket = [this, &services](http::WebSocket &socket, const http::Request &request) {
        services.live.adopt(socket, http::clientAddress(request, m_config.trustedProxies).toString().toLatin1());
    };
    parts.server = std::make_unique<http::Server>(std::move(options));
    services.prepare();
    QString problem;
    if (m_config.roles.api && !parts.server->start(&problem))
        throw ConfigError(problem.toStdString());
    parts.host = m_config.listenHost.contains(u':') ? u'[' + m_config.listenHost + u']' : m_config.listenHost;
    addGauges();
    services.start(baseUrl(), appUrl);
    parts.ready = true;
}

void Application::addGauges()
{
    Parts &parts = *m_parts;
    parts.metrics.addGauge("patio_http_connections", "Open connections, WebSockets among them",
                           [&parts] { return parts.server->counters().open; });
    parts.metrics.addCounter("patio_http_refused_total", "Connections refused over a limit",
                             [&parts] { return double(parts.server->counters().refused); });
    parts.metrics.addCounter("patio_http_rejected_total", "Malformed or too large requests",
                             [&parts] { return double(parts.server->counters().rejected); });
    parts.metrics.addCounter("patio_http_timeouts_total", "Connections closed by a deadline",
                             [&parts] { return double(parts.server->counters().timeouts); });
    parts.metrics.addCounter("patio_audit_refusals_dropped_total",
                             "Refused attempts that found no room in the audit log",
                             [&parts] { return double(parts.services->identity.refusals.dropped()); });
    const auto answers = [&parts](qint64 AnswerCache::Figures::*figure) {
        return [&parts, figure] { return double(parts.services->gateway.answers.figures().*figure); };
    };
    parts.metrics.addCounter("patio_answer_cache_hits_total", "Calls of the gateway answered from its cache",
                             answers(&AnswerCache::Figures::hits));
    parts.metrics.addCounter("patio_answer_cache_misses_total", "Calls that the cache was asked for in vain",
                             answers(&AnswerCache::Figures::misses));
    parts.metrics.addCounter("patio_answer_cache_dropped_total", "Answers that went for want of room",
                             answers(&AnswerCache::Figures::dropped));
    parts.metrics.addGauge("patio_answer_cache_bytes", "Memory that answers take in the cache",
                           answers(&AnswerCache::Figures::bytes));
    const auto jobs = [&parts](qint64 Worker::Figures::*figure) {
        return [&parts, figure] { return double(parts.services->jobs.workerFigures().*figure); };
    };
    parts.metrics.addCounter("patio_jobs_claimed_total", "Jobs that this process took",
                             jobs(&Worker::Figures::claimed));
    parts.metrics.addCounter("patio_jobs_settled_total", "Ends of attempts that it wrote down",
                             jobs(&Worker::Figures::settled));
    parts.metrics.addCounter("patio_jobs_retried_total", "Jobs among them that are tried again",
                             jobs(&Worker::Figures::retried));
    parts.metrics.addCounter("patio_jobs_dead_total", "Jobs among them that became dead letters",
                             jobs(&Worker::Figures::dead));
    parts.metrics.addGauge("patio_jobs_held", "Jobs that this process runs or writes down",
                           [&parts] { return parts.services->jobs.workerFigures().held; });
    std::vector<Metrics::Labels> lanes;
    for (const char *priority : enumNames<JobPriority>)
        for (const char *state : enumNames<QueueStore::EntryState>)
            lanes.push_back({{"priority", priority}, {"state", state}});
    parts.metrics.addGauges("patio_queue_jobs", "Jobs in the queue of all processes", lanes, [&parts] {
        const auto figures = parts.services->jobs.queueFigures();
        return std::vector<double>(figures.jobs.begin(), figures.jobs.end());
    });
    parts.metrics.addGauge("patio_queue_oldest_seconds", "What the job that waits longest has waited",
                           [&parts] { return parts.services->jobs.queueFigures().oldestSeconds; });
    parts.metrics.addGauge("patio_batches_active", "Batches that have not ended",
                           [&parts] { return parts.services->jobs.queueFigures().batches; });
    parts.metrics.addGauge("patio_batch_jobs_waiting", "Jobs of batches that have not begun",
                           [&parts] { return parts.services->jobs.queueFigures().batchJobs; });
    parts.metrics.addGauge("patio_live_sockets", "Live connections",
                           [&parts] { return parts.services->live.connections(); });
    parts.metrics.addCounter("patio_output_relayed_total", "Pieces of output sent to readers in other processes",
                             [&parts] { return double(parts.services->jobs.relay.published()); });
    parts.metrics.addGauge("patio_database_connections_busy", "Connections of the pool in use",
                           [&parts] { return parts.database->use().busy; });
    parts.metrics.addGauge("patio_database_connections_limit", "Connections the pool may open",
                           [&parts] { return parts.database->use().limit; });
    parts.metrics.addGauge("patio_database_work_waiting", "Requests that wait for a database worker",
                           [&parts] { return parts.workers->waiting(); });
}

void Application::stop()
{
    if (!m_parts)
        return;
    Parts &parts = *m_parts;
    parts.ready = false;
    if (parts.server)
        parts.server->drain(m_config.shutdownGrace);
    if (parts.services)
        parts.services->stop(m_config.shutdownGrace);
    if (parts.workers)
        parts.workers->drain();
    m_parts.reset();
}

void Application::reload()
{
    QString problem;
    if (m_parts && m_parts->server && !m_parts->server->reloadTls(&problem))
        qCWarning(lcApplication).noquote() << "the certificate was not reloaded:" << problem;
}

std::optional<QString> Application::offerSetupToken() { return m_parts->services->offerSetupToken(); }

QString Application::baseUrl() const
{
    if (!m_config.publicUrl.isEmpty())
        return m_config.publicUrl;
    return u"%1://%2:%3"_s.arg(m_parts->scheme, m_parts->host).arg(m_parts->server->port());
}
