// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "shared/json/json.h"
#include "shared/live/live.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;

// Signing in and out as a program sees it over HTTP.
class TestAuthRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wholeWay();
    void sessionsKnowWhoIsBehindTheProxy();
    void refusalsAreOne_data();
    void refusalsAreOne();
    void badInput_data();
    void badInput();
    void badTokens_data();
    void badTokens();
    void guessingIsAnsweredWithRetryAfter();
    void reuseEndsTheSession();
    void endedSessionClosesItsWebSocket();
    void keysArePublished();
    void setupOnlyWithTheToken();
    void floodOfSignInsLeavesTheRestAlone();

private:
    QJsonObject signInOf(const QString &tenant, const QString &role) const { return signInOf(*m_server, tenant, role); }
    static QJsonObject signInOf(const TestServer &server, const QString &tenant, const QString &role)
    {
        const QJsonObject user = server.demoUser(tenant, role);
        return {{u"tenant"_s, tenant}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}};
    }
    HttpAnswer login(const QJsonObject &input) { return m_server->post(u"/api/v1/auth/login"_s, input, {}); }
    static QByteArray tokenOf(const HttpAnswer &answer)
    {
        return answer.json()[u"accessToken"_s].toString().toLatin1();
    }
    HttpAnswer refresh(const QString &token)
    {
        return m_server->post(u"/api/v1/auth/refresh"_s, {{u"refreshToken"_s, token}}, {});
    }

    std::optional<TestServer> m_server;
};

// Behind a proxy of ours it is not the proxy's address that is kept.
void TestAuthRoutes::sessionsKnowWhoIsBehindTheProxy()
{
    const auto addressOf = [&](TestServer &server) {
        const HttpAnswer answer = server.send("POST", u"/api/v1/auth/login"_s, signInOf(server, u"acme"_s, u"viewer"_s),
                                              {.more = {{"X-Forwarded-For", "203.0.113.9, 198.51.100.7"}}});
        return server.get(u"/api/v1/sessions"_s, tokenOf(answer)).json()[u"items"_s][0][u"address"_s].toString();
    };
    QCOMPARE(addressOf(*m_server), u"127.0.0.1"_s); // anybody may write such a field
    TestServer behind([](Config &config) { config.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.0/8"_s)}; });
    QCOMPARE(addressOf(behind), u"198.51.100.7"_s);
}

void TestAuthRoutes::initTestCase() { m_server.emplace(); }

void TestAuthRoutes::wholeWay()
{
    QJsonObject input = signInOf(u"acme"_s, u"viewer"_s);
    input.insert(u"device"_s, u"Patio on Carla's laptop"_s);
    const HttpAnswer signedIn = login(input);
    QCOMPARE(signedIn.status, 200);
    QCOMPARE(signedIn.headers.value("cache-control"), QByteArray("no-store"));
    QCOMPARE(signedIn.json()[u"profile"_s][u"tenantSlug"_s], u"acme"_s);
    const QByteArray token = tokenOf(signedIn);
    const HttpAnswer me = m_server->get(u"/api/v1/me"_s, token);
    QCOMPARE(me.json(), signedIn.json()[u"profile"_s].toObject());

    const HttpAnswer sessions = m_server->get(u"/api/v1/sessions"_s, token);
    const QJsonObject session = sessions.json()[u"items"_s][0].toObject();
    QCOMPARE(session[u"device"_s], u"Patio on Carla's laptop"_s);
    QCOMPARE(session[u"address"_s], u"127.0.0.1"_s);
    QCOMPARE(session[u"current"_s], true);

    const HttpAnswer renewed = refresh(signedIn.json()[u"refreshToken"_s].toString());
    QCOMPARE(renewed.status, 200);
    const HttpAnswer out = m_server->post(u"/api/v1/auth/logout"_s, {}, tokenOf(renewed));
    QCOMPARE(out.status, 204);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, token).status, 401);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, tokenOf(renewed)).status, 401);
    QCOMPARE(refresh(renewed.json()[u"refreshToken"_s].toString()).code(), u"session_ended"_s);
}

void TestAuthRoutes::refusalsAreOne_data()
{
    QTest::addColumn<QString>("member");
    QTest::newRow("tenant") << u"tenant"_s;
    QTest::newRow("e-mail") << u"email"_s;
    QTest::newRow("password") << u"password"_s;
}

void TestAuthRoutes::refusalsAreOne()
{
    QFETCH(QString, member);
    QJsonObject input = signInOf(u"acme"_s, u"owner"_s);
    input.insert(member, input[member].toString() + u'x');
    const HttpAnswer answer = login(input);
    QCOMPARE(answer.status, 401);
    QJsonObject body = answer.json();
    body.remove(u"requestId"_s);
    body.remove(u"traceId"_s);
    QCOMPARE(
        json::print(body),
        QByteArray(
            R"({"code":"wrong_credentials","conflict":null,"detail":"The tenant, the e-mail address or the password is wrong.",)"
            R"("errors":[],"retryAfter":null,"status":401,"title":"Not signed in","type":"about:blank"})"));
}

void TestAuthRoutes::badInput_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("pointer");
    const QString login = u"/api/v1/auth/login"_s;
    QTest::newRow("nothing") << login << QJsonObject() << u"/tenant"_s;
    QTest::newRow("password a list") << login
                                     << QJsonObject{{u"tenant"_s, u"acme"_s},
                                                    {u"email"_s, u"a@b"_s},
                                                    {u"password"_s, QJsonArray{u"x"_s}}}
                                     << u"/password"_s;
    QTest::newRow("endless password") << login
                                      << QJsonObject{{u"tenant"_s, u"acme"_s},
                                                     {u"email"_s, u"a@b"_s},
                                                     {u"password"_s, QString(1025, u'x')}}
                                      << u"/password"_s;
    QTest::newRow("unknown member") << login
                                    << QJsonObject{{u"tenant"_s, u"acme"_s},
                                                   {u"email"_s, u"a@b"_s},
                                                   {u"password"_s, u"x"_s},
                                                   {u"user"_s, u"x"_s}}
                                    << u"/user"_s;
    QTest::newRow("no refresh token") << u"/api/v1/auth/refresh"_s << QJsonObject() << u"/refreshToken"_s;
    QTest::newRow("endless refresh token")
        << u"/api/v1/auth/refresh"_s << QJsonObject{{u"refreshToken"_s, QString(201, u'x')}} << u"/refreshToken"_s;
}

void TestAuthRoutes::badInput()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, body);
    QFETCH(QString, pointer);
    const HttpAnswer answer = m_server->post(path, body, {});
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
    QVERIFY(!answer.body.contains("xxxx")); // what was sent is not repeated
}

void TestAuthRoutes::badTokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("empty") << QByteArray("Bearer ");
    QTest::newRow("basic") << QByteArray("Basic YWRtaW46YWRtaW4=");
    QTest::newRow("nonsense") << QByteArray("Bearer nonsense");
    QTest::newRow("unsigned") << QByteArray("Bearer eyJhbGciOiJub25lIn0.e30.");
    QTest::newRow("endless") << "Bearer " + QByteArray(5000, 'a');
}

void TestAuthRoutes::badTokens()
{
    QFETCH(QByteArray, authorization);
    TestServer::RequestHeaders headers;
    if (!authorization.isEmpty())
        headers.more.append({"Authorization", authorization});
    for (const char *path : {"/api/v1/me", "/api/v1/sessions", "/api/v1/users", "/api/v1/templates"}) {
        const HttpAnswer answer = m_server->send("GET", QString::fromLatin1(path), {}, headers);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.code(), u"unauthenticated"_s);
        QCOMPARE(answer.headers.value("www-authenticate"), QByteArray("Bearer"));
    }
}

void TestAuthRoutes::guessingIsAnsweredWithRetryAfter()
{
    const QJsonObject guess{{u"tenant"_s, u"acme"_s}, {u"email"_s, u"guessed@acme.example"_s}, {u"password"_s, u"x"_s}};
    HttpAnswer answer;
    for (int i = 0; i < 20 && answer.status != 429; ++i)
        answer = login(guess);
    QCOMPARE(answer.status, 429);
    QVERIFY(answer.headers.value("retry-after").toInt() >= 1);
    QCOMPARE(login(signInOf(u"acme"_s, u"viewer"_s)).status, 200); // others are not held up
}

void TestAuthRoutes::reuseEndsTheSession()
{
    const HttpAnswer first = login(signInOf(u"northwind"_s, u"viewer"_s));
    const QString token = first.json()[u"refreshToken"_s].toString();
    const HttpAnswer second = refresh(token);
    QCOMPARE(second.status, 200);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, tokenOf(second)).status, 200);
    QCOMPARE(refresh(token).status, 401);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, tokenOf(second)).status, 401);
    QCOMPARE(refresh(second.json()[u"refreshToken"_s].toString()).status, 401);
}

void TestAuthRoutes::endedSessionClosesItsWebSocket()
{
    const HttpAnswer signedIn = login(signInOf(u"northwind"_s, u"viewer"_s));
    QWebSocket socket;
    QSignalSpy messages(&socket, &QWebSocket::textMessageReceived);
    QSignalSpy closed(&socket, &QWebSocket::disconnected);
    connect(&socket, &QWebSocket::connected, &socket, [&] {
        socket.sendTextMessage(QString::fromUtf8(
            json::print(QJsonObject{{u"type"_s, u"authenticate"_s}, {u"token"_s, signedIn.json()[u"accessToken"_s]}})));
    });
    QUrl url = m_server->url(QString::fromLatin1(live::path));
    url.setScheme(u"ws"_s);
    socket.open(url);
    QTRY_COMPARE(messages.size(), 1);
    QVERIFY(messages[0][0].toString().contains(u"\"ready\""_s));
    QVERIFY(closed.isEmpty());

    const QByteArray owner = m_server->token(u"northwind"_s, u"owner"_s);
    const QString session = signedIn.json()[u"profile"_s][u"sessionId"_s].toString();
    QCOMPARE(
        m_server
            ->send("DELETE", u"/api/v1/sessions/"_s + session, {}, {.token = m_server->token(u"acme"_s, u"owner"_s)})
            .status,
        404);
    QCOMPARE(m_server->send("DELETE", u"/api/v1/sessions/"_s + session, {}, {.token = owner}).status, 204);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, tokenOf(signedIn)).status, 401);
}

void TestAuthRoutes::keysArePublished()
{
    const HttpAnswer answer = m_server->get(u"/.well-known/jwks.json"_s, {});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.value("content-type"), QByteArray("application/jwk-set+json"));
    const QJsonValue key = answer.json()[u"keys"_s][0];
    QCOMPARE(key[u"alg"_s], u"EdDSA"_s);
    QVERIFY(key[u"d"_s].isUndefined());
    const QByteArray token = m_server->token(u"acme"_s, u"viewer"_s);
    const QByteArray header = QByteArray::fromBase64(token.left(token.indexOf('.')), QByteArray::Base64UrlEncoding);
    QVERIFY(header.contains(key[u"kid"_s].toString().toLatin1()));
}

void TestAuthRoutes::setupOnlyWithTheToken()
{
    QVERIFY(!m_server->operatorToken().isEmpty());
    const QJsonObject input{{u"token"_s, u"guess"_s},
                            {u"email"_s, u"mallory@example.com"_s},
                            {u"displayName"_s, u"Mallory"_s},
                            {u"password"_s, u"correct horse battery"_s}};
    const HttpAnswer answer = m_server->post(u"/api/v1/setup"_s, input, {});
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.code(), u"setup_token_refused"_s);
}

void TestAuthRoutes::floodOfSignInsLeavesTheRestAlone()
{
    QNetworkAccessManager flood;
    int answered = 0;
    QSet<int> statuses;
    for (int i = 0; i < 60; ++i) {
        QNetworkRequest request(m_server->url(u"/api/v1/auth/login"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        const QJsonObject guess{
            {u"tenant"_s, u"acme"_s}, {u"email"_s, u"flood%1@acme.example"_s.arg(i)}, {u"password"_s, u"x"_s}};
        QNetworkReply *reply = flood.post(request, json::print(guess));
        connect(reply, &QNetworkReply::finished, this, [&, reply] {
            ++answered;
            statuses.insert(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
            reply->deleteLater();
        });
    }
    const QByteArray token = m_server->token(u"acme"_s, u"owner"_s);
    QElapsedTimer timer;
    qint64 longest = 0;
    int requests = 0;
    while (answered < 20) { // while the flood is on
        timer.start();
        QCOMPARE(m_server->get(u"/api/v1/users"_s, token).status, 200);
        longest = std::max(longest, timer.elapsed());
        ++requests;
    }
    QVERIFY(answered < 60);
    QVERIFY2(longest < 500, qPrintable(u"%1 ms, %2 requests"_s.arg(longest).arg(requests)));
    QTRY_COMPARE_WITH_TIMEOUT(answered, 60, 60'000);
    QVERIFY((statuses - QSet<int>{401, 429, 503}).isEmpty());
}

QTEST_GUILESS_MAIN(TestAuthRoutes)
#include "tst_auth_routes.moc"
