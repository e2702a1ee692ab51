// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/listener.h"
#include "tests/support/test_database.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestListener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_test.emplace(); }
    void cleanupTestCase() { m_test.reset(); }

    void tellsWhatIsNotifiedOnItsChannels();
    void saysWhenItIsBack();
    void waitsForAServerThatIsNotThere();
    void canBeGivenUpWhileItConnects();

private:
    void notify(const QString &channel, const QString &payload)
    {
        m_test->database().platform([&](Transaction &tx) { tx.run("SELECT pg_notify($1, $2)", channel, payload); });
    }
    void endListeners()
    {
        database::Session owner({.url = m_test->ownerUrl()});
        owner.runScript("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    }

    std::optional<TestDatabase> m_test;
};

void TestListener::tellsWhatIsNotifiedOnItsChannels()
{
    Listener listener(m_test->appUrl(), {u"events"_s, u"jobs"_s});
    QSignalSpy ready(&listener, &Listener::reconnected);
    QSignalSpy notified(&listener, &Listener::notified);
    listener.start();
    QVERIFY(ready.wait());
    notify(u"other"_s, u"not for us"_s);
    notify(u"events"_s, u"“one” ü 😀"_s);
    notify(u"jobs"_s, u""_s);
    for (int i = 0; i < 500; ++i)
        notify(u"jobs"_s, QString::number(i));
    QTRY_COMPARE(notified.size(), 502);
    QCOMPARE(notified[0], (QVariantList{u"events"_s, u"“one” ü 😀"_s}));
    QCOMPARE(notified[1], (QVariantList{u"jobs"_s, u""_s}));
    QCOMPARE(notified[501], (QVariantList{u"jobs"_s, u"499"_s}));
}

void TestListener::saysWhenItIsBack()
{
    Listener listener(m_test->appUrl(), {u"events"_s});
    QSignalSpy ready(&listener, &Listener::reconnected);
    QSignalSpy lost(&listener, &Listener::disconnected);
    QSignalSpy notified(&listener, &Listener::notified);
    listener.start();
    QVERIFY(ready.wait());
    for (int round = 1; round <= 3; ++round) {
        endListeners();
        QTRY_COMPARE(ready.size(), 1 + round);
        QCOMPARE(lost.size(), round);
        QVERIFY(listener.isConnected());
        notify(u"events"_s, QString::number(round));
        QTRY_COMPARE(notified.size(), round);
    }
}

void TestListener::waitsForAServerThatIsNotThere()
{
    m_test->postgres().stop();
    Listener listener(m_test->appUrl(), {u"events"_s});
    QSignalSpy ready(&listener, &Listener::reconnected);
    QSignalSpy notified(&listener, &Listener::notified);
    listener.start();
    QVERIFY(!ready.wait(500)); // a few attempts
    QVERIFY(!listener.isConnected());
    m_test->postgres().start();
    QTRY_COMPARE(ready.size(), 1);
    notify(u"events"_s, u"x"_s);
    QTRY_COMPARE(notified.size(), 1);
}

void TestListener::canBeGivenUpWhileItConnects()
{
    for (int i = 0; i < 20; ++i) {
        Listener listener(m_test->appUrl(), {u"events"_s});
        QSignalSpy ready(&listener, &Listener::reconnected);
        listener.start();
        if (i % 2)
            QVERIFY(ready.wait());
    }
    database::Session owner({.url = m_test->ownerUrl()});
    const auto listening = [&] {
        return owner.runScript("SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%'").size();
    };
    QTRY_COMPARE(int(listening()), 0);
}

QTEST_GUILESS_MAIN(TestListener)
#include "tst_listener.moc"
