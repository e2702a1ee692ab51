// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "shared/usage/cost.h"

#include <chrono>
#include <memory>
#include <mutex>

// The price book as it is in the database, kept in memory for a minute. Any thread; cost() blocks on the database when
// the minute is over, and goes on with the old prices where that fails.
class PriceCatalogue
{
public:
    explicit PriceCatalogue(Database &database) : m_database(database) { }

    // Puts the built-in list prices into the book where they are missing. Throws pqxx::failure.
    void seed();

    // Of a call at that time; nothing where the model has no price, which is not a cost of zero.
    std::optional<qint64> costNanos(const QString &fullModel, const TokenUsage &usage, const QDateTime &at);
    // The book as it is now, for use inside a transaction, where it could not be read.
    std::shared_ptr<const PriceBook> current();
    QList<ModelPrice> prices(); // all rows, the oldest of each model first

private:
    struct Book
    {
        QList<ModelPrice> rows;
        PriceBook prices;
    };
    std::shared_ptr<const Book> book();

    Database &m_database;
    std::mutex m_mutex;
    std::shared_ptr<const Book> m_book;
    std::chrono::steady_clock::time_point m_readAt;
};
