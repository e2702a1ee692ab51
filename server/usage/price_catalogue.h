// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "shared/usage/cost.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

class Listener;

// The price book as it is in the database, kept in memory until somebody says over the channel `patio_prices` that it
// has changed; while that channel is broken, for a second at most. Any thread; what asks for a price blocks on the
// database when the book has to be read, and goes on with the old one where that fails.
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

    static constexpr auto channel = "patio_prices"; // without a payload
    void forget(); // what is remembered is out of date
    // Both must live until the listener is gone.
    void follow(Listener &listener);

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
    bool m_hasFailed = false; // the last reading: the next one waits a second
    quint64 m_readChange = 0; // what m_change was when m_book was read
    std::atomic<quint64> m_change{0};
    std::atomic<bool> m_isFollowing{false}; // else the book is read every minute
    std::atomic<bool> m_isComplete{false}; // every announcement arrives
};
