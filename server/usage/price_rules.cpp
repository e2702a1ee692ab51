// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_rules.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Until then every process has heard of a new row, so that no call is priced by the one before it.
constexpr int hearingTime = 2000; // milliseconds

bool isEmpty(const TokenPrices &prices)
{
    return !prices.input && !prices.cachedInput && !prices.cacheWrite && !prices.cacheWriteHour && !prices.output;
}

auto amounts(const TokenPrices &prices)
{
    return std::tuple(prices.input, prices.cachedInput, prices.cacheWrite, prices.cacheWriteHour, prices.output);
}

QList<PriceTier> sorted(QList<PriceTier> tiers)
{
    std::sort(tiers.begin(), tiers.end(),
              [](const PriceTier &a, const PriceTier &b) { return a.fromInputTokens < b.fromInputTokens; });
    return tiers;
}

} // namespace

namespace PriceRules {

ModelPrice rowOf(const NewPrice &input, const QDateTime &now)
{
    return {input.provider, input.model,         input.validFrom.value_or(now.addMSecs(hearingTime)),
            input.prices,   sorted(input.tiers), input.source,
            input.verified, input.note};
}

QList<json::Problem> check(const ModelPrice &price)
{
    static const QRegularExpression provider(u"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$"_s);
    static const QRegularExpression blank(u"^\\s|\\s$|[\\x00-\\x1f]"_s);
    QList<json::Problem> problems;
    if (!provider.match(price.provider).hasMatch())
        problems.append({u"/provider"_s, u"must be lower-case letters, digits, dots and hyphens, such as openai"_s});
    if (blank.match(price.model).hasMatch())
        problems.append({u"/model"_s, u"must not begin or end with a blank"_s});
    if (isEmpty(price.prices))
        problems.append({u"/prices"_s, u"must name one price at least; 0 is free"_s});
    for (qsizetype i = 0; i < price.tiers.size(); ++i) {
        const PriceTier &tier = price.tiers[i];
        if (isEmpty(tier.prices))
            problems.append({u"/tiers/%1/prices"_s.arg(i), u"must name one price at least; 0 is free"_s});
        if (i > 0 && price.tiers[i - 1].fromInputTokens == tier.fromInputTokens)
            problems.append({u"/tiers/%1/fromInputTokens"_s.arg(i), u"stands more than once"_s});
    }
    return problems;
}

bool samePrices(const ModelPrice &a, const PriceRow &b)
{
    const auto tiers = sorted(b.tiers);
    return amounts(a.prices) == amounts(b.prices)
        && std::equal(a.tiers.begin(), a.tiers.end(), tiers.begin(), tiers.end(),
                      [](const PriceTier &one, const PriceTier &other) {
                          return one.fromInputTokens == other.fromInputTokens
                              && amounts(one.prices) == amounts(other.prices);
                      });
}

} // namespace PriceRules
