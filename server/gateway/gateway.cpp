// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway.h"

#include "server/gateway/gateway_key_routes.h"
#include "server/gateway/gateway_routes.h"
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
      service({.keys = book,
               .credentials = parts.credentials,
               .routes = routeBook,
               .providers = m_providers,
               .ledger = ledger,
               .reservations = parts.reservations,
               .prices = parts.prices,
               .breaker = breaker,
               .refusals = refusals,
               .work = std::move(work),
               .options = {.firstByteTimeout = config.providerFirstByteTimeout,
                           .idleTimeout = config.providerIdleTimeout,
                           .totalTimeout = config.providerAnswerTimeout,
                           .answerLimit = config.answerLimit}})
{
}

void Gateway::start() { ledger.start(); }

void Gateway::stop()
{
    refusals.stop();
    ledger.stop();
}

void Gateway::follow(Listener &listener)
{
    book.follow(listener);
    routeBook.follow(listener);
}

void Gateway::addRoutes(http::Router &router, UsageService &usage)
{
    addGatewayKeyRoutes(router, keys);
    addGatewayRouteRoutes(router, routes, breaker);
    addGatewayRefusalRoutes(router, m_database);
    addGatewayRoutes(router, book, routeBook, usage);
    addGatewayCallRoutes(router, service);
}
