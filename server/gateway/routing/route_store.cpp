// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/routing/route_store.h"

#include "server/database/search_text.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace GatewayRouteStore {
namespace {

QString searched(const NewGatewayRoute &route)
{
    QStringList texts{route.alias};
    for (const RouteTarget &target : route.targets)
        texts.append(target.model);
    return searchText(texts.join(u'\n'));
}

[[noreturn]] void refuseAlias(const QString &alias)
{
    ApiError error = ApiError::conflict(u"There is already a route with the alias “%1”."_s.arg(alias));
    error.errors = {{u"/alias"_s, u"is taken"_s}};
    throw error;
}

} // namespace

QList<GatewayRoute> list(Transaction &tx, const GatewayRouteFilter &filter, const std::optional<QString> &after,
                         int limit)
{
    const auto search = filter.search ? std::optional(searchText(*filter.search)) : std::nullopt;
    return tx.all<GatewayRoute>(R"(
        SELECT id, alias, ordering AS order, targets, is_sticky, hedge_after_ms, created_at, revision
        FROM gateway_routes
        WHERE ($1::text IS NULL OR position($1 IN search_text) > 0) AND ($2::text IS NULL OR alias > $2)
        ORDER BY alias
        LIMIT $3)",
                                search, after, limit);
}

QList<GatewayRoute> all(Transaction &tx)
{
    return tx.all<GatewayRoute>(R"(
        SELECT id, alias, ordering AS order, targets, is_sticky, hedge_after_ms, created_at, revision
        FROM gateway_routes)");
}

std::optional<GatewayRoute> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<GatewayRoute>(R"(
        SELECT id, alias, ordering AS order, targets, is_sticky, hedge_after_ms, created_at, revision
        FROM gateway_routes
        WHERE id = $1)",
                                  id);
}

std::optional<GatewayRoute> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM gateway_routes WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

void insert(Transaction &tx, const QUuid &id, const NewGatewayRoute &route)
try {
    tx.run(R"(
        INSERT INTO gateway_routes (id, alias, search_text, ordering, targets, is_sticky, hedge_after_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
           id, route.alias, searched(route), route.order, route.targets, route.isSticky, route.hedgeAfterMs);
} catch (const pqxx::unique_violation &) {
    refuseAlias(route.alias);
}

void update(Transaction &tx, const QUuid &id, const NewGatewayRoute &route)
try {
    tx.run(R"(
        UPDATE gateway_routes
        SET alias = $2, search_text = $3, ordering = $4, targets = $5, is_sticky = $6, hedge_after_ms = $7
        WHERE id = $1)",
           id, route.alias, searched(route), route.order, route.targets, route.isSticky, route.hedgeAfterMs);
} catch (const pqxx::unique_violation &) {
    refuseAlias(route.alias);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM gateway_routes WHERE id = $1", id); }

} // namespace GatewayRouteStore
