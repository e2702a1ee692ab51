// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/gateway/limit.h"
#include "shared/http/page.h"

class LimitBook;
namespace limits {
class Counter;
}

// Limits of the gateway: made, changed, removed, and what is used of them. Any thread; blocks on the database, and for
// `used` on the counter.
class LimitService
{
public:
    static constexpr int most = 1000; // of a tenant

    LimitService(Database &database, LimitBook &book, limits::Counter &counter)
        : m_database(database),
          m_book(book),
          m_counter(counter)
    {
    }

    Page<GatewayLimit> list(const Caller &caller, const GatewayLimitFilter &filter);
    GatewayLimit get(const Caller &caller, const QUuid &id);
    GatewayLimit create(const Caller &caller, const NewGatewayLimit &input);
    GatewayLimit update(const Caller &caller, const QUuid &id, qint64 revision, const GatewayLimitChange &change);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

private:
    void fillUsed(const Caller &caller, QList<GatewayLimit> &limits);

    Database &m_database;
    LimitBook &m_book;
    limits::Counter &m_counter;
};
