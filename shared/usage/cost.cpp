// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/cost.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

// A million tokens cost `price` micro-dollars, so one costs price / 1000 nano-dollars: the sum is kept in thousandths
// of a nano-dollar, as whole nanos and a remainder, so that nothing overflows before the cost itself does.
class Sum
{
public:
    void add(qint64 tokens, const std::optional<qint64> &price)
    {
        if (tokens == 0)
            return;
        if (tokens < 0 || !price || *price < 0)
            return fail();
        addProduct(tokens / 1000, *price);
        // (tokens % 1000) × price / 1000, again in two parts.
        const qint64 rest = tokens % 1000;
        addProduct(rest, *price / 1000);
        m_thousandths += rest * (*price % 1000); // below a million for each kind
    }

    std::optional<qint64> rounded()
    {
        addProduct(1, m_thousandths / 1000);
        const qint64 rest = m_thousandths % 1000;
        if (rest > 500 || (rest == 500 && m_nanos % 2 == 1))
            addProduct(1, 1);
        return m_fits ? std::optional(m_nanos) : std::nullopt;
    }

private:
    void fail() { m_fits = false; }

    void addProduct(qint64 a, qint64 b)
    {
        constexpr qint64 largest = std::numeric_limits<qint64>::max();
        if (a != 0 && b > largest / a)
            return fail();
        if (a * b > largest - m_nanos)
            return fail();
        m_nanos += a * b;
    }

    qint64 m_nanos = 0;
    qint64 m_thousandths = 0;
    bool m_fits = true;
};

const TokenPrices &pricesFor(const ModelPrice &price, qint64 inputTokens)
{
    const TokenPrices *prices = &price.prices;
    qint64 reached = 0;
    for (const PriceTier &tier : price.tiers) {
        if (inputTokens >= tier.fromInputTokens && tier.fromInputTokens > reached) {
            prices = &tier.prices;
            reached = tier.fromInputTokens;
        }
    }
    return *prices;
}

std::optional<qint64> firstOf(std::initializer_list<std::optional<qint64>> prices)
{
    const auto found = std::find_if(prices.begin(), prices.end(), [](const auto &price) { return price.has_value(); });
    return found == prices.end() ? std::nullopt : *found;
}

QString plain(QString name) { return name.replace(u'.', u'-').toLower(); }

QString key(const QString &provider, const QString &model) { return provider + u'/' + plain(model); }
QString key(const QString &fullModel) { return key(fullModel.section(u'/', 0, 0), fullModel.section(u'/', 1)); }

QString withoutDate(const QString &model)
{
    static const QRegularExpression date(u"-(?:20\\d{6}|20\\d\\d-\\d\\d-\\d\\d)\\z"_s);
    return QString(model).remove(date);
}

const ModelPrice &freePrice()
{
    static const ModelPrice price = [] {
        ModelPrice free;
        free.prices.input = 0;
        free.prices.output = 0;
        return free;
    }();
    return price;
}

} // namespace

std::optional<qint64> costNanos(const ModelPrice &price, const TokenUsage &usage)
{
    const TokenPrices &prices = pricesFor(price, usage.input);
    Sum sum;
    sum.add(usage.input - usage.cachedInput - usage.cacheWrite, prices.input);
    sum.add(usage.cachedInput, firstOf({prices.cachedInput, prices.input}));
    sum.add(usage.cacheWrite - usage.cacheWriteHour, firstOf({prices.cacheWrite, prices.input}));
    sum.add(usage.cacheWriteHour, firstOf({prices.cacheWriteHour, prices.cacheWrite, prices.input}));
    sum.add(usage.output, prices.output);
    return sum.rounded();
}

PriceBook::PriceBook(QList<ModelPrice> prices, const QList<PriceAlias> &aliases)
{
    std::stable_sort(prices.begin(), prices.end(),
                     [](const ModelPrice &a, const ModelPrice &b) { return a.validFrom > b.validFrom; });
    for (const ModelPrice &price : prices)
        m_byModel[key(price.provider, price.model)].append(price);
    for (const PriceAlias &alias : aliases)
        m_aliases.insert(plain(alias.name), alias.target ? std::optional(key(*alias.target)) : std::nullopt);
}

const ModelPrice *PriceBook::find(const QString &provider, const QString &model, const QDateTime &at) const
{
    if (const ModelPrice *price = named(provider, model, at))
        return price;
    const QString undated = withoutDate(model);
    return undated == model ? nullptr : named(provider, undated, at);
}

const ModelPrice *PriceBook::named(const QString &provider, const QString &model, const QDateTime &at) const
{
    if (const ModelPrice *price = row(key(provider, model), at))
        return price;
    if (m_aliases.isEmpty())
        return nullptr;
    for (const QString &name : {plain(provider + u'/' + model), plain(model)}) {
        const auto alias = m_aliases.constFind(name);
        if (alias != m_aliases.constEnd())
            return *alias ? row(**alias, at) : &freePrice();
    }
    return nullptr;
}

const ModelPrice *PriceBook::row(const QString &key, const QDateTime &at) const
{
    const auto rows = m_byModel.constFind(key);
    if (rows == m_byModel.constEnd())
        return nullptr;
    const auto row =
        std::find_if(rows->begin(), rows->end(), [&](const ModelPrice &price) { return price.validFrom <= at; });
    return row == rows->end() ? nullptr : &*row;
}

std::optional<qint64> PriceBook::costNanos(const QString &fullModel, const TokenUsage &usage, const QDateTime &at) const
{
    const ModelPrice *price = find(fullModel.section(u'/', 0, 0), fullModel.section(u'/', 1), at);
    return price ? ::costNanos(*price, usage) : std::nullopt;
}
