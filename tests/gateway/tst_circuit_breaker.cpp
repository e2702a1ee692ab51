// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/routing/circuit_breaker.h"
#include "server/gateway/routing/target_order.h"
#include "shared/id.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// When a target of a route is left out, and in which order targets are asked.
class TestCircuitBreaker : public QObject
{
    Q_OBJECT

    CircuitBreaker::Clock::time_point m_now = CircuitBreaker::Clock::time_point(10h);
    const QUuid m_tenant = newId();
    const QString m_model = u"openai/gpt-5"_s;

private Q_SLOTS:
    void restsAfterFailures()
    {
        CircuitBreaker breaker([this] { return m_now; });
        for (int i = 0; i < 4; ++i) {
            QVERIFY(breaker.admits(m_tenant, m_model));
            breaker.failed(m_tenant, m_model);
        }
        QVERIFY(breaker.admits(m_tenant, m_model));
        breaker.failed(m_tenant, m_model);
        QVERIFY(!breaker.admits(m_tenant, m_model));
        QVERIFY(breaker.admits(newId(), m_model)); // of another tenant
        QVERIFY(breaker.admits(m_tenant, u"openai/gpt-4o"_s));
        const RouteTargetHealth health = breaker.health(m_tenant, m_model);
        QVERIFY(health.isResting);
        QVERIFY(health.triedAgainAt);
        QCOMPARE(health.calls, 5);
        QCOMPARE(health.failures, 5);
    }

    void afterTheRestOneTries()
    {
        CircuitBreaker breaker([this] { return m_now; });
        for (int i = 0; i < 5; ++i)
            breaker.failed(m_tenant, m_model);
        m_now += 9999ms;
        QVERIFY(!breaker.admits(m_tenant, m_model));
        m_now += 1ms;
        QVERIFY(breaker.admits(m_tenant, m_model));
        QVERIFY(!breaker.admits(m_tenant, m_model)); // the others wait
        breaker.failed(m_tenant, m_model);
        m_now += 19'999ms; // twice as long
        QVERIFY(!breaker.admits(m_tenant, m_model));
        m_now += 1ms;
        QVERIFY(breaker.admits(m_tenant, m_model));
        breaker.abandoned(m_tenant, m_model); // whoever asked has left
        QVERIFY(breaker.admits(m_tenant, m_model));
        breaker.succeeded(m_tenant, m_model);
        QVERIFY(breaker.admits(m_tenant, m_model));
        QVERIFY(breaker.admits(m_tenant, m_model));
        breaker.failed(m_tenant, m_model); // what was before the rest does not count any more
        QVERIFY(breaker.admits(m_tenant, m_model));
    }

    void restsNoLongerThanFiveMinutes()
    {
        CircuitBreaker breaker([this] { return m_now; });
        for (int i = 0; i < 5; ++i)
            breaker.failed(m_tenant, m_model);
        for (int i = 0; i < 10; ++i) {
            m_now += 5min;
            QVERIFY(breaker.admits(m_tenant, m_model));
            breaker.failed(m_tenant, m_model);
        }
        m_now += 5min;
        QVERIFY(breaker.admits(m_tenant, m_model));
    }

    void someFailuresAmongManyCallsAreNoReason()
    {
        CircuitBreaker breaker([this] { return m_now; });
        for (int i = 0; i < 20; ++i) {
            breaker.succeeded(m_tenant, m_model);
            if (i % 2)
                breaker.failed(m_tenant, m_model);
        }
        QVERIFY(breaker.admits(m_tenant, m_model));
    }

    void failuresAreForgottenAfterAMinute()
    {
        CircuitBreaker breaker([this] { return m_now; });
        for (int i = 0; i < 4; ++i)
            breaker.failed(m_tenant, m_model);
        m_now += 61s;
        breaker.failed(m_tenant, m_model);
        QVERIFY(breaker.admits(m_tenant, m_model));
        QCOMPARE(breaker.health(m_tenant, m_model).failures, 1);
    }

    void restsAsLongAsTheProviderAsks()
    {
        CircuitBreaker breaker([this] { return m_now; });
        breaker.failed(m_tenant, m_model, 30s);
        QVERIFY(!breaker.admits(m_tenant, m_model));
        m_now += 30s;
        QVERIFY(breaker.admits(m_tenant, m_model));
    }

    void orderedAsTheyStand()
    {
        const GatewayRoute route = routeOf(RouteOrder::Ordered, {{u"a/1"_s, 1}, {u"b/2"_s, 100}, {u"c/3"_s, 0}});
        QCOMPARE(models(targetOrder(route, {})), QStringList({u"a/1"_s, u"b/2"_s, u"c/3"_s}));
    }

    void weightedAsOftenAsTheirWeights()
    {
        const GatewayRoute route = routeOf(RouteOrder::Weighted, {{u"a/1"_s, 7}, {u"b/2"_s, 3}, {u"c/3"_s, 0}});
        int first = 0;
        constexpr int calls = 20'000;
        for (int i = 0; i < calls; ++i) {
            const QStringList order = models(targetOrder(route, {}));
            first += order.first() == u"a/1"_s;
            QCOMPARE(order.last(), u"c/3"_s); // without weight: only where the others fail
        }
        QVERIFY2(std::abs(first - 0.7 * calls) < 0.02 * calls, qPrintable(QString::number(first)));
    }

    // The same user gets the same target; taking one out moves only those who had it.
    void stickyByUser()
    {
        const GatewayRoute three = routeOf(RouteOrder::Weighted, {{u"a/1"_s, 1}, {u"b/2"_s, 1}, {u"c/3"_s, 1}});
        const GatewayRoute two = routeOf(RouteOrder::Weighted, {{u"a/1"_s, 1}, {u"b/2"_s, 1}});
        QHash<QString, int> firsts;
        for (int user = 0; user < 3000; ++user) {
            const QByteArray name = "user-" + QByteArray::number(user);
            const QString first = models(targetOrder(three, name)).first();
            QCOMPARE(models(targetOrder(three, name)).first(), first);
            if (first != u"c/3"_s)
                QCOMPARE(models(targetOrder(two, name)).first(), first);
            ++firsts[first];
        }
        for (const int count : std::as_const(firsts))
            QVERIFY2(count > 850 && count < 1150, qPrintable(QString::number(count)));
    }

private:
    static GatewayRoute routeOf(RouteOrder order, const QList<std::pair<QString, int>> &targets)
    {
        GatewayRoute route;
        route.order = order;
        for (const auto &[model, weight] : targets)
            route.targets.append({model, weight, {}});
        return route;
    }
    static QStringList models(const QList<RouteTarget> &targets)
    {
        QStringList names;
        for (const RouteTarget &target : targets)
            names.append(target.model);
        return names;
    }
};

QTEST_APPLESS_MAIN(TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
