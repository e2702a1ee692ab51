// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/support/test_server.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // milliseconds
const QString acme = u"acme"_s;

QJsonObject subscribe(const QStringList &topics, std::optional<qint64> after = {})
{
    QJsonObject message{{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray::fromStringList(topics)}};
    if (after)
        message.insert(u"after"_s, *after);
    return message;
}

} // namespace

class TestLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_owner = m_server.token(acme, u"owner"_s);
        QVERIFY(!m_owner.isEmpty());
    }

    void nothingWithoutAuthentication()
    {
        LiveReader reader(address());
        QTRY_VERIFY_WITH_TIMEOUT(reader.isOpen(), patience);
        reader.say(subscribe({u"jobs"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"error"_s).size(), 1, patience);
        QCOMPARE(reader.heard.first()[u"code"_s].toString(), u"unauthenticated"_s);
        reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, u"nonsense"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"error"_s).size(), 2, patience);
        QVERIFY(reader.of(u"ready"_s).isEmpty());
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QJsonObject>("message");
        QTest::addColumn<QString>("code");
        QTest::newRow("unknown type") << QJsonObject{{u"type"_s, u"shout"_s}} << u"invalid"_s;
        QTest::newRow("unknown member") << QJsonObject{{u"type"_s, u"ping"_s}, {u"x"_s, 1}} << u"invalid"_s;
        QTest::newRow("no topics") << QJsonObject{{u"type"_s, u"subscribe"_s}} << u"invalid"_s;
        QTest::newRow("unknown topic") << subscribe({u"secrets"_s}) << u"unknown_topic"_s;
        QTest::newRow("topic without an id") << subscribe({u"job/1"_s}) << u"unknown_topic"_s;
    }
    void mistakesAreNamed()
    {
        QFETCH(const QJsonObject, message);
        QFETCH(const QString, code);
        LiveReader reader(address());
        QVERIFY(signIn(reader, m_owner));
        reader.say(message);
        QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"error"_s).size(), 1, patience);
        QCOMPARE(reader.of(u"error"_s).first()[u"code"_s].toString(), code);
        reader.say({{u"type"_s, u"ping"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"pong"_s).size(), 1, patience); // still of use
    }

    void aJobIsFollowedWithItsOutput()
    {
        LiveReader reader(address());
        QVERIFY(signIn(reader, m_owner));
        reader.say(subscribe({u"jobs"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"subscribed"_s).size(), 1, patience);
        const QString id = generate(u"Follow me"_s, u"demo/slow"_s);
        reader.say(subscribe({u"job/"_s + id}));
        QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"event"_s).isEmpty()
                                     && reader.of(u"event"_s).last()[u"name"_s] == u"job.completed"_s,
                                 patience);
        QString text;
        for (const QJsonObject &piece : reader.of(u"output"_s)) {
            QCOMPARE(piece[u"jobId"_s].toString(), id);
            QCOMPARE(piece[u"offset"_s].toInteger(), text.size());
            text += piece[u"text"_s].toString();
        }
        QVERIFY(!text.isEmpty());
        const auto job = m_server.get(u"/api/v1/jobs/"_s + id, m_owner).json();
        QVERIFY(job[u"job"_s][u"output"_s].toString().startsWith(text));
    }

    void otherTenantsHearNothing()
    {
        LiveReader stranger(address());
        QVERIFY(signIn(stranger, m_server.token(u"northwind"_s, u"owner"_s)));
        LiveReader reader(address());
        QVERIFY(signIn(reader, m_owner));
        stranger.say(subscribe({u"jobs"_s}));
        reader.say(subscribe({u"jobs"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(stranger.of(u"subscribed"_s).size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"subscribed"_s).size(), 1, patience);
        const QString id = generate(u"Only for us"_s, u"demo/fast"_s);
        stranger.say(subscribe({u"job/"_s + id}));
        QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"event"_s).isEmpty()
                                     && reader.of(u"event"_s).last()[u"name"_s] == u"job.completed"_s,
                                 patience);
        stranger.say({{u"type"_s, u"ping"_s}}); // whatever was on its way is before the answer
        QTRY_COMPARE_WITH_TIMEOUT(stranger.of(u"pong"_s).size(), 1, patience);
        QVERIFY(stranger.of(u"event"_s).isEmpty());
        QVERIFY(stranger.of(u"output"_s).isEmpty());
    }

    // 1,000 events and 50 cuts: each event once, in order.
    void everyEventOnceAndInOrderWhateverBreaks()
    {
        constexpr int wanted = 1000;
        constexpr int cuts = 50;
        auto reader = std::make_unique<LiveReader>(address());
        QVERIFY(signIn(*reader, m_owner));
        qint64 last = reader->of(u"ready"_s).first()[u"sequence"_s].toInteger();
        const qint64 start = last;
        QList<qint64> seen;
        reader->say(subscribe({u"jobs"_s}, last));
        int asked = 0;
        int cut = 0;
        const auto collect = [&] {
            for (const QJsonObject &event : reader->of(u"event"_s))
                seen.append(event[u"sequence"_s].toInteger());
            reader->heard.clear();
            if (!seen.isEmpty())
                last = seen.last();
        };
        while (seen.size() < wanted || cut < cuts) {
            // Three events a job: queued, running, completed.
            if (asked < int(seen.size()) + 100) {
                for (int i = 0; i < 10; ++i, asked += 3)
                    QVERIFY(!generate(u"Event %1"_s.arg(asked), u"demo/fast"_s).isEmpty());
            }
            const qsizetype before = seen.size();
            QTRY_VERIFY_WITH_TIMEOUT((collect(), seen.size() > before), patience);
            if (cut < cuts) {
                ++cut;
                reader->abort();
                reader = std::make_unique<LiveReader>(address());
                QVERIFY(signIn(*reader, m_owner));
                QVERIFY(reader->of(u"reload"_s).isEmpty());
                reader->say(subscribe({u"jobs"_s}, last));
            }
        }
        QCOMPARE(cut, cuts);
        for (qsizetype i = 0; i < seen.size(); ++i)
            QCOMPARE(seen[i], start + 1 + i);
    }

    void anEndedSessionIsCutOff()
    {
        const QJsonObject user = m_server.demoUser(acme, u"viewer"_s);
        const auto signedIn = m_server.post(
            u"/api/v1/auth/login"_s,
            {{u"tenant"_s, acme}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}}, {});
        const QByteArray token = signedIn.json()[u"accessToken"_s].toString().toLatin1();
        LiveReader reader(address());
        QVERIFY(signIn(reader, token));
        QCOMPARE(m_server.post(u"/api/v1/auth/logout"_s, {}, token).status, 204);
        QTRY_VERIFY_WITH_TIMEOUT(!reader.isOpen(), patience);
        QCOMPARE(reader.closeCode(), 4401);
        QCOMPARE(m_server.get(u"/api/v1/me"_s, token).status, 401);
    }

private:
    QUrl address() const
    {
        QUrl url = m_server.url(u"/api/v1/live"_s);
        url.setScheme(u"ws"_s);
        return url;
    }

    static bool signIn(LiveReader &reader, const QByteArray &token)
    {
        return QTest::qWaitFor([&] { return reader.isOpen(); }, patience)
            && (reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(token)}}), true)
            && QTest::qWaitFor([&] { return !reader.of(u"ready"_s).isEmpty(); }, patience);
    }

    QString generate(const QString &text, const QString &model)
    {
        const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, text}};
        const QJsonObject ask{{u"messages"_s, QJsonArray{message}}, {u"model"_s, model}, {u"cache"_s, u"bypass"_s}};
        return m_server.post(u"/api/v1/generate"_s, ask, m_owner).json()[u"id"_s].toString();
    }

    TestServer m_server;
    QByteArray m_owner;
};

QTEST_GUILESS_MAIN(TestLive)
#include "tst_live.moc"
