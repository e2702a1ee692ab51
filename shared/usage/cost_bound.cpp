// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/cost_bound.h"

#include "shared/usage/cost.h"

std::optional<qint64> mostNanos(const ModelPrice &price, qint64 inputTokens, qint64 outputTokens)
{
    QList<TokenPrices> reachable{price.prices};
    for (const PriceTier &tier : price.tiers)
        if (tier.fromInputTokens <= inputTokens)
            reachable.append(tier.prices);
    std::optional<qint64> most = 0;
    for (const TokenPrices &prices : std::as_const(reachable)) {
        ModelPrice flat;
        flat.prices = prices;
        TokenUsage plain{.input = inputTokens, .output = outputTokens};
        TokenUsage cached = plain, written = plain, kept = plain;
        cached.cachedInput = written.cacheWrite = kept.cacheWrite = kept.cacheWriteHour = inputTokens;
        for (const TokenUsage &usage : {plain, cached, written, kept}) {
            const auto cost = costNanos(flat, usage);
            if (!cost)
                return std::nullopt;
            most = std::max(*most, *cost);
        }
    }
    return most;
}
