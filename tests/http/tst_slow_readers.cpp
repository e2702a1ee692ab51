// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/socket_user.h"
#include "tests/http/websocket_bytes.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace std::chrono_literals;

// What a real server does with clients that ask for more than they read: each costs little memory, all together not
// much more, and none of them for long.
class TestSlowReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_server.reset(); }

    void neverReading();
    void slowerThanTheLimit();
    void fasterThanTheLimit();
    void streamsWaitForTheirReader();
    void streamsAreCutWhenTheirReaderStalls();
    void manyTogether();
    void manyWebSocketsTogether();

private:
    void start(const std::function<void(http::ServerOptions &)> &change = {});

    std::unique_ptr<http::Server> m_server;
    std::atomic<int> m_cancelled{0};
};

namespace {

const QByteArray large(megabyte, 'b');

QByteArray get(const QByteArray &path) { return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

// Writes a MiB as fast as the reader reads.
struct Source
{
    static constexpr int pieces = 1000;

    int next = 0;
    std::atomic<qint64> mostUnsent{0};

    static QByteArray piece(int number) { return QByteArray::number(number).rightJustified(1024, '.'); }

    static void pump(const std::shared_ptr<Source> &self, http::Exchange &exchange)
    {
        while (self->next < pieces) {
            const bool more = exchange.write(piece(self->next++));
            self->mostUnsent = std::max(self->mostUnsent.load(), exchange.backlog());
            if (!more)
                return;
        }
        exchange.finish();
    }

    static void start(const std::shared_ptr<Source> &source, const std::shared_ptr<http::Exchange> &exchange)
    {
        exchange->beginStream(200, {{"Content-Type", "text/plain"}});
        exchange->onDrain([source, exchange] { pump(source, *exchange); });
        pump(source, *exchange);
    }

    static QByteArray expected()
    {
        QByteArray all;
        for (int i = 0; i < pieces; ++i)
            all += "400\r\n" + piece(i) + "\r\n";
        return all + "0\r\n\r\n";
    }
};

} // namespace

void TestSlowReaders::start(const std::function<void(http::ServerOptions &)> &change)
{
    http::ServerOptions options;
    options.threads = 1;
    options.limits.unsent = 64 * 1024;
    options.limits.readTime = 600ms;
    options.limits.linger = 500ms;
    options.handler = [](std::shared_ptr<http::Exchange> exchange) {
        if (exchange->request().path == "/stream")
            Source::start(std::make_shared<Source>(), exchange);
        else
            exchange->reply({.contentType = "text/plain",
                             .body = large.left(exchange->request().path.mid(1).toLongLong()),
                             .headers = {}});
    };
    if (change)
        change(options);
    m_server = std::make_unique<http::Server>(std::move(options));
    QString error;
    QVERIFY2(m_server->start(&error), qPrintable(error));
}

void TestSlowReaders::neverReading()
{
    start();
    const qint64 before = residentMemory();
    RawClient client(m_server->port(), 4096);
    const QByteArray requests = get("/32768").repeated(1000);
    qint64 sent = 0;
    while (sent < 64 * megabyte && client.send(requests, 3s))
        sent += requests.size();
    QVERIFY2(sent < 64 * megabyte, "it was read for ever");
    QTRY_COMPARE(m_server->counters().open, 0);
    QCOMPARE(m_server->counters().timeouts, 1u);
    // Unread answers are 64 KiB of ours and what the kernel takes.
    QVERIFY2(m_server->counters().served < 100, QByteArray::number(m_server->counters().served));
    QVERIFY2(residentMemory() - before < memorySlack, QByteArray::number(residentMemory() - before));
}

// It reads all the time, and yet would hold its answer for long.
void TestSlowReaders::slowerThanTheLimit()
{
    start([](http::ServerOptions &options) { options.limits.readBytesPerSecond = 64 * megabyte; });
    RawClient client(m_server->port(), 4096);
    client.send(get("/1048576").repeated(100));
    qint64 received = 0;
    while (!client.closed() && received < 90 * megabyte) {
        received += client.receive(4096, 100ms).size();
        std::this_thread::sleep_for(5ms); // the reader that this is about
    }
    QVERIFY2(client.closed(), QByteArray::number(received));
    QVERIFY(received > 4096); // it was sent something all the time
    QTRY_COMPARE(m_server->counters().open, 0);
    QCOMPARE(m_server->counters().timeouts, 1u);
}

void TestSlowReaders::fasterThanTheLimit()
{
    start([](http::ServerOptions &options) {
        options.limits.readTime = 1500ms;
        options.limits.readBytesPerSecond = 16 * 1024;
    });
    RawClient client(m_server->port(), 64 * 1024);
    client.send(get("/1048576").repeated(4));
    qint64 received = 0;
    while (!client.closed() && received < 4 * megabyte) {
        received += client.receive(32 * 1024, 10s).size();
        std::this_thread::sleep_for(25ms); // more than three seconds in all
    }
    QCOMPARE(m_server->counters().timeouts, 0u);
    QCOMPARE(m_server->counters().served, 4u);
    client.receiveAll(100ms);
    QVERIFY(!client.closed());
}

// A handler that waits for the reader keeps its memory, and every byte arrives.
void TestSlowReaders::streamsWaitForTheirReader()
{
    const auto source = std::make_shared<Source>();
    start([&](http::ServerOptions &options) {
        options.limits.readTime = 20s;
        options.handler = [&](std::shared_ptr<http::Exchange> exchange) { Source::start(source, exchange); };
    });
    RawClient client(m_server->port(), 4096);
    client.send(get("/stream"));
    QTRY_VERIFY(source->mostUnsent > 64 * 1024); // as far ahead as it may be
    QCOMPARE(bodyOf(client.receiveAnswer(30s)), Source::expected());
    QVERIFY2(source->mostUnsent < 70 * 1024, QByteArray::number(source->mostUnsent));
}

// A handler that does not wait cannot make the server hold everything.
void TestSlowReaders::streamsAreCutWhenTheirReaderStalls()
{
    start([this](http::ServerOptions &options) {
        options.handler = [this](std::shared_ptr<http::Exchange> exchange) {
            exchange->onCancel([this] { ++m_cancelled; });
            exchange->beginStream(200, {{"Content-Type", "text/plain"}});
            for (int i = 0; i < 1000 && exchange->alive(); ++i)
                exchange->write(large);
            exchange->finish();
        };
    });
    const qint64 before = residentMemory();
    RawClient client(m_server->port(), 4096);
    client.send(get("/"));
    QTRY_COMPARE(m_cancelled.load(), 1);
    QTRY_COMPARE(m_server->counters().open, 0);
    QVERIFY2(residentMemory() - before < memorySlack + 16 * megabyte, QByteArray::number(residentMemory() - before));
}

// Each of them keeps its own limits; together they would be too many. Those who read go on.
void TestSlowReaders::manyTogether()
{
    start([](http::ServerOptions &options) {
        options.limits.readTime = 60s;
        options.limits.unsentTogether = 8 * megabyte;
    });
    std::atomic<int> whole{0};
    std::atomic<int> broken{0};
    std::jthread reader([&](const std::stop_token &over) {
        const QByteArray expected = Source::expected();
        RawClient client(m_server->port());
        while (!over.stop_requested()) {
            client.send(get("/stream"));
            ++(bodyOf(client.receiveAnswer()) == expected ? whole : broken);
        }
    });
    QTRY_VERIFY(whole > 0);
    const qint64 before = residentMemory();
    std::vector<RawClient> clients;
    for (int i = 0; i < 100; ++i) {
        clients.emplace_back(m_server->port(), 4096);
        QVERIFY(clients.back().send(get("/1048576").repeated(3)));
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_server->counters().timeouts >= 80, 20'000);
    QTRY_VERIFY(m_server->counters().open >= 6); // and not more were closed than had to be
    QVERIFY2(residentMemory() - before < memorySlack + 16 * megabyte, QByteArray::number(residentMemory() - before));
    const int wholeBefore = whole;
    QTRY_VERIFY(whole > wholeBefore + 1);
    reader.request_stop();
    reader.join();
    QCOMPARE(broken.load(), 0);
}

void TestSlowReaders::manyWebSocketsTogether()
{
    constexpr int messages = 16;
    const QByteArray message(64 * 1024, 'm');
    start([&](http::ServerOptions &options) {
        options.limits.readTime = 60s;
        options.limits.unsentTogether = 8 * megabyte;
        options.upgradeCheck = [](const http::Request &) { return 0; };
        options.onWebSocket = [&](http::WebSocket &socket, const http::Request &) {
            const auto *user = new SocketUser(socket);
            for (int i = 0; i < messages && user->socket; ++i)
                socket.sendText(message);
        };
    });
    const qint64 before = residentMemory();
    const QByteArray handshake =
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    std::vector<RawClient> clients;
    for (int i = 0; i < 100; ++i) {
        clients.emplace_back(m_server->port(), 4096);
        QVERIFY(clients.back().send(handshake));
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_server->counters().timeouts >= 80, 20'000);
    QVERIFY2(residentMemory() - before < memorySlack + 16 * megabyte, QByteArray::number(residentMemory() - before));
    RawClient reader(m_server->port());
    reader.send(handshake);
    reader.receiveUntil("\r\n\r\n");
    const QByteArray all = serverFrame(0x81, message).repeated(messages);
    QCOMPARE(reader.receive(all.size()), all);
}

QTEST_GUILESS_MAIN(TestSlowReaders)
#include "tst_slow_readers.moc"
