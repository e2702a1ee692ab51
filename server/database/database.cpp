// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"

#include "shared/error.h"

#include <QLoggingCategory>

#include <algorithm>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using database::Session;

namespace {

Q_LOGGING_CATEGORY(lcDatabase, "server.database")

// The pool in whose transaction this thread is.
thread_local const Database *openHere = nullptr;

} // namespace

Database::Database(DatabaseOptions options) : m_options(std::move(options)) { }
Database::~Database() = default;

std::string Database::tenantEntry(const TenantScope &scope)
{
    if (scope.tenantId.isNull())
        throw std::logic_error("a tenant's transaction was asked for without a tenant");
    const std::string name = database::tenantName(scope.tenantId);
    return "SET LOCAL ROLE " + name + "; SET LOCAL search_path = " + name + ", pg_temp";
}

const std::string &Database::platformEntry()
{
    // The queue and the event log are empty at one moment and full at the next, and plans are kept: one that was made
    // for the empty table would read all of the full one, for each row. Everything here is found by a key.
    static const std::string entry = "SET LOCAL ROLE patio_platform; SET LOCAL search_path = platform, pg_temp; "
                                     "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; "
                                     "SET LOCAL enable_mergejoin = off";
    return entry;
}

Database::Use Database::use() const
{
    const std::lock_guard lock(m_mutex);
    return {m_options.connections, m_taken + int(m_idle.size()), m_taken, m_waiting};
}

// Returns a session within BEGIN. Only this much is repeated when a connection turns out to be broken.
std::unique_ptr<Session> Database::begin(const std::string &entry, const QUuid &tenantId)
{
    const auto deadline = Clock::now() + m_options.acquireTimeout;
    for (auto pause = 20ms;; pause = std::min(pause * 2, 500ms)) {
        std::unique_ptr<Session> session = take(tenantId, deadline);
        const bool fresh = !session;
        try {
            if (fresh)
                session = std::make_unique<Session>(m_options.session);
            session->begin(entry);
            session->lastTenant = tenantId;
            session->tenants.insert(tenantId);
            return session;
        } catch (const pqxx::failure &error) {
            const bool refused = session && session->connection().isOpen();
            if (refused)
                session->rollback();
            refused ? give(std::move(session)) : discard();
            const auto *sql = dynamic_cast<const pqxx::sql_error *>(&error);
            if (refused && sql && sql->sqlstate() == "22023") // SET ROLE: no such role
                throw ApiError::notFound(u"The tenant"_s);
            if (refused)
                throw;
            qCWarning(lcDatabase) << "A connection was lost or could not be made:" << error.what();
            if (Clock::now() + pause > deadline)
                throw ApiError::busy(1);
        }
        if (fresh)
            std::this_thread::sleep_for(pause); // the server is not there; a broken idle connection is replaced at once
    }
}

// A session that suits the tenant best, or null with the right to open one.
std::unique_ptr<Session> Database::take(const QUuid &tenantId, Clock::time_point deadline)
{
    std::unique_lock lock(m_mutex);
    ++m_waiting;
    const bool available =
        m_returned.wait_until(lock, deadline, [this] { return !m_idle.empty() || m_taken < m_options.connections; });
    --m_waiting;
    if (!available)
        throw ApiError::busy(1);
    ++m_taken;
    const auto served = std::find_if(m_idle.rbegin(), m_idle.rend(),
                                     [&](const auto &session) { return session->lastTenant == tenantId; });
    const bool mayOpen = m_taken + int(m_idle.size()) <= m_options.connections;
    if (served == m_idle.rend() && mayOpen)
        return nullptr;
    const auto chosen = served == m_idle.rend() ? m_idle.begin() : std::prev(served.base());
    std::unique_ptr<Session> session = std::move(*chosen);
    m_idle.erase(chosen);
    return session;
}

void Database::give(std::unique_ptr<Session> session)
{
    if (!session->isUsable() || session->tenants.size() > m_options.tenantsPerConnection) {
        session.reset(); // closed outside the lock
        discard();
        return;
    }
    const std::lock_guard lock(m_mutex);
    --m_taken;
    m_idle.push_back(std::move(session));
    m_returned.notify_one();
}

void Database::discard()
{
    const std::lock_guard lock(m_mutex);
    --m_taken;
    m_returned.notify_one();
}

Database::Lease::Lease(Database &database, const std::string &entry, const QUuid &tenantId) : m_database(database)
{
    if (openHere == &database)
        throw std::logic_error("a transaction is open on this thread already");
    m_session = database.begin(entry, tenantId);
    openHere = &database;
}

Database::Lease::~Lease()
{
    if (m_open)
        m_session->rollback();
    openHere = nullptr;
    m_database.give(std::move(m_session));
}

void Database::Lease::commit()
{
    m_session->commit();
    m_open = false;
}
