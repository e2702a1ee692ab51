// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/socket_user.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <atomic>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// Ending a server under load: every request that a client could send is answered.
class TestDrain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failsNoRequest_data();
    void failsNoRequest();
    void finishesWhatRuns();
    void closesIdleConnectionsSoon();
    void cutsWhatDoesNotEnd();
    void saysGoodbyeToWebSockets();
};

namespace {

http::Response text(const QByteArray &body) { return {.contentType = "text/plain", .body = body, .headers = {}}; }

void start(http::Server &server)
{
    QString error;
    if (!server.start(&error))
        qFatal("%s", qPrintable(error));
}

} // namespace

void TestDrain::failsNoRequest_data()
{
    QTest::addColumn<bool>("keepAlive");
    QTest::newRow("kept connections") << true;
    QTest::newRow("a connection for each request") << false;
}

void TestDrain::failsNoRequest()
{
    QFETCH(bool, keepAlive);
    int completed = 0;
    for (int round = 0; round < 5; ++round) {
        std::mutex mutex;
        std::vector<std::jthread> workers;
        std::atomic<int> count{0};
        http::ServerOptions options;
        options.threads = 2;
        options.handler = [&](std::shared_ptr<http::Exchange> exchange) {
            if (count++ % 8) // most at once, some from elsewhere and a little later
                return exchange->reply(text("ok"));
            const std::lock_guard lock(mutex);
            workers.emplace_back([exchange = std::move(exchange)] {
                std::this_thread::sleep_for(30ms);
                exchange->replyFromAnyThread(text("ok"));
            });
        };
        http::Server server(std::move(options));
        start(server);

        std::atomic<int> answered{0};
        std::atomic<int> failed{0};
        std::atomic<bool> over{false};
        {
            std::vector<std::jthread> clients;
            for (int i = 0; i < 8; ++i) {
                clients.emplace_back([&] {
                    while (!over) {
                        RawClient client(server.port());
                        if (!client.connected())
                            return; // refused, and told so before it sent anything
                        bool kept = true;
                        while (kept && !over) {
                            client.send(keepAlive ? "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                                                  : "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                            const QByteArray answer = client.receiveAnswer();
                            const bool good = bodyOf(answer) == "ok";
                            ++(good ? answered : failed);
                            kept = good && !answer.contains("Connection: close");
                        }
                    }
                });
            }
            std::this_thread::sleep_for(150ms); // under load by now
            server.drain(10s);
            over = true;
        }
        QCOMPARE(failed.load(), 0);
        QCOMPARE(server.counters().open, 0);
        completed += answered;
    }
    QVERIFY2(completed > 500, QByteArray::number(completed));
}

void TestDrain::finishesWhatRuns()
{
    std::jthread worker;
    http::ServerOptions options;
    options.handler = [&](std::shared_ptr<http::Exchange> exchange) {
        exchange->beginStream(200, {{"Content-Type", "text/plain"}});
        worker = std::jthread([exchange = std::move(exchange)] {
            for (int i = 0; i < 15; ++i) {
                std::this_thread::sleep_for(100ms);
                exchange->post([](http::Exchange &self) { self.write("x"); });
            }
            exchange->post([](http::Exchange &self) { self.finish(); });
        });
    };
    http::Server server(std::move(options));
    start(server);
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(server.counters().served, 1u);
    server.drain(20s);
    QCOMPARE(client.receiveAll().count("1\r\nx\r\n"), 15);
    QVERIFY(client.closed());
    QVERIFY(!RawClient(server.port()).connected());
}

void TestDrain::closesIdleConnectionsSoon()
{
    http::ServerOptions options;
    options.handler = [](auto exchange) { exchange->reply(text("ok")); };
    http::Server server(std::move(options));
    start(server);
    RawClient used(server.port());
    used.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(bodyOf(used.receiveAnswer()), "ok");
    RawClient unused(server.port());
    QTRY_COMPARE(server.counters().open, 2);
    QElapsedTimer timer;
    timer.start();
    std::jthread reader([&] { // a client that closes when it is told to
        used.receiveAll();
        used.close();
    });
    server.drain(30s);
    QVERIFY2(timer.elapsed() < 8'000, QByteArray::number(timer.elapsed()));
    QCOMPARE(server.counters().open, 0);
}

void TestDrain::cutsWhatDoesNotEnd()
{
    std::shared_ptr<http::Exchange> kept;
    http::ServerOptions options;
    options.handler = [&](std::shared_ptr<http::Exchange> exchange) { kept = std::move(exchange); };
    http::Server server(std::move(options));
    start(server);
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(server.counters().served, 1u);
    QElapsedTimer timer;
    timer.start();
    server.drain(600ms);
    QVERIFY(timer.elapsed() < 5'000);
    QTRY_COMPARE(server.counters().open, 0);
    QTRY_VERIFY(!kept->alive());
    kept->replyFromAnyThread(text("too late")); // goes nowhere
    server.stop();
    kept->replyFromAnyThread(text("much too late"));
    kept.reset();
    client.receiveAll();
    QVERIFY(client.closed());
}

void TestDrain::saysGoodbyeToWebSockets()
{
    http::ServerOptions options;
    options.handler = [](auto exchange) { exchange->reply(text("ok")); };
    options.upgradeCheck = [](const http::Request &) { return 0; };
    options.onWebSocket = [](http::WebSocket &socket, const http::Request &) { new SocketUser(socket); };
    http::Server server(std::move(options));
    start(server);
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy disconnected(&client, &QWebSocket::disconnected);
    client.open(QUrl(u"ws://127.0.0.1:%1/live"_s.arg(server.port())));
    QVERIFY(connected.wait());
    std::jthread draining([&] { server.drain(10s); });
    QVERIFY(disconnected.size() || disconnected.wait());
    QCOMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    draining.join();
    QCOMPARE(server.counters().open, 0);
}

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
