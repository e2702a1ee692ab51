// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/budget.h"

// SQL of the budgets, in a transaction of the tenant.
namespace BudgetStore {

// The newest first, below the key `before`.
QList<Budget> list(Transaction &tx, const BudgetFilter &filter, const std::optional<QUuid> &before, int limit);
std::optional<Budget> find(Transaction &tx, const QUuid &id);
std::optional<Budget> lock(Transaction &tx, const QUuid &id); // until the transaction ends
// With what the ledger says of its period so far; calls that are being written down wait for the end of the
// transaction. Throws ApiError::invalid at /subjectId where there is no such subject.
void insert(Transaction &tx, const QUuid &id, const NewBudget &budget);
void update(Transaction &tx, const QUuid &id, const QString &name, qint64 amountNanos, bool refusesUnpriced);
void remove(Transaction &tx, const QUuid &id);
qint64 count(Transaction &tx);

// What a call needs to know of a budget.
struct Rule
{
    QUuid id;
    QString name;
    BudgetSubject subject = BudgetSubject::Tenant;
    std::optional<QUuid> subjectId;
    BudgetPeriod period = BudgetPeriod::Month;
    qint64 amountNanos = 0;
    bool refusesUnpriced = true;

    static constexpr auto fields()
    {
        using T = Rule;
        return std::tuple{Field{"id", &T::id},
                          Field{"name", &T::name},
                          Field{"subject", &T::subject},
                          Field{"subjectId", &T::subjectId},
                          Field{"period", &T::period},
                          Field{"amountNanos", &T::amountNanos},
                          Field{"refusesUnpriced", &T::refusesUnpriced}};
    }
};
QList<Rule> rules(Transaction &tx);

// The money of one budget in one period.
struct Standing
{
    qint64 amountNanos = 0;
    qint64 spentNanos = 0;
    qint64 heldHere = 0; // by this process
    qint64 heldElsewhere = 0;

    static constexpr auto fields()
    {
        using T = Standing;
        return std::tuple{Field{"amountNanos", &T::amountNanos}, Field{"spentNanos", &T::spentNanos},
                          Field{"heldHere", &T::heldHere}, Field{"heldElsewhere", &T::heldElsewhere}};
    }
};
// Locks the period until the transaction ends; nothing where the budget is gone. What processes hold that were gone for
// a minute is given back first.
std::optional<Standing> standing(Transaction &tx, const QUuid &budgetId, const QDateTime &startsAt, qint64 process);
void setHold(Transaction &tx, const QUuid &budgetId, const QDateTime &startsAt, qint64 process, qint64 nanos);
// Sorted by the keys: in this order all writers lock them. What is not there is passed over.
void changeHolds(Transaction &tx, const QList<QUuid> &budgets, const QList<QDateTime> &startsAt,
                 const QList<qint64> &nanos, qint64 process);
// Takes what these attempts have cost, as the ledger says, from what a process holds.
void spendHolds(Transaction &tx, const QList<QUuid> &attempts, qint64 process);
// Removes what a process holds, but for those.
void removeHolds(Transaction &tx, const QList<QUuid> &exceptBudgets, const QList<QDateTime> &exceptStarts,
                 qint64 process);
QList<QUuid> tenants(Transaction &platform);
// Asks all processes to give back what they do not need of this tenant.
void recall(Transaction &tx, const QUuid &tenantId);

// A budget that reached a threshold of which nobody was told yet.
struct Reached
{
    QUuid id;
    QString name;
    int percent = 0;
    qint64 spentNanos = 0;
    qint64 amountNanos = 0;

    static constexpr auto fields()
    {
        using T = Reached;
        return std::tuple{Field{"id", &T::id}, Field{"name", &T::name}, Field{"percent", &T::percent},
                          Field{"spentNanos", &T::spentNanos}, Field{"amountNanos", &T::amountNanos}};
    }
};
QList<Reached> takeReached(Transaction &tx); // each once, whoever asks

} // namespace BudgetStore
