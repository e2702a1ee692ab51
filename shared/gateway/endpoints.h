// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/gateway_key.h"
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
