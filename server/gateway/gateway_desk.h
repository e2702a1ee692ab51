// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/reservations.h"
#include "server/credentials/credential_book.h"
#include "server/gateway/answer_cache.h"
#include "server/gateway/call_ledger.h"
#include "server/gateway/gateway_key_book.h"
#include "server/gateway/gateway_settings_book.h"
#include "server/gateway/provider_threads.h"
#include "server/gateway/refusal_counter.h"
#include "server/gateway/routing/circuit_breaker.h"
#include "server/gateway/routing/route_book.h"
#include "server/limits/counter.h"
#include "server/limits/limit_book.h"

struct GatewayOptions
{
    std::chrono::milliseconds firstByteTimeout{30'000};
    std::chrono::milliseconds idleTimeout{60'000};
    std::chrono::milliseconds totalTimeout{900'000};
    qsizetype answerLimit = providers::ModelRequest::defaultAnswerLimit; // characters
};

// What calls of the gateway are served with. All of it lives as long as the server, and may be used by any thread.
struct GatewayDesk
{
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    GatewayKeyBook &keys;
    CredentialBook &credentials;
    GatewayRouteBook &routes;
    ProviderThreads &providers;
    CallLedger &ledger;
    LimitBook &limits;
    limits::Counter &counter;
    budgets::Reservations &reservations;
    PriceCatalogue &prices;
    CircuitBreaker &breaker;
    RefusalCounter &refusals;
    GatewaySettingsBook &settings;
    AnswerCache &answers;
    Work work;
    GatewayOptions options;
};
