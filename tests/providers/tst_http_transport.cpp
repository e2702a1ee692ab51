// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/epoll_dispatcher.h"
#include "server/providers/http_transport.h"
#include "tests/providers/self_signed.h"
#include "tests/support/provider_server.h"

#include <QAbstractEventDispatcher>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace providers;
using namespace std::chrono_literals;

namespace {

// Answers each request head with the given bytes, whatever it asks for.
class Peer
{
public:
    explicit Peer(QByteArray answer, QTcpServer *server = nullptr)
        : m_answer(std::move(answer)),
          m_server(server ? server : new QTcpServer)
    {
        m_server->listen(QHostAddress::LocalHost);
        QObject::connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, m_server.get(), [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection()) {
                ++connections;
                sockets.append(socket);
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                    received += socket->readAll();
                    if (received.endsWith("\r\n\r\n")) {
                        ++requests;
                        socket->write(m_answer);
                    }
                });
            }
        });
    }

    QUrl url(const QString &scheme = u"http"_s) const
    {
        return QUrl(u"%1://127.0.0.1:%2/x"_s.arg(scheme).arg(m_server->serverPort()));
    }

    int connections = 0;
    int requests = 0;
    QByteArray received;
    QList<QTcpSocket *> sockets;

private:
    QByteArray m_answer;
    std::unique_ptr<QTcpServer> m_server;
};

struct Recorded
{
    HttpHead head;
    QByteArray body;
    std::optional<HttpEnd> end;
    std::unique_ptr<HttpTransfer> transfer;
};

QByteArray answer(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestHttpTransport : public QObject
{
    Q_OBJECT

    static HttpRequest get(const QUrl &url)
    {
        HttpRequest request;
        request.method = "GET";
        request.url = url;
        return request;
    }

    static std::unique_ptr<Recorded> start(HttpTransport &transport, const HttpRequest &request)
    {
        auto recorded = std::make_unique<Recorded>();
        Recorded *to = recorded.get();
        recorded->transfer = transport.start(request,
                                             {.head = [to](const HttpHead &head) { to->head = head; },
                                              .body = [to](const QByteArray &bytes) { to->body += bytes; },
                                              .end = [to](const HttpEnd &end) { to->end = end; }});
        return recorded;
    }

    static std::unique_ptr<Recorded> finish(HttpTransport &transport, const HttpRequest &request)
    {
        auto recorded = start(transport, request);
        if (!QTest::qWaitFor([&] { return recorded->end.has_value(); }, 20'000)) {
            QTest::qFail("The transfer did not end.", __FILE__, __LINE__);
            recorded->end = HttpEnd{HttpEnd::Complete, "never ended", false};
        }
        return recorded;
    }

private Q_SLOTS:
    void sendsAndReads()
    {
        Peer peer("HTTP/1.1 100 Continue\r\nX-A: 0\r\n\r\nHTTP/1.1 418 Tea\r\nX-A:  1 \r\nx-b: 2\r\nx-a: "
                  "3\r\nContent-Length: "
                  "3\r\n\r\nabc");
        HttpTransport transport;
        HttpRequest request = get(peer.url());
        request.headers = {{"X-Sent", "yes"}};
        const auto done = finish(transport, request);
        QCOMPARE(done->end->result, HttpEnd::Complete);
        QVERIFY(done->end->sent);
        QCOMPARE(done->head.status, 418);
        QCOMPARE(done->head.header("x-a"), "1");
        QCOMPARE(done->head.header("x-b"), "2");
        QVERIFY(done->head.header("x-c").isNull());
        QCOMPARE(done->body, "abc");
        QVERIFY(peer.received.startsWith("GET /x HTTP/1.1\r\n"));
        QVERIFY(peer.received.contains("\r\nX-Sent: yes\r\n"));
        QVERIFY(!peer.received.contains("Expect:"));
        QCOMPARE(transport.running(), 0);
    }

    void keepsConnections()
    {
        Peer peer(answer("a"));
        HttpTransport transport;
        for (int i = 0; i < 20; ++i) {
            peer.received.clear();
            QCOMPARE(finish(transport, get(peer.url()))->end->result, HttpEnd::Complete);
        }
        QCOMPARE(peer.requests, 20);
        QCOMPARE(peer.connections, 1);
        // The server may close a kept one at any time. While somebody else is served, the end of it arrives.
        peer.sockets.last()->disconnectFromHost();
        HttpTransport other;
        peer.received.clear();
        QCOMPARE(finish(other, get(peer.url()))->end->result, HttpEnd::Complete);
        peer.received.clear();
        QCOMPARE(finish(transport, get(peer.url()))->end->result, HttpEnd::Complete);
        QCOMPARE(peer.connections, 3);
    }

    void takesNoProxyFromTheEnvironment()
    {
        Peer peer(answer("a"));
        qputenv("http_proxy", "http://127.0.0.1:1");
        qputenv("ALL_PROXY", "http://127.0.0.1:1");
        HttpTransport transport;
        QCOMPARE(finish(transport, get(peer.url()))->end->result, HttpEnd::Complete);
        qunsetenv("http_proxy");
        qunsetenv("ALL_PROXY");
    }

    void followsNoRedirect()
    {
        Peer other(answer("b"));
        Peer peer("HTTP/1.1 302 Found\r\nLocation: " + other.url().toEncoded() + "\r\nContent-Length: 0\r\n\r\n");
        HttpTransport transport;
        QCOMPARE(finish(transport, get(peer.url()))->head.status, 302);
        QCOMPARE(other.connections, 0);
    }

    void ends_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("result");
        QTest::newRow("body too large") << answer(QByteArray(20'000, 'x')) << int(HttpEnd::TooLarge);
        QTest::newRow("body too large, no length")
            << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(20'000, 'x') << int(HttpEnd::TooLarge);
        QTest::newRow("endless headers") << "HTTP/1.1 200 OK\r\n" + QByteArray("X-Header: some\r\n").repeated(5'000)
                                         << int(HttpEnd::TooLarge);
        QTest::newRow("no HTTP") << QByteArray("220 smtp.example.org ESMTP\r\n") << int(HttpEnd::NotHttp);
        QTest::newRow("nothing") << QByteArray() << int(HttpEnd::FirstByteTimeout);
        QTest::newRow("head only") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
                                   << int(HttpEnd::FirstByteTimeout);
        QTest::newRow("half a body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                                     << int(HttpEnd::IdleTimeout);
        QTest::newRow("broken chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                                       << int(HttpEnd::Broken);
    }

    void ends()
    {
        QFETCH(QByteArray, sent);
        QFETCH(int, result);
        Peer peer(sent);
        HttpTransport transport;
        HttpRequest request = get(peer.url());
        request.maxResponseBytes = 10'000;
        request.firstByteTimeout = 300ms;
        request.idleTimeout = 200ms;
        const auto done = finish(transport, request);
        QCOMPARE(int(done->end->result), result);
        QVERIFY(done->end->sent);
        QVERIFY(done->body.size() <= request.maxResponseBytes);
    }

    void endOfTheConnection()
    {
        Peer peer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        HttpTransport transport;
        const auto transfer = start(transport, get(peer.url()));
        QTRY_COMPARE(transfer->body, "abc");
        peer.sockets.last()->disconnectFromHost();
        QTRY_VERIFY(transfer->end);
        QCOMPARE(transfer->end->result, HttpEnd::Broken);
    }

    // A program that this one starts gets no part in its connections: what is closed here ends for the peer as well.
    void startedProgramsHoldNoConnection()
    {
        Peer peer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        HttpTransport transport;
        auto transfer = start(transport, get(peer.url()));
        QTRY_COMPARE(transfer->body, "abc");
        QProcess program;
        program.start(u"cat"_s, QStringList()); // runs until its input is closed
        QVERIFY(program.waitForStarted());
        transfer.reset();
        QTRY_COMPARE(peer.sockets.last()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(program.state(), QProcess::Running);
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished());
    }

    void connectTimeout()
    {
        // A full backlog: the connection is asked for and never made.
        QTcpServer full;
        full.setListenBacklogSize(1);
        QVERIFY(full.listen(QHostAddress::LocalHost));
        full.pauseAccepting();
        std::vector<std::unique_ptr<QTcpSocket>> fillers;
        for (int i = 0; i < 8; ++i) {
            fillers.push_back(std::make_unique<QTcpSocket>());
            fillers.back()->connectToHost(QHostAddress::LocalHost, full.serverPort());
        }
        QTest::qWait(100); // nothing tells that the kernel's queue is full
        HttpTransport transport;
        HttpRequest request = get(QUrl(u"http://127.0.0.1:%1/"_s.arg(full.serverPort())));
        request.connectTimeout = 300ms;
        const auto done = finish(transport, request);
        QCOMPARE(done->end->result, HttpEnd::ConnectTimeout);
        QVERIFY(!done->end->sent);
    }

    void unknownName()
    {
        HttpTransport transport;
        HttpRequest request = get(QUrl(u"http://no-such-host.invalid/"_s));
        request.connectTimeout = 5s;
        const auto end = *finish(transport, request)->end;
        QVERIFY(end.result == HttpEnd::ConnectFailed || end.result == HttpEnd::ConnectTimeout);
        QVERIFY(!end.sent);
        start(transport, request); // destroyed while the name is looked up: must neither block nor crash
    }

    void expectedEnd()
    {
        Peer peer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        HttpTransport transport;
        const auto transfer = start(transport, get(peer.url()));
        QTRY_COMPARE(transfer->body, "abc");
        transfer->transfer->expectEnd(100ms);
        QTRY_VERIFY_WITH_TIMEOUT(transfer->end, 2000);
        QCOMPARE(transfer->end->result, HttpEnd::IdleTimeout);
    }

    // A reader that does not read must not make us hold what the peer sends.
    void pauseAndResume()
    {
        QByteArray body(20'000'000, Qt::Uninitialized);
        for (qsizetype i = 0; i < body.size(); ++i)
            body[i] = char(i * 31 / 7);
        Peer peer(answer(body));
        HttpTransport transport;
        HttpRequest request = get(peer.url());
        request.idleTimeout = 300ms;
        QByteArray read;
        std::optional<HttpEnd> end;
        std::unique_ptr<HttpTransfer> transfer;
        int pauses = 0;
        transfer = transport.start(request,
                                   {.head = {},
                                    .body =
                                        [&](const QByteArray &bytes) {
                                            QVERIFY(bytes.size() < 500'000);
                                            const bool wasBelow = read.size() < 5'000'000;
                                            read += bytes;
                                            if (pauses == 0 || (wasBelow && read.size() >= 5'000'000)) {
                                                ++pauses;
                                                transfer->pause();
                                            }
                                        },
                                    .end = [&](const HttpEnd &at) { end = at; }});
        for (int round = 1; round <= 2; ++round) {
            QTRY_COMPARE(pauses, round);
            const qsizetype held = read.size();
            QTest::qWait(500); // longer than the idle timeout, which does not run meanwhile
            QCOMPARE(read.size(), held);
            QVERIFY(peer.sockets.last()->bytesToWrite() > 0);
            QVERIFY(!end);
            transfer->resume();
        }
        QTRY_VERIFY(end);
        QCOMPARE(end->result, HttpEnd::Complete);
        QVERIFY(read == body);
    }

    // However fast an answer comes, others get their turn after a piece of it.
    void fastAnswersTakeTurns()
    {
        constexpr qsizetype mostInATurn = 64 * 1024;
        const QByteArray body(4'000'000, 'x');
        Peer peer(answer(body));
        HttpTransport transport;
        const auto fast = start(transport, get(peer.url()));
        QTRY_VERIFY(!fast->body.isEmpty());
        qsizetype most = 0;
        QDeadlineTimer patience(20'000);
        while (!fast->end && !patience.hasExpired()) {
            const qsizetype before = fast->body.size();
            QCoreApplication::processEvents(); // one turn of the event loop
            most = std::max(most, fast->body.size() - before);
        }
        QCOMPARE(fast->body.size(), body.size());
        QVERIFY2(most <= mostInATurn, QByteArray::number(most));
    }

    void refusesWhatCannotBeSent()
    {
        HttpTransport transport;
        for (const char *url : {"ftp://127.0.0.1/", "file:///etc/passwd", "http:///x", "http://a:b@127.0.0.1/", ""}) {
            const auto transfer = start(transport, get(QUrl(QLatin1StringView(url))));
            QVERIFY(!transfer->end); // never inside start()
            QTRY_VERIFY(transfer->end);
            QCOMPARE(transfer->end->result, HttpEnd::InvalidRequest);
        }
        Peer peer(answer("a"));
        HttpRequest request = get(peer.url());
        request.headers = {{"X", "a\r\nInjected: 1"}};
        QCOMPARE(finish(transport, request)->end->result, HttpEnd::InvalidRequest);
        QCOMPARE(peer.connections, 0);
        start(transport, request); // destroyed before it could tell
        QCOMPARE(transport.running(), 0);
    }

    void publicAddressesOnly()
    {
        Peer peer(answer("a"));
        HttpTransport transport;
        HttpRequest request = get(peer.url());
        request.addresses = AddressPolicy::PublicOnly;
        for (const QString &host :
             {u"127.0.0.1"_s, u"localhost"_s, u"::1"_s, u"::ffff:127.0.0.1"_s, u"0.0.0.0"_s, u"2130706433"_s}) {
            request.url.setHost(host);
            const auto refused = finish(transport, request);
            QCOMPARE(refused->end->result, HttpEnd::AddressRefused);
            QVERIFY(!refused->end->sent);
        }
        QCOMPARE(peer.connections, 0);

        // Not over a connection either that another transfer was free to make.
        QCOMPARE(finish(transport, get(peer.url()))->end->result, HttpEnd::Complete);
        request.url = peer.url();
        QCOMPARE(finish(transport, request)->end->result, HttpEnd::AddressRefused);
        QCOMPARE(peer.requests, 1);
    }

    void publicAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isPublic");
        for (const char *address :
             {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
              "172.32.0.0", "192.167.1.1", "223.255.255.255", "2606:4700::1111", "2a00::1"})
            QTest::newRow(address) << QString(QLatin1StringView(address)) << true;
        for (const char *address : {"0.0.0.0",
                                    "10.0.0.1",
                                    "100.64.0.1",
                                    "127.0.0.1",
                                    "127.255.255.254",
                                    "169.254.169.254",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.0.0.1",
                                    "192.0.2.1",
                                    "192.168.1.1",
                                    "198.18.0.1",
                                    "198.51.100.1",
                                    "203.0.113.1",
                                    "224.0.0.1",
                                    "255.255.255.255",
                                    "::",
                                    "::1",
                                    "::ffff:10.0.0.1",
                                    "::ffff:8.8.8.8",
                                    "::127.0.0.1",
                                    "64:ff9b::a00:1",
                                    "fc00::1",
                                    "fd12::1",
                                    "fe80::1",
                                    "fec0::1",
                                    "ff02::1",
                                    "2001::1",
                                    "2001:db8::1",
                                    "2002:a00:1::",
                                    "3fff::1",
                                    "4000::1",
                                    ""})
            QTest::newRow(*address ? address : "null") << QString(QLatin1StringView(address)) << false;
    }

    void publicAddresses()
    {
        QFETCH(QString, address);
        QFETCH(bool, isPublic);
        QCOMPARE(isPublicAddress(QHostAddress(address)), isPublic);
    }

    void certificates()
    {
        const SelfSigned identity = makeSelfSigned();
        auto *server = new QSslServer;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(identity.certificate);
        configuration.setPrivateKey(identity.key);
        server->setSslConfiguration(configuration);
        Peer peer(answer("secret"), server);

        HttpTransport strict;
        const auto refused = finish(strict, get(peer.url(u"https"_s)));
        QCOMPARE(refused->end->result, HttpEnd::CertificateRefused);
        QVERIFY(!refused->end->sent);
        QCOMPARE(peer.requests, 0);

        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(identity.certificate.toPem());
        file.flush();
        HttpTransport trusting({.certificateFile = file.fileName().toUtf8()});
        const auto done = finish(trusting, get(peer.url(u"https"_s)));
        QCOMPARE(done->end->result, HttpEnd::Complete);
        QCOMPARE(done->body, "secret");
        QUrl wrongName = peer.url(u"https"_s);
        wrongName.setHost(u"localhost"_s); // the certificate is for 127.0.0.1
        QCOMPARE(finish(trusting, get(wrongName))->end->result, HttpEnd::CertificateRefused);
    }

    void destroyAndStartInsideEvents()
    {
        Peer peer(answer("abc"));
        HttpTransport transport;
        std::unique_ptr<HttpTransfer> first;
        std::unique_ptr<HttpTransfer> second;
        std::unique_ptr<HttpTransfer> third;
        QStringList told;
        first = transport.start(get(peer.url()),
                                {.head =
                                     [&](const HttpHead &) {
                                         told.append(u"first head"_s);
                                         peer.received.clear();
                                         second = transport.start(
                                             get(peer.url()),
                                             {.head = {},
                                              .body =
                                                  [&](const QByteArray &) {
                                                      told.append(u"second body"_s);
                                                      third.reset();
                                                      second.reset();
                                                  },
                                              .end = [&](const HttpEnd &) { told.append(u"second end"_s); }});
                                         first.reset();
                                     },
                                 .body = [&](const QByteArray &) { told.append(u"first body"_s); },
                                 .end = [&](const HttpEnd &) { told.append(u"first end"_s); }});
        third = transport.start(get(QUrl(u"http://127.0.0.1:1"_s)), {.head = {}, .body = {}, .end = {}});
        QTRY_COMPARE(told, (QStringList{u"first head"_s, u"second body"_s}));
        QCOMPARE(transport.running(), 0);
    }

    void transfersOutliveTheTransport()
    {
        Peer peer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        auto transport = std::make_unique<HttpTransport>();
        const auto transfer = start(*transport, get(peer.url()));
        QTRY_COMPARE(transfer->body, "abc");
        transport.reset();
        transfer->transfer->pause();
        transfer->transfer->resume();
        transfer->transfer->expectEnd(1ms);
        transfer->transfer.reset();
        QVERIFY(!transfer->end);
    }

    // As the server runs it: on a thread of its own, with the server's event dispatcher.
    void onAThreadOfTheServer()
    {
        ProviderServer server;
        QVERIFY(server.listen());
        HttpRequest request;
        request.url = server.openAiBaseUrl();
        request.url.setPath(u"/v1/chat/completions"_s);
        request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer key"}};
        request.body = R"({"model":"test-ok","stream":true,"messages":[{"role":"user","content":"a b c"}]})";
        constexpr int wanted = 500;
        constexpr int atOnce = 20;
        std::atomic<int> complete = 0;
        std::unique_ptr<QThread> thread(QThread::create([&] {
            HttpTransport transport;
            QEventLoop loop;
            std::array<std::unique_ptr<HttpTransfer>, atOnce> slots;
            int started = 0;
            int ended = 0;
            std::function<void(std::size_t)> next = [&](std::size_t slot) {
                ++started;
                slots[slot] = transport.start(request, {.head = {}, .body = {}, .end = [&, slot](const HttpEnd &end) {
                                                            complete += end.result == HttpEnd::Complete;
                                                            if (++ended == wanted)
                                                                loop.quit();
                                                            else if (started < wanted)
                                                                next(slot);
                                                        }});
            };
            for (std::size_t slot = 0; slot < atOnce; ++slot)
                next(slot);
            loop.exec();
        }));
        if (auto dispatcher = http::makeEventDispatcher())
            thread->setEventDispatcher(dispatcher.release());
        thread->start();
        QTRY_VERIFY_WITH_TIMEOUT(thread->isFinished(), 30'000);
        QCOMPARE(complete.load(), wanted);
        QCOMPARE(server.total().returned, wanted);
        QVERIFY(server.connections() <= atOnce);
    }

    // Many at once, of which half are given up at some point.
    void manyAtOnce()
    {
        ProviderServer server;
        QVERIFY(server.listen());
        HttpTransport transport;
        std::vector<std::unique_ptr<Recorded>> transfers;
        QUrl url = server.openAiBaseUrl();
        url.setPath(u"/v1/chat/completions"_s);
        for (int i = 0; i < 300; ++i) {
            HttpRequest request;
            request.url = url;
            request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer key"}};
            request.body =
                R"({"model":"test-slow-stream-5ms","stream":true,"messages":[{"role":"user","content":"a b c"}]})";
            transfers.push_back(start(transport, request));
        }
        for (std::size_t i = 0; i < transfers.size(); i += 2) {
            QTRY_VERIFY(transfers[i]->end || transfers[i]->body.size() > qsizetype(i));
            transfers[i]->transfer.reset();
        }
        for (std::size_t i = 1; i < transfers.size(); i += 2) {
            QTRY_VERIFY(transfers[i]->end);
            QCOMPARE(transfers[i]->end->result, HttpEnd::Complete);
            QVERIFY(transfers[i]->body.endsWith("data: [DONE]\n\n"));
        }
        QCOMPARE(transport.running(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_http_transport.moc"
