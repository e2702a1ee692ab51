// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/pqxx_compat.h"

#include <QSet>
#include <QUuid>

#include <chrono>
#include <unordered_map>

namespace database {

// How every connection of the pool is set up.
struct SessionOptions
{
    std::string url; // postgresql://… or key=value pairs
    std::chrono::milliseconds statementTimeout{30000};
    std::chrono::milliseconds idleTransactionTimeout{30000}; // between two statements
    std::chrono::seconds connectTimeout{5};
    // Behind PgBouncer in transaction mode: nothing may outlive a transaction, so settings travel with each BEGIN and
    // nothing is prepared.
    bool throughPooler = false;
};

// A connection with what it remembers from one transaction to the next: settings, prepared statements and which
// tenants it served. One thread at a time.
class Session
{
public:
    explicit Session(const SessionOptions &options); // connects; throws pqxx::broken_connection

    // BEGIN and the clauses of `entering` ("SET LOCAL …") in one round trip.
    void begin(const std::string &entering);
    void commit(); // throws pqxx::in_doubt_error when the server was lost before it answered
    void rollback() noexcept;

    // Runs a statement, prepared on its first use here. The literal's address is its name.
    pqxx::result run(const char *literal, Parameters &&values);
    // One that is not prepared, since its text is made from literals anew each time.
    pqxx::result runOnce(const std::string &sql, Parameters &&values);
    // Several statements of trusted text, such as a migration.
    pqxx::result runScript(const std::string &sql);

    // False when the connection is lost or better not used for another transaction.
    bool isUsable() const { return !m_retired && m_connection.isOpen(); }
    Connection &connection() { return m_connection; }

    QUuid lastTenant; // null for the platform
    QSet<QUuid> tenants; // all served; each leaves catalogue entries in the memory of the PostgreSQL process

private:
    pqxx::result guarded(const std::function<pqxx::result()> &execute);

    Connection m_connection;
    std::string m_settings; // for each BEGIN
    bool m_prepare;
    bool m_retired = false;
    bool m_failed = false; // a statement of the open transaction was refused
    std::unordered_map<const char *, std::string> m_prepared;
};

// The URL with our name, time-outs and encoding, unless it says otherwise itself.
std::string connectionUrl(const SessionOptions &options);

// `url` with the parameter added unless it is there already; both forms of a connection string.
std::string withParameter(const std::string &url, const std::string &name, const std::string &value);

} // namespace database
