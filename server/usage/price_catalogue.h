// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "shared/usage/cost.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

class Listener;

// The price book as it is in the database, kept in memory until somebody says over the channel `patio_prices` that it
// has changed; while that channel is broken, for a second at most. Any thread. What asks for a price blocks on the
// database when the book has to be read, and goes on with the old one where that fails; but known() never blocks.
class PriceCatalogue
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    // Without `work` known() does not read the book again.
    explicit PriceCatalogue(Database &database, Work work = {}) : m_database(database), m_work(std::move(work)) { }

    // Puts the built-in list prices into the book where they are missing, and reads it. Throws pqxx::failure.
    void seed();

    // Of a call at that time; nothing where the model has no price, which is not a cost of zero.
    std::optional<qint64> costNanos(const QString &fullModel, const TokenUsage &usage, const QDateTime &at);
    // The book as it is now, for use inside a transaction, where it could not be read.
    std::shared_ptr<const PriceBook> current();
    // The book as it was read last; where it has changed since, a worker reads it again. For threads with an event
    // loop, and for estimates: what a call costs is computed with current(). Blocks only before the first reading.
    std::shared_ptr<const PriceBook> known();
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
    std::shared_ptr<const Book> bookIfCurrent();
    std::shared_ptr<const Book> read();
    void readLater();

    Database &m_database;
    const Work m_work;
    std::mutex m_reading; // held while the book is being read
    std::mutex m_mutex; // of what follows, never held for long
    std::shared_ptr<const Book> m_book;
    std::chrono::steady_clock::time_point m_readAt;
    bool m_hasFailed = false; // the last reading: the next one waits a second
    quint64 m_readChange = 0; // what m_change was when m_book was read
    std::atomic<quint64> m_change{0};
    std::atomic<bool> m_isReadLater{false}; // a worker will read the book
    std::atomic<bool> m_isFollowing{false}; // else the book is read every minute
    std::atomic<bool> m_isComplete{false}; // every announcement arrives
};
