// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/settings/settings.h"

// The settings of the tenant that the transaction has entered.
namespace SettingsStore {

TenantSettings get(Transaction &tx);
// Nothing when they are of another revision by now.
std::optional<TenantSettings> update(Transaction &tx, qint64 revision, const TenantSettingsChange &change);

} // namespace SettingsStore
