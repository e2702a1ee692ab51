// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/routes_model.h"

#include "client/gateway/gateway_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<GatewayRoute>> routeColumns()
{
    QList<TableColumn<GatewayRoute>> columns{
        column<GatewayRoute>(u"alias"_s, {}, &GatewayRoute::alias, CellKind::Strong, 170),
        column<GatewayRoute>(
            u"order"_s, {}, &GatewayRoute::order, [](const GatewayRoute &route) { return shownOrder(route.order); },
            CellKind::Muted, 104),
        column<GatewayRoute>(u"targets"_s, {}, shownTargets, CellKind::Text, 300),
        column<GatewayRoute>(
            u"sticky"_s, {}, &GatewayRoute::isSticky,
            [](const GatewayRoute &route) {
                return route.isSticky ? RoutesModel::tr("Yes", "sticky") : RoutesModel::tr("No", "sticky");
            },
            CellKind::Muted, 84),
        column<GatewayRoute>(
            u"hedge"_s, {}, [](const GatewayRoute &route) { return route.hedgeAfterMs.value_or(0); },
            [](const GatewayRoute &route) {
                return route.hedgeAfterMs ? amounts::duration(*route.hedgeAfterMs) : u"—"_s;
            },
            CellKind::Number, 110),
        column<GatewayRoute>(
            u"made"_s, {}, &GatewayRoute::createdAt,
            [](const GatewayRoute &route) { return amounts::moment(route.createdAt); }, CellKind::Muted, 120)};
    columns[2].stretches = true;
    columns[5].hidden = true;
    return columns;
}

} // namespace

RoutesModel::RoutesModel(QObject *parent) : TableModel(routeColumns(), parent) { retranslate(); }

void RoutesModel::retranslate()
{
    setTitles({tr("Alias"), tr("Order", "of targets"), tr("Targets"), tr("Sticky"), tr("Second call after"),
               tr("Made", "a route, when")});
}
