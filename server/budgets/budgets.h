// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/budget_service.h"
#include "server/budgets/reservations.h"

#include <QTimer>

namespace http {
class Router;
}

// Budgets, put together: what people set, what calls reserve, and word to people when a threshold is reached.
class Budgets
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    // `process`: the number of this process, which Listener makes known. `announce`: events were written.
    Budgets(Database &database, qint64 process, Work work, std::function<void()> announce);

    static constexpr auto reachedChannel = "patio_budget_reached"; // the payload is the tenant's id
    void follow(Listener &listener);
    // Once the calls of a former run are in the ledger; on a thread with an event loop.
    void start();
    void stop(); // once no more calls come: gives back all that is held
    void addRoutes(http::Router &router);

    BudgetService service;
    budgets::Reservations reservations;

private:
    void tell(const QUuid &tenantId);
    void giveBack(const std::function<void()> &step);

    Database &m_database;
    const Work m_work;
    const std::function<void()> m_announce;
    QTimer m_timer;
};
