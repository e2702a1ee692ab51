// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"
#include "tests/http/raw_client.h"

#include <QTest>

#include <thread>

using namespace std::chrono_literals;

// A server on a free port, and what a well-behaved client sees of it.
class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAndKeepsTheConnection();
    void passesTheRequestOn();
    void takesARequestInAnyPieces();
    void closesForClientsOfHttp10();
    void answersFromAnotherThread();
    void streams();
    void answersHeadWithoutBody();
    void continuesBeforeTheBody();
    void answers500WhenTheHandlerForgets();
    void answersPipelinedRequestsInOrder();
};

namespace {

http::ServerOptions options(http::Handler handler)
{
    http::ServerOptions result;
    result.threads = 1;
    result.handler = std::move(handler);
    return result;
}

http::Response text(const QByteArray &body) { return {.contentType = "text/plain", .body = body, .headers = {}}; }

} // namespace

void TestHttpServer::answersAndKeepsTheConnection()
{
    http::Server server(options([](auto exchange) { exchange->reply(text("hello")); }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
        const QByteArray answer = client.receiveAnswer();
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        QVERIFY(answer.contains("\r\nContent-Length: 5\r\n"));
        QVERIFY(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
        QCOMPARE(bodyOf(answer), "hello");
    }
    QVERIFY(client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    QVERIFY(client.receiveAll().contains("\r\nConnection: close\r\n"));
    QVERIFY(client.closed());
    QCOMPARE(server.counters().served, 4u);
    QTRY_COMPARE(server.counters().open, 0);
}

void TestHttpServer::passesTheRequestOn()
{
    http::Request seen;
    http::Server server(options([&](auto exchange) {
        seen = exchange->request();
        exchange->reply(text({}));
    }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    client.send(
        "POST /a%2Fb/c?x=1&y=%20 HTTP/1.1\r\nHost: x\r\nX-One:  two words \r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2;e=1\r\nde\r\n0\r\nT: v\r\n\r\n");
    QCOMPARE(statusesIn(client.receiveAnswer()), QList<int>{200});
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.path, "/a%2Fb/c");
    QCOMPARE(seen.query, "x=1&y=%20");
    QCOMPARE(seen.header("x-ONE"), "two words");
    QCOMPARE(seen.body, "abcde");
    QVERIFY(seen.peer.isLoopback());
}

void TestHttpServer::takesARequestInAnyPieces()
{
    http::Server server(options([](auto exchange) { exchange->reply(text(exchange->request().body)); }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    const QByteArray request = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "5\r\nabcde\r\n6;e=1\r\nfghijk\r\n0\r\nT: v\r\n\r\n";
    RawClient client(server.port());
    for (qsizetype size : {1, 2, 3, 7}) {
        for (qsizetype at = 0; at < request.size(); at += size)
            QVERIFY(client.send(request.mid(at, size)));
        QCOMPARE(bodyOf(client.receiveAnswer()), "abcdefghijk");
    }
    QVERIFY(client.send(request + request + request.left(50)));
    QVERIFY(client.send(request.mid(50)));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bodyOf(client.receiveAnswer()), "abcdefghijk");
}

void TestHttpServer::closesForClientsOfHttp10()
{
    http::Server server(options([](auto exchange) { exchange->reply(text("ok")); }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QVERIFY(client.receiveAnswer().contains("\r\nConnection: keep-alive\r\n"));
    client.send("GET /a HTTP/1.0\r\n\r\n");
    QVERIFY(client.receiveAll().endsWith("\r\n\r\nok"));
    QVERIFY(client.closed());
}

void TestHttpServer::answersFromAnotherThread()
{
    std::vector<std::jthread> workers;
    http::Server server(options([&](std::shared_ptr<http::Exchange> exchange) {
        workers.emplace_back(
            [exchange = std::move(exchange)] { exchange->replyFromAnyThread(text(exchange->request().path)); });
    }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    for (int i = 0; i < 20; ++i) {
        const QByteArray path = "/" + QByteArray::number(i);
        client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(bodyOf(client.receiveAnswer()), path);
    }
}

void TestHttpServer::streams()
{
    http::Server server(options([](auto exchange) {
        exchange->beginStream(200, {{"Content-Type", "text/event-stream"}});
        exchange->write("data: 1\n\n");
        exchange->post([](http::Exchange &later) {
            later.write("data: 2\n\n");
            later.finish();
            later.write("after the end");
        });
    }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    for (int i = 0; i < 2; ++i) {
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(bodyOf(client.receiveAnswer()), "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n");
    }
    client.send("GET /a HTTP/1.0\r\n\r\n"); // knows no chunks
    QCOMPARE(bodyOf(client.receiveAll()), "data: 1\n\ndata: 2\n\n");
    QVERIFY(client.closed());
}

void TestHttpServer::answersHeadWithoutBody()
{
    http::Server server(options([](auto exchange) { exchange->reply(text("hello")); }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const QByteArray both = client.receiveAll();
    QCOMPARE(statusesIn(both), (QList<int>{200, 200}));
    QCOMPARE(both.count("Content-Length: 5"), 2);
    QCOMPARE(both.count("hello"), 1);
}

void TestHttpServer::continuesBeforeTheBody()
{
    http::Server server(options([](auto exchange) { exchange->reply(text(exchange->request().body)); }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    client.send("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.receiveAnswer(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    QCOMPARE(bodyOf(client.receiveAnswer()), "body");
}

void TestHttpServer::answers500WhenTheHandlerForgets()
{
    http::Server server(options([](auto exchange) {
        if (exchange->request().path == "/throw")
            throw std::runtime_error("oops");
    }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    for (const char *path : {"/forget", "/throw", "/forget"}) {
        client.send(QByteArray("GET ") + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        const QByteArray answer = client.receiveAnswer();
        QCOMPARE(statusesIn(answer), QList<int>{500});
        QVERIFY(answer.contains("application/problem+json"));
        QVERIFY(!answer.contains("oops"));
    }
}

void TestHttpServer::answersPipelinedRequestsInOrder()
{
    std::vector<std::jthread> workers;
    http::Server server(options([&](std::shared_ptr<http::Exchange> exchange) {
        const int wait = exchange->request().path.mid(1).toInt();
        if (!wait)
            return exchange->reply(text("0;"));
        workers.emplace_back([exchange = std::move(exchange), wait] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wait));
            exchange->replyFromAnyThread(text(QByteArray::number(wait) + ';'));
        });
    }));
    QString error;
    QVERIFY2(server.start(&error), qPrintable(error));
    RawClient client(server.port());
    QByteArray requests;
    for (const char *path : {"/200", "/0", "/10", "/0", "/100"})
        requests += QByteArray("GET ") + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    client.send(requests);
    QByteArray bodies;
    for (int i = 0; i < 5; ++i)
        bodies += bodyOf(client.receiveAnswer());
    QCOMPARE(bodies, "200;0;10;0;100;");
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
