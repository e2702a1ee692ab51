// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway.h"

#include "server/gateway/gateway_key_routes.h"
#include "server/gateway/gateway_routes.h"

using namespace Qt::StringLiterals;

Gateway::Gateway(const Config &config, const Parts &parts, providers::ProviderSettings providers,
                 GatewayService::Work work)
    : m_tokens(parts.box),
      m_providers(std::move(providers)),
      ledger(parts.database, parts.prices, config.dataFolder + u"/gateway"_s),
      book(parts.database, m_tokens, parts.policies),
      keys(parts.database, m_tokens, book),
      service({book, parts.credentials, m_providers, ledger}, std::move(work),
              {.firstByteTimeout = config.providerFirstByteTimeout,
               .idleTimeout = config.providerIdleTimeout,
               .totalTimeout = config.providerAnswerTimeout,
               .answerLimit = config.answerLimit})
{
}

void Gateway::start() { ledger.start(); }

void Gateway::stop() { ledger.stop(); }

void Gateway::addRoutes(http::Router &router, UsageService &usage)
{
    addGatewayKeyRoutes(router, keys);
    addGatewayRoutes(router, book, usage);
    addGatewayCallRoutes(router, service);
}
