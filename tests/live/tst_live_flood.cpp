// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "tests/http/websocket_bytes.h"
#include "tests/live/live_reader.h"
#include "tests/support/test_server.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // milliseconds
const QString acme = u"acme"_s;

QJsonObject authenticate(const QByteArray &token)
{
    return {{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(token)}};
}

QJsonObject follow(const QString &topic) { return {{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{topic}}}; }

} // namespace

// Many sockets, many events, readers that do not read.
class TestLiveFlood : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const QString &role : {u"owner"_s, u"prompt-engineer"_s, u"viewer"_s})
            m_tokens.append(m_server.token(acme, role));
        const auto made =
            m_server.post(u"/api/v1/channels"_s, {{u"kind"_s, u"public"_s}, {u"name"_s, u"flood"_s}}, m_tokens[0]);
        QVERIFY2(made.status == 201, made.body);
        m_channel = made.json()[u"channel"_s][u"id"_s].toString();
    }

    void everySocketGetsEachMessageOnceInOrder();
    void whoReadsNothingGetsAllOfItLater();

private:
    QString topic() const { return u"channel/"_s + m_channel; }

    // Returns the number of the message in its channel; 0: refused.
    qint64 post(const QString &text)
    {
        const QJsonObject message{{u"clientId"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                                  {u"text"_s, text}};
        const auto answer = m_server.post(u"/api/v1/channels/%1/messages"_s.arg(m_channel), message, m_tokens.first());
        return answer.json()[u"sequence"_s].toInteger();
    }

    static QList<qint64> numbersIn(const QList<QJsonObject> &events)
    {
        QList<qint64> numbers;
        for (const QJsonObject &event : events)
            if (event[u"name"_s] == u"message.posted"_s)
                numbers.append(event[u"data"_s][u"sequence"_s].toInteger());
        return numbers;
    }

    TestServer m_server;
    QList<QByteArray> m_tokens;
    QString m_channel;
};

void TestLiveFlood::everySocketGetsEachMessageOnceInOrder()
{
    constexpr int sockets = 60;
    constexpr int messages = 200;
    QUrl address = m_server.url(u"/api/v1/live"_s);
    address.setScheme(u"ws"_s);
    std::vector<std::unique_ptr<LiveReader>> readers;
    for (int i = 0; i < sockets; ++i)
        readers.push_back(std::make_unique<LiveReader>(address));
    for (int i = 0; i < sockets; ++i) {
        LiveReader &reader = *readers[std::size_t(i)];
        QTRY_VERIFY_WITH_TIMEOUT(reader.isOpen(), patience);
        reader.say(authenticate(m_tokens[i % m_tokens.size()]));
        reader.say(follow(topic()));
    }
    for (const auto &reader : readers)
        QTRY_COMPARE_WITH_TIMEOUT(reader->of(u"subscribed"_s).size(), 1, patience);
    QList<qint64> wanted;
    for (int i = 0; i < messages; ++i) {
        wanted.append(post(u"Message %1"_s.arg(i)));
        QVERIFY(wanted.last() > 0);
    }
    for (const auto &reader : readers) {
        QTRY_VERIFY_WITH_TIMEOUT(numbersIn(reader->of(u"event"_s)).size() >= messages, patience);
        QCOMPARE(numbersIn(reader->of(u"event"_s)), wanted);
        QCOMPARE(reader->of(u"event"_s), readers.front()->of(u"event"_s));
    }
}

void TestLiveFlood::whoReadsNothingGetsAllOfItLater()
{
    constexpr int messages = 200;
    RawClient client(quint16(m_server.url({}).port()), 64 * 1024);
    const auto read = [&] {
        const QByteArray start = client.receive(2);
        qsizetype size = start.size() < 2 ? 0 : start[1];
        const qsizetype extended = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (extended)
            size = 0;
        for (const char byte : client.receive(extended))
            size = size << 8 | quint8(byte);
        return json::object(client.receive(size));
    };
    const auto say = [&](const QJsonObject &message) { client.send(clientFrame(0x81, json::print(message))); };
    client.send("GET /api/v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QVERIFY(client.receiveUntil("\r\n\r\n").startsWith("HTTP/1.1 101 "));
    say(authenticate(m_tokens[1]));
    QCOMPARE(read()[u"type"_s].toString(), u"ready"_s);
    say(follow(topic()));
    // Who is there is told as well, at any time.
    const auto readPastPresence = [&] {
        QJsonObject message = read();
        while (message[u"type"_s] == u"presence"_s)
            message = read();
        return message;
    };
    QCOMPARE(readPastPresence()[u"type"_s].toString(), u"subscribed"_s);
    QList<qint64> wanted;
    for (int i = 0; i < messages; ++i) {
        wanted.append(post(QString(30'000, u'x'))); // together far more than may wait for one socket
        QVERIFY(wanted.last() > 0);
    }
    QList<QJsonObject> events;
    while (numbersIn(events).size() < messages) {
        events.append(readPastPresence());
        QCOMPARE(events.last()[u"type"_s].toString(), u"event"_s);
    }
    QCOMPARE(numbersIn(events), wanted);
}

QTEST_GUILESS_MAIN(TestLiveFlood)
#include "tst_live_flood.moc"
