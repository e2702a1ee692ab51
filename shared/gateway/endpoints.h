// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/budget.h"
#include "shared/gateway/gateway_call_row.h"
#include "shared/gateway/gateway_key.h"
#include "shared/gateway/gateway_settings.h"
#include "shared/gateway/limit.h"
#include "shared/gateway/refusal.h"
#include "shared/gateway/route.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

namespace endpoints::gatewayKeys {

inline constexpr Endpoint<GatewayKeyFilter, Page<GatewayKey>> list{
    Method::Get, "/api/v1/gateway-keys", Ability::GatewayKeysRead, "List gateway keys, the newest first"};
inline constexpr Endpoint<NewGatewayKey, MadeGatewayKey> create{
    Method::Post,
    "/api/v1/gateway-keys",
    Ability::GatewayKeysCreate,
    "Make a gateway key",
    201,
    "Answers the secret by which programs call the gateway under /v1. It is stored as a hash and never shown again."};
inline constexpr Endpoint<Nothing, GatewayKey> get{Method::Get, "/api/v1/gateway-keys/{id}", Ability::GatewayKeysRead,
                                                   "Show one gateway key"};
inline constexpr Endpoint<GatewayKeyChange, GatewayKey> update{Method::Patch, "/api/v1/gateway-keys/{id}",
                                                               Ability::GatewayKeysUpdate, "Change a gateway key"};
inline constexpr Endpoint<GatewayKeyRotation, MadeGatewayKey> rotate{
    Method::Post,
    "/api/v1/gateway-keys/{id}/rotate",
    Ability::GatewayKeysUpdate,
    "Give a gateway key another secret",
    200,
    "The secret before stays good for the overlap, so that programs can change over one by one."};
inline constexpr Endpoint<Nothing, Nothing> revoke{
    Method::Delete,
    "/api/v1/gateway-keys/{id}",
    Ability::GatewayKeysDelete,
    "Revoke a gateway key",
    204,
    "Its calls are refused from now on, in every process. It stays in the list, so that its usage keeps a name."};

} // namespace endpoints::gatewayKeys

namespace endpoints::gatewayLimits {

inline constexpr Endpoint<GatewayLimitFilter, Page<GatewayLimit>> list{
    Method::Get, "/api/v1/gateway-limits", Ability::GatewayLimitsRead, "List limits of the gateway"};
inline constexpr Endpoint<NewGatewayLimit, GatewayLimit> create{Method::Post,
                                                                "/api/v1/gateway-limits",
                                                                Ability::GatewayLimitsCreate,
                                                                "Make a limit of the gateway",
                                                                201,
                                                                "It counts from now on, in every process."};
inline constexpr Endpoint<Nothing, GatewayLimit> get{Method::Get, "/api/v1/gateway-limits/{id}",
                                                     Ability::GatewayLimitsRead, "Show a limit of the gateway"};
inline constexpr Endpoint<GatewayLimitChange, GatewayLimit> update{
    Method::Patch, "/api/v1/gateway-limits/{id}", Ability::GatewayLimitsUpdate, "Change a limit of the gateway"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/gateway-limits/{id}",
                                                   Ability::GatewayLimitsDelete, "Remove a limit of the gateway", 204};

} // namespace endpoints::gatewayLimits

namespace endpoints::budgets {

inline constexpr Endpoint<BudgetFilter, Page<Budget>> list{Method::Get, "/api/v1/budgets", Ability::BudgetsRead,
                                                           "List budgets"};
inline constexpr Endpoint<NewBudget, Budget> create{Method::Post,
                                                    "/api/v1/budgets",
                                                    Ability::BudgetsCreate,
                                                    "Make a budget",
                                                    201,
                                                    "What the ledger says of its period so far counts at once."};
inline constexpr Endpoint<Nothing, Budget> get{Method::Get, "/api/v1/budgets/{id}", Ability::BudgetsRead,
                                               "Show a budget"};
inline constexpr Endpoint<BudgetChange, Budget> update{Method::Patch, "/api/v1/budgets/{id}", Ability::BudgetsUpdate,
                                                       "Change a budget"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/budgets/{id}", Ability::BudgetsDelete,
                                                   "Remove a budget", 204};

} // namespace endpoints::budgets

namespace endpoints::gatewayRoutes {

inline constexpr Endpoint<GatewayRouteFilter, Page<GatewayRoute>> list{
    Method::Get, "/api/v1/gateway-routes", Ability::GatewayRoutesRead, "List routes of the gateway"};
inline constexpr Endpoint<NewGatewayRoute, GatewayRoute> create{Method::Post,
                                                                "/api/v1/gateway-routes",
                                                                Ability::GatewayRoutesCreate,
                                                                "Make a route of the gateway",
                                                                201,
                                                                "Programs name its alias for the model."};
inline constexpr Endpoint<Nothing, GatewayRoute> get{Method::Get, "/api/v1/gateway-routes/{id}",
                                                     Ability::GatewayRoutesRead, "Show a route of the gateway"};
inline constexpr Endpoint<NewGatewayRoute, GatewayRoute> update{
    Method::Put, "/api/v1/gateway-routes/{id}", Ability::GatewayRoutesUpdate, "Replace a route of the gateway"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/gateway-routes/{id}",
                                                   Ability::GatewayRoutesDelete, "Remove a route of the gateway", 204};
inline constexpr Endpoint<Nothing, GatewayRouteHealth> health{Method::Get,
                                                              "/api/v1/gateway-routes/{id}/health",
                                                              Ability::GatewayRoutesRead,
                                                              "Show how the targets of a route fare",
                                                              200,
                                                              "As the process sees it that answers."};

} // namespace endpoints::gatewayRoutes

namespace endpoints::gatewaySettings {

inline constexpr Endpoint<Nothing, GatewaySettings> get{Method::Get, "/api/v1/gateway-settings",
                                                        Ability::GatewaySettingsRead,
                                                        "Show what the gateway does beside passing calls on"};
inline constexpr Endpoint<GatewaySettings, GatewaySettings> put{Method::Put, "/api/v1/gateway-settings",
                                                                Ability::GatewaySettingsUpdate,
                                                                "Set what the gateway does beside passing calls on"};

} // namespace endpoints::gatewaySettings

namespace endpoints::gatewayCalls {

inline constexpr Endpoint<GatewayCallFilter, Page<GatewayCallRow>> list{
    Method::Get, "/api/v1/gateway-calls", Ability::GatewayCallsRead, "List calls of providers, the latest first"};
inline constexpr Endpoint<Nothing, GatewayCallRow> get{Method::Get, "/api/v1/gateway-calls/{id}",
                                                       Ability::GatewayCallsRead, "Show one call"};
inline constexpr Endpoint<Nothing, GatewayCallBodies> bodies{Method::Get, "/api/v1/gateway-calls/{id}/bodies",
                                                             Ability::GatewayCallsBodies,
                                                             "Show what was sent and answered, where that is kept"};
inline constexpr Endpoint<GatewayRefusalFilter, Page<GatewayRefusal>> refusals{
    Method::Get, "/api/v1/gateway-refusals", Ability::GatewayCallsRead,
    "List what the gateway refused and why, the latest first"};

} // namespace endpoints::gatewayCalls
