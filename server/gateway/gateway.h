// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/config.h"
#include "server/gateway/answer_cache.h"
#include "server/gateway/body_purge.h"
#include "server/gateway/call_log_service.h"
#include "server/gateway/gateway_key_service.h"
#include "server/gateway/gateway_service.h"
#include "server/gateway/gateway_settings_book.h"
#include "server/gateway/gateway_settings_service.h"
#include "server/gateway/routing/route_service.h"
#include "server/limits/limits.h"

class UsageService;
namespace http {
class Router;
}

// The gateway, put together: the keys by which programs call it, the calls, and their way into the ledger. Making it
// touches nothing outside but the journal's folder; start() brings in what a former process has left.
class Gateway
{
public:
    struct Parts
    {
        Database &database;
        const SecretBox &box;
        PolicyBook &policies;
        CredentialBook &credentials;
        PriceCatalogue &prices;
        budgets::Reservations &reservations;
        Limits &limits;
    };
    Gateway(const Config &config, const Parts &parts, providers::ProviderSettings providers, GatewayDesk::Work work);

    void start(); // blocks on the database
    void stop(); // once no more calls come
    void addRoutes(http::Router &router, UsageService &usage);
    void follow(Listener &listener); // what other processes change

private:
    Database &m_database;
    GatewayTokens m_tokens;
    ProviderThreads m_providers;

public:
    CallLedger ledger;
    GatewayKeyBook book;
    GatewayKeyService keys;
    GatewayRouteBook routeBook;
    GatewayRouteService routes;
    CircuitBreaker breaker;
    RefusalCounter refusals;
    GatewaySettingsBook settingsBook;
    GatewaySettingsService settings;
    AnswerCache answers;
    CallLogService callLog;
    GatewayService service;

private:
    const bool m_purges;
    BodyPurge m_purge;
};
