// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/gateway/budget.h"
#include "shared/http/page.h"

// Budgets: made, changed, removed. Any thread; blocks on the database. A trigger tells every process.
class BudgetService
{
public:
    static constexpr int most = 1000; // of a tenant; every process has them in memory

    explicit BudgetService(Database &database) : m_database(database) { }

    Page<Budget> list(const Caller &caller, const BudgetFilter &filter);
    Budget get(const Caller &caller, const QUuid &id);
    Budget create(const Caller &caller, const NewBudget &input);
    Budget update(const Caller &caller, const QUuid &id, qint64 revision, const BudgetChange &change);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

private:
    Database &m_database;
};
