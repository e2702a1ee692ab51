// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/socket_user.h"
#include "tests/http/test_certificate.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// The edge over TLS.
class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void answersOverTls();
    void refusesMalformedRequests();
    void carriesLargeBodiesAndStreams();
    void upgradesToWebSockets();
    void closesHandshakesThatDoNotEnd();
    void readersThatNeverRead();
    void reloadsTheCertificate();
    void namesBadFiles();

private:
    void write(const QString &name, const QByteArray &bytes);
    bool start(QString *error);
    // Connected and encrypted.
    std::unique_ptr<QSslSocket> connect();
    static QByteArray receiveAll(QSslSocket &socket);

    QTemporaryDir m_folder;
    std::unique_ptr<http::Server> m_server;
};

void TestTls::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
}

void TestTls::init()
{
    const TestCertificate first("first");
    write(u"cert.pem"_s, first.certificate);
    write(u"key.pem"_s, first.key);
}

bool TestTls::start(QString *error)
{
    http::ServerOptions options;
    options.threads = 1;
    options.tls = {.certificate = m_folder.filePath(u"cert.pem"_s), .key = m_folder.filePath(u"key.pem"_s)};
    options.limits.headTime = 600ms;
    options.limits.readTime = 800ms;
    options.limits.body = 8 * 1024 * 1024;
    options.handler = [](std::shared_ptr<http::Exchange> exchange) {
        const http::Request &request = exchange->request();
        if (request.path == "/stream") {
            exchange->beginStream(200, {{"Content-Type", "text/plain"}});
            for (int i = 0; i < 3; ++i)
                exchange->write("piece");
            return exchange->finish();
        }
        const QByteArray body = request.path == "/big"
            ? QByteArray(256 * 1024, 'b')
            : QByteArray(request.secure ? "secure " : "plain ") + request.body;
        exchange->reply({.contentType = "text/plain", .body = body});
    };
    options.upgradeCheck = [](const http::Request &request) { return request.secure ? 0 : 403; };
    options.onWebSocket = [](http::WebSocket &socket, const http::Request &) { new SocketUser(socket); };
    m_server = std::make_unique<http::Server>(std::move(options));
    return m_server->start(error);
}

std::unique_ptr<QSslSocket> TestTls::connect()
{
    auto socket = std::make_unique<QSslSocket>();
    socket->setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->connectToHostEncrypted(u"127.0.0.1"_s, m_server->port());
    if (!socket->waitForEncrypted(10'000))
        qWarning("not encrypted: %s", qPrintable(socket->errorString()));
    return socket;
}

QByteArray TestTls::receiveAll(QSslSocket &socket)
{
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(10'000)) { }
    return socket.readAll();
}

void TestTls::answersOverTls()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    const auto client = connect();
    QVERIFY(client->isEncrypted());
    client->write(QByteArray("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1") // pipelined
                  + "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\n2");
    const QByteArray answers = receiveAll(*client);
    QCOMPARE(statusesIn(answers), (QList<int>{200, 200}));
    QVERIFY(answers.contains("secure 1HTTP/1.1 "));
    QVERIFY(answers.endsWith("secure 2"));
    QVERIFY(answers.contains("\r\nStrict-Transport-Security: "));
    QCOMPARE(client->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_server->counters().open, 0);
}

void TestTls::refusesMalformedRequests()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    const auto client = connect();
    client->write("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    QCOMPARE(statusesIn(receiveAll(*client)), QList<int>{400});
    RawClient plain(m_server->port()); // does not speak TLS
    plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(!plain.receiveAll().contains("200"));
    QVERIFY(plain.closed());
    QTRY_COMPARE(m_server->counters().open, 0);
    QCOMPARE(m_server->counters().served, 0u);
}

void TestTls::carriesLargeBodiesAndStreams()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    const auto client = connect();
    const QByteArray body(5 * 1024 * 1024, 'x');
    client->write("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body
                  + "GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const QByteArray answers = receiveAll(*client);
    QCOMPARE(statusesIn(answers), (QList<int>{200, 200}));
    QVERIFY(answers.contains("\r\n\r\nsecure " + body + "HTTP/1.1 200"));
    QVERIFY(answers.endsWith("5\r\npiece\r\n5\r\npiece\r\n5\r\npiece\r\n0\r\n\r\n"));
}

void TestTls::upgradesToWebSockets()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    QWebSocket client;
    QSslConfiguration anybody = QSslConfiguration::defaultConfiguration();
    anybody.setPeerVerifyMode(QSslSocket::VerifyNone);
    client.setSslConfiguration(anybody);
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy received(&client, &QWebSocket::textMessageReceived);
    client.open(QUrl(u"wss://127.0.0.1:%1/live"_s.arg(m_server->port())));
    QVERIFY2(connected.wait(), qPrintable(client.errorString()));
    client.sendTextMessage(u"hello ✓"_s);
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received.first().first().toString(), u"hello ✓"_s);
    client.close();
    QTRY_COMPARE(m_server->counters().open, 0);
}

void TestTls::closesHandshakesThatDoNotEnd()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    RawClient silent(m_server->port());
    RawClient begun(m_server->port());
    begun.send(QByteArray::fromHex("1603010200010001fc0303"));
    QTRY_COMPARE(m_server->counters().open, 2);
    QElapsedTimer timer;
    timer.start();
    silent.receiveAll();
    begun.receiveAll();
    QVERIFY(silent.closed() && begun.closed());
    QVERIFY2(timer.elapsed() < 8000, QByteArray::number(timer.elapsed()));
    QTRY_COMPARE(m_server->counters().open, 0);
    QCOMPARE(m_server->counters().timeouts, 2u);
}

void TestTls::readersThatNeverRead()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    const qint64 before = residentMemory();
    const auto client = connect();
    client->setReadBufferSize(1024);
    for (int i = 0; i < 200; ++i) { // 50 MiB of answers
        client->write(QByteArray("GET /big HTTP/1.1\r\nHost: x\r\n\r\n").repeated(10));
        client->waitForBytesWritten(10);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_server->counters().open, 0, 20'000);
    QVERIFY2(m_server->counters().served < 200, QByteArray::number(m_server->counters().served));
    QVERIFY2(residentMemory() - before < 64 * 1024 * 1024, QByteArray::number(residentMemory() - before));
}

void TestTls::reloadsTheCertificate()
{
    QString error;
    QVERIFY2(start(&error), qPrintable(error));
    const auto before = connect();
    QCOMPARE(before->peerCertificate().subjectInfo(QSslCertificate::CommonName), QStringList{u"first"_s});

    const TestCertificate second("second");
    write(u"cert.pem"_s, second.certificate);
    QVERIFY(!m_server->reloadTls(&error)); // the key is still that of the first
    QVERIFY2(error.contains(u"cert.pem"_s), qPrintable(error));
    QCOMPARE(connect()->peerCertificate().subjectInfo(QSslCertificate::CommonName), QStringList{u"first"_s});

    write(u"key.pem"_s, second.key);
    QVERIFY2(m_server->reloadTls(&error), qPrintable(error));
    QTRY_COMPARE(connect()->peerCertificate().subjectInfo(QSslCertificate::CommonName), QStringList{u"second"_s});
    before->write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); // goes on with the old one
    QCOMPARE(statusesIn(receiveAll(*before)), QList<int>{200});
}

void TestTls::namesBadFiles()
{
    QString error;
    write(u"key.pem"_s, "nonsense");
    QVERIFY(!start(&error));
    QVERIFY2(error.contains(u"key.pem"_s), qPrintable(error));
    write(u"cert.pem"_s, "nonsense");
    QVERIFY(!start(&error));
    QVERIFY2(error.contains(u"cert.pem"_s), qPrintable(error));
    QFile::remove(m_folder.filePath(u"cert.pem"_s));
    QVERIFY(!start(&error));
    QVERIFY2(error.contains(u"cert.pem"_s), qPrintable(error));
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
