// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/tenant_tokens.h"

// The secrets of gateway keys. `id`: of the key.
class GatewayTokens : public TenantTokens
{
public:
    static constexpr auto prefix = "patio_key_";

    explicit GatewayTokens(const SecretBox &box) : TenantTokens(box, QLatin1StringView(prefix), "gateway keys") { }
};
