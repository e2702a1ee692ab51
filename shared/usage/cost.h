// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price_book.h"
#include "shared/usage/token_usage.h"

#include <QHash>

// What the tokens cost, in nano-US-dollars: the exact sum over all kinds, rounded once, half to even. Nothing when a
// kind that was used has no price, when a count is negative, or when the sum does not fit.
std::optional<qint64> costNanos(const ModelPrice &price, const TokenUsage &usage);

// The prices of many models, for looking up.
class PriceBook
{
public:
    PriceBook() = default;
    explicit PriceBook(QList<ModelPrice> prices, const QList<PriceAlias> &aliases = {});

    // The price of that moment, or null: an unknown model has no cost, which is not a cost of zero. Dots and dashes in
    // names are the same ("claude-opus-4.1" is "claude-opus-4-1"). A name without a row of its own costs what its alias
    // says, for provider/model or else for the model alone; a dated snapshot without either ("gpt-4o-2024-08-06",
    // "claude-sonnet-4-5-20250929") costs what its model costs. Lives as long as the book.
    const ModelPrice *find(const QString &provider, const QString &model, const QDateTime &at) const;

    // Of a call of provider/model-name at that moment; nothing where it has no price.
    std::optional<qint64> costNanos(const QString &fullModel, const TokenUsage &usage, const QDateTime &at) const;

private:
    const ModelPrice *named(const QString &provider, const QString &model, const QDateTime &at) const;
    const ModelPrice *row(const QString &key, const QDateTime &at) const;

    QHash<QString, QList<ModelPrice>> m_byModel; // each list by validFrom, the latest first
    QHash<QString, std::optional<QString>> m_aliases; // keys of names to keys of models; nothing: free
};
