// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/refusal_routes.h"

#include "server/database/cursor.h"
#include "server/database/database.h"
#include "server/gateway/refusal_store.h"
#include "server/http/router.h"
#include "shared/gateway/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

QString printed(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

std::optional<RefusalStore::Place> placeOf(const std::optional<QString> &text)
{
    const auto keys = cursor::parse(text, 5);
    if (!keys)
        return std::nullopt;
    const auto &names = enumNames<RefusedBy>;
    const auto by = std::find_if(names.begin(), names.end(),
                                 [&](const char *name) { return keys->at(2) == QLatin1StringView(name); });
    RefusalStore::Place place{.minute = QDateTime::fromString(keys->at(0), Qt::ISODateWithMs),
                              .keyId = QUuid::fromString(keys->at(1)),
                              .by = RefusedBy(by - names.begin()),
                              .decidedById = QUuid::fromString(keys->at(3)),
                              .model = keys->at(4)};
    if (!place.minute.isValid() || by == names.end())
        cursor::refuse();
    return place;
}

QString cursorOf(const GatewayRefusal &row)
{
    return cursor::print({row.minute.toUTC().toString(Qt::ISODateWithMs), printed(row.keyId),
                          QString::fromLatin1(enumNames<RefusedBy>[std::size_t(row.by)]),
                          printed(row.decidedById.value_or(QUuid())), row.model});
}

} // namespace

void addGatewayRefusalRoutes(http::Router &router, Database &database)
{
    router.on(endpoints::gatewayCalls::refusals, [&](const http::Call &call, const GatewayRefusalFilter &filter) {
        const auto after = placeOf(filter.cursor);
        const int limit = filter.limit.value_or(50);
        Page<GatewayRefusal> page;
        page.items = database.transaction(
            call.caller.scope(), [&](Transaction &tx) { return RefusalStore::list(tx, filter, after, limit + 1); });
        if (page.items.size() > limit) {
            page.items.removeLast();
            page.nextCursor = cursorOf(page.items.last());
        }
        return page;
    });
}
