// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/session.h"

#include "shared/error.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace database {

namespace {

Q_LOGGING_CATEGORY(lcSession, "server.database")

// More would be a sign of statements made in a loop; beyond it they run unprepared.
constexpr std::size_t mostPrepared = 1000;

std::string settings(const SessionOptions &options, const std::string &set)
{
    const std::pair<const char *, std::string> values[] = {
        {"TimeZone", "'UTC'"},
        {"DateStyle", "'ISO'"},
        {"bytea_output", "'hex'"},
        {"synchronous_commit", "on"},
        {"statement_timeout", std::to_string(options.statementTimeout.count())},
        {"idle_in_transaction_session_timeout", std::to_string(options.idleTransactionTimeout.count())},
    };
    std::string sql;
    for (const auto &[name, value] : values)
        sql += "; " + set + name + " = " + value;
    return sql;
}

} // namespace

std::string connectionUrl(const SessionOptions &options)
{
    std::string url = withParameter(options.url, "connect_timeout", std::to_string(options.connectTimeout.count()));
    url = withParameter(url, "application_name", "patio");
    url = withParameter(url, "client_encoding", "UTF8");
    url = withParameter(url, "keepalives_idle", "30");
    return withParameter(url, "tcp_user_timeout", "20000"); // ms: a peer that vanished is noticed
}

std::string withParameter(const std::string &url, const std::string &name, const std::string &value)
{
    if (url.find(name + '=') != std::string::npos)
        return url;
    const bool isUri = url.starts_with("postgresql://") || url.starts_with("postgres://");
    const char *separator = !isUri ? " " : url.find('?') == std::string::npos ? "?" : "&";
    return url + separator + name + '=' + value;
}

Session::Session(const SessionOptions &options)
    : m_connection(connectionUrl(options)),
      m_settings(options.throughPooler ? settings(options, "SET LOCAL ") : std::string()),
      m_prepare(!options.throughPooler)
{
    if (!options.throughPooler)
        m_connection.execute(settings(options, "SET ").substr(2));
}

void Session::begin(const std::string &entering)
{
    m_failed = false;
    m_connection.execute("BEGIN" + m_settings + (entering.empty() ? "" : "; " + entering));
}

void Session::commit()
{
    // PostgreSQL would answer this COMMIT with a ROLLBACK and no error.
    if (m_failed)
        throw std::logic_error("a statement was refused and its error swallowed: nothing can be committed");
    try {
        m_connection.execute("COMMIT");
    } catch (const pqxx::sql_error &) {
        if (m_connection.isOpen())
            throw; // refused, for example by a deferred constraint
        throw pqxx::in_doubt_error("the connection was lost while committing");
    } catch (const pqxx::broken_connection &) {
        throw pqxx::in_doubt_error("the connection was lost while committing");
    }
}

void Session::rollback() noexcept
try {
    if (m_connection.isOpen())
        m_connection.execute("ROLLBACK");
} catch (const std::exception &error) {
    m_retired = true;
    qCWarning(lcSession) << "Rolling back failed:" << error.what();
}

pqxx::result Session::run(const char *literal, Parameters &&values)
{
    return guarded([&] {
        auto known = m_prepared.find(literal);
        if (known == m_prepared.end()) {
            if (!m_prepare || m_prepared.size() >= mostPrepared)
                return m_connection.execute(literal, std::move(values));
            const std::string name = "s" + std::to_string(m_prepared.size());
            m_connection.prepare(name, literal);
            known = m_prepared.emplace(literal, name).first;
        }
        return m_connection.executePrepared(known->second, std::move(values));
    });
}

pqxx::result Session::runOnce(const std::string &sql, Parameters &&values)
{
    return guarded([&] { return m_connection.execute(sql, std::move(values)); });
}

pqxx::result Session::runScript(const std::string &sql)
{
    return guarded([&] { return m_connection.execute(sql); });
}

pqxx::result Session::guarded(const std::function<pqxx::result()> &execute)
try {
    return execute();
} catch (const pqxx::failure &error) {
    m_failed = true;
    if (!m_connection.isOpen()) { // PostgreSQL rolls the transaction back: it may be tried again as a whole
        qCWarning(lcSession) << "A connection was lost within a transaction:" << error.what();
        throw ApiError::busy(1);
    }
    const auto *refusal = dynamic_cast<const pqxx::sql_error *>(&error);
    const std::string state = refusal ? refusal->sqlstate() : std::string();
    if (state == "22P05") // JSON with U+0000
        throw ApiError::invalid({}, u"must not contain the character U+0000"_s);
    if (state == "0A000") // a prepared statement whose table was changed since ("must not change result type")
        m_retired = true;
    throw;
} catch (...) {
    m_failed = true;
    throw;
}

} // namespace database
