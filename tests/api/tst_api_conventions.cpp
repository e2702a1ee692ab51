// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// What holds for every address: errors, methods, ids of requests, origins.
class TestApiConventions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_owner = m_server.token(u"acme"_s, u"owner"_s); }

    void errorsSayWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("signedIn");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("pointer");
        const QJsonObject none;
        QTest::newRow("no such address") << QByteArray("GET") << u"/api/v1/nothing"_s << true << none << 404
                                         << QString();
        QTest::newRow("no token") << QByteArray("GET") << u"/api/v1/jobs"_s << false << none << 401 << QString();
        QTest::newRow("wrong method") << QByteArray("PUT") << u"/api/v1/jobs"_s << true << none << 405 << QString();
        QTest::newRow("no such id") << QByteArray("GET") << u"/api/v1/jobs/01a1fc13-d235-72d9-81fa-483a17126b9b"_s
                                    << true << none << 404 << QString();
        QTest::newRow("no id") << QByteArray("GET") << u"/api/v1/jobs/abc"_s << true << none << 404 << QString();
        QTest::newRow("unknown parameter")
            << QByteArray("GET") << u"/api/v1/jobs?limt=1"_s << true << none << 422 << u"/limt"_s;
        QTest::newRow("wrong parameter") << QByteArray("GET") << u"/api/v1/jobs?limit=0"_s << true << none << 422
                                         << u"/limit"_s;
        QTest::newRow("wrong cursor") << QByteArray("GET") << u"/api/v1/jobs?cursor=x"_s << true << none << 422
                                      << u"/cursor"_s;
        QTest::newRow("missing fields") << QByteArray("POST") << u"/api/v1/templates"_s << true << none << 422
                                        << u"/name"_s;
        QTest::newRow("unknown field") << QByteArray("POST") << u"/api/v1/generate"_s << true
                                       << QJsonObject{{u"modle"_s, u"x"_s}} << 422 << u"/modle"_s;
        QTest::newRow("not an operator") << QByteArray("GET") << u"/api/v1/tenants"_s << true << none << 404
                                         << QString();
    }
    void errorsSayWhatToDo()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QString, path);
        QFETCH(const bool, signedIn);
        QFETCH(const QJsonObject, body);
        QFETCH(const int, status);
        QFETCH(const QString, pointer);
        const auto answer = m_server.send(method, path, body, {.token = signedIn ? m_owner : QByteArray()});
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.headers.value("content-type"), "application/problem+json");
        const QJsonObject problem = answer.json();
        QCOMPARE(problem[u"status"_s].toInt(), status);
        QVERIFY(!problem[u"code"_s].toString().isEmpty());
        QVERIFY(!problem[u"detail"_s].toString().isEmpty());
        QCOMPARE(problem[u"requestId"_s].toString().toLatin1(), answer.headers.value("x-request-id"));
        if (!pointer.isEmpty())
            QCOMPARE(problem[u"errors"_s].toArray().first()[u"pointer"_s].toString(), pointer);
    }

    void theRequestIdComesBack()
    {
        const auto named = m_server.send("GET", u"/healthz"_s, {}, {.more = {{"X-Request-Id", "order-66"}}});
        QCOMPARE(named.headers.value("x-request-id"), "order-66");
        const auto hostile = m_server.send("GET", u"/healthz"_s, {}, {.more = {{"X-Request-Id", "a b\"<script>"}}});
        QVERIFY(!QUuid::fromString(QString::fromLatin1(hostile.headers.value("x-request-id"))).isNull());
    }

    void errorsCarryTheTrace()
    {
        const auto traceOf = [this](const QByteArray &parent) {
            const auto answer = m_server.send("GET", u"/api/v1/nowhere"_s, {}, {.more = {{"traceparent", parent}}});
            return answer.json()[u"traceId"_s].toString();
        };
        const QString given = u"4bf92f3577b34da6a3ce929d0e0e4736"_s;
        QCOMPARE(traceOf("00-" + given.toLatin1() + "-00f067aa0ba902b7-01"), given);
        // One that is not valid is not believed (W3C trace context, section 3.2.2).
        static const QRegularExpression fresh(u"^[0-9a-f]{32}$"_s);
        for (const QByteArray &wrong : {"00-" + given.toUpper().toLatin1() + "-00f067aa0ba902b7-01",
                                        "00-" + QByteArray(32, '0') + "-00f067aa0ba902b7-01", QByteArray("x")}) {
            const QString made = traceOf(wrong);
            QVERIFY2(fresh.match(made).hasMatch() && made != given, qPrintable(made));
        }
    }

    void optionsAndAllow()
    {
        const auto options = m_server.send("OPTIONS", u"/api/v1/templates"_s, {}, {});
        QCOMPARE(options.status, 204);
        QCOMPARE(options.headers.value("allow"), "GET, POST, OPTIONS");
        QVERIFY(!options.headers.contains("access-control-allow-origin"));
    }

    // Bytes that a library would tidy up before sending them.
    void disguisedAddresses_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        const QByteArray templates = "/api/v1/templates";
        QTest::newRow("as it is") << templates << 200;
        QTest::newRow("a letter in disguise") << QByteArray("/api/v1/template%73") << 404;
        QTest::newRow("a dot segment") << templates + "/../templates" << 404;
        QTest::newRow("a dot segment in disguise") << templates + "/%2e%2e" << 404;
        QTest::newRow("dots and slashes in disguise") << templates + "/..%2f..%2fetc" << 404;
        QTest::newRow("U+0000") << templates + "/a%00b" << 404;
        QTest::newRow("not UTF-8") << templates + "/%ff%fe" << 404;
        QTest::newRow("not hexadecimal") << templates + "/%zz" << 404;
        QTest::newRow("an empty segment") << templates + "//versions" << 404;
    }
    void disguisedAddresses()
    {
        QFETCH(const QByteArray, target);
        QFETCH(const int, status);
        const QByteArray answer = raw("GET", target);
        QCOMPARE(statusesIn(answer), QList<int>{status});
    }

    void unknownMethods()
    {
        for (const char *method : {"BREW", "TRACE", "PROPFIND", "get"}) {
            const QByteArray answer = raw(method, "/api/v1/templates");
            QCOMPARE(statusesIn(answer), QList<int>{405});
            QVERIFY2(answer.contains("\r\nAllow: GET, POST, OPTIONS\r\n"), answer.constData());
        }
    }

    void originsAreAllowedByList()
    {
        QCOMPARE(originAnswer("https://desk.example"), "https://desk.example");
        QCOMPARE(originAnswer("https://evil.example"), QByteArray());
    }

    void healthAndFigures()
    {
        QCOMPARE(m_server.get(u"/healthz"_s, {}).status, 200);
        QCOMPARE(m_server.get(u"/readyz"_s, {}).status, 200);
        const auto figures = m_server.get(u"/metrics"_s, {});
        QVERIFY(figures.body.contains("patio_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"2xx\"}"));
        QVERIFY(figures.body.contains("patio_build_info"));
    }

    void nothingSecretInAnswersOfTheSurface()
    {
        const QString password = m_server.demoUser(u"acme"_s, u"owner"_s)[u"password"_s].toString();
        QVERIFY(password.size() >= 12);
        for (const char *path : {"/openapi.json", "/metrics", "/.well-known/jwks.json"})
            QVERIFY(!m_server.get(QString::fromLatin1(path), {}).body.contains(password.toUtf8()));
        QVERIFY(!m_server.get(u"/.well-known/jwks.json"_s, {}).body.contains("\"d\""));
    }

private:
    QByteArray raw(const QByteArray &method, const QByteArray &target)
    {
        RawClient client(quint16(m_server.url({}).port()));
        client.send(method + ' ' + target + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer "
                    + m_owner + "\r\n\r\n");
        return client.receiveAll();
    }

    QByteArray originAnswer(const QByteArray &origin)
    {
        return m_server.send("GET", u"/healthz"_s, {}, {.more = {{"Origin", origin}}})
            .headers.value("access-control-allow-origin");
    }

    TestServer m_server{[](Config &config) { config.corsOrigins = QStringList{u"https://desk.example"_s}; }};
    QByteArray m_owner;
};

QTEST_GUILESS_MAIN(TestApiConventions)
#include "tst_api_conventions.moc"
