// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// Tenants as an operator's program sees them over HTTP.
class TestTenantRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void life();
    void badInput_data();
    void badInput();
    void badThemes_data();
    void badThemes();
    void nobodyElse_data();
    void nobodyElse();
    void operatorsSeeNoTenantData_data();
    void operatorsSeeNoTenantData();
    void lists();

private:
    QJsonObject input(const QString &slug) const
    {
        return {{u"slug"_s, slug},
                {u"name"_s, u"Globex"_s},
                {u"owner"_s,
                 QJsonObject{{u"email"_s, u"hank@globex.example"_s},
                             {u"displayName"_s, u"Hank"_s},
                             {u"password"_s, u"correct horse battery"_s},
                             {u"roles"_s, QJsonArray{u"owner"_s}}}}};
    }
    HttpAnswer send(const QByteArray &method, const QString &path, const QJsonObject &body,
                    const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = m_server->operatorToken()};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return m_server->send(method, path, body, headers);
    }

    std::optional<TestServer> m_server;
};

void TestTenantRoutes::initTestCase() { m_server.emplace(); }

void TestTenantRoutes::life()
{
    const HttpAnswer made = send("POST", u"/api/v1/tenants"_s, input(u"globex"_s));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json()[u"slug"_s], u"globex"_s);
    QCOMPARE(made.json()[u"status"_s], u"active"_s);
    QVERIFY(!made.body.contains("password"));
    const QString path = u"/api/v1/tenants/"_s + made.json()[u"id"_s].toString();
    QCOMPARE(send("POST", u"/api/v1/tenants"_s, input(u"globex"_s)).status, 409);

    const QJsonObject signIn{{u"tenant"_s, u"globex"_s},
                             {u"email"_s, u"hank@globex.example"_s},
                             {u"password"_s, u"correct horse battery"_s}};
    const QByteArray hank =
        m_server->post(u"/api/v1/auth/login"_s, signIn, {}).json()[u"accessToken"_s].toString().toLatin1();
    QCOMPARE(m_server->get(u"/api/v1/users"_s, hank).json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(m_server->get(u"/api/v1/templates"_s, hank).json()[u"items"_s].toArray().size(), 0);
    const QJsonObject use{
        {u"users"_s, 1}, {u"templates"_s, 0}, {u"jobsPerDay"_s, 0}, {u"waitingJobs"_s, 0}, {u"runningJobs"_s, 0}};
    QCOMPARE(m_server->get(path + u"/use"_s, m_server->operatorToken()).json(), use);
    QCOMPARE(m_server->get(path + u"/use"_s, hank).status, 404);
    QCOMPARE(
        m_server
            ->get(u"/api/v1/tenants/%1/use"_s.arg(newId().toString(QUuid::WithoutBraces)), m_server->operatorToken())
            .status,
        404);

    const QJsonObject theme{
        {u"theme"_s, QJsonObject{{u"accent"_s, u"#AA3366"_s}, {u"productName"_s, u"Globex Desk"_s}}}};
    QCOMPARE(send("PATCH", path, theme).status, 428);
    QCOMPARE(send("PATCH", path, theme, "\"1\"").status, 200);
    QCOMPARE(send("PATCH", path, theme, "\"1\"").status, 412);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, hank).json()[u"theme"_s][u"productName"_s], u"Globex Desk"_s);

    QCOMPARE(send("PATCH", path, {{u"status"_s, u"suspended"_s}}, "\"2\"").status, 200);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, hank).status, 401);
    QCOMPARE(m_server->post(u"/api/v1/auth/login"_s, signIn, {}).code(), u"wrong_credentials"_s);
    QCOMPARE(send("PATCH", path, {{u"status"_s, u"active"_s}}, "\"3\"").status, 200);
    QCOMPARE(m_server->get(u"/api/v1/me"_s, hank).status, 401); // sessions that ended stay ended
    QCOMPARE(m_server->post(u"/api/v1/auth/login"_s, signIn, {}).status, 200);
    QCOMPARE(m_server->get(path, m_server->operatorToken()).json()[u"name"_s], u"Globex"_s);
}

void TestTenantRoutes::badInput_data()
{
    QTest::addColumn<QString>("slug");
    for (const char *slug :
         {"Globex", "-globex", "globex-", "glo bex", "glo_bex", "globex.com", "globéx", "x", "../acme"})
        QTest::newRow(slug) << QString::fromUtf8(slug);
    QTest::newRow("endless") << QString(64, u'x');
}

void TestTenantRoutes::badInput()
{
    QFETCH(QString, slug);
    const HttpAnswer answer = send("POST", u"/api/v1/tenants"_s, input(slug));
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], u"/slug"_s);
}

void TestTenantRoutes::badThemes_data()
{
    QTest::addColumn<QJsonObject>("theme");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("colour name") << QJsonObject{{u"accent"_s, u"red"_s}} << u"/theme/accent"_s;
    QTest::newRow("short colour") << QJsonObject{{u"accent"_s, u"#abc"_s}} << u"/theme/accent"_s;
    QTest::newRow("colour number") << QJsonObject{{u"accent"_s, 1}} << u"/theme/accent"_s;
    QTest::newRow("blank name") << QJsonObject{{u"productName"_s, u" "_s}} << u"/theme/productName"_s;
    QTest::newRow("endless name") << QJsonObject{{u"productName"_s, QString(61, u'x')}} << u"/theme/productName"_s;
    QTest::newRow("unknown") << QJsonObject{{u"font"_s, u"Comic Sans"_s}} << u"/theme/font"_s;
}

void TestTenantRoutes::badThemes()
{
    QFETCH(QJsonObject, theme);
    QFETCH(QString, pointer);
    const HttpAnswer list = m_server->get(u"/api/v1/tenants?search=acme"_s, m_server->operatorToken());
    const QJsonValue acme = list.json()[u"items"_s][0];
    const HttpAnswer answer = send("PATCH", u"/api/v1/tenants/"_s + acme[u"id"_s].toString(), {{u"theme"_s, theme}},
                                   '"' + QByteArray::number(acme[u"revision"_s].toInt()) + '"');
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
}

void TestTenantRoutes::nobodyElse_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("one");
    QTest::newRow("list") << QByteArray("GET") << false;
    QTest::newRow("create") << QByteArray("POST") << false;
    QTest::newRow("get") << QByteArray("GET") << true;
    QTest::newRow("update") << QByteArray("PATCH") << true;
}

// For everybody but operators these addresses do not exist, one's own tenant's included.
void TestTenantRoutes::nobodyElse()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, one);
    const QByteArray owner = m_server->token(u"acme"_s, u"owner"_s);
    const QString own = m_server->get(u"/api/v1/me"_s, owner).json()[u"tenantId"_s].toString();
    const QString path = one ? u"/api/v1/tenants/"_s + own : u"/api/v1/tenants"_s;
    QCOMPARE(m_server->send(method, path, input(u"mine"_s), {}).status, 401);
    QCOMPARE(m_server->send(method, path, input(u"mine"_s), {.token = owner, .more = {{"If-Match", "\"1\""}}}).status,
             404);
}

void TestTenantRoutes::operatorsSeeNoTenantData_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("templates") << u"/api/v1/templates"_s;
    QTest::newRow("jobs") << u"/api/v1/jobs"_s;
    QTest::newRow("usage") << u"/api/v1/usage"_s;
    QTest::newRow("usage over time") << u"/api/v1/usage/series"_s;
    QTest::newRow("latency") << u"/api/v1/usage/latency"_s;
}

void TestTenantRoutes::operatorsSeeNoTenantData()
{
    QFETCH(QString, path);
    const int status = m_server->get(path, m_server->operatorToken()).status;
    QVERIFY2(status == 403 || status == 404, QByteArray::number(status));
}

void TestTenantRoutes::lists()
{
    QStringList seen;
    QString cursor;
    do {
        const HttpAnswer answer =
            m_server->get(u"/api/v1/tenants?limit=1"_s + (cursor.isEmpty() ? QString() : u"&cursor="_s + cursor),
                          m_server->operatorToken());
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()[u"items"_s].toArray().size(), 1);
        seen.append(answer.json()[u"items"_s][0][u"slug"_s].toString());
        cursor = answer.json()[u"nextCursor"_s].toString();
    } while (!cursor.isEmpty());
    QVERIFY(seen.contains(u"acme"_s));
    QVERIFY(seen.contains(u"northwind"_s));
    QVERIFY(seen.contains(u"platform"_s));
    QStringList sorted = seen;
    sorted.sort();
    QCOMPARE(seen, sorted);
    QCOMPARE(
        m_server->get(u"/api/v1/tenants?search=TRADERS"_s, m_server->operatorToken()).json()[u"items"_s][0][u"slug"_s],
        u"northwind"_s);
    QCOMPARE(m_server->get(u"/api/v1/tenants?status=suspended"_s, m_server->operatorToken())
                 .json()[u"items"_s]
                 .toArray()
                 .size(),
             0);
}

QTEST_GUILESS_MAIN(TestTenantRoutes)
#include "tst_tenant_routes.moc"
