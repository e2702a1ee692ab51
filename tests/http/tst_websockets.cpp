// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/socket_user.h"
#include "tests/http/websocket_bytes.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWebSocket>

#include <atomic>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// WebSockets on a real server: with Qt's own client, and with bytes that no library would send.
class TestWebSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_server.reset(); }

    void echoes();
    void asksBeforeUpgrading();
    void refusesBadHandshakes_data();
    void refusesBadHandshakes();
    void keepsMessagesThatComeWithTheHandshake();
    void passesLongCyrillicText();
    void joinsFragmentsInsideACharacter();
    void closesOnForbiddenFrames_data();
    void closesOnForbiddenFrames();
    void endlessFragmentsHoldNoMemory();
    void pingersThatNeverReadHoldNoMemory();
    void pingsAndClosesSilentPeers();
    void slowReadersCanBeSeenAndCut();
    void closesFromTheServer();
    void answersPingsAndCloses_data();
    void answersPingsAndCloses();
    void sharedFramesKeepTheirPlace();
    void stopsWithOpenSockets();
    void manySocketsGetABroadcast();

private:
    void start(const std::function<void(http::ServerOptions &)> &change = {});
    RawClient upgraded();

    std::unique_ptr<http::Server> m_server;
    std::atomic<int> m_open{0};
    std::atomic<int> m_messages{0};
};

namespace {

QByteArray handshake(const QByteArray &fields = {}, const QByteArray &path = "/live")
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + fields + "\r\n";
}

} // namespace

void TestWebSockets::start(const std::function<void(http::ServerOptions &)> &change)
{
    http::ServerOptions options;
    options.threads = 1;
    options.limits.readTime = 1s;
    options.limits.linger = 500ms;
    options.handler = [](auto exchange) { exchange->reply({.body = "{}", .headers = {}}); };
    options.upgradeCheck = [](const http::Request &request) {
        const QByteArray origin = request.header("Origin");
        return request.path != "/live" ? 404 : origin.isEmpty() || origin == "https://good.example" ? 0 : 403;
    };
    options.onWebSocket = [this](http::WebSocket &socket, const http::Request &) {
        ++m_open;
        auto *user = new SocketUser(socket);
        user->closed = [this] { --m_open; };
        user->received = [this, &socket](const QByteArray &message) {
            ++m_messages;
            socket.sendText(message);
        };
    };
    m_open = 0;
    m_messages = 0;
    if (change)
        change(options);
    m_server = std::make_unique<http::Server>(std::move(options));
    QString error;
    QVERIFY2(m_server->start(&error), qPrintable(error));
}

RawClient TestWebSockets::upgraded()
{
    RawClient client(m_server->port(), 8192);
    client.send(handshake());
    const QByteArray answer = client.receiveUntil("\r\n\r\n");
    if (!answer.startsWith("HTTP/1.1 101 "))
        QTest::qFail("not upgraded: " + answer, __FILE__, __LINE__);
    return client;
}

void TestWebSockets::echoes()
{
    start();
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy received(&client, &QWebSocket::textMessageReceived);
    client.open(QUrl(u"ws://127.0.0.1:%1/live"_s.arg(m_server->port())));
    QVERIFY(connected.wait());
    for (int i = 0; i < 100; ++i)
        client.sendTextMessage(u"message %1 ✓"_s.arg(i));
    QTRY_COMPARE(received.size(), 100);
    QCOMPARE(received.last().first().toString(), u"message 99 ✓"_s);
    QCOMPARE(m_server->counters().open, 1);
    QSignalSpy closed(&client, &QWebSocket::disconnected);
    client.close();
    QVERIFY(closed.size() || closed.wait());
    QTRY_COMPARE(m_open.load(), 0);
    QTRY_COMPARE(m_server->counters().open, 0);
}

void TestWebSockets::asksBeforeUpgrading()
{
    start();
    const auto statusOf = [&](const QByteArray &request) {
        RawClient client(m_server->port());
        client.send(request);
        return statusesIn(client.receiveUntil("\r\n\r\n")).value(0);
    };
    QCOMPARE(statusOf(handshake("Origin: https://good.example\r\n")), 101);
    QCOMPARE(statusOf(handshake("Origin: https://evil.example\r\n")), 403);
    QCOMPARE(statusOf(handshake({}, "/elsewhere")), 404);
    start([](http::ServerOptions &options) { options.upgradeCheck = {}; });
    QCOMPARE(statusOf(handshake()), 404);
    start([](http::ServerOptions &options) {
        options.upgradeCheck = [](const http::Request &) -> int { throw std::runtime_error("oops"); };
    });
    QCOMPARE(statusOf(handshake()), 500);
    QCOMPARE(m_open.load(), 0);
}

void TestWebSockets::refusesBadHandshakes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("status");
    QTest::newRow("version") << QByteArray("Version: 13") << QByteArray("Version: 8") << 426;
    QTest::newRow("no version") << QByteArray("Sec-WebSocket-Version: 13\r\n") << QByteArray() << 426;
    QTest::newRow("short key") << QByteArray("dGhlIHNhbXBsZSBub25jZQ==") << QByteArray("dGhl") << 400;
    QTest::newRow("bad key") << QByteArray("dGhlIHNhbXBsZSBub25jZQ==") << QByteArray("!Ghl IHNhbXBsZSBub25jZQ==")
                             << 400;
    QTest::newRow("method") << QByteArray("GET") << QByteArray("PUT") << 400;
}

void TestWebSockets::refusesBadHandshakes()
{
    start();
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(int, status);
    RawClient client(m_server->port());
    client.send(handshake().replace(before, after));
    QCOMPARE(statusesIn(client.receiveAll()), QList<int>{status});
    QVERIFY(client.closed());
    QCOMPARE(m_open.load(), 0);
}

void TestWebSockets::keepsMessagesThatComeWithTheHandshake()
{
    start();
    for (int i = 0; i < 20; ++i) {
        RawClient client(m_server->port());
        client.send(handshake() + clientFrame(0x81, "early") + clientFrame(0x81, "bird"));
        QVERIFY(client.receiveUntil("\r\n\r\n").startsWith("HTTP/1.1 101 "));
        QCOMPARE(client.receive(13), serverFrame(0x81, "early") + serverFrame(0x81, "bird"));
    }
}

// Qt 6.4 ends frames after 512 KiB, wherever that is, and then refuses the character that was cut.
void TestWebSockets::passesLongCyrillicText()
{
    start([](http::ServerOptions &options) { options.limits.webSocketMessage = 4 * megabyte; });
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy received(&client, &QWebSocket::textMessageReceived);
    QSignalSpy closed(&client, &QWebSocket::disconnected);
    client.open(QUrl(u"ws://127.0.0.1:%1/live"_s.arg(m_server->port())));
    QVERIFY(connected.wait());
    const QString text = u"x"_s + QString(700'000, QChar(0x0436)); // one odd byte, then two for each letter
    client.sendTextMessage(text); // in several frames, as the client is not told otherwise
    QTRY_VERIFY_WITH_TIMEOUT(received.size() == 1 || closed.size() == 1, 15'000);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(received.first().first().toString(), text);
}

void TestWebSockets::joinsFragmentsInsideACharacter()
{
    start();
    RawClient client = upgraded();
    client.send(clientFrame(0x01, "gr\xc3") + clientFrame(0x00, "\xbc") + clientFrame(0x80, "n"));
    const QByteArray whole = serverFrame(0x81, "gr\xc3\xbcn");
    QCOMPARE(client.receive(whole.size()), whole);
}

void TestWebSockets::closesOnForbiddenFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const QByteArray &bytes, int code) { QTest::newRow(name) << bytes << code; };
    row("unmasked", serverFrame(0x81, "hello"), 1002);
    row("reserved bit", clientFrame(0xc1, "hello"), 1002);
    row("reserved opcode", clientFrame(0x83, "hello"), 1002);
    row("continuation of nothing", clientFrame(0x80, "hello"), 1002);
    row("fragmented ping", clientFrame(0x09, "hello"), 1002);
    row("invalid text", clientFrame(0x81, "\xff\xfe"), 1007);
    row("large frame", clientFrame(0x82, QByteArray(65 * 1024, 'x')), 1009);
    row("large message", clientFrame(0x02, QByteArray(40'000, 'x')) + clientFrame(0x80, QByteArray(40'000, 'x')), 1009);
    row("endless empty fragments", clientFrame(0x01, "") + clientFrame(0x00, "").repeated(2000), 1008);
}

void TestWebSockets::closesOnForbiddenFrames()
{
    start();
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    RawClient client = upgraded();
    client.send(bytes);
    const QByteArray close = QByteArray("\x88\x02").append(char(code >> 8)).append(char(code & 0xff));
    QCOMPARE(client.receiveAll(), close);
    QVERIFY(client.closed());
    QTRY_COMPARE(m_open.load(), 0); // the user was told
    QTRY_COMPARE(m_server->counters().open, 0);
    QCOMPARE(m_messages.load(), 0);
    QCOMPARE(m_server->counters().rejected, 1u);
}

void TestWebSockets::endlessFragmentsHoldNoMemory()
{
    start();
    const qint64 before = residentMemory();
    RawClient client = upgraded();
    client.send(clientFrame(0x02, "start"));
    const QByteArray block = clientFrame(0x00, QByteArray(60'000, 'x')).repeated(10);
    qint64 sent = 0;
    while (sent < 200 * megabyte && client.send(block, 2s))
        sent += block.size();
    QVERIFY2(sent < 32 * megabyte, QByteArray::number(sent));
    QVERIFY2(residentMemory() - before < memorySlack, QByteArray::number(residentMemory() - before));
    QTRY_COMPARE(m_server->counters().open, 0);
}

void TestWebSockets::pingersThatNeverReadHoldNoMemory()
{
    start();
    const qint64 before = residentMemory();
    RawClient client = upgraded();
    const QByteArray block = clientFrame(0x89, QByteArray(125, 'p')).repeated(5000);
    qint64 sent = 0;
    while (sent < 200 * megabyte && client.send(block, 5s))
        sent += block.size();
    QVERIFY2(sent < 64 * megabyte, QByteArray::number(sent));
    QVERIFY2(residentMemory() - before < memorySlack, QByteArray::number(residentMemory() - before));
    QTRY_COMPARE(m_server->counters().open, 0); // for not reading
}

void TestWebSockets::pingsAndClosesSilentPeers()
{
    start([](http::ServerOptions &options) {
        options.limits.webSocketPing = 200ms;
        options.limits.webSocketSilence = 1s;
    });
    RawClient answering = upgraded();
    RawClient silent = upgraded();
    QElapsedTimer timer;
    timer.start();
    int pings = 0;
    while (timer.elapsed() < 2500) {
        if (answering.receive(2, 50ms) == QByteArray("\x89\x00", 2)) {
            ++pings;
            answering.send(clientFrame(0x8a, ""));
        }
    }
    QVERIFY2(pings >= 3, QByteArray::number(pings));
    const QByteArray left = silent.receiveAll();
    QVERIFY(silent.closed());
    QVERIFY2(left.startsWith(QByteArray("\x89\x00", 2)) && left.endsWith("\x88\x02\x03\xe9"), left.toHex());
    QTRY_COMPARE(m_server->counters().open, 1); // the other one lives
}

// What the live hub does: watch what is unsent, and abort.
void TestWebSockets::slowReadersCanBeSeenAndCut()
{
    std::atomic<qint64> most{0};
    std::atomic<int> written{0};
    int turn = 0; // of the one socket
    start([&](http::ServerOptions &options) {
        options.limits.readTime = 30s;
        options.onWebSocket = [&](http::WebSocket &socket, const http::Request &) {
            ++m_open;
            auto *user = new SocketUser(socket);
            user->closed = [this] { --m_open; };
            user->sent = [&] { ++written; };
            auto *timer = new QTimer(user);
            QObject::connect(timer, &QTimer::timeout, user, [&, user] {
                if (!user->socket)
                    return;
                most = std::max<qint64>(most, user->socket->unsent());
                if (user->socket->unsent() > megabyte)
                    user->socket->abort();
                else if (turn++ % 2)
                    user->socket->sendText(QByteArray(100'000, 'x'));
                else
                    user->socket->sendShared(http::WebSocket::textFrame(QByteArray(100'000, 'x')));
            });
            timer->start(1);
        };
    });
    const qint64 before = residentMemory();
    RawClient client = upgraded();
    QTRY_COMPARE(m_open.load(), 1);
    QTRY_COMPARE(m_open.load(), 0);
    QTRY_COMPARE(m_server->counters().open, 0);
    QVERIFY2(most > megabyte && most < 2 * megabyte, QByteArray::number(most));
    QVERIFY(written > 0);
    QVERIFY2(residentMemory() - before < memorySlack, QByteArray::number(residentMemory() - before));
    client.receiveAll();
    QVERIFY(client.closed());
}

void TestWebSockets::closesFromTheServer()
{
    start([this](http::ServerOptions &options) {
        options.onWebSocket = [this](http::WebSocket &socket, const http::Request &) {
            ++m_open;
            auto *user = new SocketUser(socket);
            user->closed = [this] { --m_open; };
            socket.sendText("bye");
            socket.close(1000);
        };
    });
    RawClient client = upgraded();
    QCOMPARE(client.receiveAll(), serverFrame(0x81, "bye") + QByteArray("\x88\x02\x03\xe8"));
    QVERIFY(client.closed());
    QTRY_COMPARE(m_open.load(), 0);
    QTRY_COMPARE(m_server->counters().open, 0);
}

void TestWebSockets::answersPingsAndCloses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &answer) {
        QTest::newRow(name) << bytes << answer;
    };
    const QByteArray goodbye = clientFrame(0x88, "\x03\xe8");
    const QByteArray heard = serverFrame(0x88, "\x03\xe8");
    const auto refusal = [](const char *code) { return serverFrame(0x88, code); };
    row("ping", clientFrame(0x89, "abc") + goodbye, serverFrame(0x8a, "abc") + heard);
    row("empty ping", clientFrame(0x89, "") + goodbye, serverFrame(0x8a, "") + heard);
    row("ping of 125 bytes", clientFrame(0x89, QByteArray(125, 'p')) + goodbye,
        serverFrame(0x8a, QByteArray(125, 'p')) + heard);
    row("ten pings", clientFrame(0x89, "p").repeated(10) + goodbye, serverFrame(0x8a, "p").repeated(10) + heard);
    row("ping within a message", clientFrame(0x01, "a") + clientFrame(0x89, "p") + clientFrame(0x80, "b") + goodbye,
        serverFrame(0x8a, "p") + serverFrame(0x81, "ab") + heard);
    row("pong that nobody asked for", clientFrame(0x8a, "p") + goodbye, heard);
    row("close without a code", clientFrame(0x88, ""), serverFrame(0x88, ""));
    row("close with a reason",
        clientFrame(0x88,
                    "\x0f\xa0"
                    "done"),
        serverFrame(0x88, "\x0f\xa0"));
    row("message after a close", goodbye + clientFrame(0x81, "late"), heard);
    row("close with a code of its own", clientFrame(0x88, "\x13\x87"), serverFrame(0x88, "\x13\x87")); // 4999
    row("close with half a code", clientFrame(0x88, "a"), refusal("\x03\xea"));
    row("close with code 0", clientFrame(0x88, QByteArray(2, '\0')), refusal("\x03\xea"));
    row("close with code 999", clientFrame(0x88, "\x03\xe7"), refusal("\x03\xea"));
    row("close with code 1004", clientFrame(0x88, "\x03\xec"), refusal("\x03\xea"));
    row("close with code 1005", clientFrame(0x88, "\x03\xed"), refusal("\x03\xea"));
    row("close with code 1006", clientFrame(0x88, "\x03\xee"), refusal("\x03\xea"));
    row("close with code 1015", clientFrame(0x88, "\x03\xf7"), refusal("\x03\xea"));
    row("close with code 2000", clientFrame(0x88, "\x07\xd0"), refusal("\x03\xea"));
    row("close with code 5000", clientFrame(0x88, "\x13\x88"), refusal("\x03\xea"));
    row("close with broken text", clientFrame(0x88, "\x03\xe8\xff"), refusal("\x03\xef"));
}

// Whole and byte by byte.
void TestWebSockets::answersPingsAndCloses()
{
    start();
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, answer);
    for (const qsizetype piece : {bytes.size(), qsizetype(1)}) {
        RawClient client = upgraded();
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            QVERIFY(client.send(bytes.mid(at, piece)));
        QCOMPARE(client.receiveAll(), answer);
        QVERIFY(client.closed());
    }
    QTRY_COMPARE(m_open.load(), 0);
    QTRY_COMPARE(m_server->counters().open, 0);
}

// Frames of both kinds come in the order in which they were sent, however little the reader takes at a time.
void TestWebSockets::sharedFramesKeepTheirPlace()
{
    constexpr int many = 3000;
    const auto text = [](int i) { return QByteArray::number(i) + QByteArray(i % 700, 'x'); };
    start([&](http::ServerOptions &options) {
        options.limits.readTime = 30s;
        options.onWebSocket = [&](http::WebSocket &socket, const http::Request &) {
            const auto *user = new SocketUser(socket);
            for (int i = 0; i < many && user->socket; ++i) {
                if (i % 3 == 0)
                    socket.sendText(text(i));
                else
                    socket.sendShared(http::WebSocket::textFrame(text(i)));
            }
        };
    });
    RawClient client = upgraded();
    for (int i = 0; i < many; ++i) {
        const QByteArray frame = serverFrame(0x81, text(i));
        QCOMPARE(client.receive(frame.size()), frame);
    }
}

void TestWebSockets::stopsWithOpenSockets()
{
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(upgraded());
    m_server->stop();
    QCOMPARE(m_open.load(), 0);
    for (RawClient &client : clients) {
        client.receiveAll();
        QVERIFY(client.closed());
    }
}

void TestWebSockets::manySocketsGetABroadcast()
{
    constexpr int many = 500;
    QList<http::WebSocket *> sockets; // on the one I/O thread
    start([&](http::ServerOptions &options) {
        options.onWebSocket = [&](http::WebSocket &socket, const http::Request &) {
            sockets.append(&socket);
            auto *user = new SocketUser(socket);
            user->closed = [&] { sockets.removeOne(&socket); };
            user->received = [&](const QByteArray &message) {
                const QByteArray frame = http::WebSocket::textFrame(message);
                for (http::WebSocket *other : std::as_const(sockets))
                    other->sendShared(frame);
            };
        };
    });
    std::vector<RawClient> clients;
    for (int i = 0; i < many; ++i)
        clients.push_back(upgraded());
    clients.front().send(clientFrame(0x81, "one") + clientFrame(0x81, "two"));
    const QByteArray both = serverFrame(0x81, "one") + serverFrame(0x81, "two");
    for (RawClient &client : clients)
        QCOMPARE(client.receive(both.size()), both);
    clients.clear();
    QTRY_COMPARE(m_server->counters().open, 0);
}

QTEST_GUILESS_MAIN(TestWebSockets)
#include "tst_websockets.moc"
