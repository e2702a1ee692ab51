// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway.h"

#include "server/gateway/call_log_routes.h"
#include "server/gateway/gateway_google.h"
#include "server/gateway/gateway_key_routes.h"
#include "server/gateway/gateway_routes.h"
#include "server/gateway/gateway_settings_routes.h"
#include "server/gateway/refusal_routes.h"
#include "server/gateway/routing/route_routes.h"

using namespace Qt::StringLiterals;

Gateway::Gateway(const Config &config, const Parts &parts, providers::ProviderSettings providers,
                 GatewayDesk::Work work)
    : m_database(parts.database),
      m_tokens(parts.box),
      m_providers(std::move(providers)),
      ledger(parts.database, parts.prices, parts.reservations, config.dataFolder + u"/gateway"_s),
      book(parts.database, m_tokens, parts.policies),
      keys(parts.database, m_tokens, book),
      routeBook(parts.database),
      routes(parts.database, routeBook),
      refusals(parts.database),
      settingsBook(parts.database),
      settings(parts.database, settingsBook),
      answers(qint64(config.answerCacheMegabytes) * 1024 * 1024),
      callLog(parts.database),
      service({.keys = book,
               .credentials = parts.credentials,
               .routes = routeBook,
               .providers = m_providers,
               .ledger = ledger,
               .limits = parts.limits.book,
               .counter = parts.limits.counter,
               .reservations = parts.reservations,
               .prices = parts.prices,
               .breaker = breaker,
               .refusals = refusals,
               .settings = settingsBook,
               .answers = answers,
               .work = work,
               .options = {.firstByteTimeout = config.providerFirstByteTimeout,
                           .idleTimeout = config.providerIdleTimeout,
                           .totalTimeout = config.providerAnswerTimeout,
                           .answerLimit = config.answerLimit}}),
      m_purges(config.roles.scheduler),
      m_purge(parts.database, std::move(work))
{
}

void Gateway::start()
{
    ledger.start();
    if (m_purges)
        m_purge.start();
}

void Gateway::stop()
{
    m_purge.stop();
    refusals.stop();
    ledger.stop();
}

void Gateway::follow(Listener &listener)
{
    book.follow(listener);
    routeBook.follow(listener);
    settingsBook.follow(listener);
}

void Gateway::addRoutes(http::Router &router, UsageService &usage)
{
    addGatewayKeyRoutes(router, keys);
    addGatewayRouteRoutes(router, routes, breaker);
    addGatewayRefusalRoutes(router, m_database);
    addGatewayRoutes(router, book, routeBook, usage);
    addGatewayCallRoutes(router, service);
    addGatewaySettingsRoutes(router, settings);
    addCallLogRoutes(router, callLog);
    addGoogleGatewayRoutes(router, service);
}
