// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/budget_period.h"
#include "server/budgets/budget_service.h"
#include "server/budgets/reservations.h"
#include "server/usage/usage_store.h"
#include "shared/id.h"
#include "shared/usage/cost.h"
#include "shared/usage/cost_bound.h"
#include "tests/support/test_database.h"

#include <QRandomGenerator>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using budgets::Reservations;
using budgets::Spender;
using budgets::Spent;

// Money that processes put aside from budgets, each process with its own Reservations over one database.
class TestReservations : public QObject
{
    Q_OBJECT

    struct Process
    {
        Process(TestDatabase &database, qint64 number)
            : reservations(database.database(), number),
              listener(database.appUrl(), {QString::fromLatin1(Reservations::channel)}, nullptr, number)
        {
            reservations.follow(listener, [](const std::function<void()> &job) {
                job();
                return true;
            });
            listener.start();
        }
        Reservations reservations;
        Listener listener;
    };

    TestDatabase m_database;
    BudgetService m_service{m_database.database()};

    Caller person()
    {
        return {.userId = newId(),
                .tenantId = m_database.makeTenant().tenantId,
                .sessionId = {},
                .abilities = Abilities().set(),
                .displayName = u"Ana"_s,
                .address = {}};
    }
    Budget budget(const Caller &caller, qint64 nanos, BudgetPeriod period = BudgetPeriod::Month)
    {
        NewBudget input;
        input.name = u"Team"_s;
        input.amountNanos = nanos;
        input.period = period;
        return m_service.create(caller, input);
    }
    static Spender spender(const Caller &caller)
    {
        return {.tenantId = caller.tenantId, .userId = caller.userId, .keyId = {}, .templateId = {}};
    }
    // Writes a call into the ledger as the server does.
    void spend(Reservations &reservations, const Caller &caller, const QUuid &attempt, qint64 nanos,
               const QDateTime &at = QDateTime::currentDateTimeUtc())
    {
        UsageStore::Call call;
        call.attemptId = attempt;
        call.calledAt = at;
        call.userId = caller.userId;
        call.model = u"openai/gpt-4o"_s;
        call.usage.input = 1;
        call.costNanos = nanos;
        const QList<Spent> spent{{attempt, nanos}};
        m_database.database().transaction(caller.scope(), [&](Transaction &tx) {
            UsageStore::record(tx, {call});
            reservations.settle(tx, spent);
        });
        reservations.settled(spent);
    }
    bool reserves(Reservations &reservations, const Caller &caller, qint64 nanos, const QUuid &attempt = newId(),
                  const QDateTime &at = QDateTime::currentDateTimeUtc())
    {
        return !reservations.reserve(attempt, spender(caller), nanos, at).refusal;
    }
    qint64 ledgerSum(const Caller &caller)
    {
        return m_database.database().transaction(caller.scope(), [](Transaction &tx) {
            return tx.one<qint64>("SELECT coalesce(sum(cost_nanos), 0)::bigint FROM usage_events");
        });
    }

private Q_SLOTS:
    void withoutBudgetEverythingIsFree()
    {
        Reservations reservations(m_database.database(), 1);
        const Caller ana = person();
        QVERIFY(!reservations.isFree(ana.tenantId)); // not known yet
        QVERIFY(reserves(reservations, ana, 1'000'000'000'000));
        QVERIFY(reservations.isFree(ana.tenantId));
    }

    void callsSideBySideCannotOverspend()
    {
        Process here(m_database, 11), there(m_database, 12);
        QTRY_VERIFY(here.listener.isConnected() && there.listener.isConnected());
        const Caller ana = person();
        constexpr qint64 amount = 1'000'000, most = 1000;
        const QUuid id = budget(ana, amount).id;
        std::atomic<qint64> admitted{0}, total{0};
        std::atomic<int> running{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; ++i) {
            ++running;
            threads.emplace_back([&, i] {
                QRandomGenerator random(20261127u + quint32(i));
                Reservations &mine = i % 2 ? here.reservations : there.reservations;
                for (int call = 0; call < 400; ++call) {
                    const QUuid attempt = newId();
                    if (!reserves(mine, ana, most, attempt))
                        continue;
                    ++admitted;
                    const qint64 cost = random.bounded(int(most) + 1);
                    total += cost;
                    if (random.bounded(10) == 0)
                        mine.release(attempt), total -= cost;
                    else
                        spend(mine, ana, attempt, cost);
                }
                --running;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(running.load(), 0,
                                  120'000); // the event loop runs, for what processes tell each other
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(admitted > 0);
        QCOMPARE(ledgerSum(ana), total.load());
        const Budget after = m_service.get(ana, id);
        QCOMPARE(after.spentNanos, total.load());
        QVERIFY2(after.spentNanos <= amount, qPrintable(QString::number(after.spentNanos)));
        QVERIFY(after.spentNanos + after.reservedNanos <= amount);
        // What is left can be spent to the last call that fits, and no further.
        while (m_service.get(ana, id).spentNanos <= amount - most) {
            const QUuid attempt = newId();
            bool isReserved = false;
            QTRY_VERIFY((isReserved = isReserved || reserves(here.reservations, ana, most, attempt)));
            spend(here.reservations, ana, attempt, most);
        }
        QVERIFY(!reserves(here.reservations, ana, most));
        QVERIFY(!reserves(there.reservations, ana, most));
        QVERIFY(m_service.get(ana, id).spentNanos > amount - most);
    }

    void refusalsSayWhy()
    {
        Reservations reservations(m_database.database(), 21);
        const Caller ana = person();
        const Budget month = budget(ana, 2'000'000'000);
        spend(reservations, ana, newId(), 1'500'000'000);
        const auto outcome = reservations.reserve(newId(), spender(ana), 600'000'000, QDateTime::currentDateTimeUtc());
        QVERIFY(outcome.refusal);
        QCOMPARE(outcome.refusal->budgetId, month.id);
        QCOMPARE(outcome.refusal->resetsAt, month.resetsAt);
        for (const QString &part :
             {u"Team"_s, u"up to $0.60"_s, u"of $2.00 for this month"_s, u"$1.50 are spent"_s, u"starts anew at"_s})
            QVERIFY2(outcome.refusal->detail.contains(part), qPrintable(outcome.refusal->detail));
        // Refused again without a query; what fits is not.
        QVERIFY(reservations.reserveHere(newId(), spender(ana), 600'000'000, QDateTime::currentDateTimeUtc())->refusal);
        QVERIFY(reserves(reservations, ana, 500'000'000));
        QVERIFY(!reserves(reservations, ana, 1));
    }

    void modelsWithoutPrice()
    {
        Reservations reservations(m_database.database(), 22);
        const Caller ana = person();
        const Budget made = budget(ana, 1'000'000);
        const auto refused = reservations.reserve(newId(), spender(ana), {}, QDateTime::currentDateTimeUtc());
        QVERIFY(refused.refusal && refused.refusal->detail.contains(u"no price"_s));
        BudgetChange change;
        change.refusesUnpriced = false;
        m_service.update(ana, made.id, made.revision, change);
        Reservations other(m_database.database(), 23);
        QVERIFY(!other.reserve(newId(), spender(ana), {}, QDateTime::currentDateTimeUtc()).refusal);
    }

    // A killed process keeps its money until it is back, or was gone for a minute.
    void killedProcess()
    {
        const Caller ana = person();
        const QUuid id = budget(ana, 1000).id;
        const QUuid lost = newId();
        {
            Process killed(m_database, 31);
            QTRY_VERIFY(killed.listener.isConnected());
            QVERIFY(reserves(killed.reservations, ana, 900, lost));
            Process other(m_database, 32);
            QTRY_VERIFY(other.listener.isConnected());
            QVERIFY(!reserves(other.reservations, ana, 200));
        }
        QVERIFY(m_service.get(ana, id).reservedNanos >= 900);
        {
            Process other(m_database, 33);
            QTRY_VERIFY(other.listener.isConnected());
            QVERIFY(!reserves(other.reservations, ana, 200)); // it may come back
            m_database.database().transaction(ana.scope(), [](Transaction &tx) {
                QCOMPARE(tx.run("UPDATE budget_holds SET gone_since = gone_since - interval '61 seconds' "
                                "WHERE process = 31 AND gone_since IS NOT NULL"),
                         1);
            });
            QTRY_VERIFY(reserves(other.reservations, ana, 200)); // refusals are remembered for a second
            other.reservations.giveBackAll();
        }
        // Started again, it writes down what its call cost and has its money.
        const Caller bob = person();
        const QUuid second = budget(bob, 1000).id;
        {
            Reservations killed(m_database.database(), 34);
            QVERIFY(reserves(killed, bob, 900));
        }
        Reservations again(m_database.database(), 34);
        spend(again, bob, newId(), 300);
        QVERIFY(reserves(again, bob, 700));
        QVERIFY(!reserves(again, bob, 1));
        QCOMPARE(m_service.get(bob, second).spentNanos, 300);
    }

    void periodsAreOfUtc()
    {
        using budgets::periodEnd;
        using budgets::periodStart;
        const auto at = [](const char *text) { return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate); };
        QCOMPARE(periodStart(BudgetPeriod::Day, at("2026-03-31T21:30:00-03:00")), at("2026-04-01T00:00:00Z"));
        QCOMPARE(periodEnd(BudgetPeriod::Day, at("2026-03-31T21:30:00-03:00")), at("2026-04-02T00:00:00Z"));
        QCOMPARE(periodStart(BudgetPeriod::Month, at("2026-12-31T23:59:59Z")), at("2026-12-01T00:00:00Z"));
        QCOMPARE(periodEnd(BudgetPeriod::Month, at("2026-12-31T23:59:59Z")), at("2027-01-01T00:00:00Z"));
        QVERIFY(!periodEnd(BudgetPeriod::Ever, at("2026-12-31T23:59:59Z")));
        // As the database has them, where the spending is added.
        const Caller ana = person();
        m_database.database().transaction(ana.scope(), [&](Transaction &tx) {
            for (const char *moment : {"2026-03-31T21:30:00-03:00", "2024-02-29T12:00:00Z", "2026-12-31T23:59:59.999Z",
                                       "2027-01-01T00:00:00Z"})
                for (const BudgetPeriod period : {BudgetPeriod::Day, BudgetPeriod::Month, BudgetPeriod::Ever})
                    QCOMPARE(tx.one<QDateTime>("SELECT budget_start($1, $2::timestamptz)::timestamptz(3)", period,
                                               at(moment).toUTC()),
                             periodStart(period, at(moment)));
        });
    }

    void eachPeriodHasItsOwnMoney()
    {
        Reservations reservations(m_database.database(), 41);
        const Caller ana = person();
        budget(ana, 1000, BudgetPeriod::Day);
        const QDateTime today = QDateTime::currentDateTimeUtc(), tomorrow = today.addDays(1);
        const QUuid first = newId();
        QVERIFY(reserves(reservations, ana, 1000, first, today));
        QVERIFY(!reserves(reservations, ana, 1, newId(), today));
        QVERIFY(reserves(reservations, ana, 1000, newId(), tomorrow));
        spend(reservations, ana, first, 400, today); // settled after midnight it counts for its day
        QVERIFY(reserves(reservations, ana, 600, newId(), today));
        QVERIFY(!reserves(reservations, ana, 1, newId(), tomorrow));
    }

    void newBudgetCountsWhatWasSpent()
    {
        Reservations reservations(m_database.database(), 51);
        const Caller ana = person();
        spend(reservations, ana, newId(), 700);
        spend(reservations, ana, newId(), 5000, QDateTime::currentDateTimeUtc().addDays(-40));
        QCOMPARE(budget(ana, 1000).spentNanos, 700);
        QCOMPARE(budget(ana, 10'000, BudgetPeriod::Ever).spentNanos, 5700);
        NewBudget other;
        other.name = u"Somebody else"_s;
        other.subject = BudgetSubject::User;
        other.subjectId = newId();
        other.amountNanos = 1;
        QVERIFY_EXCEPTION_THROWN(m_service.create(ana, other), ApiError); // there is nobody of that id
    }

    // What is shown as held is what calls that run may cost, once nobody has used the rest for a while.
    void unusedMoneyIsGivenBack()
    {
        Reservations reservations(m_database.database(), 81);
        const Caller ana = person();
        const QUuid id = budget(ana, 1000).id;
        const QUuid running = newId();
        QVERIFY(reserves(reservations, ana, 100, running));
        spend(reservations, ana, newId(), 50);
        reservations.giveBackUnused(1h);
        QVERIFY(m_service.get(ana, id).reservedNanos > 100);
        reservations.giveBackUnused(0s);
        QCOMPARE(m_service.get(ana, id).reservedNanos, 100);
        reservations.release(running);
        reservations.giveBackUnused(0s);
        QCOMPARE(m_service.get(ana, id).reservedNanos, 0);
        QVERIFY(reserves(reservations, ana, 950));
    }

    // Started again, a process gives back what it held, though nobody calls; not what it has put aside since.
    void formerMoneyIsGivenBack()
    {
        const Caller ana = person();
        const QUuid id = budget(ana, 1000).id;
        {
            Reservations killed(m_database.database(), 91);
            QVERIFY(reserves(killed, ana, 300));
        }
        Reservations other(m_database.database(), 92), again(m_database.database(), 91);
        QVERIFY(reserves(other, ana, 200));
        other.giveBackUnused(0s);
        QVERIFY(m_service.get(ana, id).reservedNanos >= 500);
        again.giveBackFormer();
        QCOMPARE(m_service.get(ana, id).reservedNanos, 200);
        QVERIFY(reserves(again, ana, 400));
        again.giveBackFormer();
        QVERIFY(m_service.get(ana, id).reservedNanos >= 600);
        QVERIFY(!reserves(other, ana, 401));
    }

    // What a killed process had spent is held no more in the moment in which the ledger knows of it, and never twice.
    void formerMoneyIsHeldUntilItIsSpent()
    {
        const Caller ana = person();
        const QUuid id = budget(ana, 1000).id;
        UsageStore::Call call;
        call.attemptId = newId();
        call.calledAt = QDateTime::currentDateTimeUtc();
        call.userId = ana.userId;
        call.model = u"openai/gpt-4o"_s;
        call.usage.input = 1;
        call.costNanos = 300;
        {
            Reservations killed(m_database.database(), 93);
            QVERIFY(reserves(killed, ana, 900, call.attemptId));
        }
        const qint64 held = m_service.get(ana, id).reservedNanos;
        QVERIFY(held >= 900);
        Reservations again(m_database.database(), 93);
        for (const qint64 rows : {1, 0}) { // killed once more before it had noted that it was written
            m_database.database().transaction(ana.scope(), [&](Transaction &tx) {
                const UsageStore::Recorded recorded = UsageStore::record(tx, {call});
                QCOMPARE(recorded.rows, rows);
                again.settleFormer(tx, UsageStore::recordedIn(tx, recorded.batch, {call.attemptId}).values());
            });
            QCOMPARE(m_service.get(ana, id).spentNanos, 300);
            QCOMPARE(m_service.get(ana, id).reservedNanos, held - 300);
        }
    }

    // Reversed and corrected rows of the ledger count with their sign.
    void spentEqualsTheLedger()
    {
        Reservations reservations(m_database.database(), 61);
        const Caller ana = person();
        const QUuid id = budget(ana, 1'000'000).id;
        UsageStore::Call lost;
        lost.attemptId = newId();
        lost.calledAt = QDateTime::currentDateTimeUtc();
        lost.userId = ana.userId;
        lost.model = u"openai/gpt-4o"_s;
        lost.status = UsageStore::CallStatus::Lost;
        lost.costNanos = 100;
        UsageStore::Call corrected = lost;
        corrected.entry = UsageStore::Entry::Correction;
        corrected.costNanos = 250;
        m_database.database().transaction(ana.scope(), [&](Transaction &tx) { UsageStore::record(tx, {lost}); });
        QCOMPARE(m_service.get(ana, id).spentNanos, 100);
        m_database.database().transaction(ana.scope(), [&](Transaction &tx) {
            UsageStore::record(tx, {lost, UsageStore::reversal(lost), corrected}); // the first is there already
        });
        QCOMPARE(m_service.get(ana, id).spentNanos, 250);
        QCOMPARE(ledgerSum(ana), 250);
    }

    void thresholdsAreReachedOnce()
    {
        Reservations reservations(m_database.database(), 71);
        const Caller ana = person();
        const Budget made = budget(ana, 1000);
        const auto reached = [&] {
            return m_database.database().transaction(ana.scope(),
                                                     [](Transaction &tx) { return BudgetStore::takeReached(tx); });
        };
        spend(reservations, ana, newId(), 499);
        QVERIFY(reached().isEmpty());
        spend(reservations, ana, newId(), 1);
        auto told = reached();
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().percent, 50);
        QCOMPARE(told.first().spentNanos, 500);
        QVERIFY(reached().isEmpty());
        spend(reservations, ana, newId(), 500); // over two at once
        told = reached();
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().percent, 100);
        QCOMPARE(m_service.get(ana, made.id).alerts.size(), 3);
        BudgetChange change;
        change.amountNanos = 1500;
        const Budget raised = m_service.update(ana, made.id, made.revision, change);
        QCOMPARE(raised.alerts.size(), 1); // 1,000 of 1,500 are more than half, and less than four fifths
        QVERIFY(reached().isEmpty());
    }

    // No usage within the bounds costs more than the bound says.
    void boundHolds()
    {
        QRandomGenerator random(20261127);
        for (int i = 0; i < 2000; ++i) {
            const auto some = [&]() -> std::optional<qint64> {
                return random.bounded(4) == 0 ? std::nullopt : std::optional<qint64>(random.bounded(20'000'000));
            };
            ModelPrice price;
            price.prices = {.input = random.bounded(10'000'000),
                            .cachedInput = some(),
                            .cacheWrite = some(),
                            .cacheWriteHour = some(),
                            .output = random.bounded(90'000'000)};
            if (random.bounded(2)) {
                PriceTier tier{.fromInputTokens = 1 + random.bounded(200'000), .prices = price.prices};
                tier.prices.input = random.bounded(20'000'000);
                tier.prices.output = random.bounded(90'000'000);
                price.tiers = {tier};
            }
            const qint64 input = random.bounded(400'000), output = random.bounded(100'000);
            const auto bound = mostNanos(price, input, output);
            QVERIFY(bound);
            for (int use = 0; use < 20; ++use) {
                TokenUsage usage;
                usage.input = random.bounded(int(input) + 1);
                usage.cachedInput = random.bounded(int(usage.input) + 1);
                usage.cacheWrite = random.bounded(int(usage.input - usage.cachedInput) + 1);
                usage.cacheWriteHour = random.bounded(int(usage.cacheWrite) + 1);
                usage.output = random.bounded(int(output) + 1);
                QVERIFY(*costNanos(price, usage) <= *bound);
            }
        }
        QVERIFY(!mostNanos(ModelPrice(), 1, 1));
    }
};

QTEST_GUILESS_MAIN(TestReservations)
#include "tst_reservations.moc"
