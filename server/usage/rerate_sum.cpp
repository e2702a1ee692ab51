// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/rerate_sum.h"

#include <algorithm>
#include <cmath>

// What the gateway's cache answered costs nothing. A call without tokens costs what it cost, whatever the price. What
// was taken back was taken back with the same figures below zero, so it is computed as the call was.
std::optional<qint64> RerateSum::costOf(const RerateStore::Row &row) const
{
    if (row.isCacheHit)
        return 0;
    const bool isReversal = row.entry == QLatin1StringView("reversal");
    const qint64 sign = isReversal ? -1 : 1;
    TokenUsage usage;
    usage.input = sign * row.inputTokens;
    usage.cachedInput = sign * row.cachedInputTokens;
    usage.cacheWrite = sign * row.cacheWriteTokens;
    usage.cacheWriteHour = sign * row.cacheWriteHourTokens;
    usage.output = sign * row.outputTokens;
    if (usage == TokenUsage())
        return row.costNanos;
    const auto cost = m_book.costNanos(row.model, usage, row.calledAt);
    return cost ? std::optional(sign * *cost) : std::nullopt;
}

std::optional<ReratedCall> RerateSum::add(const RerateStore::Row &row)
{
    const auto rerated = costOf(row);
    const bool differs = rerated != row.costNanos;
    const qint64 sign = row.entry == QLatin1StringView("reversal") ? -1 : 1;
    ReratedModel &model = m_models[row.model];
    model.model = row.model;
    for (ReratedModel *sum : {&model, &m_total}) {
        sum->calls += sign;
        sum->costNanos += row.costNanos.value_or(0);
        sum->reratedNanos += rerated.value_or(0);
        sum->differenceNanos = sum->reratedNanos - sum->costNanos;
        sum->unpricedBefore += row.costNanos ? 0 : sign;
        sum->unpricedAfter += rerated ? 0 : sign;
        sum->differingCalls += differs;
    }
    if (!differs)
        return std::nullopt;
    return ReratedCall{row.attemptId,
                       row.entry,
                       row.calledAt,
                       row.model,
                       row.userName,
                       row.keyName,
                       row.inputTokens,
                       row.cachedInputTokens,
                       row.cacheWriteTokens,
                       row.cacheWriteHourTokens,
                       row.outputTokens,
                       row.costNanos,
                       rerated};
}

QList<ReratedModel> RerateSum::models() const
{
    QList<ReratedModel> models = m_models.values();
    std::sort(models.begin(), models.end(), [](const ReratedModel &a, const ReratedModel &b) {
        const auto size = [](const ReratedModel &model) {
            return std::tuple(-std::abs(model.differenceNanos), -model.differingCalls, -model.costNanos);
        };
        return std::tuple(size(a), a.model) < std::tuple(size(b), b.model);
    });
    return models;
}
