// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// Coming in by invitation and looking after oneself, as a program sees it over HTTP.
class TestProfileRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeWay();
    void badInput_data();
    void badInput();
    void ownProfile();
    void ownPassword();
    void sessionsOfOneself();
    void sessionsOfOthers();
    void devicesAreNamed();

private:
    HttpAnswer signIn(const QString &email, const QString &password, const QByteArray &userAgent = {})
    {
        const QJsonObject input{{u"tenant"_s, u"acme"_s}, {u"email"_s, email}, {u"password"_s, password}};
        TestServer::RequestHeaders headers;
        if (!userAgent.isEmpty())
            headers.more.append({"User-Agent", userAgent});
        return m_server.send("POST", u"/api/v1/auth/login"_s, input, headers);
    }
    static QByteArray tokenOf(const HttpAnswer &answer)
    {
        return answer.json()[u"accessToken"_s].toString().toLatin1();
    }
    QByteArray owner() { return m_server.token(u"acme"_s, u"owner"_s); }
    int statusOf(const QByteArray &token) { return m_server.get(u"/api/v1/me"_s, token).status; }

    // Somebody new, in by invitation, with m_password.
    HttpAnswer newcomer(const QString &email)
    {
        const HttpAnswer link = m_server.post(u"/api/v1/users/invitations"_s,
                                              {{u"email"_s, email}, {u"roles"_s, QJsonArray{u"viewer"_s}}}, owner());
        return m_server.post(
            u"/api/v1/auth/invitations/accept"_s,
            {{u"token"_s, link.json()[u"token"_s]}, {u"displayName"_s, u"Bia"_s}, {u"password"_s, m_password}}, {});
    }

    TestServer m_server;
    const QString m_password = u"correct horse battery"_s;
};

void TestProfileRoutes::wholeWay()
{
    const HttpAnswer invitation =
        m_server.post(u"/api/v1/users/invitations"_s,
                      {{u"email"_s, u"bia@acme.example"_s}, {u"roles"_s, QJsonArray{u"viewer"_s}}}, owner());
    QCOMPARE(invitation.status, 201);
    QCOMPARE(invitation.json()[u"user"_s][u"status"_s], u"invited"_s);
    const QString user = u"/api/v1/users/"_s + invitation.json()[u"user"_s][u"id"_s].toString();
    QVERIFY(!m_server.get(user, owner()).body.contains("token"));
    QCOMPARE(m_server.post(u"/api/v1/users/invitations"_s, {}, m_server.token(u"acme"_s, u"viewer"_s)).status, 403);

    const HttpAnswer renewed = m_server.post(user + u"/invitation"_s, {}, owner());
    QCOMPARE(renewed.status, 201);
    const auto accept = [&](const HttpAnswer &link) {
        return m_server.post(
            u"/api/v1/auth/invitations/accept"_s,
            {{u"token"_s, link.json()[u"token"_s]}, {u"displayName"_s, u"Bia Lima"_s}, {u"password"_s, m_password}},
            {});
    };
    QCOMPARE(accept(invitation).code(), u"link_refused"_s);
    const HttpAnswer in = accept(renewed);
    QCOMPARE(in.status, 200);
    QCOMPARE(in.json()[u"profile"_s][u"displayName"_s], u"Bia Lima"_s);
    QCOMPARE(m_server.get(u"/api/v1/templates"_s, tokenOf(in)).status, 200);
    QCOMPARE(m_server.send("DELETE", user + u"/invitation"_s, {}, {.token = owner()}).status, 409);

    const HttpAnswer reset = m_server.post(user + u"/password-reset"_s, {}, owner());
    QCOMPARE(reset.status, 201);
    const QString other = u"another long password"_s;
    const QJsonObject chosen{{u"token"_s, reset.json()[u"token"_s]}, {u"password"_s, other}};
    QCOMPARE(m_server.post(u"/api/v1/auth/password-reset"_s, chosen, {}).status, 204);
    QCOMPARE(m_server.post(u"/api/v1/auth/password-reset"_s, chosen, {}).code(), u"link_refused"_s);
    QCOMPARE(statusOf(tokenOf(in)), 401);
    QCOMPARE(signIn(u"bia@acme.example"_s, m_password).status, 401);
    QCOMPARE(signIn(u"bia@acme.example"_s, other).status, 200);
}

void TestProfileRoutes::badInput_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("pointer");
    const QString me = u"/api/v1/me"_s;
    QTest::newRow("no such time zone") << QByteArray("PATCH") << me << QJsonObject{{u"timeZone"_s, u"Mars/Olympus"_s}}
                                       << u"/timeZone"_s;
    QTest::newRow("no locale") << QByteArray("PATCH") << me << QJsonObject{{u"locale"_s, u"../../etc"_s}}
                               << u"/locale"_s;
    QTest::newRow("no name") << QByteArray("PATCH") << me << QJsonObject{{u"displayName"_s, QString()}}
                             << u"/displayName"_s;
    QTest::newRow("another e-mail") << QByteArray("PATCH") << me << QJsonObject{{u"email"_s, u"a@b"_s}} << u"/email"_s;
    QTest::newRow("more roles") << QByteArray("PATCH") << me << QJsonObject{{u"roles"_s, QJsonArray{u"owner"_s}}}
                                << u"/roles"_s;
    QTest::newRow("short password") << QByteArray("POST") << u"/api/v1/auth/password"_s
                                    << QJsonObject{{u"password"_s, u"x"_s}, {u"newPassword"_s, u"11 letters."_s}}
                                    << u"/newPassword"_s;
    QTest::newRow("wrong password") << QByteArray("POST") << u"/api/v1/auth/password"_s
                                    << QJsonObject{{u"password"_s, u"x"_s},
                                                   {u"newPassword"_s, u"correct horse battery"_s}}
                                    << u"/password"_s;
    QTest::newRow("invited without roles") << QByteArray("POST") << u"/api/v1/users/invitations"_s
                                           << QJsonObject{{u"email"_s, u"c@d.example"_s}} << u"/roles"_s;
    QTest::newRow("accepted with a short password")
        << QByteArray("POST") << u"/api/v1/auth/invitations/accept"_s
        << QJsonObject{{u"token"_s, u"x"_s}, {u"displayName"_s, u"x"_s}, {u"password"_s, u"11 letters."_s}}
        << u"/password"_s;
}

void TestProfileRoutes::badInput()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, pointer);
    const HttpAnswer answer = m_server.send(method, path, body, {.token = owner(), .more = {{"If-Match", "\"1\""}}});
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
}

void TestProfileRoutes::ownProfile()
{
    const QByteArray token = tokenOf(newcomer(u"profile@acme.example"_s));
    const HttpAnswer before = m_server.get(u"/api/v1/me"_s, token);
    const auto change = [&](const QJsonObject &body, const QByteArray &etag) {
        return m_server.send("PATCH", u"/api/v1/me"_s, body, {.token = token, .more = {{"If-Match", etag}}});
    };
    const HttpAnswer after =
        change({{u"displayName"_s, u" Bia L. "_s}, {u"locale"_s, u"pt-BR"_s}, {u"timeZone"_s, u"America/Sao_Paulo"_s}},
               before.headers.value("etag"));
    QCOMPARE(after.status, 200);
    QCOMPARE(after.json()[u"displayName"_s], u"Bia L."_s);
    QCOMPARE(after.json()[u"locale"_s], u"pt-BR"_s);
    QCOMPARE(after.json()[u"timeZone"_s], u"America/Sao_Paulo"_s);
    QCOMPARE(after.json()[u"roles"_s], before.json()[u"roles"_s]);
    QCOMPARE(m_server.get(u"/api/v1/me"_s, token).json(), after.json());
    QCOMPARE(change({{u"locale"_s, u"en"_s}}, before.headers.value("etag")).status, 412);
}

void TestProfileRoutes::ownPassword()
{
    const HttpAnswer here = newcomer(u"password@acme.example"_s);
    const HttpAnswer elsewhere = signIn(u"password@acme.example"_s, m_password);
    const QString other = u"another long password"_s;
    const QJsonObject change{{u"password"_s, m_password}, {u"newPassword"_s, other}};
    QCOMPARE(statusOf(tokenOf(elsewhere)), 200);
    QCOMPARE(m_server.post(u"/api/v1/auth/password"_s, change, tokenOf(here)).status, 204);
    QCOMPARE(statusOf(tokenOf(here)), 200);
    QCOMPARE(statusOf(tokenOf(elsewhere)), 401);
    QCOMPARE(signIn(u"password@acme.example"_s, m_password).status, 401);
    QCOMPARE(signIn(u"password@acme.example"_s, other).status, 200);
}

void TestProfileRoutes::sessionsOfOneself()
{
    const QByteArray here = tokenOf(newcomer(u"sessions@acme.example"_s));
    const QByteArray second = tokenOf(signIn(u"sessions@acme.example"_s, m_password));
    const QByteArray third = tokenOf(signIn(u"sessions@acme.example"_s, m_password));
    const QJsonArray sessions = m_server.get(u"/api/v1/sessions"_s, here).json()[u"items"_s].toArray();
    QCOMPARE(sessions.size(), 3);
    QCOMPARE(sessions[2][u"current"_s], true); // the newest first
    QCOMPARE(sessions[0][u"current"_s], false);
    QCOMPARE(
        m_server.send("DELETE", u"/api/v1/sessions/"_s + sessions[1][u"id"_s].toString(), {}, {.token = here}).status,
        204);
    QCOMPARE(statusOf(second), 401);
    QCOMPARE(statusOf(third), 200);
    const QByteArray fourth = tokenOf(signIn(u"sessions@acme.example"_s, m_password));
    QCOMPARE(m_server.send("DELETE", u"/api/v1/sessions"_s, {}, {.token = here}).status, 204);
    QCOMPARE(statusOf(third), 401);
    QCOMPARE(statusOf(fourth), 401);
    QCOMPARE(statusOf(here), 200);
}

void TestProfileRoutes::sessionsOfOthers()
{
    const HttpAnswer in = newcomer(u"others@acme.example"_s);
    const QString path = u"/api/v1/sessions?userId="_s + in.json()[u"profile"_s][u"userId"_s].toString();
    const auto endAll = [&](const QByteArray &token) { return m_server.send("DELETE", path, {}, {.token = token}); };
    QCOMPARE(endAll(m_server.token(u"acme"_s, u"viewer"_s)).status, 403);
    QCOMPARE(endAll(m_server.token(u"northwind"_s, u"owner"_s)).status, 404);
    QCOMPARE(statusOf(tokenOf(in)), 200);
    QCOMPARE(m_server.get(path, owner()).json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(endAll(owner()).status, 204);
    QCOMPARE(statusOf(tokenOf(in)), 401);
    QCOMPARE(statusOf(owner()), 200);
}

void TestProfileRoutes::devicesAreNamed()
{
    newcomer(u"devices@acme.example"_s);
    QByteArray token;
    const std::pair<QByteArray, QString> programs[] = {
        {"curl/8.5.0", u"curl"_s},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", u"Firefox on Linux"_s},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
         "Safari/537.36 Edg/131.0.0.0",
         u"Edge on Windows"_s},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.0 Mobile/15E148 Safari/604.1",
         u"Safari on iPhone"_s},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
         "Safari/537.36",
         u"Chrome on macOS"_s},
        {"Mozilla/5.0", QString()},
        {"Mozilla/5.0 (compatible; Linux)", u"Linux"_s},
        {QByteArray(300, 'x'), QString(60, u'x')},
    };
    for (const auto &[userAgent, name] : programs) {
        token = tokenOf(signIn(u"devices@acme.example"_s, m_password, userAgent));
        QCOMPARE(m_server.get(u"/api/v1/sessions"_s, token).json()[u"items"_s][0][u"device"_s], name);
    }
}

QTEST_GUILESS_MAIN(TestProfileRoutes)
#include "tst_profile_routes.moc"
