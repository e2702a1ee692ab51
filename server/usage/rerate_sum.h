// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/usage/rerate_store.h"
#include "shared/usage/cost.h"

#include <QHash>

// What rows of the ledger would cost by a price book, and the sums of both. No thread of its own.
class RerateSum
{
public:
    explicit RerateSum(const PriceBook &book) : m_book(book) { }

    // The row with its other cost, where that differs: unknown is not zero.
    std::optional<ReratedCall> add(const RerateStore::Row &row);

    QList<ReratedModel> models() const; // the largest difference first
    ReratedModel total() const { return m_total; }

private:
    std::optional<qint64> costOf(const RerateStore::Row &row) const;

    const PriceBook &m_book;
    QHash<QString, ReratedModel> m_models;
    ReratedModel m_total;
};
