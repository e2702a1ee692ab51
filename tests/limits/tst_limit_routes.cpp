// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/listener.h"
#include "server/limits/limits.h"
#include "tests/limits/limit_calls.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString path = u"/api/v1/gateway-limits"_s;
const QString acme = u"acme"_s;
const QString nobody = u"0192f0c1-0000-7000-8000-000000000000"_s;

QJsonObject body(const QString &subject, const QString &kind, int amount, QJsonObject more = {})
{
    more.insert(u"subject"_s, subject);
    more.insert(u"kind"_s, kind);
    more.insert(u"amount"_s, amount);
    return more;
}

} // namespace

// Limits as administrators manage them, and how every process hears of them.
class TestLimitRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_owner = m_server.token(acme, u"owner"_s);
        QVERIFY(!m_owner.isEmpty());
        m_user = m_server.get(u"/api/v1/me"_s, m_owner).json()[u"userId"_s].toString();
        const QJsonObject key{{u"name"_s, u"Web shop"_s}};
        m_key = m_server.post(u"/api/v1/gateway-keys"_s, key, m_owner).json()[u"key"_s][u"id"_s].toString();
        QVERIFY(!m_key.isEmpty() && !m_user.isEmpty());
    }

    void refusals_data();
    void refusals();
    void madeChangedRemoved();
    void oneForEachSubject();
    void changesAreNotLost();
    void listed();
    void whoMay();
    void endsWithItsSubject();
    void heardOfInEveryProcess();
    void saysWhatIsUsed();

private:
    HttpAnswer make(const QJsonObject &limit) { return m_server.post(path, limit, m_owner); }
    HttpAnswer send(const QByteArray &method, const QString &id, const QJsonObject &change, const QByteArray &etag)
    {
        return m_server.send(method, path + u'/' + id, change, {.token = m_owner, .more = {{"If-Match", etag}}});
    }
    void removeAll()
    {
        const QJsonArray all = m_server.get(path + u"?limit=200"_s, m_owner).json()[u"items"_s].toArray();
        for (const QJsonValue &limit : all)
            m_server.send("DELETE", path + u'/' + limit[u"id"_s].toString(), {}, {.token = m_owner});
    }

    TestServer m_server;
    QByteArray m_owner;
    QString m_user, m_key;
};

void TestLimitRoutes::refusals_data()
{
    QTest::addColumn<QJsonObject>("limit");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const QJsonObject &limit, const QString &pointer) {
        QTest::newRow(name) << limit << pointer;
    };
    const QString requests = u"requestsPerMinute"_s;
    row("nothing", {}, u"/subject"_s);
    row("no such subject", body(u"job"_s, requests, 1), u"/subject"_s);
    row("no such kind", body(u"key"_s, u"requestsPerHour"_s, 1), u"/kind"_s);
    row("less than nothing", body(u"key"_s, requests, -1), u"/amount"_s);
    row("too much", body(u"key"_s, requests, 1'000'000'001), u"/amount"_s);
    row("no such key", body(u"key"_s, requests, 1, {{u"subjectId"_s, nobody}}), u"/subjectId"_s);
    row("no such user", body(u"user"_s, requests, 1, {{u"subjectId"_s, nobody}}), u"/subjectId"_s);
    row("a tenant by its id", body(u"tenant"_s, requests, 1, {{u"subjectId"_s, nobody}}), u"/subjectId"_s);
    row("a model by an id", body(u"model"_s, requests, 1, {{u"subjectId"_s, nobody}}), u"/subjectId"_s);
    row("a key's model", body(u"key"_s, requests, 1, {{u"model"_s, u"demo/fast"_s}}), u"/model"_s);
    row("no model's name", body(u"model"_s, requests, 1, {{u"model"_s, u"fast"_s}}), u"/model"_s);
    row("unknown member", body(u"key"_s, requests, 1, {{u"used"_s, 1}}), u"/used"_s);
}

void TestLimitRoutes::refusals()
{
    QFETCH(const QJsonObject, limit);
    QFETCH(const QString, pointer);
    const HttpAnswer answer = make(limit);
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
}

void TestLimitRoutes::madeChangedRemoved()
{
    const HttpAnswer made = make(body(u"key"_s, u"requestsPerMinute"_s, 60, {{u"subjectId"_s, m_key}}));
    QCOMPARE(made.status, 201);
    const QString id = made.json()[u"id"_s].toString();
    QCOMPARE(made.json()[u"subjectName"_s], u"Web shop"_s);
    QCOMPARE(made.json()[u"used"_s], 0);
    QCOMPARE(m_server.get(path + u'/' + id, m_owner).json(), made.json());
    const HttpAnswer changed = send("PATCH", id, {{u"amount"_s, 10}}, "\"1\"");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json()[u"amount"_s], 10);
    QCOMPARE(changed.json()[u"revision"_s], 2);
    QCOMPARE(send("PATCH", id, {{u"subject"_s, u"user"_s}}, "\"2\"").status, 422);
    QCOMPARE(send("DELETE", id, {}, "\"2\"").status, 204);
    QCOMPARE(m_server.get(path + u'/' + id, m_owner).status, 404);
    QCOMPARE(m_server.send("DELETE", path + u'/' + id, {}, {.token = m_owner}).status, 404);

    const QJsonObject each = make(body(u"model"_s, u"tokensPerMinute"_s, 0)).json();
    QCOMPARE(each[u"subjectName"_s], QString());
    QVERIFY(each[u"used"_s].isNull()); // of many
}

void TestLimitRoutes::oneForEachSubject()
{
    removeAll();
    const QString requests = u"requestsPerMinute"_s, places = u"concurrentRequests"_s;
    const QList<QJsonObject> different{
        body(u"tenant"_s, requests, 1),
        body(u"tenant"_s, places, 1),
        body(u"key"_s, requests, 1),
        body(u"key"_s, requests, 1, {{u"subjectId"_s, m_key}}),
        body(u"user"_s, requests, 1),
        body(u"user"_s, requests, 1, {{u"subjectId"_s, m_user}}),
        body(u"model"_s, requests, 1),
        body(u"model"_s, requests, 1, {{u"model"_s, u"demo/*"_s}}),
        body(u"model"_s, requests, 1, {{u"model"_s, u"demo/fast"_s}}),
    };
    for (const QJsonObject &limit : different)
        QCOMPARE(make(limit).status, 201);
    for (QJsonObject limit : different) {
        limit[u"amount"_s] = 2;
        const HttpAnswer again = make(limit);
        QCOMPARE(again.status, 409);
        QVERIFY2(again.json()[u"detail"_s].toString().contains(u"already"_s), again.body);
    }
    removeAll();
}

void TestLimitRoutes::changesAreNotLost()
{
    const QString id = make(body(u"user"_s, u"tokensPerMinute"_s, 1)).json()[u"id"_s].toString();
    QCOMPARE(m_server.send("PATCH", path + u'/' + id, {{u"amount"_s, 2}}, {.token = m_owner}).status, 428);
    QCOMPARE(send("PATCH", id, {{u"amount"_s, 2}}, "\"1\"").status, 200);
    QCOMPARE(send("PATCH", id, {{u"amount"_s, 3}}, "\"1\"").status, 412);
    QCOMPARE(send("DELETE", id, {}, "\"1\"").status, 412);
    QCOMPARE(m_server.get(path + u'/' + id, m_owner).json()[u"amount"_s], 2);
    removeAll();
}

void TestLimitRoutes::listed()
{
    removeAll();
    QStringList made; // the newest first
    for (int i = 0; i < 5; ++i)
        made.prepend(make(body(u"model"_s, u"requestsPerMinute"_s, 1, {{u"model"_s, u"demo/%1"_s.arg(i)}}))
                         .json()[u"id"_s]
                         .toString());
    const QString ofKey =
        make(body(u"key"_s, u"requestsPerMinute"_s, 1, {{u"subjectId"_s, m_key}})).json()[u"id"_s].toString();
    QStringList found;
    QString cursor;
    int pages = 0;
    do {
        const QJsonObject page =
            m_server
                .get(path + u"?subject=model&limit=2"_s + (cursor.isEmpty() ? QString() : u"&cursor="_s + cursor),
                     m_owner)
                .json();
        const QJsonArray items = page[u"items"_s].toArray();
        for (const QJsonValue &item : items)
            found.append(item[u"id"_s].toString());
        cursor = page[u"nextCursor"_s].toString();
        ++pages;
    } while (!cursor.isEmpty());
    QCOMPARE(pages, 3);
    QCOMPARE(found, made);
    const QJsonArray ofOne = m_server.get(path + u"?subjectId="_s + m_key, m_owner).json()[u"items"_s].toArray();
    QCOMPARE(ofOne.size(), 1);
    QCOMPARE(ofOne[0][u"id"_s], ofKey);
    QCOMPARE(m_server.get(path + u"?cursor=nonsense"_s, m_owner).status, 422);
    removeAll();
}

void TestLimitRoutes::whoMay()
{
    const QString id = make(body(u"tenant"_s, u"requestsPerMinute"_s, 1)).json()[u"id"_s].toString();
    const QByteArray engineer = m_server.token(acme, u"prompt-engineer"_s);
    QCOMPARE(m_server.get(path, engineer).status, 200);
    QCOMPARE(m_server.post(path, body(u"user"_s, u"requestsPerMinute"_s, 1), engineer).status, 403);
    QCOMPARE(m_server.send("DELETE", path + u'/' + id, {}, {.token = engineer}).status, 403);
    QCOMPARE(m_server.get(path, m_server.token(acme, u"viewer"_s)).status, 403);
    const QByteArray stranger = m_server.token(u"northwind"_s, u"owner"_s);
    QVERIFY(m_server.get(path, stranger).json()[u"items"_s].toArray().isEmpty());
    QCOMPARE(m_server.post(path, body(u"key"_s, u"requestsPerMinute"_s, 1, {{u"subjectId"_s, m_key}}), stranger).status,
             422);
    QCOMPARE(make(body(u"tenant"_s, u"tokensPerMinute"_s, 1)).status, 201);
    removeAll();
}

void TestLimitRoutes::endsWithItsSubject()
{
    const QJsonObject person{{u"email"_s, u"temp@acme.example"_s},
                             {u"displayName"_s, u"Temp"_s},
                             {u"password"_s, u"correct horse battery"_s},
                             {u"roles"_s, QJsonArray{u"agent"_s}}};
    const QString user = m_server.post(u"/api/v1/users"_s, person, m_owner).json()[u"id"_s].toString();
    const QJsonObject made = make(body(u"user"_s, u"requestsPerMinute"_s, 1, {{u"subjectId"_s, user}})).json();
    QCOMPARE(made[u"subjectName"_s], u"Temp"_s);
    QCOMPARE(m_server.send("DELETE", u"/api/v1/users/"_s + user, {}, {.token = m_owner}).status, 204);
    QCOMPARE(m_server.get(path + u'/' + made[u"id"_s].toString(), m_owner).status, 404);
}

// A second process remembers what the database said until the first has changed it.
void TestLimitRoutes::heardOfInEveryProcess()
{
    TestDatabase database;
    const TenantScope tenant = database.makeTenant();
    Caller caller;
    caller.tenantId = tenant.tenantId;
    Limits here({}, database.database()), there({}, database.database());
    Listener listener(database.appUrl(), {QString::fromLatin1(LimitBook::channel)});
    there.book.follow(listener);
    bool isListening = false;
    connect(&listener, &Listener::reconnected, &listener, [&] { isListening = true; });
    listener.start();
    QTRY_VERIFY(isListening);

    limits::Calls calls({});
    const auto limitsThere = [&] { return there.book.of(tenant.tenantId)->matching(calls.one()).size(); };
    QVERIFY(!there.book.remembered(tenant.tenantId));
    QCOMPARE(limitsThere(), 0);
    QVERIFY(there.book.remembered(tenant.tenantId));
    const GatewayLimit made = here.service.create(caller, {.subject = LimitSubject::Tenant, .amount = 5});
    QTRY_COMPARE(limitsThere(), 1);
    here.service.update(caller, made.id, 1, {.amount = 7});
    QTRY_COMPARE(there.book.of(tenant.tenantId)->matching(calls.one())[0].amount, 7);
    here.service.remove(caller, made.id, {});
    QTRY_COMPARE(limitsThere(), 0);
    QVERIFY(there.book.remembered(tenant.tenantId));
    // Another tenant's change is nothing to it.
    Caller other;
    other.tenantId = database.makeTenant().tenantId;
    here.service.create(other, {.subject = LimitSubject::Tenant, .amount = 1});
    QTRY_COMPARE(there.book.of(other.tenantId)->matching(calls.one()).size(), 1);
    QCOMPARE(limitsThere(), 0);
}

void TestLimitRoutes::saysWhatIsUsed()
{
    TestDatabase database;
    Caller caller;
    caller.tenantId = database.makeTenant().tenantId;
    Limits one({}, database.database());
    const auto make = [&](LimitKind kind, qint64 amount) {
        return one.service.create(caller, {.subject = LimitSubject::Tenant, .kind = kind, .amount = amount}).id;
    };
    const QUuid requests = make(LimitKind::RequestsPerMinute, 10), tokens = make(LimitKind::TokensPerMinute, 1000),
                places = make(LimitKind::ConcurrentRequests, 5);
    limits::Calls calls({});
    calls.tenantId = caller.tenantId;
    calls.rules = one.book.of(caller.tenantId);
    const limits::Call first = calls.one(300), second = calls.one(200);
    QVERIFY(limits::admits(one.counter, first));
    QVERIFY(limits::admits(one.counter, second));
    one.counter.settle(first.callId, 100);
    QCOMPARE(one.service.get(caller, requests).used.value(), 2);
    QCOMPARE(one.service.get(caller, tokens).used.value(), 300);
    QCOMPARE(one.service.get(caller, places).used.value(), 1);
    const Page<GatewayLimit> page = one.service.list(caller, {});
    QCOMPARE(page.items.size(), 3);
    for (const GatewayLimit &limit : page.items)
        QVERIFY(limit.used.value() > 0);
    // A smaller amount holds at once, for what was used before as well.
    one.service.update(caller, requests, 1, {.amount = 2});
    calls.rules = one.book.of(caller.tenantId);
    QCOMPARE(limits::ask(one.counter, calls.one()).refusal->limitId, requests);
}

QTEST_GUILESS_MAIN(TestLimitRoutes)
#include "tst_limit_routes.moc"
