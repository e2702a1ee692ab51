// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <pqxx/pqxx>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
#define PATIO_PQXX 710
#elif PQXX_VERSION_MAJOR == 7
#define PATIO_PQXX 700
#else
#define PATIO_PQXX 600
#endif

// The differences between the libpqxx versions that we build with (6.4, 7.8, 7.10) live here and in the .cpp beside it.
namespace database {

// The values bound to $1, $2, … of one statement, in order. Text and NULL travel as text, bytes in binary.
class Parameters
{
public:
    void addNull();
    void addText(std::string text); // without NUL
    void addBytes(QByteArrayView bytes);

private:
    friend class Connection;
#if PATIO_PQXX >= 700
    pqxx::params m_values;
#else
    // libpqxx 6.4 has no public type for a mix of kinds known at run time; its own argument list is one.
    pqxx::internal::params m_values;
#endif
};

// One libpqxx connection that never comes back by itself after a loss: libpqxx 6.4 would reopen it silently, without
// its role, settings and prepared statements. Transactions are the caller's own BEGIN and COMMIT, so that more can
// travel with them in one round trip. Every function throws pqxx::broken_connection when the server is gone and
// pqxx::sql_error when it refuses. One thread at a time.
class Connection
{
public:
    explicit Connection(const std::string &url);

    // Without parameters; may hold several statements, the result is that of the last.
    pqxx::result execute(const std::string &sql);
    pqxx::result execute(const std::string &sql, Parameters &&values);

    void prepare(const std::string &name, const std::string &sql);
    pqxx::result executePrepared(const std::string &name, Parameters &&values);

    // LISTEN. The handler is called from readNotifications().
    void listen(const std::string &channel, std::function<void(const std::string &payload)> handler);
    void readNotifications(); // takes what has arrived, without waiting
    int socket() const;

    bool isOpen() const;

private:
    pqxx::connection m_connection;
#if PATIO_PQXX < 710
    std::vector<std::unique_ptr<pqxx::notification_receiver>>
        m_receivers; // after m_connection: unlistens before it closes
#endif
};

} // namespace database
