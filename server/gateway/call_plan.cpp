// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_plan.h"

#include "server/gateway/routing/target_order.h"
#include "shared/usage/cost_bound.h"

using namespace Qt::StringLiterals;

std::optional<PlannedTarget> CallPlan::next(CircuitBreaker &breaker, const QUuid &tenantId)
{
    if (targets.isEmpty())
        return std::nullopt;
    for (qsizetype i = 0; i < targets.size(); ++i)
        if (!targets[i].isOfRoute || breaker.admits(tenantId, targets[i].model))
            return targets.takeAt(i);
    return targets.takeFirst();
}

namespace gateway {
namespace {

ApiError modelRefused(const GatewayCaller &caller, const QString &model)
{
    return ApiError::make(403, "model_not_allowed",
                          u"The gateway key “%1” may not call %2. It is for: %3."_s.arg(caller.keyName, model,
                                                                                        caller.models.join(u", "_s)));
}

CallPlan planOfRoute(const GatewayDesk &desk, const GatewayCaller &caller, const GatewayRoute &route,
                     const QList<providers::TenantProvider> &access, const QString &endUser)
{
    CallPlan plan;
    std::optional<ApiError> problem;
    const QByteArray who = endUser.isEmpty() ? caller.keyId.toRfc4122() : endUser.toUtf8();
    const auto stickyTo = route.isSticky ? std::optional(who) : std::nullopt;
    for (const RouteTarget &target : targetOrder(route, stickyTo)) {
        if (!allowsModel(caller.models, target.model)) {
            problem = modelRefused(caller, target.model);
            continue;
        }
        try {
            PlannedTarget planned{.model = target.model,
                                  .target = desk.providers.here().resolve(target.model, access),
                                  .firstByteTimeout = {},
                                  .isOfRoute = true};
            if (target.timeoutSeconds)
                planned.firstByteTimeout = std::chrono::seconds(*target.timeoutSeconds);
            plan.targets.append(std::move(planned));
        } catch (const ApiError &error) {
            problem = error;
        }
    }
    if (plan.targets.isEmpty()) {
        problem->detail = u"The route “%1” leads nowhere. %2"_s.arg(route.alias, problem->detail);
        throw *problem;
    }
    if (route.hedgeAfterMs)
        plan.hedgeAfter = std::chrono::milliseconds(*route.hedgeAfterMs);
    return plan;
}

} // namespace

CallPlan plan(const GatewayDesk &desk, const GatewayCaller &caller, const QHash<QString, GatewayRoute> &routes,
              const QList<providers::TenantProvider> &access, const QString &model, QLatin1StringView home,
              const QString &endUser)
{
    if (const auto route = routes.constFind(model); route != routes.constEnd())
        return planOfRoute(desk, caller, *route, access, endUser);
    const QString full = model.contains(u'/') ? model : QString(home) + u'/' + model;
    if (!allowsModel(caller.models, full))
        throw modelRefused(caller, full);
    try {
        CallPlan plan;
        plan.targets.append({.model = full,
                             .target = desk.providers.here().resolve(full, access),
                             .firstByteTimeout = {},
                             .isOfRoute = false});
        return plan;
    } catch (ApiError error) {
        error.status = 404;
        error.code = u"model_not_found"_s;
        throw error;
    }
}

std::optional<qint64> mostNanos(PriceCatalogue &prices, const QString &model, qint64 inputTokens, qint64 outputTokens)
{
    const auto book = prices.known(); // on an I/O thread
    const ModelPrice *const price =
        book->find(model.section(u'/', 0, 0), model.section(u'/', 1), QDateTime::currentDateTimeUtc());
    return price ? ::mostNanos(*price, inputTokens, outputTokens) : std::nullopt;
}

} // namespace gateway
