// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services.h"

#include "server/demo/demo_chat.h"
#include "server/demo/demo_data.h"
#include "server/demo/demo_history.h"
#include "server/http/router.h"
#include "server/templates/template_routes.h"
#include "shared/live/live.h"

#include <algorithm>
#include <thread>

using namespace Qt::StringLiterals;

int passwordThreads(const Config &config)
{
    if (config.passwordThreads > 0)
        return config.passwordThreads;
    // Two at least: guesses at one account hold one of them at most, and nobody else waits for those.
    return std::max(2, int(std::thread::hardware_concurrency()) / 2);
}

SecretBox masterKeyOf(const Config &config)
{
    return config.masterKey.isEmpty() ? SecretBox::fromFile(config.dataFolder + u"/master.key"_s)
                                      : SecretBox::fromText(config.masterKey);
}

Services::Services(const Config &settings, Database &pool, Migrations &migrations, Work work, qint64 process)
    : config(settings),
      database(pool),
      identity(pool, migrations, secrets,
               {.passwordCost = {.memory = std::size_t(config.passwordMemory) * 1024 * 1024},
                .passwordThreads = passwordThreads(config),
                .work = work}),
      idempotency(pool, secrets),
      audit(pool, work),
      templates(pool, [this] { announce(); }),
      templateLabels(pool, [this] { announce(); }),
      templateShelf(pool, [this] { announce(); }),
      templateDrafts(pool),
      templateRendering(pool,
                        [this](const QString &model, const TokenUsage &usage) {
                            return jobs.prices.costNanos(model, usage, QDateTime::currentDateTimeUtc());
                        }),
      templateBundles(pool, [this] { announce(); }),
      credentials(pool, secrets, providerSettings(config), work, [this] { announce(); }),
      budgets(pool, process, work, [this] { announce(); }),
      jobs(config, pool, credentials.book, budgets.reservations, work, [this] { announce(); }),
      evaluations(pool, jobs.service, jobs.batches, work, [this] { announce(); }),
      chat(pool, work, [this] { announce(); }),
      assistants(
          pool, jobs, identity.policies, work, [this] { announce(); },
          [this](const QUuid &tenant, const QUuid &channel) { live.answersFound(tenant, channel); }),
      limits(config, pool),
      prices(pool, jobs.prices, work),
      gateway(config,
              {.database = pool,
               .box = secrets,
               .policies = identity.policies,
               .credentials = credentials.book,
               .prices = jobs.prices,
               .reservations = budgets.reservations,
               .limits = limits},
              providerSettings(config), work),
      live(pool,
           {.work = work,
            .authenticate =
                [this](const QByteArray &token, const QByteArray &address) {
                    return identity.authenticator.authenticate(token, address);
                },
            .renew = [this](const Caller &caller) { return identity.authenticator.renewed(caller); },
            .isCurrent =
                [this](const Caller &caller) {
                    return caller.policyVersion == identity.policies.version(caller.tenantId);
                },
            .outputSoFar = [this](const QUuid &tenant, const QUuid &job) { return jobs.output.snapshot(tenant, job); },
            .watchOutput = [this](const QUuid &job) { return jobs.output.watch(job); },
            .watchAnswers = [this](const QUuid &tenant,
                                   const QUuid &channel) { return assistants.book.watch(tenant, channel); },
            .answerOf = [this](const QUuid &job) { return assistants.book.of(job); },
            .answersIn = [this](const QUuid &channel) { return assistants.book.in(channel); }})
{
    jobs.output.subscribe([this](const OutputPiece &piece) { live.output(piece); });
}

Services::~Services() = default;

void Services::announce()
{
    if (eventsWritten)
        eventsWritten();
}

void Services::prepare()
{
    secrets = masterKeyOf(config);
    identity.prepare();
    identity.permissionWatch.subscribe([this](const QList<QUuid> &tenants) { live.permissionsChanged(tenants); });
    identity.watch.subscribe([this](const QList<QUuid> &sessions) {
        for (const QUuid &session : sessions)
            live.endSession(session);
    });
}

void Services::start(const QString &baseUrl, const std::string &listenUrl)
{
    jobs.prices.seed();
    if (config.demo)
        DemoData(database, identity, templates, config.dataFolder + u"/demo.json"_s).make(baseUrl);
    if (config.demo && config.demoHistory)
        DemoHistory(database, jobs.prices).make(QDateTime::currentDateTimeUtc());
    if (config.demo && config.demoHistory)
        DemoChat(database, templates, assistants.service).make(QDateTime::currentDateTimeUtc());
    gateway.start();
    budgets.start();
    jobs.start(listenUrl);
    if (config.roles.worker)
        evaluations.scorer.start();
    if (config.roles.worker)
        assistants.answerer.start();
}

void Services::stop(std::chrono::milliseconds grace)
{
    credentials.stop();
    evaluations.scorer.stop();
    assistants.answerer.stop();
    jobs.stop(grace);
    gateway.stop();
    prices.stop();
    budgets.stop();
    identity.refusals.stop();
    identity.passwordThreads.drain(); // clients may have left, but what they asked for still needs the router
}

Caller Services::authenticate(const QByteArray &token, const QByteArray &address)
{
    if (!token.startsWith(GatewayTokens::prefix))
        return identity.authenticator.authenticate(token, address);
    const GatewayKeyBook::Found program = gateway.book.authenticate(token);
    Caller caller = program->caller;
    caller.address = address;
    caller.isProgram = true;
    caller.models = program->models;
    return caller;
}

void Services::deliver(const QList<LoggedEvent> &events)
{
    live.deliver(events);
    jobs.streams.deliver(events);
    evaluations.scorer.eventsOf(events);
    assistants.answerer.eventsOf(events);
    assistants.book.deliver(events);
}

void Services::newsFor(const QList<QUuid> &tenants, bool all)
{
    live.newsFor(tenants, all);
    jobs.streams.newsFor(tenants, all);
    evaluations.scorer.newsFor(tenants, all);
    assistants.answerer.newsFor(tenants, all);
    assistants.book.newsFor(tenants, all);
}

void Services::addRoutes(http::Router &router)
{
    router.onPlain(
        "/healthz", "Whether this process is alive", "application/json",
        [] { return http::Response{.status = 200, .contentType = {}, .body = R"({"status":"alive"})", .headers = {}}; },
        {.work = http::runAtOnce});
    router.onWebSocket(
        live::path, "Follow what happens, live",
        "A WebSocket. The first message authenticates; then topics are subscribed and their events follow with a "
        "sequence number, from which a later connection resumes.",
        Ability::Public);
    identity.addRoutes(router);
    audit.addRoutes(router);
    addTemplateRoutes(router,
                      {templates, templateLabels, templateShelf, templateDrafts, templateRendering, templateBundles});
    credentials.addRoutes(router);
    gateway.addRoutes(router, jobs.usage);
    budgets.addRoutes(router);
    limits.addRoutes(router);
    jobs.addRoutes(router, idempotency);
    evaluations.addRoutes(router);
    chat.addRoutes(router);
    assistants.addRoutes(router);
    prices.addRoutes(router);
}
