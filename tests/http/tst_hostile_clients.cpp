// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"
#include "tests/http/raw_client.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace std::chrono_literals;

// What a real server on a real port does with clients that mean ill or have bad luck. The limits are small, so that
// they are met quickly; each test fails if the limit it names is not kept.
class TestHostileClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void smuggling_data();
    void smuggling();
    void malformedHeads_data();
    void malformedHeads();
    void endlessInput_data();
    void endlessInput();
    void tooLargeBodyIsRefusedBeforeItComes();
    void routesMayTakeLargerBodies();
    void slowHeads();
    void slowBodies();
    void steadyBodiesMayTakeLong();
    void silentConnections();
    void connectionsThatRestAreAnsweredAndClosedInTheirTurn();
    void clientsThatLeave();
    void halfClosedClientsGetTheirAnswer();
    void handlersThatNeverAnswer();
    void bodiesOfManyTogether();
    void tooManyConnections();
    void tooManyConnectionsOfOnePeer();
    void noDescriptorsLeft();
    void headerInjection();
    void unfinishedStreamIsNotTakenForWhole();
    void refusalReachesAClientThatIsStillSending();
    void storm();

private:
    void start(const std::function<void(http::ServerOptions &)> &change = {});
    // Another client is answered, and soon.
    void checkOthersAreServed();
    void joinWorkers();

    std::unique_ptr<http::Server> m_server;
    std::vector<std::thread> m_workers;
    std::mutex m_mutex;
    QList<QByteArray> m_paths; // that reached the handler; guarded by m_mutex
    std::atomic<int> m_cancelled{0};
};

namespace {

const QByteArray plain = "GET /plain HTTP/1.1\r\nHost: x\r\n\r\n";

http::Limits smallLimits()
{
    http::Limits limits;
    limits.requestLine = 1024;
    limits.head = 4096;
    limits.headTime = 400ms;
    limits.body = 64 * 1024;
    limits.bodyGrace = 400ms;
    limits.bodyBytesPerSecond = 10'000;
    limits.answerTime = 1s;
    limits.unsent = 64 * 1024;
    limits.readTime = 600ms;
    limits.idle = 800ms;
    limits.linger = 500ms;
    return limits;
}

http::Response text(const QByteArray &body) { return {.contentType = "text/plain", .body = body, .headers = {}}; }

} // namespace

void TestHostileClients::init() { m_cancelled = 0; }

void TestHostileClients::joinWorkers()
{
    std::vector<std::thread> workers;
    {
        const std::lock_guard lock(m_mutex); // the server may still be adding some
        workers.swap(m_workers);
    }
    for (std::thread &worker : workers)
        worker.join();
}

void TestHostileClients::cleanup()
{
    m_server.reset(); // first: until then requests that are on their way add workers
    joinWorkers();
    m_paths.clear();
}

void TestHostileClients::start(const std::function<void(http::ServerOptions &)> &change)
{
    http::ServerOptions options;
    options.threads = 1; // one: whoever blocks it blocks everybody, and the test sees it
    options.limits = smallLimits();
    options.bodyLimit = [](QByteArrayView, QByteArrayView path) { return path == "/large" ? 4 * megabyte : -1; };
    options.handler = [this](std::shared_ptr<http::Exchange> exchange) {
        const QByteArray path = exchange->request().path;
        {
            const std::lock_guard lock(m_mutex);
            m_paths.append(path);
        }
        if (path == "/never") {
            exchange->onCancel([this, exchange] { ++m_cancelled; }); // holds itself, as handlers do
        } else if (path == "/later") {
            exchange->onCancel([this] { ++m_cancelled; });
            const std::lock_guard lock(m_mutex);
            m_workers.emplace_back([exchange = std::move(exchange)] {
                std::this_thread::sleep_for(200ms);
                exchange->replyFromAnyThread(text("late " + exchange->request().query));
            });
        } else if (path == "/big") {
            exchange->reply(text(QByteArray(32 * 1024, 'b')));
        } else if (path == "/inject") {
            exchange->reply({.body = "{}", .headers = {{"X-A", "b\r\nX-Evil: 1"}}});
        } else {
            exchange->reply(text(QByteArray::number(exchange->request().body.size())));
        }
    };
    if (change)
        change(options);
    m_server = std::make_unique<http::Server>(std::move(options));
    QString error;
    QVERIFY2(m_server->start(&error), qPrintable(error));
}

void TestHostileClients::checkOthersAreServed()
{
    RawClient client(m_server->port());
    QVERIFY(client.send(plain));
    const QByteArray answer = client.receiveAnswer();
    QCOMPARE(statusesIn(answer), QList<int>{200});
}

// --- Framing -----------------------------------------------------------------------------------------------------

void TestHostileClients::smuggling_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray hidden = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    const QByteArray post = "POST /plain HTTP/1.1\r\nHost: x\r\n";
    const auto row = [&](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request + hidden << status;
    };
    const QByteArray size = QByteArray::number(hidden.size());
    row("length and chunks", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("two lengths", post + "Content-Length: " + size + "\r\nContent-Length: 0\r\n\r\n", 400);
    row("list of lengths", post + "Content-Length: 0, " + size + "\r\n\r\n", 400);
    row("signed length", post + "Content-Length: +" + size + "\r\n\r\n", 400);
    row("negative length", post + "Content-Length: -1\r\n\r\n", 400);
    row("overflowing length", post + "Content-Length: 18446744073709551616\r\n\r\n", 400);
    row("length of 2^63", post + "Content-Length: 9223372036854775808\r\n\r\n", 400);
    row("length of nothing", post + "Content-Length:\r\n\r\n", 400);
    row("hexadecimal length", post + "Content-Length: 0x10\r\n\r\n", 400);
    row("blank before the colon", post + "Content-Length : " + size + "\r\n\r\n", 400);
    row("line without colon", post + "nonsense\r\nContent-Length: " + size + "\r\n\r\n", 400);
    row("too many fields", post + QByteArray("X: a\r\n").repeated(101) + "Content-Length: " + size + "\r\n\r\n", 431);
    row("unknown coding", post + "Transfer-Encoding: gzip\r\n\r\n", 501);
    row("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 501);
    row("chunk size in letters", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400);
    row("negative chunk", post + "Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n", 400);
    row("overflowing chunk", post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n\r\n0\r\n\r\n", 400);
    row("data longer than its chunk", post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcde\r\n0\r\n\r\n", 400);
    row("bare line feed in chunks", post + "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n", 400);
    row("folded field", post + "X-A: b\r\n Content-Length: " + size + "\r\n\r\n", 400);
    row("upgrade with a body",
        "GET /plain HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: " + size
            + "\r\n\r\n",
        400);
}

// The request is refused, once, the connection closed, and neither it nor what hides behind it reaches a handler.
void TestHostileClients::smuggling()
{
    start();
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RawClient client(m_server->port());
    client.send(request);
    const QByteArray answer = client.receiveAll();
    QVERIFY2(client.closed(), answer);
    QCOMPARE(statusesIn(answer), QList<int>{status});
    QVERIFY(answer.contains("\r\nContent-Type: application/problem+json\r\n"));
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QCOMPARE(m_server->counters().served, 0u);
    checkOthersAreServed();
    const std::lock_guard lock(m_mutex);
    QCOMPARE(m_paths, QList<QByteArray>{"/plain"});
}

void TestHostileClients::malformedHeads_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    row("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400);
    row("NUL", QByteArray("GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", 36), 400);
    row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    row("HTTP/9.9", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505);
    row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505);
    row("folded field", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n", 400);
    row("absolute target", "GET http://evil/ HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("TLS greeting", QByteArray::fromHex("16030102000100") + "1234567890", 400);
    row("noise", QByteArray::fromHex("00ff13379a0d0a0d0a"), 400);
    row("long request line", "GET /" + QByteArray(2000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
    row("long field", "GET / HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(5000, 'a') + "\r\n\r\n", 431);
    row("other expectation", "PUT / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", 417);
}

void TestHostileClients::malformedHeads()
{
    start();
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RawClient client(m_server->port());
    client.send(request);
    const QByteArray answer = client.receiveAll();
    QVERIFY2(client.closed(), answer);
    QCOMPARE(statusesIn(answer), QList<int>{status});
    QCOMPARE(m_server->counters().served, 0u);
    QCOMPARE(m_server->counters().rejected, 1u);
}

// --- Sizes -------------------------------------------------------------------------------------------------------

void TestHostileClients::endlessInput_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<int>("status");
    QTest::newRow("request line") << QByteArray("GET /") << QByteArray(megabyte, 'a') << 414;
    QTest::newRow("field") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nX: ") << QByteArray(megabyte, 'a') << 431;
    QTest::newRow("fields") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n") << QByteArray("X: y\r\n").repeated(100'000)
                            << 431;
    QTest::newRow("chunks") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                            << "8000\r\n" + QByteArray(0x8000, 'a') + "\r\n"
                            << 413;
    QTest::newRow("chunk extensions") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                                      << QByteArray("1;" + QByteArray(200, 'a') + "\r\nx\r\n").repeated(1000) << 400;
    QTest::newRow("trailers") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                              << QByteArray("T: v\r\n").repeated(100'000) << 431;
}

void TestHostileClients::endlessInput()
{
    start();
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, block);
    QFETCH(int, status);
    const qint64 before = residentMemory();
    RawClient client(m_server->port());
    QVERIFY(client.send(start));
    qint64 sent = 0;
    while (sent < 256 * megabyte && client.send(block, 2s))
        sent += block.size();
    QVERIFY2(sent < 64 * megabyte, QByteArray::number(sent)); // what the kernel and the lingering close swallow
    QCOMPARE(statusesIn(client.receiveAll()).value(0, status), status); // may be lost, as we kept sending
    QTRY_COMPARE(m_server->counters().open, 0);
    QCOMPARE(m_server->counters().rejected, 1u);
    QVERIFY2(residentMemory() - before < memorySlack, QByteArray::number(residentMemory() - before));
    checkOthersAreServed();
}

void TestHostileClients::tooLargeBodyIsRefusedBeforeItComes()
{
    start();
    RawClient client(m_server->port());
    client.send("POST /plain HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4000000000\r\n\r\n");
    QCOMPARE(statusesIn(client.receiveAll()), QList<int>{413}); // and no 100
    QVERIFY(client.closed());
}

void TestHostileClients::routesMayTakeLargerBodies()
{
    start();
    RawClient client(m_server->port());
    const QByteArray body(3 * megabyte, 'x');
    client.send("POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
                + body);
    QCOMPARE(bodyOf(client.receiveAnswer()), QByteArray::number(body.size()));
    RawClient second(m_server->port());
    second.send("POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");
    QCOMPARE(statusesIn(second.receiveAll()), QList<int>{413});
}

// --- Time --------------------------------------------------------------------------------------------------------

void TestHostileClients::slowHeads()
{
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 300; ++i) {
        clients.emplace_back(m_server->port());
        QVERIFY(clients.back().send("GET /plain HTTP/1.1\r\nHost: x\r\nX: "));
    }
    QTRY_COMPARE(m_server->counters().accepted, quint64(clients.size()));
    QElapsedTimer timer;
    timer.start();
    while (m_server->counters().open > 0 && timer.elapsed() < 20'000) {
        for (RawClient &client : clients)
            client.send("a");
        QTest::qWait(20);
    }
    QVERIFY2(timer.elapsed() < 10'000, QByteArray::number(timer.elapsed()));
    QCOMPARE(m_server->counters().timeouts, 300u);
    checkOthersAreServed();
}

void TestHostileClients::slowBodies()
{
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 100; ++i) {
        clients.emplace_back(m_server->port());
        QVERIFY(clients.back().send("POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"));
    }
    QTRY_COMPARE(m_server->counters().accepted, quint64(clients.size()));
    QElapsedTimer timer;
    timer.start();
    while (m_server->counters().open > 0 && timer.elapsed() < 20'000) {
        for (RawClient &client : clients)
            client.send("ab"); // some 100 bytes a second
        QTest::qWait(20);
    }
    QVERIFY2(timer.elapsed() < 10'000, QByteArray::number(timer.elapsed()));
    QCOMPARE(m_server->counters().timeouts, 100u);
    QCOMPARE(m_server->counters().served, 0u);
    checkOthersAreServed();
}

// The limit is a rate, not a total time.
void TestHostileClients::steadyBodiesMayTakeLong()
{
    start();
    RawClient client(m_server->port());
    client.send("POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
    for (int i = 0; i < 30; ++i) { // 1.5 s and more, where 0.4 s are allowed for nothing
        QVERIFY(client.send(QByteArray(2000, 'x')));
        QTest::qWait(50);
    }
    QCOMPARE(bodyOf(client.receiveAnswer()), "60000");
}

void TestHostileClients::silentConnections()
{
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i)
        clients.emplace_back(m_server->port());
    QVERIFY(clients[0].send(plain)); // one has been of use before
    QCOMPARE(statusesIn(clients[0].receiveAnswer()), QList<int>{200});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->counters().open, 0, 10'000);
    QCOMPARE(m_server->counters().timeouts, 20u);
    for (RawClient &client : clients) {
        QCOMPARE(client.receiveAll(), QByteArray());
        QVERIFY(client.closed());
    }
}

// --- Leaving -----------------------------------------------------------------------------------------------------

// Answers for clients that are gone go nowhere, and never to somebody else.
void TestHostileClients::connectionsThatRestAreAnsweredAndClosedInTheirTurn()
{
    start([](http::ServerOptions &options) { options.limits.idle = 4s; });
    RawClient silent(m_server->port()), asksAgain(m_server->port());
    for (RawClient *client : {&silent, &asksAgain}) {
        QVERIFY(client->send(plain));
        QCOMPARE(statusesIn(client->receiveAnswer()), QList<int>{200});
    }
    silent.receiveAll(2s); // long enough for both to be put aside, and too short to be closed
    QVERIFY(!silent.closed());
    QVERIFY(asksAgain.send(plain));
    QCOMPARE(statusesIn(asksAgain.receiveAnswer()), QList<int>{200});
    silent.receiveAll();
    QVERIFY(silent.closed());
    QVERIFY(asksAgain.send(plain));
    QCOMPARE(statusesIn(asksAgain.receiveAnswer()), QList<int>{200});
    asksAgain.receiveAll();
    QVERIFY(asksAgain.closed());
    QCOMPARE(m_server->counters().timeouts, quint64(2));
}

void TestHostileClients::clientsThatLeave()
{
    start();
    for (int round = 0; round < 3; ++round) {
        std::vector<RawClient> leaving;
        for (int i = 0; i < 20; ++i) {
            leaving.emplace_back(m_server->port());
            QVERIFY(leaving.back().send("GET /later?secret HTTP/1.1\r\nHost: a\r\n\r\n"));
        }
        QTRY_COMPARE(m_server->counters().served, quint64(20 * (round + 1)));
        for (std::size_t i = 0; i < leaving.size(); ++i)
            i % 2 ? leaving[i].reset() : leaving[i].close();
        std::vector<RawClient> silent; // they get the same descriptors
        for (int i = 0; i < 40; ++i)
            silent.emplace_back(m_server->port());
        for (RawClient &client : silent)
            QCOMPARE(client.receiveAll(15ms), QByteArray());
        joinWorkers();
    }
    QTRY_COMPARE(m_cancelled.load(), 60);
    QTRY_COMPARE(m_server->counters().open, 0);
    checkOthersAreServed();
}

void TestHostileClients::halfClosedClientsGetTheirAnswer()
{
    start();
    RawClient client(m_server->port());
    client.send("GET /later?x HTTP/1.1\r\nHost: a\r\n\r\n");
    client.finishSending();
    QCOMPARE(bodyOf(client.receiveAll()), "late x");
    QVERIFY(client.closed());
}

void TestHostileClients::handlersThatNeverAnswer()
{
    start();
    RawClient client(m_server->port());
    client.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(statusesIn(client.receiveAll()), QList<int>{504});
    QVERIFY(client.closed());
    RawClient leaving(m_server->port());
    leaving.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(m_server->counters().served, 2u);
    leaving.close();
    QTRY_COMPARE(m_cancelled.load(), 1);
    QTRY_COMPARE(m_server->counters().open, 0);
}

// --- Together ----------------------------------------------------------------------------------------------------

void TestHostileClients::bodiesOfManyTogether()
{
    start([](http::ServerOptions &options) {
        options.limits.buffered = 20 * 50'000;
        options.limits.bodyGrace = 20s;
    });
    std::vector<RawClient> clients;
    for (int i = 0; i < 60; ++i) { // 50,000 of 60,000 bytes each, three times what all may have
        clients.emplace_back(m_server->port());
        QVERIFY(clients.back().send("POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"
                                    + QByteArray(50'000, 'x')));
    }
    QTRY_VERIFY(m_server->counters().rejected >= 35);
    int refused = 0;
    for (RawClient &client : clients)
        refused += statusesIn(client.receiveAll(20ms)).contains(503);
    QVERIFY2(refused >= 35 && refused <= 41, QByteArray::number(refused));
    checkOthersAreServed(); // small ones always get their share
    clients.clear();
    QTRY_COMPARE(m_server->counters().open, 0);
    RawClient later(m_server->port()); // all was given back
    later.send("POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + QByteArray(60'000, 'x'));
    QCOMPARE(bodyOf(later.receiveAnswer()), "60000");
}

void TestHostileClients::tooManyConnections()
{
    start([](http::ServerOptions &options) {
        options.limits.connections = 20;
        options.limits.idle = 60s;
    });
    std::vector<RawClient> clients;
    for (int i = 0; i < 30; ++i)
        clients.emplace_back(m_server->port());
    QTRY_COMPARE(m_server->counters().refused, 10u);
    int refused = 0;
    for (RawClient &client : clients) {
        const QByteArray answer = client.receiveAll(20ms);
        QCOMPARE(client.closed(), statusesIn(answer) == QList<int>{503});
        refused += client.closed();
    }
    QCOMPARE(refused, 10);
    clients.erase(clients.begin(), clients.begin() + 5);
    QTRY_COMPARE(m_server->counters().open, 15);
    checkOthersAreServed();
}

void TestHostileClients::tooManyConnectionsOfOnePeer()
{
    const auto few = [](http::ServerOptions &options) {
        options.limits.connectionsPerPeer = 5;
        options.limits.idle = 60s;
    };
    start([&](http::ServerOptions &options) {
        few(options);
        options.limits.countLoopback = true;
    });
    std::vector<RawClient> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back(m_server->port());
    QTRY_COMPARE(m_server->counters().refused, 3u);
    QCOMPARE(m_server->counters().open, 5);
    clients.clear();
    QTRY_COMPARE(m_server->counters().open, 0);
    checkOthersAreServed();

    start(few); // a proxy on this machine is many
    for (int i = 0; i < 8; ++i)
        clients.emplace_back(m_server->port());
    QTRY_COMPARE(m_server->counters().open, 8);
}

// Whoever comes waits until there is room again; the others do not notice.
void TestHostileClients::noDescriptorsLeft()
{
    start([](http::ServerOptions &options) { options.limits.idle = 60s; });
    RawClient early(m_server->port());
    QVERIFY(early.send(plain));
    QCOMPARE(statusesIn(early.receiveAnswer()), QList<int>{200});

    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    std::vector<int> fillers{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
    const rlimit small{.rlim_cur = rlim_t(fillers.front()) + 20, .rlim_max = usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &small), 0);
    for (int filler = 0; (filler = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) != -1;)
        fillers.push_back(filler);
    ::close(fillers.back()); // for the client's own end, and none for the server's
    fillers.pop_back();
    RawClient late(m_server->port());
    QVERIFY(late.send(plain)); // the kernel takes it
    QCOMPARE(late.receiveAnswer(300ms), QByteArray());
    QVERIFY(early.send(plain));
    QCOMPARE(statusesIn(early.receiveAnswer()), QList<int>{200});

    for (const int filler : fillers)
        ::close(filler);
    QCOMPARE(statusesIn(late.receiveAnswer()), QList<int>{200});
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &usual), 0);
    checkOthersAreServed();
}

// --- Answers -----------------------------------------------------------------------------------------------------

void TestHostileClients::headerInjection()
{
    start();
    RawClient client(m_server->port());
    client.send("GET /inject HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(!client.receiveAnswer().contains("X-Evil"));
}

void TestHostileClients::unfinishedStreamIsNotTakenForWhole()
{
    start([](http::ServerOptions &options) {
        options.handler = [](std::shared_ptr<http::Exchange> exchange) {
            exchange->beginStream(200, {{"Content-Type", "text/plain"}});
            exchange->write("half");
        };
    });
    RawClient client(m_server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray answer = client.receiveAll();
    QVERIFY(client.closed());
    QVERIFY2(!answer.contains("\r\n0\r\n\r\n"), answer);
}

// Closing with unread input resets a connection and destroys the answer under way; the edge reads on for a moment.
void TestHostileClients::refusalReachesAClientThatIsStillSending()
{
    start();
    for (int i = 0; i < 20; ++i) {
        RawClient client(m_server->port());
        client.send("POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
        client.send(QByteArray(megabyte, 'x'), 200ms);
        QCOMPARE(statusesIn(client.receiveAll()), QList<int>{413});
    }
}

// Noise, half requests and resets in any order leave nothing behind.
void TestHostileClients::storm()
{
    start([](http::ServerOptions &options) { options.threads = 2; });
    checkOthersAreServed();
    QTRY_COMPARE(m_server->counters().open, 0);
    const auto descriptors = [] { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files).size(); };
    const auto before = descriptors();
    std::mt19937 random(7);
    const QByteArray pieces[] = {plain,
                                 plain.left(20),
                                 "GET /big HTTP/1.1\r\nHost: x\r\n\r\n",
                                 "GET /later HTTP/1.1\r\nHost: x\r\n\r\n",
                                 "POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
                                 "POST /plain HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                                 QByteArray::fromHex("ff00ff00"),
                                 "\r\n\r\n"};
    std::vector<RawClient> open;
    for (int i = 0; i < 1500; ++i) {
        open.emplace_back(m_server->port());
        open.back().send(pieces[random() % std::size(pieces)] + pieces[random() % std::size(pieces)], 10ms);
        if (open.size() > 30) {
            RawClient &victim = open[random() % open.size()];
            random() % 2 ? victim.reset() : victim.close();
            std::swap(victim, open.back());
            open.pop_back();
        }
    }
    checkOthersAreServed();
    open.clear();
    joinWorkers();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->counters().open, 0, 20'000);
    QTRY_COMPARE(descriptors(), before);
}

QTEST_GUILESS_MAIN(TestHostileClients)
#include "tst_hostile_clients.moc"
