// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/live_client.h"
#include "tests/client/wire_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

// A server end that keeps a log of numbered events and follows the rules of shared/live/live.h.
class LiveScript
{
public:
    explicit LiveScript(WireServer &server) : m_server(server)
    {
        server.liveScript = [this](QWebSocket &socket, const QJsonObject &message) { answer(socket, message); };
    }

    void happen(const QString &topic, const QString &id)
    {
        const qint64 sequence = qint64(m_log.size()) + 1;
        m_log.append(QJsonObject{{u"type"_s, u"event"_s},
                                 {u"sequence"_s, sequence},
                                 {u"topic"_s, topic},
                                 {u"name"_s, u"job.completed"_s},
                                 {u"time"_s, u"2026-01-31T12:00:00.000Z"_s},
                                 {u"data"_s, QJsonObject{{u"id"_s, id}}}});
        for (QWebSocket *socket : m_server.sockets())
            if (m_subscribed.contains(socket))
                WireServer::say(*socket, m_log.last());
    }

    QString goodToken = u"good"_s;
    bool forgotten = false; // the past is no longer kept
    QList<QJsonObject> heard;

private:
    void answer(QWebSocket &socket, const QJsonObject &message)
    {
        heard.append(message);
        const QString type = message.value(u"type"_s).toString();
        if (type == u"authenticate"_s) {
            const bool good = message.value(u"token"_s).toString() == goodToken;
            WireServer::say(
                socket,
                good ? QJsonObject{{u"type"_s, u"ready"_s}, {u"sequence"_s, m_log.size()}}
                     : QJsonObject{{u"type"_s, u"error"_s}, {u"code"_s, u"unauthenticated"_s}, {u"detail"_s, u"no"_s}});
        } else if (type == u"subscribe"_s) {
            m_subscribed.insert(&socket);
            if (forgotten)
                return WireServer::say(socket, {{u"type"_s, u"reload"_s}, {u"sequence"_s, m_log.size()}});
            WireServer::say(socket,
                            {{u"type"_s, u"subscribed"_s},
                             {u"topics"_s, message.value(u"topics"_s)},
                             {u"sequence"_s, m_log.size()}});
            const QJsonValue after = message.value(u"after"_s);
            if (!after.isNull())
                for (qsizetype i = after.toInteger(); i < m_log.size(); ++i)
                    WireServer::say(socket, m_log[i]);
        } else if (type == u"ping"_s) {
            WireServer::say(socket, {{u"type"_s, u"pong"_s}, {u"sequence"_s, m_log.size()}});
        }
    }

    WireServer &m_server;
    QList<QJsonObject> m_log;
    QSet<QWebSocket *> m_subscribed;
};

class TestLiveClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void signsInAndSubscribes();
    void firstConnectionAsksForAReload();
    void eachEventOnceAndInOrderThroughFiftyCuts();
    void forgottenPastMeansReload();
    void refusedTokenIsAskedForAgain();
    void renewedTokenIsSentOnTheSameConnection();
    void jobTopicsGetTheirJobOnly();
    void outputComesOnceAndWithoutGaps();
    void largeMessagesOfManyScriptsArrive();
    void nonsenseIsPassedOver();
    void handlersEndWithTheirReceiver();
    void offlineAfterSomeTriesAndBackAtOnce();

private:
    void openLive(qint64 last = -1)
    {
        m_live->open(m_server->url(), last);
        m_live->setToken("good");
        QTRY_COMPARE(m_live->state(), LiveClient::State::Live);
    }

    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<LiveScript> m_script;
    std::unique_ptr<LiveClient> m_live;
};

void TestLiveClient::init()
{
    m_server = std::make_unique<WireServer>();
    m_script = std::make_unique<LiveScript>(*m_server);
    m_live = std::make_unique<LiveClient>();
}

void TestLiveClient::cleanup()
{
    m_live.reset();
    m_server.reset();
}

void TestLiveClient::signsInAndSubscribes()
{
    QList<qint64> seen;
    m_live->subscribe(u"jobs"_s, this, [&](const live::Event &event) { seen.append(event.sequence); });
    openLive(0);
    QTRY_VERIFY(m_live->latencyMs() >= 0);
    QCOMPARE(m_script->heard.first().value(u"type"_s).toString(), u"authenticate"_s);
    m_script->happen(u"jobs"_s, u"a"_s);
    QTRY_COMPARE(seen, QList<qint64>{1});
    QCOMPARE(m_live->lastSequence(), 1);
}

void TestLiveClient::firstConnectionAsksForAReload()
{
    m_script->happen(u"jobs"_s, u"a"_s);
    QSignalSpy reload(m_live.get(), &LiveClient::reload);
    m_live->subscribe(u"jobs"_s, this, [](const live::Event &) {});
    openLive();
    QTRY_COMPARE(reload.size(), 1);
    QCOMPARE(m_live->lastSequence(), 1);
}

void TestLiveClient::eachEventOnceAndInOrderThroughFiftyCuts()
{
    QList<qint64> seen;
    m_live->subscribe(u"jobs"_s, this, [&](const live::Event &event) { seen.append(event.sequence); });
    openLive(0);
    for (int i = 1; i <= 1000; ++i) {
        m_script->happen(u"jobs"_s, QString::number(i));
        if (i % 20 == 0) {
            m_server->cutSockets();
            // Some more happen while nobody listens.
            QTRY_VERIFY(m_live->state() != LiveClient::State::Live);
            m_live->retryNow();
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 1000, 20'000);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(seen[i], i + 1);
}

void TestLiveClient::forgottenPastMeansReload()
{
    for (int i = 0; i < 5; ++i)
        m_script->happen(u"jobs"_s, u"a"_s);
    m_script->forgotten = true;
    QSignalSpy reload(m_live.get(), &LiveClient::reload);
    m_live->subscribe(u"jobs"_s, this, [](const live::Event &) {});
    openLive(2);
    QTRY_COMPARE(reload.size(), 1);
    QCOMPARE(m_live->lastSequence(), 5);
}

void TestLiveClient::refusedTokenIsAskedForAgain()
{
    QSignalSpy needed(m_live.get(), &LiveClient::tokenNeeded);
    m_live->open(m_server->url(), 0);
    QCOMPARE(needed.size(), 1); // has none at all yet
    m_live->setToken("old");
    QTRY_COMPARE(needed.size(), 2);
    m_live->setToken("good");
    QTRY_COMPARE(m_live->state(), LiveClient::State::Live);
}

void TestLiveClient::renewedTokenIsSentOnTheSameConnection()
{
    openLive(0);
    m_script->goodToken = u"newer"_s;
    m_live->setToken("newer");
    QTRY_COMPARE(m_script->heard.last().value(u"token"_s).toString(), u"newer"_s);
    QCOMPARE(m_server->sockets().size(), 1);
    QCOMPARE(m_live->state(), LiveClient::State::Live);
}

void TestLiveClient::jobTopicsGetTheirJobOnly()
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    int all = 0;
    int one = 0;
    m_live->subscribe(u"jobs"_s, this, [&](const live::Event &) { ++all; });
    m_live->subscribe(u"job/"_s + id, this, [&](const live::Event &) { ++one; });
    openLive(0);
    m_script->happen(u"jobs"_s, id);
    m_script->happen(u"jobs"_s, u"another"_s);
    QTRY_COMPARE(all, 2);
    QCOMPARE(one, 1);
}

void TestLiveClient::outputComesOnceAndWithoutGaps()
{
    const QUuid id = QUuid::createUuid();
    const QString topic = u"job/"_s + id.toString(QUuid::WithoutBraces);
    QString text;
    QList<int> attempts;
    m_live->subscribe(topic, this, {}, [&](const live::Output &piece) {
        if (piece.offset == 0)
            text.clear();
        text += piece.text;
        attempts.append(piece.attempt);
    });
    openLive(0);
    QTRY_COMPARE(m_server->sockets().size(), 1);
    const auto piece = [&](int attempt, qint64 offset, const QString &part) {
        WireServer::say(*m_server->sockets().first(),
                        {{u"type"_s, u"output"_s},
                         {u"jobId"_s, id.toString(QUuid::WithoutBraces)},
                         {u"attempt"_s, attempt},
                         {u"offset"_s, offset},
                         {u"text"_s, part}});
    };
    piece(1, 0, u"Lost"_s);
    piece(2, 0, u"Hel"_s);
    piece(1, 4, u" words"_s); // of the attempt that is over
    piece(2, 3, u"lo, "_s);
    piece(2, 0, u"Hello, wor"_s); // from the start again
    piece(2, 20, u"far ahead"_s); // what lies between is missing
    QTRY_VERIFY(m_script->heard.last().value(u"type"_s).toString() == u"subscribe"_s);
    piece(2, 0, u"Hello, world"_s);
    QTRY_COMPARE(text, u"Hello, world"_s);
    QCOMPARE(attempts.last(), 2);
}

void TestLiveClient::largeMessagesOfManyScriptsArrive()
{
    const QUuid id = QUuid::createUuid();
    QString text;
    m_live->subscribe(u"job/"_s + id.toString(QUuid::WithoutBraces), this, {},
                      [&](const live::Output &piece) { text += piece.text; });
    openLive(0);
    // Qt 6.4 refused such a text when a frame ended inside one of its characters.
    const QString large = u"x"_s + u"Привет, São João! "_s.repeated(60'000);
    WireServer::say(*m_server->sockets().first(),
                    {{u"type"_s, u"output"_s},
                     {u"jobId"_s, id.toString(QUuid::WithoutBraces)},
                     {u"attempt"_s, 1},
                     {u"offset"_s, 0},
                     {u"text"_s, large}});
    QTRY_COMPARE(text.size(), large.size());
    QCOMPARE(text, large);
}

void TestLiveClient::nonsenseIsPassedOver()
{
    int seen = 0;
    m_live->subscribe(u"jobs"_s, this, [&](const live::Event &) { ++seen; });
    openLive(0);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"not understood"_s));
    m_server->sockets().first()->sendTextMessage(u"{broken"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"not understood"_s));
    WireServer::say(*m_server->sockets().first(), {{u"type"_s, u"from-the-future"_s}});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"not understood"_s));
    WireServer::say(*m_server->sockets().first(), {{u"type"_s, u"event"_s}, {u"sequence"_s, u"one"_s}});
    m_script->happen(u"jobs"_s, u"a"_s);
    QTRY_COMPARE(seen, 1);
    QCOMPARE(m_live->state(), LiveClient::State::Live);
}

void TestLiveClient::handlersEndWithTheirReceiver()
{
    int gone = 0;
    int here = 0;
    auto receiver = std::make_unique<QObject>();
    m_live->subscribe(u"jobs"_s, receiver.get(), [&](const live::Event &) { ++gone; });
    m_live->subscribe(u"jobs"_s, this, [&](const live::Event &) { ++here; });
    openLive(0);
    receiver.reset();
    m_script->happen(u"jobs"_s, u"a"_s);
    QTRY_COMPARE(here, 1);
    QCOMPARE(gone, 0);
    m_live->unsubscribe(u"jobs"_s, this);
    QTRY_COMPARE(m_script->heard.last().value(u"type"_s).toString(), u"unsubscribe"_s);
}

void TestLiveClient::offlineAfterSomeTriesAndBackAtOnce()
{
    openLive(0);
    m_server->stop();
    for (int i = 0; i < 6 && m_live->state() != LiveClient::State::Offline; ++i) {
        QTRY_VERIFY(m_live->secondsToNextTry().has_value());
        m_live->retryNow();
    }
    QTRY_COMPARE(m_live->state(), LiveClient::State::Offline);
    QTRY_VERIFY(m_live->secondsToNextTry().has_value());
    m_server->start();
    m_live->retryNow();
    QTRY_COMPARE(m_live->state(), LiveClient::State::Live);
}

QTEST_GUILESS_MAIN(TestLiveClient)
#include "tst_live_client.moc"
