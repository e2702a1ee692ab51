// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_looks.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace {

struct GatewayLooks
{
    Q_DECLARE_TR_FUNCTIONS(GatewayLooks)
};

struct CallLook
{
    const char *status;
    Tone tone;
    const char *icon;
    struct
    {
        const char *text;
        const char *comment;
    } label;
};

constexpr CallLook callLooks[] = {
    {"succeeded", Tone::Success, "circle-check", QT_TRANSLATE_NOOP3("GatewayLooks", "Succeeded", "a call")},
    {"failed", Tone::Danger, "circle-x", QT_TRANSLATE_NOOP3("GatewayLooks", "Failed", "a call")},
    {"canceled", Tone::Neutral, "ban", QT_TRANSLATE_NOOP3("GatewayLooks", "Cancelled", "a call")},
    {"lost", Tone::Warning, "triangle-alert", QT_TRANSLATE_NOOP3("GatewayLooks", "Lost", "a call")}};

StatusLook made(const CallLook &look)
{
    return {look.tone, QString::fromLatin1(look.icon), GatewayLooks::tr(look.label.text, look.label.comment)};
}

StatusLook fromCache() { return {Tone::Info, u"zap"_s, GatewayLooks::tr("From the cache", "a call")}; }

} // namespace

StatusLook lookOf(GatewayKeyStatus status)
{
    switch (status) {
    case GatewayKeyStatus::Active:
        return {Tone::Success, u"circle-check"_s, GatewayLooks::tr("Active", "a key")};
    case GatewayKeyStatus::Expired:
        return {Tone::Warning, u"clock"_s, GatewayLooks::tr("Expired", "a key")};
    case GatewayKeyStatus::Revoked:
        return {Tone::Danger, u"ban"_s, GatewayLooks::tr("Revoked", "a key")};
    }
    return {};
}

QString shownModels(const QList<QString> &models)
{
    return models.isEmpty() ? GatewayLooks::tr("Any model") : QStringList(models).join(u", "_s);
}

QString shownExpiry(const GatewayKey &key)
{
    return key.expiresAt ? amounts::dayAndTime(*key.expiresAt) : GatewayLooks::tr("Never", "a key expires");
}

QString shownOrder(RouteOrder order)
{
    return order == RouteOrder::Ordered ? GatewayLooks::tr("In order", "targets of a route")
                                        : GatewayLooks::tr("By weight", "targets of a route");
}

// What is lost by rounding down goes to those that lost most, so that the shares add up.
QList<int> sharesOf(const QList<int> &weights)
{
    const qint64 sum = std::accumulate(weights.begin(), weights.end(), qint64(0));
    QList<int> shares(weights.size(), 0);
    if (sum <= 0)
        return shares;
    QList<qsizetype> byLoss(shares.size());
    std::iota(byLoss.begin(), byLoss.end(), qsizetype(0));
    for (qsizetype i = 0; i < shares.size(); ++i)
        shares[i] = int(weights[i] * 100 / sum);
    std::stable_sort(byLoss.begin(), byLoss.end(),
                     [&](qsizetype a, qsizetype b) { return weights[a] * 100 % sum > weights[b] * 100 % sum; });
    const int left = 100 - std::accumulate(shares.begin(), shares.end(), 0);
    for (int i = 0; i < left; ++i)
        ++shares[byLoss[i]];
    return shares;
}

QString shownTargets(const GatewayRoute &route)
{
    QList<int> weights;
    for (const RouteTarget &target : route.targets)
        weights << target.weight;
    const QList<int> shares = sharesOf(weights);
    QStringList shown;
    for (qsizetype i = 0; i < route.targets.size(); ++i)
        shown << (route.order == RouteOrder::Ordered
                      ? route.targets[i].model
                      : u"%1 %2"_s.arg(route.targets[i].model, amounts::percent(shares[i] / 100.0)));
    return shown.join(route.order == RouteOrder::Ordered ? u" → "_s : u" · "_s);
}

StatusLook lookOfCall(const QString &status, bool isCacheHit)
{
    if (isCacheHit)
        return fromCache();
    for (const CallLook &look : callLooks)
        if (status == QLatin1StringView(look.status))
            return made(look);
    return {Tone::Neutral, u"circle-help"_s, status};
}

QList<StatusLook> looksOfCalls()
{
    QList<StatusLook> looks;
    for (const CallLook &look : callLooks)
        looks << made(look);
    return looks << fromCache();
}
