// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// Templates as a program sees them over HTTP.
class TestTemplateRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server.emplace(); }
    void life();
    void badInputNamesItsPlace();
    void needsAbility_data();
    void needsAbility();
    void lostUpdatesAreRefused();
    void tenantsDoNotMeet();
    void unknownParameters();

private:
    QByteArray engineer() { return m_server->token(u"acme"_s, u"prompt-engineer"_s); }
    HttpAnswer send(const QByteArray &method, const QString &path, const QJsonObject &body,
                    const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = engineer()};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return m_server->send(method, u"/api/v1/templates"_s + path, body, headers);
    }
    static QJsonObject version(const QString &prompt)
    {
        return {{u"userPrompt"_s, prompt}, {u"defaultModel"_s, u"demo/fast"_s}};
    }
    static QJsonObject input(const QString &name)
    {
        return {{u"name"_s, name}, {u"version"_s, version(u"{{input}}"_s)}};
    }

    std::optional<TestServer> m_server;
};

void TestTemplateRoutes::life()
{
    const HttpAnswer made = send("POST", {}, input(u"Weekly report"_s));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.headers.value("etag"), QByteArray("\"1\""));
    const QString id = u'/' + made.json()[u"template"_s][u"id"_s].toString();
    QCOMPARE(made.json()[u"template"_s][u"slug"_s], u"weekly-report"_s);
    QCOMPARE(send("GET", id, {}).json()[u"version"_s][u"version"_s], 1);

    QCOMPARE(send("POST", id + u"/versions"_s, version(u"{{input}}"_s)).status, 200); // nothing new
    const HttpAnswer saved = send("POST", id + u"/versions"_s, version(u"New: {{input}}"_s));
    QCOMPARE(saved.status, 201);
    QCOMPARE(saved.json()[u"version"_s], 2);
    QCOMPARE(send("GET", id + u"/versions/1"_s, {}).json()[u"userPrompt"_s], u"{{input}}"_s);
    QCOMPARE(send("GET", id + u"/versions/3"_s, {}).status, 404);
    const HttpAnswer versions = send("GET", id + u"/versions?limit=1"_s, {});
    QCOMPARE(versions.json()[u"items"_s].toArray().size(), 1);
    QVERIFY(!versions.json()[u"nextCursor"_s].toString().isEmpty());

    const QByteArray etag = send("GET", id, {}).headers.value("etag");
    QCOMPARE(send("PATCH", id, {{u"name"_s, u"Monthly report"_s}}, etag).status, 200);
    const HttpAnswer found = send("GET", u"?search=MONTHLY"_s, {});
    QCOMPARE(found.json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(send("DELETE", id, {}).status, 204);
    QCOMPARE(send("GET", id, {}).status, 404);
    QCOMPARE(send("GET", id + u"/versions/1"_s, {}).status, 404);
}

void TestTemplateRoutes::badInputNamesItsPlace()
{
    QJsonObject bad = input(u"Bad"_s);
    bad.insert(u"version"_s, version(u"Dear {{name}},\n{{#list}}"_s));
    const HttpAnswer refused = send("POST", {}, bad);
    QCOMPARE(refused.status, 422);
    const QJsonArray errors = refused.json()[u"errors"_s].toArray();
    QCOMPARE(errors.size(), 3); // an unknown name, an unknown section, which is not closed either
    QCOMPARE(errors[0][u"pointer"_s], u"/version/userPrompt"_s);
    QVERIFY(errors[0][u"message"_s].toString().startsWith(u"line 1, column 6"_s));
    QVERIFY(errors[1][u"message"_s].toString().startsWith(u"line 2, column 1"_s));
    QCOMPARE(send("POST", {}, {{u"name"_s, u"x"_s}}).json()[u"errors"_s][0][u"pointer"_s], u"/version"_s);
    send("POST", {}, input(u"Taken"_s));
    const HttpAnswer taken = send("POST", {}, input(u"taken"_s));
    QCOMPARE(taken.status, 409);
    QCOMPARE(taken.json()[u"errors"_s][0][u"pointer"_s], u"/name"_s);
}

void TestTemplateRoutes::needsAbility_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    const QString id = u'/' + newId().toString(QUuid::WithoutBraces);
    QTest::newRow("create") << QByteArray("POST") << QString();
    QTest::newRow("update") << QByteArray("PATCH") << id;
    QTest::newRow("remove") << QByteArray("DELETE") << id;
    QTest::newRow("save") << QByteArray("POST") << id + u"/versions"_s;
}

void TestTemplateRoutes::needsAbility()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    const QString full = u"/api/v1/templates"_s + path;
    QCOMPARE(m_server->send(method, full, {}, {}).status, 401);
    QCOMPARE(m_server->send(method, full, {}, {.token = m_server->token(u"acme"_s, u"viewer"_s)}).status, 403);
}

void TestTemplateRoutes::lostUpdatesAreRefused()
{
    const HttpAnswer made = send("POST", {}, input(u"Shared"_s));
    const QString id = u'/' + made.json()[u"template"_s][u"id"_s].toString();
    QCOMPARE(send("PATCH", id, {{u"name"_s, u"A"_s}}).status, 428);
    QCOMPARE(send("PATCH", id, {{u"name"_s, u"A"_s}}, "\"1\"").status, 200);
    QCOMPARE(send("PATCH", id, {{u"name"_s, u"B"_s}}, "\"1\"").status, 412);
    QCOMPARE(send("DELETE", id, {}, "\"1\"").status, 412);
    QJsonObject stale = version(u"other {{input}}"_s);
    stale.insert(u"baseVersion"_s, 0);
    QCOMPARE(send("POST", id + u"/versions"_s, stale).status, 412);
}

void TestTemplateRoutes::tenantsDoNotMeet()
{
    const HttpAnswer made = send("POST", {}, input(u"Ours"_s));
    const QString path = u"/api/v1/templates/"_s + made.json()[u"template"_s][u"id"_s].toString();
    const TestServer::RequestHeaders other{.token = m_server->token(u"northwind"_s, u"owner"_s),
                                           .more = {{"If-Match", "\"1\""}}};
    QCOMPARE(m_server->send("GET", path, {}, other).status, 404);
    QCOMPARE(m_server->send("PATCH", path, {{u"name"_s, u"x"_s}}, other).status, 404);
    QCOMPARE(m_server->send("DELETE", path, {}, other).status, 404);
    QCOMPARE(m_server->send("GET", path + u"/versions"_s, {}, other).status, 404);
    QCOMPARE(m_server->send("GET", path + u"/versions/1"_s, {}, other).status, 404);
    QCOMPARE(m_server->send("POST", path + u"/versions"_s, version(u"{{input}}"_s), other).status, 404);
}

void TestTemplateRoutes::unknownParameters()
{
    QCOMPARE(send("GET", u"?serach=x"_s, {}).status, 422);
    QCOMPARE(send("GET", u"?limit=0"_s, {}).status, 422);
    QCOMPARE(send("GET", u"?cursor=x"_s, {}).status, 422);
}

QTEST_GUILESS_MAIN(TestTemplateRoutes)
#include "tst_template_routes.moc"
