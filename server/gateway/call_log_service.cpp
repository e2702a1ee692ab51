// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_log_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/gateway/call_log_store.h"
#include "server/gateway/gateway_body_store.h"
#include "server/gateway/gateway_settings_store.h"
#include "server/usage/usage_store.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int callsOnPage = 50;

std::optional<CallLogStore::Place> placeOf(const std::optional<QString> &text)
{
    const auto keys = cursor::parse(text, 2);
    if (!keys)
        return std::nullopt;
    bool isNumber = false;
    const CallLogStore::Place place{QDateTime::fromMSecsSinceEpoch(keys->at(0).toLongLong(&isNumber), Qt::UTC),
                                    QUuid::fromString(keys->at(1))};
    if (!isNumber || place.id.isNull())
        cursor::refuse();
    return place;
}

void checkStatus(const std::optional<QString> &status)
{
    const auto &known = enumNames<UsageStore::CallStatus>;
    if (status
        && std::none_of(known.begin(), known.end(), [&](const char *one) { return *status == QLatin1StringView(one); }))
        throw ApiError::invalid(u"/status"_s, u"must be succeeded, failed, canceled or lost"_s);
}

GatewayCallRow found(std::optional<GatewayCallRow> row) { return row ? *row : throw ApiError::notFound(u"The call"_s); }

// Why a call has no bodies.
ApiError noBodies(const GatewayCallRow &call, const std::optional<int> &days)
{
    const QString reason = !call.keyId ? u"it was made by a job, which keeps them itself"_s
        : !days                        ? u"this tenant does not store bodies"_s
        : call.calledAt.addDays(*days) <= QDateTime::currentDateTimeUtc()
        ? u"they are stored for %1 days and are deleted by now"_s.arg(*days)
        : u"they were not stored when it was made, or for a shorter time than now"_s;
    return ApiError::make(404, "not_found", u"What was sent and answered in this call is not kept: %1."_s.arg(reason));
}

} // namespace

Page<GatewayCallRow> CallLogService::list(const Caller &caller, const GatewayCallFilter &filter)
{
    checkStatus(filter.status);
    const auto before = placeOf(filter.cursor);
    const int limit = filter.limit.value_or(callsOnPage);
    Page<GatewayCallRow> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return CallLogStore::list(tx, filter, before, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        const GatewayCallRow &last = page.items.last();
        page.nextCursor =
            cursor::print({QString::number(last.calledAt.toMSecsSinceEpoch()), last.id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

GatewayCallRow CallLogService::get(const Caller &caller, const QUuid &id)
{
    return found(m_database.transaction(caller.scope(), [&](Transaction &tx) { return CallLogStore::find(tx, id); }));
}

GatewayCallBodies CallLogService::bodies(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayCallRow call = found(CallLogStore::find(tx, id));
        const auto bodies = GatewayBodyStore::find(tx, id);
        if (!bodies)
            throw noBodies(call, GatewaySettingsStore::get(tx).bodyDays);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::GatewayCallsBodies), .subject = {id, call.model}});
        return *bodies;
    });
}
