// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/gateway/routing/route_book.h"
#include "shared/http/page.h"

// Routes of the gateway: made, changed, removed. Any thread; blocks on the database.
class GatewayRouteService
{
public:
    static constexpr int most = 500; // of a tenant; every process has them in memory

    GatewayRouteService(Database &database, GatewayRouteBook &book) : m_database(database), m_book(book) { }

    Page<GatewayRoute> list(const Caller &caller, const GatewayRouteFilter &filter);
    GatewayRoute get(const Caller &caller, const QUuid &id);
    GatewayRoute create(const Caller &caller, const NewGatewayRoute &input);
    GatewayRoute update(const Caller &caller, const QUuid &id, qint64 revision, const NewGatewayRoute &input);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

private:
    Database &m_database;
    GatewayRouteBook &m_book;
};
