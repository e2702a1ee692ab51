// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_tables.h"
#include "shared/json/json.h"
#include "tests/support/test_identity.h"
#include "tests/support/test_server.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString northwind = u"northwind"_s;

QList<QByteArray> linesOf(const QByteArray &body)
{
    QList<QByteArray> lines = body.split('\n');
    lines.removeLast(); // behind the last line break
    return lines;
}

} // namespace

// Taking a tenant out of the server: whole into a file, and for good.
class TestErasure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyTableIsKnown();
    void anExportIsWhole();
    void anExportHoldsNoSecret();
    void exportsAreForOperators();
    void onlyWhatIsMeantIsErased();
    void nothingIsLeft();
    void aCutOffErasureIsFinished();
    void receiptsStay();

private:
    HttpAnswer asOperator(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        TestServer::RequestHeaders headers{.token = m_server.operatorToken()};
        if (method == "PATCH")
            headers.more.append({"If-Match", m_server.get(path, headers.token).headers.value("etag")});
        return m_server.send(method, path, body, headers);
    }
    QString makeTenant(const QString &slug)
    {
        const HttpAnswer made = asOperator("POST", u"/api/v1/tenants"_s,
                                           {{u"slug"_s, slug},
                                            {u"name"_s, u"For a while"_s},
                                            {u"owner"_s,
                                             QJsonObject{{u"email"_s, u"hank@globex.example"_s},
                                                         {u"displayName"_s, u"Hank"_s},
                                                         {u"password"_s, u"correct horse battery"_s},
                                                         {u"roles"_s, QJsonArray{u"owner"_s}}}}});
        return u"/api/v1/tenants/"_s + made.json()[u"id"_s].toString();
    }
    // One statement by whoever owns the database.
    QString sql(const QString &statement)
    {
        database::Session session(
            {.url = u"host='%1/data/postgres/socket' port=5432 dbname=patio user=patio_owner"_s.arg(m_server.folder())
                        .toStdString()});
        const auto rows = session.runScript(statement.toStdString());
        return rows.empty() ? QString() : QString::fromUtf8(rows[0][0].c_str());
    }

    TestServer m_server;
    QString m_northwind; // its path
};

void TestErasure::initTestCase()
{
    m_northwind = u"/api/v1/tenants/"_s
        + m_server.get(u"/api/v1/me"_s, m_server.token(northwind, u"owner"_s)).json()[u"tenantId"_s].toString();
    const QByteArray owner = m_server.token(northwind, u"owner"_s);
    QCOMPARE(m_server
                 .post(u"/api/v1/credentials"_s,
                       {{u"provider"_s, u"openai"_s}, {u"kind"_s, u"openai"_s}, {u"key"_s, u"sk-very-secret-key"_s}},
                       owner)
                 .status,
             201);
    QCOMPARE(m_server
                 .post(u"/api/v1/generate?wait=20"_s,
                       {{u"model"_s, u"demo/fast"_s},
                        {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Olá, ü"_s}}}}},
                       owner)
                 .status,
             200);
}

// A table that is added without saying whether it is exported makes this fail.
void TestErasure::everyTableIsKnown()
{
    const QString schema = u"t_"_s + m_northwind.section(u'/', -1).remove(u'-');
    const QString tables = sql(
        u"SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = '%1'"_s.arg(schema));
    QStringList known = TenantTables::exported() + TenantTables::leftOut();
    known.sort();
    QCOMPARE(tables.split(u','), known);
}

void TestErasure::anExportIsWhole()
{
    const HttpAnswer answer = asOperator("GET", m_northwind + u"/export"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.value("content-type"), QByteArray("application/jsonl"));
    QVERIFY(answer.headers.value("content-disposition").contains("northwind.jsonl"));
    const QList<QByteArray> lines = linesOf(answer.body);
    const QJsonObject head = json::object(lines.first()), receipt = json::object(lines.last());
    QCOMPARE(head[u"tenant"_s][u"slug"_s], northwind);
    const qsizetype last = answer.body.lastIndexOf('\n', -2) + 1;
    QCOMPARE(receipt[u"sha256"_s].toString().toLatin1(),
             QCryptographicHash::hash(answer.body.first(last), QCryptographicHash::Sha256).toHex());
    QMap<QString, int> counted;
    QStringList emails;
    bool hasPrompt = false;
    for (const QByteArray &line : lines.mid(1, lines.size() - 2)) {
        const QJsonObject row = json::object(line);
        ++counted[row[u"table"_s].toString()];
        if (row[u"table"_s] == u"users"_s)
            emails.append(row[u"row"_s][u"email"_s].toString());
        hasPrompt |= row[u"table"_s] == u"jobs"_s && line.contains("Olá, ü");
    }
    emails.sort();
    QCOMPARE(emails,
             (QStringList{u"nadia@northwind.example"_s, u"oscar@northwind.example"_s, u"priya@northwind.example"_s}));
    QVERIFY(hasPrompt);
    const QJsonObject rows = receipt[u"rows"_s].toObject();
    for (auto it = rows.begin(); it != rows.end(); ++it)
        QCOMPARE(it->toInt(), counted.value(it.key()));
    QCOMPARE(rows.size(), TenantTables::exported().size());
    QVERIFY(rows[u"templates"_s].toInt() > 0 && rows[u"audit_entries"_s].toInt() > 0);
    // Both logs know of it.
    const QString asked = u"/api/v1/audit?action=tenants.export"_s;
    QCOMPARE(asOperator("GET", asked).json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(m_server.get(asked, m_server.token(northwind, u"owner"_s)).json()[u"items"_s].toArray().size(), 1);
}

void TestErasure::anExportHoldsNoSecret()
{
    const QByteArray body = asOperator("GET", m_northwind + u"/export"_s).body;
    for (const char *secret : {"sk-very-secret-key", "$argon2", "password_hash", "refresh_hash", "sealed_key"})
        QVERIFY2(!body.contains(secret), secret);
    QVERIFY(!body.contains("acme")); // nor anything of others
}

void TestErasure::exportsAreForOperators()
{
    QCOMPARE(m_server.get(m_northwind + u"/export"_s, m_server.token(northwind, u"owner"_s)).status, 404);
    QCOMPARE(asOperator("GET", u"/api/v1/tenants/01900000-0000-7000-8000-00000000ffff/export"_s).status, 404);
}

void TestErasure::onlyWhatIsMeantIsErased()
{
    const QString path = makeTenant(u"careful"_s);
    QCOMPARE(asOperator("DELETE", path).status, 422);
    QCOMPARE(asOperator("DELETE", path + u"?confirm=northwind"_s).status, 422);
    const HttpAnswer active = asOperator("DELETE", path + u"?confirm=careful"_s);
    QCOMPARE(active.status, 409);
    QVERIFY(active.body.contains("Suspend the tenant first"));
    QCOMPARE(asOperator("DELETE", u"/api/v1/tenants/01900000-0000-7000-8000-000000000001?confirm=platform"_s).status,
             409);
    QCOMPARE(m_server.send("DELETE", path + u"?confirm=careful"_s, {}, {.token = m_server.token(northwind, u"owner"_s)})
                 .status,
             404);
    QCOMPARE(asOperator("GET", path).status, 200);
}

void TestErasure::nothingIsLeft()
{
    const QString path = makeTenant(u"gone"_s);
    const QString hex = path.section(u'/', -1).remove(u'-');
    QCOMPARE(asOperator("PATCH", path, {{u"status"_s, u"suspended"_s}}).status, 200);
    const HttpAnswer erased = asOperator("DELETE", path + u"?confirm=gone"_s);
    QVERIFY2(erased.status == 200, erased.body.constData());
    QCOMPARE(erased.json()[u"slug"_s], u"gone"_s);
    QCOMPARE(erased.json()[u"rowCounts"_s][u"users"_s], 1);
    QVERIFY(!erased.json()[u"finishedAt"_s].isNull());
    QJsonObject told = erased.json();
    told.remove(u"digest"_s);
    QCOMPARE(erased.json()[u"digest"_s].toString().toLatin1(),
             QCryptographicHash::hash(json::print(told), QCryptographicHash::Sha256).toHex());

    QCOMPARE(asOperator("GET", path).status, 404);
    QCOMPARE(asOperator("DELETE", path + u"?confirm=gone"_s).status, 404);
    QCOMPARE(sql(u"SELECT count(*) FROM pg_namespace WHERE nspname = 't_%1'"_s.arg(hex)), u"0"_s);
    QCOMPARE(sql(u"SELECT count(*) FROM pg_roles WHERE rolname = 't_%1'"_s.arg(hex)), u"0"_s);
    QCOMPARE(m_server
                 .post(u"/api/v1/auth/login"_s,
                       {{u"tenant"_s, u"gone"_s},
                        {u"email"_s, u"hank@globex.example"_s},
                        {u"password"_s, u"correct horse battery"_s}},
                       {})
                 .status,
             401);
    QVERIFY(!makeTenant(u"gone"_s).endsWith(u'/')); // the slug is free again
}

void TestErasure::aCutOffErasureIsFinished()
{
    const QString path = makeTenant(u"cut"_s);
    const QString id = path.section(u'/', -1);
    QCOMPARE(asOperator("PATCH", path, {{u"status"_s, u"suspended"_s}}).status, 200);
    // As a server leaves it that was killed after it took the schema away.
    sql(u"INSERT INTO platform.erasures (tenant_id, slug, name, erased_by_name, row_counts) VALUES ('%1', 'cut', "
        "'For a while', 'Olga', '{\"users\": 41}')"_s.arg(id));
    sql(u"SELECT platform.drop_tenant_schema('%1')"_s.arg(id));
    QCOMPARE(asOperator("PATCH", path, {{u"status"_s, u"active"_s}}).status, 409); // there is nothing left to let in
    const HttpAnswer erased = asOperator("DELETE", path + u"?confirm=cut"_s);
    QVERIFY2(erased.status == 200, erased.body.constData());
    QCOMPARE(erased.json()[u"rowCounts"_s][u"users"_s], 41);
    QCOMPARE(erased.json()[u"erasedByName"_s], u"Olga"_s);
    QCOMPARE(asOperator("GET", path).status, 404);
}

void TestErasure::receiptsStay()
{
    const QJsonArray receipts = asOperator("GET", u"/api/v1/erasures"_s).json()[u"items"_s].toArray();
    QCOMPARE(receipts.size(), 2);
    QCOMPARE(receipts[0][u"slug"_s], u"cut"_s);
    const QJsonObject page = asOperator("GET", u"/api/v1/erasures?limit=1"_s).json();
    QCOMPARE(asOperator("GET", u"/api/v1/erasures?limit=1&cursor="_s + page[u"nextCursor"_s].toString())
                 .json()[u"items"_s][0],
             receipts[1]);
    QCOMPARE(m_server.get(u"/api/v1/erasures"_s, m_server.token(northwind, u"owner"_s)).status, 404);
    const QJsonArray logged = asOperator("GET", u"/api/v1/audit?action=tenants.delete"_s).json()[u"items"_s].toArray();
    QCOMPARE(logged.size(), 2);
    QVERIFY_EXCEPTION_THROWN(sql(u"UPDATE platform.erasures SET digest = '' WHERE slug = 'gone'"_s),
                             pqxx::insufficient_privilege);
}

QTEST_GUILESS_MAIN(TestErasure)
#include "tst_erasure.moc"
