// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/budget_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace BudgetStore {
namespace {

// A row of `budgets` with what its present period says.
struct Row
{
    QUuid id;
    QString name;
    BudgetSubject subject = BudgetSubject::Tenant;
    std::optional<QUuid> subjectId;
    std::optional<QString> subjectName;
    BudgetPeriod period = BudgetPeriod::Month;
    qint64 amountNanos = 0;
    bool refusesUnpriced = true;
    qint64 spentNanos = 0;
    qint64 reservedNanos = 0;
    std::optional<QDateTime> resetsAt;
    std::optional<QDateTime> reached50At;
    std::optional<QDateTime> reached80At;
    std::optional<QDateTime> reached100At;
    QDateTime createdAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"id", &T::id},
                          Field{"name", &T::name},
                          Field{"subject", &T::subject},
                          Field{"subjectId", &T::subjectId},
                          Field{"subjectName", &T::subjectName},
                          Field{"period", &T::period},
                          Field{"amountNanos", &T::amountNanos},
                          Field{"refusesUnpriced", &T::refusesUnpriced},
                          Field{"spentNanos", &T::spentNanos},
                          Field{"reservedNanos", &T::reservedNanos},
                          Field{"resetsAt", &T::resetsAt},
                          Field{"reached_50_at", &T::reached50At},
                          Field{"reached_80_at", &T::reached80At},
                          Field{"reached_100_at", &T::reached100At},
                          Field{"createdAt", &T::createdAt},
                          Field{"revision", &T::revision}};
    }
};

Budget budgetOf(const Row &row)
{
    Budget budget{.id = row.id,
                  .name = row.name,
                  .subject = row.subject,
                  .subjectId = row.subjectId,
                  .subjectName = row.subjectName.value_or(QString()),
                  .period = row.period,
                  .amountNanos = row.amountNanos,
                  .refusesUnpriced = row.refusesUnpriced,
                  .spentNanos = row.spentNanos,
                  .reservedNanos = row.reservedNanos,
                  .resetsAt = row.resetsAt,
                  .alerts = {},
                  .createdAt = row.createdAt,
                  .revision = row.revision};
    for (const auto &[percent, at] :
         {std::pair(50, row.reached50At), std::pair(80, row.reached80At), std::pair(100, row.reached100At)})
        if (at)
            budget.alerts.append({percent, *at});
    return budget;
}

} // namespace

QList<Budget> list(Transaction &tx, const BudgetFilter &filter, const std::optional<QUuid> &before, int limit)
{
    QList<Budget> budgets;
    for (const Row &row : tx.all<Row>(R"(
        SELECT id, name, subject, subject_id, subject_name, period, amount_nanos, refuses_unpriced, spent_nanos,
               reserved_nanos, resets_at, reached_50_at, reached_80_at, reached_100_at, created_at, revision
        FROM budget_overview
        WHERE ($1::text IS NULL OR subject = $1) AND ($2::uuid IS NULL OR subject_id = $2)
          AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4)",
                                      filter.subject, filter.subjectId, before, limit))
        budgets.append(budgetOf(row));
    return budgets;
}

std::optional<Budget> find(Transaction &tx, const QUuid &id)
{
    const auto row = tx.maybe<Row>(R"(
        SELECT id, name, subject, subject_id, subject_name, period, amount_nanos, refuses_unpriced, spent_nanos,
               reserved_nanos, resets_at, reached_50_at, reached_80_at, reached_100_at, created_at, revision
        FROM budget_overview
        WHERE id = $1)",
                                   id);
    return row ? std::optional(budgetOf(*row)) : std::nullopt;
}

std::optional<Budget> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM budgets WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

void insert(Transaction &tx, const QUuid &id, const NewBudget &budget)
{
    const bool isThere = tx.one<bool>(R"(
        SELECT CASE $1 WHEN 'tenant' THEN true
                       WHEN 'key' THEN EXISTS (SELECT FROM gateway_keys WHERE id = $2)
                       WHEN 'user' THEN EXISTS (SELECT FROM users WHERE id = $2)
                       ELSE EXISTS (SELECT FROM templates WHERE id = $2) END)",
                                      budget.subject, budget.subjectId);
    if (!isThere)
        throw ApiError::invalid({{u"/subjectId"_s, u"names nothing of this tenant"_s}});
    tx.run("LOCK TABLE budgets IN EXCLUSIVE MODE"); // spend_budgets() waits
    tx.run(R"(
        INSERT INTO budgets (id, name, subject, subject_id, period, amount_nanos, refuses_unpriced)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
           id, budget.name, budget.subject, budget.subjectId, budget.period, budget.amountNanos,
           budget.refusesUnpriced.value_or(true));
    // Periods begin with days, so that the sums of days are enough.
    tx.run(R"(
        INSERT INTO budget_periods (budget_id, starts_at, spent_nanos, reached_50_at, reached_80_at, reached_100_at, told)
        SELECT id, starts_at, nanos, CASE WHEN nanos >= amount_nanos / 2 THEN now() END,
               CASE WHEN nanos >= amount_nanos / 5 * 4 THEN now() END, CASE WHEN nanos >= amount_nanos THEN now() END,
               CASE WHEN nanos >= amount_nanos THEN 100 WHEN nanos >= amount_nanos / 5 * 4 THEN 80
                    WHEN nanos >= amount_nanos / 2 THEN 50 ELSE 0 END
        FROM (SELECT b.id, b.amount_nanos, budget_start(b.period, now()) AS starts_at,
                     coalesce((SELECT sum(cost_nanos)
                               FROM (SELECT start, user_id, template_id, key_id, cost_nanos FROM usage_sums
                                     WHERE period = 'day' AND cut = CASE b.subject WHEN 'tenant' THEN 0 WHEN 'key' THEN 8
                                                                                   WHEN 'user' THEN 2 ELSE 4 END
                                     UNION ALL
                                     SELECT called_at, user_id, template_id, key_id, cost_nanos
                                     FROM usage_unsummed_entries) AS spent
                               WHERE start >= budget_start(b.period, now())
                                 AND CASE b.subject WHEN 'tenant' THEN true WHEN 'key' THEN key_id = b.subject_id
                                                    WHEN 'user' THEN user_id = b.subject_id
                                                    ELSE template_id = b.subject_id END), 0)::bigint AS nanos
              FROM budgets AS b WHERE b.id = $1) AS spent)",
           id);
}

void update(Transaction &tx, const QUuid &id, const QString &name, qint64 amountNanos, bool refusesUnpriced)
{
    tx.run("UPDATE budgets SET name = $2, amount_nanos = $3, refuses_unpriced = $4 WHERE id = $1", id, name,
           amountNanos, refusesUnpriced);
    // Thresholds of another amount are other thresholds.
    tx.run(R"(
        UPDATE budget_periods AS period
        SET reached_50_at = CASE WHEN spent_nanos >= amount_nanos / 2 THEN coalesce(reached_50_at, now()) END,
            reached_80_at = CASE WHEN spent_nanos >= amount_nanos / 5 * 4 THEN coalesce(reached_80_at, now()) END,
            reached_100_at = CASE WHEN spent_nanos >= amount_nanos THEN coalesce(reached_100_at, now()) END,
            told = CASE WHEN spent_nanos >= amount_nanos THEN 100 WHEN spent_nanos >= amount_nanos / 5 * 4 THEN 80
                        WHEN spent_nanos >= amount_nanos / 2 THEN 50 ELSE 0 END
        FROM budgets AS b
        WHERE b.id = $1 AND period.budget_id = b.id AND period.starts_at = budget_start(b.period, now()))",
           id);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM budgets WHERE id = $1", id); }

qint64 count(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM budgets"); }

QList<Rule> rules(Transaction &tx)
{
    return tx.all<Rule>(
        "SELECT id, name, subject, subject_id, period, amount_nanos, refuses_unpriced FROM budgets ORDER BY id");
}

std::optional<Standing> standing(Transaction &tx, const QUuid &budgetId, const QDateTime &startsAt, qint64 process)
{
    if (tx.run("SELECT FROM budgets WHERE id = $1 FOR KEY SHARE", budgetId) == 0)
        return std::nullopt;
    tx.run("INSERT INTO budget_periods (budget_id, starts_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", budgetId,
           startsAt);
    tx.run("SELECT FROM budget_periods WHERE budget_id = $1 AND starts_at = $2 FOR UPDATE", budgetId, startsAt);
    tx.run("SELECT FROM budget_holds WHERE budget_id = $1 AND starts_at = $2 AND process = $3 FOR UPDATE", budgetId,
           startsAt, process);
    // A process lives as long as it holds the lock of its number (Listener).
    tx.run(R"(
        WITH living AS (
            SELECT (classid::bigint << 32) | objid::bigint AS process
            FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted
        ), given_back AS (
            DELETE FROM budget_holds
            WHERE budget_id = $1 AND starts_at = $2 AND process <> $3 AND process NOT IN (SELECT process FROM living)
              AND gone_since < now() - interval '1 minute'
        )
        UPDATE budget_holds
        SET gone_since = CASE WHEN process NOT IN (SELECT process FROM living) THEN now() END
        WHERE budget_id = $1 AND starts_at = $2 AND process <> $3
          AND (gone_since IS NULL) <> (process IN (SELECT process FROM living)))",
           budgetId, startsAt, process);
    return tx.maybe<Standing>(R"(
        SELECT b.amount_nanos, period.spent_nanos,
               coalesce((SELECT sum(held_nanos) FROM budget_holds
                         WHERE budget_id = $1 AND starts_at = $2 AND process = $3), 0)::bigint AS held_here,
               coalesce((SELECT sum(held_nanos) FROM budget_holds
                         WHERE budget_id = $1 AND starts_at = $2 AND process <> $3), 0)::bigint AS held_elsewhere
        FROM budgets AS b JOIN budget_periods AS period ON period.budget_id = b.id
        WHERE b.id = $1 AND period.starts_at = $2)",
                              budgetId, startsAt, process);
}

void setHold(Transaction &tx, const QUuid &budgetId, const QDateTime &startsAt, qint64 process, qint64 nanos)
{
    tx.run(R"(
        INSERT INTO budget_holds (budget_id, starts_at, process, held_nanos)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (budget_id, starts_at, process) DO UPDATE SET held_nanos = $4, gone_since = NULL)",
           budgetId, startsAt, process, nanos);
}

void changeHolds(Transaction &tx, const QList<QUuid> &budgets, const QList<QDateTime> &startsAt,
                 const QList<qint64> &nanos, qint64 process)
{
    tx.run(R"(
        UPDATE budget_holds AS hold
        SET held_nanos = hold.held_nanos + change.nanos
        FROM unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) AS change (budget_id, starts_at, nanos)
        WHERE hold.budget_id = change.budget_id AND hold.starts_at = change.starts_at AND hold.process = $4)",
           budgets, startsAt, nanos, process);
}

// Of the budgets that spend_budgets() adds the same cost to.
void spendHolds(Transaction &tx, const QList<QUuid> &attempts, qint64 process)
{
    tx.run(R"(
        WITH costs AS (
            SELECT b.id, budget_start(b.period, call.called_at) AS starts_at, sum(call.cost_nanos)::bigint AS nanos
            FROM usage_events AS call
            JOIN budgets AS b ON CASE b.subject WHEN 'tenant' THEN true
                                                WHEN 'key' THEN b.subject_id = call.key_id
                                                WHEN 'user' THEN b.subject_id = call.user_id
                                                ELSE b.subject_id = call.template_id END
            WHERE call.attempt_id = ANY ($1) AND call.entry = 'call' AND call.cost_nanos <> 0
            GROUP BY 1, 2
        )
        UPDATE budget_holds AS hold
        SET held_nanos = greatest(hold.held_nanos - costs.nanos, 0)
        FROM costs
        WHERE hold.budget_id = costs.id AND hold.starts_at = costs.starts_at AND hold.process = $2)",
           attempts, process);
}

void removeHolds(Transaction &tx, const QList<QUuid> &exceptBudgets, const QList<QDateTime> &exceptStarts,
                 qint64 process)
{
    tx.run(R"(
        DELETE FROM budget_holds
        WHERE process = $3
          AND (budget_id, starts_at) NOT IN (SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) AS kept))",
           exceptBudgets, exceptStarts, process);
}

QList<QUuid> tenants(Transaction &platform) { return platform.all<QUuid>("SELECT id FROM tenants ORDER BY id"); }

void recall(Transaction &tx, const QUuid &tenantId)
{
    tx.run("SELECT pg_notify('patio_budgets', $1)", tenantId.toString(QUuid::WithoutBraces));
}

QList<Reached> takeReached(Transaction &tx)
{
    return tx.all<Reached>(R"(
        WITH untold AS (
            SELECT budget_id, starts_at, CASE WHEN reached_100_at IS NOT NULL THEN 100
                                              WHEN reached_80_at IS NOT NULL THEN 80 ELSE 50 END AS percent
            FROM budget_periods
            WHERE (reached_100_at IS NOT NULL AND told < 100) OR (reached_80_at IS NOT NULL AND told < 80)
               OR (reached_50_at IS NOT NULL AND told < 50)
            ORDER BY budget_id, starts_at
            FOR UPDATE
        )
        UPDATE budget_periods AS period
        SET told = untold.percent
        FROM untold JOIN budgets AS b ON b.id = untold.budget_id
        WHERE period.budget_id = untold.budget_id AND period.starts_at = untold.starts_at
        RETURNING b.id, b.name, untold.percent, period.spent_nanos, b.amount_nanos)");
}

} // namespace BudgetStore
