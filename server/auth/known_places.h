// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/security/lru_cache.h"

#include <QSet>
#include <QString>

#include <atomic>
#include <chrono>
#include <mutex>

// From where people have signed in before, remembered for some seconds for each account, so that thousands of guesses
// at one of them cost one look into the database and not one each. Any thread; may block on the database.
class KnownPlaces
{
public:
    explicit KnownPlaces(Database &database) : m_database(database) { }

    // Whether the account has had a session at this address within the last month or so. One that began within the last
    // seconds may be missing. No when there is no such account.
    bool holds(const QString &tenant, const QString &email, const QString &address);

    quint64 databaseReads() const { return m_databaseReads; }

private:
    using Clock = std::chrono::steady_clock;
    struct Places
    {
        QSet<QString> addresses;
        Clock::time_point readAt;
    };
    struct HashText
    {
        std::size_t operator()(const QString &text) const { return qHash(text); }
    };

    Database &m_database;
    std::mutex m_mutex;
    LruCache<QString, Places, HashText> m_places{2'000};
    std::atomic<quint64> m_databaseReads{0};
};
