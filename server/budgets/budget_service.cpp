// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/budget_service.h"

#include "server/audit/audit_log.h"
#include "server/budgets/budget_store.h"
#include "server/database/cursor.h"
#include "shared/error.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

ApiError noBudget() { return ApiError::notFound(u"The budget"_s); }

void checkName(const std::optional<QString> &name)
{
    if (name && name->trimmed().isEmpty())
        throw ApiError::invalid({{u"/name"_s, u"must hold more than spaces"_s}});
}

Budget locked(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    const auto budget = BudgetStore::lock(tx, id);
    if (!budget)
        throw noBudget();
    if (revision && *revision != budget->revision)
        throw ApiError::changed(u"The budget"_s);
    return *budget;
}

void note(Transaction &tx, const Caller &caller, Ability ability, const Budget &budget,
          const std::optional<Budget> &before, const std::optional<Budget> &after)
{
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {budget.id, budget.name}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, std::move(event));
}

} // namespace

Page<Budget> BudgetService::list(const Caller &caller, const BudgetFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<Budget> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return BudgetStore::list(tx, filter, before, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

Budget BudgetService::get(const Caller &caller, const QUuid &id)
{
    const auto budget =
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return BudgetStore::find(tx, id); });
    if (!budget)
        throw noBudget();
    return *budget;
}

Budget BudgetService::create(const Caller &caller, const NewBudget &input)
{
    checkName(input.name);
    if ((input.subject == BudgetSubject::Tenant) != !input.subjectId)
        throw ApiError::invalid({{u"/subjectId"_s,
                                  input.subjectId ? u"must be absent: the budget is the whole tenant's"_s
                                                  : u"must say whose budget it is"_s}});
    NewBudget budget = input;
    budget.name = input.name.trimmed();
    const QUuid id = newId();
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (BudgetStore::count(tx) >= most)
            throw ApiError::conflict(u"A tenant has at most %1 budgets. Remove one first."_s.arg(most));
        BudgetStore::insert(tx, id, budget);
        const Budget made = BudgetStore::find(tx, id).value();
        note(tx, caller, Ability::BudgetsCreate, made, {}, made);
        return made;
    });
}

Budget BudgetService::update(const Caller &caller, const QUuid &id, qint64 revision, const BudgetChange &change)
{
    checkName(change.name);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Budget before = locked(tx, id, revision);
        BudgetStore::update(tx, id, change.name.value_or(before.name).trimmed(),
                            change.amountNanos.value_or(before.amountNanos),
                            change.refusesUnpriced.value_or(before.refusesUnpriced));
        const Budget after = BudgetStore::find(tx, id).value();
        note(tx, caller, Ability::BudgetsUpdate, after, before, after);
        return after;
    });
}

void BudgetService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Budget before = locked(tx, id, revision);
        BudgetStore::remove(tx, id);
        note(tx, caller, Ability::BudgetsDelete, before, before, {});
    });
}
