// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_settings_service.h"

#include "server/audit/audit_log.h"
#include "server/gateway/gateway_settings_book.h"
#include "server/gateway/gateway_settings_store.h"

using namespace Qt::StringLiterals;

namespace {

// Each kind once, in the order of all of them.
QList<MaskKind> inOrder(QList<MaskKind> masks)
{
    std::sort(masks.begin(), masks.end());
    masks.erase(std::unique(masks.begin(), masks.end()), masks.end());
    return masks;
}

} // namespace

GatewaySettings GatewaySettingsService::get(const Caller &caller)
{
    return m_database.transaction(caller.scope(), [](Transaction &tx) { return GatewaySettingsStore::get(tx); });
}

GatewaySettings GatewaySettingsService::put(const Caller &caller, qint64 revision, const GatewaySettings &settings)
{
    const auto problems = guardrails::Guardrails::problems(settings);
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
    GatewaySettings wanted = settings;
    wanted.masks = inOrder(wanted.masks);
    const GatewaySettings after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewaySettings before = GatewaySettingsStore::get(tx);
        const auto after = GatewaySettingsStore::put(tx, revision, wanted);
        if (!after)
            throw ApiError::changed(u"The settings of the gateway"_s);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::GatewaySettingsUpdate),
                          .subject = {caller.tenantId, {}},
                          .before = AuditJson::of(before),
                          .after = AuditJson::of(*after)});
        return *after;
    });
    m_book.forget(caller.tenantId);
    return after;
}
