// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/gateway_desk.h"

// Where a call may go.
struct PlannedTarget
{
    QString model; // provider/model-name
    providers::Target target;
    std::optional<std::chrono::milliseconds> firstByteTimeout; // absent: as the server is set up
    bool isOfRoute = false; // its successes and failures are counted
};

struct CallPlan
{
    QList<PlannedTarget> targets; // in the order in which they are asked; at least one
    std::optional<std::chrono::milliseconds> hedgeAfter;

    // The next target to ask, taken out: the first that is not resting, or else the first. Nothing: all were asked.
    std::optional<PlannedTarget> next(CircuitBreaker &breaker, const QUuid &tenantId);
};

namespace gateway {

// Of a model that programs name: the targets of the route of that name, or the provider's model itself, of the provider
// `home` where it names none. What the key may not call is left out. Throws ApiError where nothing is left.
CallPlan plan(const GatewayDesk &desk, const GatewayCaller &caller, const QHash<QString, GatewayRoute> &routes,
              const QList<providers::TenantProvider> &access, const QString &model, QLatin1StringView home,
              const QString &endUser);

// What a call can cost at most; nothing where its model has no price.
std::optional<qint64> mostNanos(PriceCatalogue &prices, const QString &model, qint64 inputTokens, qint64 outputTokens);

} // namespace gateway
