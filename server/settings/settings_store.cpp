// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings/settings_store.h"

namespace SettingsStore {

TenantSettings get(Transaction &tx)
{
    return tx.one<TenantSettings>("SELECT require_second_factor, revision FROM tenant_settings");
}

std::optional<TenantSettings> update(Transaction &tx, qint64 revision, const TenantSettingsChange &change)
{
    return tx.maybe<TenantSettings>(R"(
        UPDATE tenant_settings
        SET require_second_factor = coalesce($2, require_second_factor)
        WHERE revision = $1
        RETURNING require_second_factor, revision)",
                                    revision, change.requireSecondFactor);
}

} // namespace SettingsStore
