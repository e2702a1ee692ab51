// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings/settings_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/settings/settings_store.h"

using namespace Qt::StringLiterals;

TenantSettings SettingsService::get(const Caller &caller)
{
    return m_database.transaction(caller.scope(), [](Transaction &tx) { return SettingsStore::get(tx); });
}

TenantSettings SettingsService::update(const Caller &caller, qint64 revision, const TenantSettingsChange &change)
{
    QList<QUuid> concerned;
    const TenantSettings after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const TenantSettings before = SettingsStore::get(tx);
        const auto after = SettingsStore::update(tx, revision, change);
        if (!after)
            throw ApiError::changed(u"The settings"_s);
        if (change.requireSecondFactor)
            concerned = SessionStore::livingWithoutSecondFactor(tx);
        SessionWatch::announce(tx, concerned);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::SettingsUpdate),
                          .subject = {caller.tenantId, {}},
                          .before = AuditJson::of(before),
                          .after = AuditJson::of(*after)});
        return *after;
    });
    m_watch.apply(concerned);
    return after;
}
