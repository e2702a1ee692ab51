// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/gateway_settings.h"

// SQL of the gateway's settings, in a transaction of the tenant.
namespace GatewaySettingsStore {

GatewaySettings get(Transaction &tx);
// Nothing when they are of another revision by now.
std::optional<GatewaySettings> put(Transaction &tx, qint64 revision, const GatewaySettings &settings);

} // namespace GatewaySettingsStore
