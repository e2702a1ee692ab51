// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/reservations.h"

#include "server/budgets/budget_period.h"

#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace budgets {
namespace {

constexpr auto rememberEmpty = 1s;
constexpr int mostRecalls = 10; // of what other processes have put aside
constexpr auto recallTime = 20ms; // for them to give back

bool matches(const BudgetStore::Rule &rule, const Spender &spender)
{
    switch (rule.subject) {
    case BudgetSubject::Tenant:
        return true;
    case BudgetSubject::Key:
        return spender.keyId == rule.subjectId;
    case BudgetSubject::User:
        return spender.userId == rule.subjectId;
    case BudgetSubject::Template:
        return spender.templateId == rule.subjectId;
    }
    return true;
}

Refusal refusalOf(const BudgetStore::Rule &rule, const BudgetStore::Standing &money, qint64 nanos, const QDateTime &at)
{
    Refusal refusal{.budgetId = rule.id, .budgetName = rule.name, .detail = {}, .resetsAt = periodEnd(rule.period, at)};
    refusal.detail =
        u"The budget “%1” has no room for this call, which may cost up to %2: of %3 for %4, %5 are spent "
        "and %6 held for calls that run."_s.arg(rule.name, shownNanos(nanos), shownNanos(money.amountNanos),
                                                periodName(rule.period), shownNanos(money.spentNanos),
                                                shownNanos(std::max<qint64>(money.heldHere + money.heldElsewhere, 0)));
    refusal.detail += refusal.resetsAt ? u" It starts anew at %1."_s.arg(refusal.resetsAt->toString(Qt::ISODate))
                                       : u" It never starts anew: somebody has to raise it."_s;
    return refusal;
}

} // namespace

Reservations::Reservations(Database &database, qint64 process)
    : m_database(database),
      m_process(process),
      m_rules(database, QString::fromLatin1(channel), [](Transaction &tx) { return BudgetStore::rules(tx); })
{
}

bool Reservations::isFree(const QUuid &tenantId)
{
    const auto rules = m_rules.remembered(tenantId);
    return rules && rules->isEmpty();
}

QList<Reservations::Wanted> Reservations::wanted(const Rules &rules, const Spender &spender, const QDateTime &at) const
{
    QList<Wanted> wanted;
    for (const BudgetStore::Rule &rule : rules)
        if (matches(rule, spender))
            wanted.append({rule, {spender.tenantId, rule.id, periodStart(rule.period, at)}});
    return wanted;
}

std::optional<Refusal> Reservations::unpriced(const QList<Wanted> &wanted, const std::optional<qint64> &mostNanos)
{
    if (mostNanos)
        return std::nullopt;
    const auto strict =
        std::find_if(wanted.begin(), wanted.end(), [](const Wanted &one) { return one.rule.refusesUnpriced; });
    if (strict == wanted.end())
        return std::nullopt;
    return Refusal{.budgetId = strict->rule.id,
                   .budgetName = strict->rule.name,
                   .detail = u"This model has no price, so the budget “%1” cannot say whether the call fits. Let an "
                             "operator add its price (0 where it is free), or let the budget allow models without "
                             "one."_s.arg(strict->rule.name),
                   .resetsAt = {}};
}

std::optional<Reservations::Outcome> Reservations::reserveHere(const QUuid &attemptId, const Spender &spender,
                                                               const std::optional<qint64> &mostNanos,
                                                               const QDateTime &at)
{
    const auto rules = m_rules.remembered(spender.tenantId);
    if (!rules)
        return std::nullopt;
    if (rules->isEmpty())
        return Outcome();
    const QList<Wanted> all = wanted(*rules, spender, at);
    if (auto refusal = unpriced(all, mostNanos))
        return Outcome{refusal};
    const qint64 nanos = mostNanos.value_or(0);
    if (nanos == 0 || all.isEmpty() || take(attemptId, all, nanos))
        return Outcome();
    if (auto refusal = exhausted(all, nanos))
        return Outcome{refusal};
    return std::nullopt;
}

Reservations::Outcome Reservations::reserve(const QUuid &attemptId, const Spender &spender,
                                            const std::optional<qint64> &mostNanos, const QDateTime &at)
{
    const std::lock_guard taking(m_taking[qHash(spender.tenantId) % m_taking.size()]);
    for (;;) {
        (void)m_rules.of(spender.tenantId);
        if (const auto here = reserveHere(attemptId, spender, mostNanos, at))
            return *here;
        const QList<Wanted> all = wanted(*m_rules.of(spender.tenantId), spender, at);
        for (const Wanted &one : all)
            if (const auto refusal = putAside(one, *mostNanos))
                return {refusal};
        if (take(attemptId, all, *mostNanos)) // otherwise somebody else was quicker
            return {};
    }
}

bool Reservations::take(const QUuid &attemptId, const QList<Wanted> &wanted, qint64 nanos)
{
    const std::lock_guard lock(m_mutex);
    QList<Pot *> pots;
    for (const Wanted &one : wanted) {
        const auto pot = m_pots.find(one.key);
        if (pot == m_pots.end() || pot->second.free < nanos)
            return false;
        pots.append(&pot->second);
    }
    QList<Share> shares;
    for (qsizetype i = 0; i < pots.size(); ++i) {
        pots[i]->free -= nanos;
        pots[i]->reserved += nanos;
        pots[i]->usedAt = std::chrono::steady_clock::now();
        shares.append({wanted[i].key, nanos});
    }
    m_reservations.emplace(attemptId, shares);
    return true;
}

std::optional<Refusal> Reservations::exhausted(const QList<Wanted> &wanted, qint64 nanos)
{
    const std::lock_guard lock(m_mutex);
    for (const Wanted &one : wanted) {
        const auto empty = m_empty.find(one.key);
        if (empty == m_empty.end())
            continue;
        if (empty->second.until < std::chrono::steady_clock::now())
            m_empty.erase(empty);
        else if (nanos > empty->second.leftNanos)
            return empty->second.refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> Reservations::putAside(const Wanted &wanted, qint64 nanos)
{
    const auto &[tenantId, budgetId, startsAt] = wanted.key;
    for (int recalls = 0;; ++recalls) {
        Pot pot;
        {
            const std::lock_guard lock(m_mutex);
            pot = m_pots[wanted.key];
        }
        if (pot.free >= nanos)
            return std::nullopt;
        qint64 grant = 0, left = 0;
        bool mayWait = false;
        std::optional<BudgetStore::Standing> money;
        m_database.transaction({tenantId}, [&](Transaction &tx) {
            money = BudgetStore::standing(tx, budgetId, startsAt, m_process);
            if (!money)
                return;
            if (!pot.isKnown)
                money->heldHere = pot.reserved; // the row is of a former life of this process
            const qint64 needed = nanos - pot.free;
            const qint64 free = money->amountNanos - money->spentNanos - money->heldHere - money->heldElsewhere;
            left = free + pot.free;
            if (free >= needed) {
                grant = std::clamp(free / 4, needed, free);
                BudgetStore::setHold(tx, budgetId, startsAt, m_process, money->heldHere + grant);
            } else if (free + money->heldElsewhere >= needed && recalls < mostRecalls) {
                mayWait = true;
                if (recalls == 0)
                    BudgetStore::recall(tx, tenantId);
            }
        });
        if (!money) {
            m_rules.forget(tenantId); // the budget was removed
            return std::nullopt;
        }
        if (grant > 0) {
            const std::lock_guard lock(m_mutex);
            Pot &here = m_pots[wanted.key];
            here.free += grant;
            here.isKnown = true;
            here.usedAt = std::chrono::steady_clock::now();
            // What is left of earlier periods is nobody's any more.
            std::erase_if(m_pots, [&](const auto &other) {
                return std::get<1>(other.first) == budgetId && std::get<2>(other.first) < startsAt
                    && other.second.reserved == 0;
            });
            return std::nullopt;
        }
        if (mayWait) {
            std::this_thread::sleep_for(recallTime);
            continue;
        }
        const Refusal refusal = refusalOf(wanted.rule, *money, nanos, startsAt);
        const std::lock_guard lock(m_mutex);
        m_empty[wanted.key] = {left, std::chrono::steady_clock::now() + rememberEmpty, refusal};
        return refusal;
    }
}

void Reservations::settle(Transaction &tx, const QList<Spent> &calls)
{
    std::map<Key, qint64> changes;
    {
        const std::lock_guard lock(m_mutex);
        for (const Spent &call : calls) {
            const auto found = m_reservations.find(call.attemptId);
            if (found == m_reservations.end() || call.costNanos.value_or(0) == 0)
                continue;
            for (const Share &share : found->second)
                changes[share.key] -= *call.costNanos;
        }
    }
    if (changes.empty())
        return;
    QList<QUuid> budgets;
    QList<QDateTime> starts;
    QList<qint64> nanos;
    for (const auto &[key, change] : changes) {
        budgets.append(std::get<1>(key));
        starts.append(std::get<2>(key));
        nanos.append(change);
    }
    BudgetStore::changeHolds(tx, budgets, starts, nanos, m_process);
}

void Reservations::settleFormer(Transaction &tx, const QList<QUuid> &attempts)
{
    BudgetStore::spendHolds(tx, attempts, m_process);
}

void Reservations::settled(const QList<Spent> &calls)
{
    const std::lock_guard lock(m_mutex);
    for (const Spent &call : calls) {
        const auto found = m_reservations.find(call.attemptId);
        if (found == m_reservations.end())
            continue;
        for (const Share &share : found->second) {
            Pot &pot = m_pots[share.key];
            pot.reserved -= share.nanos;
            pot.free += share.nanos - call.costNanos.value_or(0);
            m_empty.erase(share.key);
        }
        m_reservations.erase(found);
    }
}

void Reservations::release(const QUuid &attemptId) { settled({{attemptId, 0}}); }

void Reservations::giveBack(const QUuid &tenantId) { giveBack(tenantId, std::chrono::steady_clock::now()); }

void Reservations::giveBack(const QUuid &tenantId, std::chrono::steady_clock::time_point unusedSince)
{
    const std::lock_guard taking(m_taking[qHash(tenantId) % m_taking.size()]);
    QList<QUuid> budgets;
    QList<QDateTime> starts;
    QList<qint64> nanos;
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_empty, [&](const auto &one) { return std::get<0>(one.first) == tenantId; });
        for (auto &[key, pot] : m_pots) {
            if (std::get<0>(key) != tenantId || pot.free <= 0 || pot.usedAt > unusedSince)
                continue;
            budgets.append(std::get<1>(key));
            starts.append(std::get<2>(key));
            nanos.append(-std::exchange(pot.free, 0));
        }
    }
    if (budgets.isEmpty())
        return;
    try {
        m_database.transaction(
            {tenantId}, [&](Transaction &tx) { BudgetStore::changeHolds(tx, budgets, starts, nanos, m_process); });
    } catch (...) { // the next one to put money aside says what is true
        const std::lock_guard lock(m_mutex);
        for (qsizetype i = 0; i < budgets.size(); ++i)
            if (const auto pot = m_pots.find({tenantId, budgets[i], starts[i]}); pot != m_pots.end())
                pot->second.isKnown = false;
    }
}

void Reservations::giveBackAll()
{
    std::set<QUuid> tenants;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, pot] : m_pots)
            tenants.insert(std::get<0>(key));
    }
    for (const QUuid &tenant : tenants)
        giveBack(tenant);
}

void Reservations::giveBackUnused(std::chrono::seconds since)
{
    const auto unusedSince = std::chrono::steady_clock::now() - since;
    std::set<QUuid> tenants;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, pot] : m_pots)
            if (pot.free > 0 && pot.usedAt <= unusedSince)
                tenants.insert(std::get<0>(key));
    }
    for (const QUuid &tenant : tenants)
        giveBack(tenant, unusedSince);
}

void Reservations::giveBackFormer()
{
    for (const QUuid &tenant : m_database.platform([](Transaction &tx) { return BudgetStore::tenants(tx); })) {
        try {
            giveBackFormer(tenant);
        } catch (const ApiError &error) {
            if (error.status != 404) // it is gone, and its budgets with it
                throw;
        }
    }
}

// No row of this process is made while the lock is held.
void Reservations::giveBackFormer(const QUuid &tenantId)
{
    const std::lock_guard taking(m_taking[qHash(tenantId) % m_taking.size()]);
    QList<QUuid> budgets;
    QList<QDateTime> starts;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, pot] : m_pots) {
            if (std::get<0>(key) != tenantId || !(pot.isKnown || pot.reserved > 0))
                continue;
            budgets.append(std::get<1>(key));
            starts.append(std::get<2>(key));
        }
    }
    m_database.transaction({tenantId},
                           [&](Transaction &tx) { BudgetStore::removeHolds(tx, budgets, starts, m_process); });
}

void Reservations::forgetSums()
{
    const std::lock_guard lock(m_mutex);
    for (auto &[key, pot] : m_pots) {
        pot.free = 0;
        pot.isKnown = false;
    }
}

void Reservations::follow(Listener &listener, std::function<bool(std::function<void()>)> work)
{
    m_rules.follow(listener);
    QObject::connect(&listener, &Listener::reconnected, &listener, [this] { forgetSums(); });
    QObject::connect(&listener, &Listener::notified, &listener,
                     [this, work = std::move(work)](const QString &name, const QString &payload) {
                         if (name == QLatin1StringView(channel))
                             work([this, tenant = QUuid::fromString(payload)] { giveBack(tenant); });
                     });
}

} // namespace budgets
