// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// Users as a program sees them over HTTP.
class TestUserRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void life();
    void badInput_data();
    void badInput();
    void badChanges_data();
    void badChanges();
    void needsAbility_data();
    void needsAbility();
    void lostUpdateIsRefused();
    void takenEmail();
    void unknownAndForeign();
    void unknownParameters();

private:
    QJsonObject input(const QString &email = newId().toString(QUuid::Id128) + u"@example.com"_s) const
    {
        return {{u"email"_s, email},
                {u"displayName"_s, u"Bob"_s},
                {u"password"_s, u"correct horse battery"_s},
                {u"roles"_s, QJsonArray{u"viewer"_s}}};
    }
    QByteArray owner() { return m_server->token(u"acme"_s, u"owner"_s); }
    HttpAnswer send(const QByteArray &method, const QString &path, const QJsonObject &body,
                    const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = owner()};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return m_server->send(method, path, body, headers);
    }

    std::optional<TestServer> m_server;
};

void TestUserRoutes::initTestCase() { m_server.emplace(); }

void TestUserRoutes::life()
{
    const QJsonObject wanted = input(u"Bob.Life@Example.com"_s);
    const HttpAnswer made = send("POST", u"/api/v1/users"_s, wanted);
    QCOMPARE(made.status, 201);
    QCOMPARE(made.headers.value("etag"), QByteArray("\"1\""));
    const QJsonObject user = made.json();
    QCOMPARE(user[u"email"_s], u"Bob.Life@Example.com"_s);
    QCOMPARE(user[u"status"_s], u"active"_s);
    QCOMPARE(user[u"roles"_s], (QJsonArray{u"viewer"_s}));
    QVERIFY(user[u"lastSignInAt"_s].isNull());
    QVERIFY(!made.body.contains("password"));
    QVERIFY(!made.body.contains("argon2"));
    const QString path = u"/api/v1/users/"_s + user[u"id"_s].toString();

    const QJsonObject signIn{
        {u"tenant"_s, u"acme"_s}, {u"email"_s, u"bob.life@example.com"_s}, {u"password"_s, wanted[u"password"_s]}};
    const HttpAnswer signedIn = m_server->post(u"/api/v1/auth/login"_s, signIn, {});
    QCOMPARE(signedIn.status, 200);
    const QByteArray token = signedIn.json()[u"accessToken"_s].toString().toLatin1();
    QCOMPARE(m_server->get(u"/api/v1/templates"_s, token).status, 200);
    QCOMPARE(m_server->post(u"/api/v1/templates"_s, {}, token).status, 403);

    const HttpAnswer promoted = send("PATCH", path, {{u"roles"_s, QJsonArray{u"prompt-engineer"_s}}}, "\"1\"");
    QCOMPARE(promoted.status, 200);
    QCOMPARE(promoted.headers.value("etag"), QByteArray("\"2\""));
    QCOMPARE(m_server->post(u"/api/v1/templates"_s, {}, token).status, 422); // counts at once, with the same token

    QCOMPARE(send("PATCH", path, {{u"status"_s, u"suspended"_s}}, "\"2\"").status, 200);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, token).status, 401);
    QCOMPARE(m_server->post(u"/api/v1/auth/login"_s, signIn, {}).status, 401);

    const HttpAnswer removed = send("DELETE", path, {});
    QCOMPARE(removed.status, 204);
    QVERIFY(removed.body.isEmpty());
    QCOMPARE(m_server->get(path, owner()).status, 404);
    QCOMPARE(send("DELETE", path, {}).status, 404);
}

void TestUserRoutes::badInput_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const QString &member, const QJsonValue &value, const QString &pointer) {
        QTest::newRow(name) << member << value << pointer;
    };
    row("no at", u"email"_s, u"bob"_s, u"/email"_s);
    row("space in e-mail", u"email"_s, u"bob smith@example.com"_s, u"/email"_s);
    row("two at", u"email"_s, u"a@b@c"_s, u"/email"_s);
    row("line end in e-mail", u"email"_s, u"a@b\nBcc: c@d"_s, u"/email"_s);
    row("e-mail missing", u"email"_s, QJsonValue::Undefined, u"/email"_s);
    row("e-mail a number", u"email"_s, 1, u"/email"_s);
    row("blank name", u"displayName"_s, u"  "_s, u"/displayName"_s);
    row("endless name", u"displayName"_s, QString(121, u'x'), u"/displayName"_s);
    row("short password", u"password"_s, u"11 letters."_s, u"/password"_s);
    row("endless password", u"password"_s, QString(1025, u'x'), u"/password"_s);
    row("NUL in password", u"password"_s, QString(u"correct horse\0battery"_s), u"/password"_s);
    row("no roles", u"roles"_s, QJsonArray{}, u"/roles"_s);
    row("unknown role", u"roles"_s, QJsonArray{u"viewer"_s, u"root"_s}, u"/roles/1"_s);
    row("operator", u"roles"_s, QJsonArray{u"operator"_s}, u"/roles/0"_s);
    row("role twice", u"roles"_s, QJsonArray{u"viewer"_s, u"viewer"_s}, u"/roles/1"_s);
    row("unknown member", u"isAdmin"_s, true, u"/isAdmin"_s);
}

void TestUserRoutes::badInput()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(QString, pointer);
    QJsonObject body = input();
    if (value.isUndefined())
        body.remove(member);
    else
        body.insert(member, value);
    const HttpAnswer answer = send("POST", u"/api/v1/users"_s, body);
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s].toString(), pointer);
}

void TestUserRoutes::badChanges_data()
{
    QTest::addColumn<QJsonObject>("change");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("invited") << QJsonObject{{u"status"_s, u"invited"_s}} << u"/status"_s;
    QTest::newRow("unknown status") << QJsonObject{{u"status"_s, u"deleted"_s}} << u"/status"_s;
    QTest::newRow("locale") << QJsonObject{{u"locale"_s, u"../etc"_s}} << u"/locale"_s;
    QTest::newRow("time zone") << QJsonObject{{u"timeZone"_s, u"Mars/Olympus"_s}} << u"/timeZone"_s;
    QTest::newRow("e-mail cannot change") << QJsonObject{{u"email"_s, u"a@b.c"_s}} << u"/email"_s;
    QTest::newRow("no roles") << QJsonObject{{u"roles"_s, QJsonArray{}}} << u"/roles"_s;
}

void TestUserRoutes::badChanges()
{
    QFETCH(QJsonObject, change);
    QFETCH(QString, pointer);
    const HttpAnswer made = send("POST", u"/api/v1/users"_s, input());
    const HttpAnswer answer = send("PATCH", u"/api/v1/users/"_s + made.json()[u"id"_s].toString(), change, "\"1\"");
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s].toString(), pointer);
}

void TestUserRoutes::needsAbility_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    const QString one = u"/api/v1/users/"_s + newId().toString(QUuid::WithoutBraces);
    QTest::newRow("list") << QByteArray("GET") << u"/api/v1/users"_s;
    QTest::newRow("create") << QByteArray("POST") << u"/api/v1/users"_s;
    QTest::newRow("get") << QByteArray("GET") << one;
    QTest::newRow("update") << QByteArray("PATCH") << one;
    QTest::newRow("remove") << QByteArray("DELETE") << one;
}

void TestUserRoutes::needsAbility()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QCOMPARE(m_server->send(method, path, input(), {}).status, 401);
    QCOMPARE(m_server->send(method, path, input(), {.token = "nonsense"}).status, 401);
    for (const QString &role : {u"viewer"_s, u"prompt-engineer"_s})
        QCOMPARE(m_server->send(method, path, input(), {.token = m_server->token(u"acme"_s, role)}).status, 403);
}

void TestUserRoutes::lostUpdateIsRefused()
{
    const QString path = u"/api/v1/users/"_s + send("POST", u"/api/v1/users"_s, input()).json()[u"id"_s].toString();
    const QJsonObject change{{u"displayName"_s, u"Robert"_s}};
    QCOMPARE(send("PATCH", path, change).status, 428);
    QCOMPARE(send("PATCH", path, change, "\"1\"").status, 200);
    const HttpAnswer late = send("PATCH", path, {{u"displayName"_s, u"Bobby"_s}}, "\"1\"");
    QCOMPARE(late.status, 412);
    QCOMPARE(late.code(), u"changed"_s);
    QCOMPARE(m_server->get(path, owner()).json()[u"displayName"_s], u"Robert"_s);
    QCOMPARE(send("DELETE", path, {}, "\"1\"").status, 412);
    QCOMPARE(send("PATCH", path, change, "nonsense").status, 400);
    QCOMPARE(send("DELETE", path, {}, "\"2\"").status, 204);
}

void TestUserRoutes::takenEmail()
{
    QCOMPARE(send("POST", u"/api/v1/users"_s, input(u"taken@example.com"_s)).status, 201);
    const HttpAnswer again = send("POST", u"/api/v1/users"_s, input(u" TAKEN@Example.com "_s));
    QCOMPARE(again.status, 409);
    QVERIFY(again.json()[u"detail"_s].toString().contains(u"TAKEN@Example.com"_s));
}

void TestUserRoutes::unknownAndForeign()
{
    const QString foreign = m_server->get(u"/api/v1/users"_s, m_server->token(u"northwind"_s, u"owner"_s))
                                .json()[u"items"_s][0][u"id"_s]
                                .toString();
    QVERIFY(!foreign.isEmpty());
    const HttpAnswer ofForeign = m_server->get(u"/api/v1/users/"_s + foreign, owner());
    const HttpAnswer ofNobody = m_server->get(u"/api/v1/users/"_s + newId().toString(QUuid::WithoutBraces), owner());
    QCOMPARE(ofForeign.status, 404);
    QCOMPARE(ofNobody.status, 404);
    QCOMPARE(ofForeign.json()[u"detail"_s], ofNobody.json()[u"detail"_s]);
    QCOMPARE(m_server->get(u"/api/v1/users/not-an-id"_s, owner()).status, 404);
    QCOMPARE(send("PATCH", u"/api/v1/users/"_s + foreign, {{u"status"_s, u"suspended"_s}}, "\"1\"").status, 404);
    QCOMPARE(send("DELETE", u"/api/v1/users/"_s + foreign, {}).status, 404);
}

void TestUserRoutes::unknownParameters()
{
    QCOMPARE(m_server->get(u"/api/v1/users?serach=bob"_s, owner()).status, 422);
    QCOMPARE(m_server->get(u"/api/v1/users?limit=0"_s, owner()).status, 422);
    QCOMPARE(m_server->get(u"/api/v1/users?limit=201"_s, owner()).status, 422);
    QCOMPARE(m_server->get(u"/api/v1/users?cursor=nonsense"_s, owner()).status, 422);
    QCOMPARE(m_server->get(u"/api/v1/users?status=gone"_s, owner()).status, 422);
    QCOMPARE(m_server->get(u"/api/v1/users?search=b%C3%B3b&limit=1"_s, owner()).json()[u"items"_s].toArray().size(), 1);
}

QTEST_GUILESS_MAIN(TestUserRoutes)
#include "tst_user_routes.moc"
