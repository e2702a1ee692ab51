// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/session.h"
#include "server/database/tenant_scope.h"
#include "server/database/transaction.h"

#include <condition_variable>
#include <mutex>

struct DatabaseOptions
{
    database::SessionOptions session; // session.url: how the server signs in, as patio_app
    int connections = 8;
    std::chrono::milliseconds acquireTimeout{5000}; // then ApiError::busy
    int tenantsPerConnection = 300; // a connection that served more is replaced: each costs catalogue memory
};

// A bounded pool of connections, opened when needed. Work runs in a transaction that is committed when the function
// returns and rolled back when it throws. Any thread; blocks, so never on an event loop.
//
// A connection found broken at BEGIN is replaced before the work starts; one that breaks later fails the work, which
// is never run twice. A second transaction inside another one of the same thread is refused (std::logic_error), since
// it could wait for itself.
class Database
{
public:
    explicit Database(DatabaseOptions options);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    // As the tenant's own role: PostgreSQL refuses every table that is not the tenant's. Throws ApiError::notFound
    // when there is no such tenant and ApiError::busy when no connection becomes free in time.
    template<class Work> auto transaction(const TenantScope &scope, Work &&work)
    {
        return run(tenantEntry(scope), scope.tenantId, std::forward<Work>(work));
    }

    // As patio_platform, in the schema of that name: sign-in, the queue, event sequences.
    template<class Work> auto platform(Work &&work) { return run(platformEntry(), QUuid(), std::forward<Work>(work)); }

    struct Use
    {
        int limit = 0;
        int open = 0;
        int busy = 0;
        int waiting = 0; // threads
    };
    Use use() const;

private:
    class Lease;

    // A connection within BEGIN, given back by the destructor; rolls back unless committed.
    class Lease
    {
    public:
        Lease(Database &database, const std::string &entry, const QUuid &tenantId);
        ~Lease();
        Lease(const Lease &) = delete;
        Lease &operator=(const Lease &) = delete;

        database::Session &session() { return *m_session; }
        void commit();

    private:
        Database &m_database;
        std::unique_ptr<database::Session> m_session;
        bool m_open = true;
    };

    template<class Work> auto run(const std::string &entry, const QUuid &tenantId, Work &&work)
    {
        Lease lease(*this, entry, tenantId);
        Transaction tx(lease.session());
        if constexpr (std::is_void_v<decltype(work(tx))>) {
            work(tx);
            lease.commit();
        } else {
            auto result = work(tx);
            lease.commit();
            return result;
        }
    }

    using Clock = std::chrono::steady_clock;
    static std::string tenantEntry(const TenantScope &scope);
    static const std::string &platformEntry();
    std::unique_ptr<database::Session> begin(const std::string &entry, const QUuid &tenantId);
    std::unique_ptr<database::Session> take(const QUuid &tenantId, Clock::time_point deadline);
    void give(std::unique_ptr<database::Session> session);
    void discard();

    const DatabaseOptions m_options;
    mutable std::mutex m_mutex;
    std::condition_variable m_returned;
    std::vector<std::unique_ptr<database::Session>> m_idle; // least recently used first
    int m_taken = 0; // in use or being opened
    int m_waiting = 0;
};
