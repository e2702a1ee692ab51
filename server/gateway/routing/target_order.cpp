// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/routing/target_order.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QtEndian>

#include <cmath>

namespace {

// Evenly spread over (0, 1).
double fraction(const std::optional<QByteArray> &stickyTo, const QString &model)
{
    if (!stickyTo)
        return std::max(QRandomGenerator::global()->generateDouble(), 1e-300);
    const QByteArray hash =
        QCryptographicHash::hash(*stickyTo + '\n' + model.toUtf8(), QCryptographicHash::Algorithm::Sha256);
    return (double(qFromBigEndian<quint64>(hash.constData()) >> 11) + 0.5) / double(1ULL << 53);
}

} // namespace

QList<RouteTarget> targetOrder(const GatewayRoute &route, const std::optional<QByteArray> &stickyTo)
{
    if (route.order == RouteOrder::Ordered)
        return route.targets;
    std::vector<std::pair<double, const RouteTarget *>> lots;
    for (const RouteTarget &target : route.targets)
        lots.emplace_back(target.weight > 0 ? std::log(fraction(stickyTo, target.model)) / target.weight
                                            : -std::numeric_limits<double>::infinity(),
                          &target);
    std::stable_sort(lots.begin(), lots.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    QList<RouteTarget> order;
    for (const auto &lot : lots)
        order.append(*lot.second);
    return order;
}
