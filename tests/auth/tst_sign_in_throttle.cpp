// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/sign_in_throttle.h"
#include "tests/support/refusal.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSignInThrottle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delaysGrowUpToABound();
    void failuresAreForgotten();
    void successClearsTheSlate();
    void manyAddressesSlowTheAccount();
    void knownAddressIsNotHeldUpByOthers();
    void addressKnownFromBeforeIsNotHeldUpEither();
    void oneAddressAgainstManyAccounts();
    void neighboursInOneNetworkCountAsOne();
    void oneSignInDoesNotFreeAnAddress();
    void guessesShareALaneThatAKnownAddressIsNotIn();

private:
    // Seconds to wait; 0 when let through.
    int attempt(SignInThrottle &throttle, const QString &email, const QString &address)
    {
        return refusalOf([&] { throttle.begin(u"acme"_s, email, QHostAddress(address)); }).retryAfter.value_or(0);
    }
    void good(SignInThrottle &throttle, const QString &email, const QString &address)
    {
        QCOMPARE(attempt(throttle, email, address), 0);
        throttle.succeeded(u"acme"_s, email, QHostAddress(address));
    }
    std::function<SignInThrottle::Clock::time_point()> clock()
    {
        return [this] { return m_now; };
    }

    SignInThrottle::Clock::time_point m_now = SignInThrottle::Clock::now();
};

void TestSignInThrottle::delaysGrowUpToABound()
{
    SignInThrottle throttle(clock());
    for (int i = 0; i < 10; ++i)
        QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"192.0.2.1"_s), 0);
    QList<int> waits;
    for (int i = 0; i < 12; ++i) {
        const int wait = attempt(throttle, u"ANA@example.com"_s, u"192.0.2.1"_s);
        waits.append(wait);
        m_now += std::chrono::seconds(wait) - 1ms;
        QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"192.0.2.1"_s), 1); // asking early costs nothing
        m_now += 1ms;
        QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"192.0.2.1"_s), 0);
    }
    QCOMPARE(waits, (QList<int>{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300}));
}

void TestSignInThrottle::failuresAreForgotten()
{
    SignInThrottle throttle(clock());
    while (attempt(throttle, u"ana@example.com"_s, u"192.0.2.1"_s) == 0) { }
    m_now += 15min + 1s;
    for (int i = 0; i < 10; ++i)
        QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"192.0.2.1"_s), 0);
}

void TestSignInThrottle::successClearsTheSlate()
{
    SignInThrottle throttle(clock());
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 8; ++i)
            QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"192.0.2.1"_s), 0);
        good(throttle, u"ana@example.com"_s, u"192.0.2.1"_s);
    }
}

void TestSignInThrottle::manyAddressesSlowTheAccount()
{
    SignInThrottle throttle(clock());
    int let = 0;
    for (int i = 0; i < 200; ++i)
        let += attempt(throttle, u"ana@example.com"_s, u"198.51.100.%1"_s.arg(i)) == 0;
    QCOMPARE(let, 20);
    QCOMPARE(attempt(throttle, u"bob@example.com"_s, u"198.51.100.1"_s), 0); // others are not touched
}

void TestSignInThrottle::knownAddressIsNotHeldUpByOthers()
{
    SignInThrottle throttle(clock());
    good(throttle, u"ana@example.com"_s, u"192.0.2.1"_s);
    for (int i = 0; i < 200; ++i)
        attempt(throttle, u"ana@example.com"_s, u"198.51.100.%1"_s.arg(i));
    QVERIFY(attempt(throttle, u"ana@example.com"_s, u"192.0.2.2"_s) > 0);
    good(throttle, u"ana@example.com"_s, u"192.0.2.1"_s);
}

void TestSignInThrottle::addressKnownFromBeforeIsNotHeldUpEither()
{
    SignInThrottle throttle(clock());
    for (int i = 0; i < 200; ++i)
        attempt(throttle, u"ana@example.com"_s, u"198.51.100.%1"_s.arg(i));
    int asked = 0;
    const auto begin = [&](const QString &address, bool isKnown) {
        return refusalOf([&] {
                   throttle.begin(u"acme"_s, u"ana@example.com"_s, QHostAddress(address), [&] {
                       ++asked;
                       return isKnown;
                   });
               })
            .status;
    };
    QCOMPARE(begin(u"192.0.2.2"_s, false), 429);
    QCOMPARE(begin(u"192.0.2.1"_s, true), 0);
    QCOMPARE(asked, 2);
    // From then on it is remembered, and slowed for what is tried from there.
    int let = 0;
    for (int i = 0; i < 100; ++i)
        let += begin(u"192.0.2.1"_s, true) == 0;
    QCOMPARE(let, 49);
    QCOMPARE(asked, 2);
}

void TestSignInThrottle::oneAddressAgainstManyAccounts()
{
    SignInThrottle throttle(clock());
    int let = 0;
    for (int i = 0; i < 500; ++i)
        let += attempt(throttle, u"user%1@example.com"_s.arg(i), u"203.0.113.1"_s) == 0;
    QCOMPARE(let, 200);
    QCOMPARE(attempt(throttle, u"user1@example.com"_s, u"203.0.113.2"_s), 0);
}

void TestSignInThrottle::neighboursInOneNetworkCountAsOne()
{
    SignInThrottle throttle(clock());
    for (int i = 0; i < 10; ++i)
        QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"2001:db8:1:1::%1"_s.arg(i + 1)), 0);
    QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"2001:db8:1:1::ff"_s), 1);
    QCOMPARE(attempt(throttle, u"ana@example.com"_s, u"2001:db8:1:2::ff"_s), 0);
    // The same IPv4 address, written as IPv6.
    for (int i = 0; i < 10; ++i)
        QCOMPARE(attempt(throttle, u"bob@example.com"_s, u"192.0.2.77"_s), 0);
    QCOMPARE(attempt(throttle, u"bob@example.com"_s, u"::ffff:192.0.2.77"_s), 1);
}

void TestSignInThrottle::oneSignInDoesNotFreeAnAddress()
{
    SignInThrottle throttle(clock());
    int let = 0;
    for (int i = 0; i < 600; ++i) {
        let += attempt(throttle, u"user%1@example.com"_s.arg(i), u"203.0.113.1"_s) == 0;
        if (i == 100)
            good(throttle, u"mallory@example.com"_s, u"203.0.113.1"_s);
    }
    QCOMPARE(let, 200);
}

void TestSignInThrottle::guessesShareALaneThatAKnownAddressIsNotIn()
{
    SignInThrottle throttle(clock());
    const auto lane = [&](const QString &email, const QString &address) {
        return throttle.begin(u"acme"_s, email, QHostAddress(address));
    };
    const QByteArray guesses = lane(u"ana@example.com"_s, u"192.0.2.1"_s);
    QVERIFY(!guesses.isEmpty());
    QCOMPARE(lane(u"Ana@Example.com"_s, u"198.51.100.7"_s), guesses);
    QVERIFY(lane(u"bruno@example.com"_s, u"192.0.2.1"_s) != guesses);
    throttle.succeeded(u"acme"_s, u"ana@example.com"_s, QHostAddress(u"203.0.113.5"_s));
    QVERIFY(lane(u"ana@example.com"_s, u"203.0.113.5"_s) != guesses);
    QCOMPARE(lane(u"ana@example.com"_s, u"192.0.2.1"_s), guesses);
}

QTEST_APPLESS_MAIN(TestSignInThrottle)
#include "tst_sign_in_throttle.moc"
