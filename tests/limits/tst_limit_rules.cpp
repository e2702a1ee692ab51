// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_headers.h"
#include "server/limits/redis_address.h"
#include "tests/limits/limit_calls.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace limits;

namespace {

constexpr auto requests = LimitKind::RequestsPerMinute;

} // namespace

// Which limits a call falls under, and how its answer tells of them.
class TestLimitRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofACall();
    void names();
    void headers_data();
    void headers();
    void durations_data();
    void durations();
    void addresses_data();
    void addresses();
};

void TestLimitRules::ofACall()
{
    Calls calls({});
    const auto fallsUnder = [&](const GatewayLimit &limit) {
        return LimitRules({limit}).matching(calls.one()).size() == 1;
    };
    using enum LimitSubject;
    QVERIFY(fallsUnder(limitOf(Tenant, requests, 1)));
    QVERIFY(fallsUnder(limitOf(Key, requests, 1)));
    QVERIFY(fallsUnder(limitOf(Key, requests, 1, calls.keyId)));
    QVERIFY(!fallsUnder(limitOf(Key, requests, 1, newId())));
    QVERIFY(!fallsUnder(limitOf(Key, requests, 1, calls.userId)));
    QVERIFY(fallsUnder(limitOf(User, requests, 1)));
    QVERIFY(fallsUnder(limitOf(User, requests, 1, calls.userId)));
    QVERIFY(!fallsUnder(limitOf(User, requests, 1, calls.keyId)));
    QVERIFY(fallsUnder(limitOf(Model, requests, 1)));
    QVERIFY(fallsUnder(limitOf(Model, requests, 1, {}, u"demo/fast"_s)));
    QVERIFY(fallsUnder(limitOf(Model, requests, 1, {}, u"demo/*"_s)));
    QVERIFY(!fallsUnder(limitOf(Model, requests, 1, {}, u"demo/slow"_s)));
    QVERIFY(!fallsUnder(limitOf(Model, requests, 1, {}, u"dem/*"_s)));
    calls.model = u"openrouter/meta/llama"_s; // a name with a slash
    QVERIFY(fallsUnder(limitOf(Model, requests, 1, {}, u"openrouter/*"_s)));
    QVERIFY(!fallsUnder(limitOf(Model, requests, 1, {}, u"openrouter/meta/*"_s)));

    // What is counted by itself, and what together.
    const auto counter = [&](const GatewayLimit &limit) {
        return LimitRules({limit}).matching(calls.one())[0].counter;
    };
    const GatewayLimit eachKey = limitOf(Key, requests, 1), eachModel = limitOf(Model, requests, 1),
                       provider = limitOf(Model, requests, 1, {}, u"openrouter/*"_s);
    const CounterKey key = counter(eachKey), model = counter(eachModel), together = counter(provider);
    calls.model = u"openrouter/qwen"_s;
    calls.userId = newId();
    QCOMPARE(counter(eachKey), key);
    QCOMPARE(counter(provider), together);
    QVERIFY(!(counter(eachModel) == model));
    calls.keyId = newId();
    QVERIFY(!(counter(eachKey) == key));
    QVERIFY(!LimitRules::counterOf(eachKey) && !LimitRules::counterOf(eachModel));
    QCOMPARE(LimitRules::counterOf(provider).value(), together);
}

void TestLimitRules::names()
{
    GatewayLimit limit = limitOf(LimitSubject::Key, requests, 60);
    QCOMPARE(nameOf(limit), u"Each key: 60 requests a minute"_s);
    limit.subjectName = u"Web shop"_s;
    limit.amount = 1;
    QCOMPARE(nameOf(limit), u"Web shop: 1 request a minute"_s);
    QCOMPARE(nameOf(limitOf(LimitSubject::Tenant, LimitKind::ConcurrentRequests, 5)),
             u"The tenant: 5 requests at a time"_s);
}

void TestLimitRules::headers_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("OpenAI") << int(gateway::Dialect::OpenAi)
                            << "x-ratelimit-limit-requests: 60\n"
                               "x-ratelimit-remaining-requests: 59\n"
                               "x-ratelimit-reset-requests: 1s\n"
                               "x-ratelimit-limit-tokens: 150000\n"
                               "x-ratelimit-remaining-tokens: 149984\n"
                               "x-ratelimit-reset-tokens: 6m0s\n"_ba;
    QTest::newRow("Anthropic") << int(gateway::Dialect::Anthropic)
                               << "anthropic-ratelimit-requests-limit: 60\n"
                                  "anthropic-ratelimit-requests-remaining: 59\n"
                                  "anthropic-ratelimit-requests-reset: 2026-05-01T12:00:02Z\n"
                                  "anthropic-ratelimit-tokens-limit: 150000\n"
                                  "anthropic-ratelimit-tokens-remaining: 149984\n"
                                  "anthropic-ratelimit-tokens-reset: 2026-05-01T12:06:01Z\n"_ba;
    QTest::newRow("Google") << int(gateway::Dialect::Google) << ""_ba;
}

void TestLimitRules::headers()
{
    QFETCH(const int, dialect);
    QFETCH(const QByteArray, text);
    Outcome outcome;
    const QDateTime now = QDateTime::fromString(u"2026-05-01T12:00:00.250Z"_s, Qt::ISODateWithMs);
    QVERIFY(headersOf(outcome, gateway::Dialect(dialect), now).isEmpty());
    outcome.requests = {60, 59, 1s};
    outcome.tokens = {150'000, 149'984, 6min};
    QByteArray said;
    for (const auto &[name, value] : headersOf(outcome, gateway::Dialect(dialect), now))
        said += name + ": " + value + '\n';
    QCOMPARE(said, text);
}

void TestLimitRules::durations_data()
{
    QTest::addColumn<int>("ms");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("none") << 0 << "0s"_ba;
    QTest::newRow("short") << 20 << "20ms"_ba;
    QTest::newRow("a second") << 1000 << "1s"_ba;
    QTest::newRow("and a half") << 1500 << "1.5s"_ba;
    QTest::newRow("odd") << 59'043 << "59.043s"_ba;
    QTest::newRow("a minute") << 60'100 << "1m0.1s"_ba;
}

void TestLimitRules::durations()
{
    QFETCH(const int, ms);
    Outcome outcome;
    outcome.requests = {1, 0, std::chrono::milliseconds(ms)};
    QTEST(headersOf(outcome, gateway::Dialect::OpenAi, QDateTime::currentDateTimeUtc()).last().second, "text");
}

void TestLimitRules::addresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("read"); // user password host port database; empty: refused
    QTest::newRow("host") << u"redis://cache"_s << u"  cache 6379 0"_s;
    QTest::newRow("all") << u"redis://me:p%40ss@10.0.0.7:7000/3"_s << u"me p@ss 10.0.0.7 7000 3"_s;
    QTest::newRow("password") << u"redis://:secret@localhost"_s << u" secret localhost 6379 0"_s;
    QTest::newRow("IPv6") << u"redis://[::1]:6380"_s << u"  ::1 6380 0"_s;
    QTest::newRow("TLS") << u"rediss://:secret@host"_s << QString();
    QTest::newRow("no host") << u"redis://"_s << QString();
    QTest::newRow("another thing") << u"http://secret@host"_s << QString();
    QTest::newRow("no URL") << u"secret"_s << QString();
    QTest::newRow("no number") << u"redis://:secret@host/one"_s << QString();
}

void TestLimitRules::addresses()
{
    QFETCH(const QString, url);
    QFETCH(const QString, read);
    QString said;
    try {
        const RedisAddress address = RedisAddress::parse(url);
        said =
            u"%1 %2 %3 %4 %5"_s.arg(QString::fromUtf8(address.user), QString::fromUtf8(address.password), address.host)
                .arg(address.port)
                .arg(address.database);
    } catch (const std::exception &error) {
        QVERIFY(!QByteArrayView(error.what()).contains("secret"));
    }
    QCOMPARE(said, read);
}

QTEST_GUILESS_MAIN(TestLimitRules)
#include "tst_limit_rules.moc"
