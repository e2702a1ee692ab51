// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/budget_store.h"
#include "server/database/tenant_book.h"
#include "shared/error.h"

#include <array>
#include <map>
#include <mutex>

namespace budgets {

// Whose money a call spends.
struct Spender
{
    QUuid tenantId;
    std::optional<QUuid> userId;
    std::optional<QUuid> keyId; // of the gateway
    std::optional<QUuid> templateId;
};

// Why a call may not be made.
struct Refusal
{
    QUuid budgetId;
    QString budgetName;
    QString detail; // a sentence with its figures, and when it starts anew
    std::optional<QDateTime> resetsAt; // absent: never
};

// What a call has cost that had reserved; nothing where its model has no price.
struct Spent
{
    QUuid attemptId;
    std::optional<qint64> costNanos;
};

// Keeps spending within the budgets, in every process that shares the database. Each process puts money aside from a
// budget, as a row in the database (budget_holds), and reserves from that in memory what a call can cost at most, so
// that most calls need no query. What the ledger writes is subtracted from the row in the same transaction. So what was
// spent and what is put aside never goes beyond the amount, whatever dies: the rows of a killed process keep their
// money until it has started again and written down its calls, or was gone for a minute.
//
// Any thread.
class Reservations
{
public:
    static constexpr auto channel = "patio_budgets"; // the payload is the tenant's id

    Reservations(Database &database, qint64 process);

    // Reserves for the call of a provider what it can cost at most, in all budgets or in none. `mostNanos`: nothing
    // where its model has no price. An outcome without a refusal is a reservation, which ends with settled() or
    // release(). `at` is the time by which the call will stand in the ledger.
    struct Outcome
    {
        std::optional<Refusal> refusal;
    };
    // Whether the tenant has no budget, so that nothing need be reserved. False where that is not known here.
    bool isFree(const QUuid &tenantId);
    // Never blocks; nothing: reserve() has to be asked, on a thread that may block.
    std::optional<Outcome> reserveHere(const QUuid &attemptId, const Spender &spender,
                                       const std::optional<qint64> &mostNanos, const QDateTime &at);
    Outcome reserve(const QUuid &attemptId, const Spender &spender, const std::optional<qint64> &mostNanos,
                    const QDateTime &at);

    // In the transaction that writes the calls into the ledger, after that; those without reservation are passed over.
    void settle(Transaction &tx, const QList<Spent> &calls);
    void settled(const QList<Spent> &calls); // it was committed
    // The same for calls that this process had begun before it was killed, which nobody remembers here.
    void settleFormer(Transaction &tx, const QList<QUuid> &attempts);
    void release(const QUuid &attemptId); // the call was not made

    // Gives back to the database what is put aside and not reserved; when others ask for it, and at the end.
    void giveBack(const QUuid &tenantId);
    void giveBackAll();
    // The same of what nobody has taken from for so long, so that people see as held what calls that run may cost.
    void giveBackUnused(std::chrono::seconds since);
    // What this process had put aside before it was killed. To be called once its calls of then are in the ledger.
    void giveBackFormer();

    void follow(Listener &listener, std::function<bool(std::function<void()>)> work);

private:
    using Rules = QList<BudgetStore::Rule>;
    using Key = std::tuple<QUuid, QUuid, QDateTime>; // tenant, budget, start of the period
    // What this process has put aside from one budget in one period: free + reserved.
    struct Pot
    {
        qint64 free = 0;
        qint64 reserved = 0;
        bool isKnown = false; // its row in the database is of this process, with this sum
        std::chrono::steady_clock::time_point usedAt = {};
    };
    struct Share
    {
        Key key;
        qint64 nanos = 0;
    };
    struct Wanted
    {
        BudgetStore::Rule rule;
        Key key;
    };

    QList<Wanted> wanted(const Rules &rules, const Spender &spender, const QDateTime &at) const;
    static std::optional<Refusal> unpriced(const QList<Wanted> &wanted, const std::optional<qint64> &mostNanos);
    bool take(const QUuid &attemptId, const QList<Wanted> &wanted, qint64 nanos); // from what is put aside
    std::optional<Refusal> putAside(const Wanted &wanted, qint64 nanos);
    std::optional<Refusal> exhausted(const QList<Wanted> &wanted, qint64 nanos);
    void giveBack(const QUuid &tenantId, std::chrono::steady_clock::time_point unusedSince);
    void giveBackFormer(const QUuid &tenantId);
    void forgetSums(); // rows may have been given back while nobody could see that this process lives

    Database &m_database;
    const qint64 m_process;
    TenantBook<Rules> m_rules;
    std::mutex m_mutex; // of what follows
    std::map<Key, Pot> m_pots;
    std::map<QUuid, QList<Share>> m_reservations; // by attempt
    struct Empty
    {
        qint64 leftNanos = 0; // no call that wants more can be paid
        std::chrono::steady_clock::time_point until;
        Refusal refusal;
    };
    std::map<Key, Empty> m_empty; // so that refused calls need no query
    std::array<std::mutex, 16> m_taking; // by tenant: one asks the database at a time
};

} // namespace budgets
