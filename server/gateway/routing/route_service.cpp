// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/routing/route_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/gateway/routing/route_store.h"
#include "shared/error.h"
#include "shared/id.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

ApiError noRoute() { return ApiError::notFound(u"The route"_s); }

void check(const NewGatewayRoute &route)
{
    QList<json::Problem> problems;
    static const QRegularExpression alias(u"^[^\\s/*:]+$"_s);
    if (!alias.match(route.alias).hasMatch())
        problems.append(
            {u"/alias"_s, u"must be one word without slash, colon and asterisk, such as fast or support-answers"_s});
    static const QRegularExpression model(u"^[a-z0-9-]{1,40}/[^\\s*]{1,160}$"_s);
    QSet<QString> seen;
    int weights = 0;
    for (qsizetype i = 0; i < route.targets.size(); ++i) {
        const RouteTarget &target = route.targets.at(i);
        const QString pointer = u"/targets/%1/model"_s.arg(i);
        if (!model.match(target.model).hasMatch())
            problems.append({pointer, u"must be provider/model, such as openai/gpt-5"_s});
        else if (seen.contains(target.model))
            problems.append({pointer, u"stands twice; give the first one more weight instead"_s});
        seen.insert(target.model);
        weights += target.weight;
    }
    if (route.order == RouteOrder::Weighted && weights == 0)
        problems.append({u"/targets"_s, u"need a weight above 0 in one of them"_s});
    if (route.hedgeAfterMs && route.targets.size() < 2)
        problems.append({u"/hedgeAfterMs"_s, u"needs a second target to ask"_s});
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

GatewayRoute locked(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    const auto route = GatewayRouteStore::lock(tx, id);
    if (!route)
        throw noRoute();
    if (revision && *revision != route->revision)
        throw ApiError::changed(u"The route"_s);
    return *route;
}

void note(Transaction &tx, const Caller &caller, Ability ability, const GatewayRoute &route,
          const std::optional<GatewayRoute> &before, const std::optional<GatewayRoute> &after)
{
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {route.id, route.alias}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, std::move(event));
}

} // namespace

GatewayRouteBook::GatewayRouteBook(Database &database)
    : TenantBook(database, QString::fromLatin1(channelName), [](Transaction &tx) {
          QHash<QString, GatewayRoute> routes;
          for (const GatewayRoute &route : GatewayRouteStore::all(tx))
              routes.insert(route.alias, route);
          return routes;
      })
{
}

Page<GatewayRoute> GatewayRouteService::list(const Caller &caller, const GatewayRouteFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QString> after;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        after = keys->at(0);
    Page<GatewayRoute> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return GatewayRouteStore::list(tx, filter, after, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().alias});
    }
    return page;
}

GatewayRoute GatewayRouteService::get(const Caller &caller, const QUuid &id)
{
    const auto route =
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return GatewayRouteStore::find(tx, id); });
    if (!route)
        throw noRoute();
    return *route;
}

GatewayRoute GatewayRouteService::create(const Caller &caller, const NewGatewayRoute &input)
{
    check(input);
    const QUuid id = newId();
    const GatewayRoute made = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (GatewayRouteStore::all(tx).size() >= most)
            throw ApiError::conflict(u"A tenant has at most %1 routes. Remove one first."_s.arg(most));
        GatewayRouteStore::insert(tx, id, input);
        const GatewayRoute route = GatewayRouteStore::find(tx, id).value();
        note(tx, caller, Ability::GatewayRoutesCreate, route, {}, route);
        return route;
    });
    m_book.forget(caller.tenantId);
    return made;
}

GatewayRoute GatewayRouteService::update(const Caller &caller, const QUuid &id, qint64 revision,
                                         const NewGatewayRoute &input)
{
    check(input);
    const GatewayRoute after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayRoute before = locked(tx, id, revision);
        GatewayRouteStore::update(tx, id, input);
        const GatewayRoute route = GatewayRouteStore::find(tx, id).value();
        note(tx, caller, Ability::GatewayRoutesUpdate, route, before, route);
        return route;
    });
    m_book.forget(caller.tenantId);
    return after;
}

void GatewayRouteService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayRoute before = locked(tx, id, revision);
        GatewayRouteStore::remove(tx, id);
        note(tx, caller, Ability::GatewayRoutesDelete, before, before, {});
    });
    m_book.forget(caller.tenantId);
}
