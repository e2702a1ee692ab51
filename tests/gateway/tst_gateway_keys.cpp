// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString keys = u"/api/v1/gateway-keys"_s;
const QString acme = u"acme"_s;

QString inDays(int days) { return QDateTime::currentDateTimeUtc().addDays(days).toString(Qt::ISODateWithMs); }

} // namespace

// Gateway keys as administrators manage them, and what a program gets for one.
class TestGatewayKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_owner = m_server.token(acme, u"owner"_s);
        QVERIFY(!m_owner.isEmpty());
    }

    void isShownOnce();
    void refusals_data();
    void refusals();
    void changesAreNotLost();
    void opensTheGateway_data();
    void opensTheGateway();
    void forgedKeysOpenNothing();
    void revokedAtOnce();
    void rotatedWithAnOverlap();
    void expires();
    void endsWithItsOwner();
    void hasNoMoreRightsThanItsOwner();
    void ruleOfOneKey();
    void nobodyMakesAStrongerKey();
    void listed();

private:
    QJsonObject make(QJsonObject body)
    {
        const HttpAnswer made = m_server.post(keys, body, m_owner);
        return made.status == 201 ? made.json() : QJsonObject();
    }
    int knock(const QJsonObject &made)
    {
        return m_server.get(u"/v1/models"_s, made[u"secret"_s].toString().toLatin1()).status;
    }
    QString pathOf(const QJsonObject &made) { return keys + u'/' + made[u"key"_s][u"id"_s].toString(); }
    int patch(const QString &path, const QJsonObject &change, const QByteArray &etag)
    {
        return m_server.send("PATCH", path, change, {.token = m_owner, .more = {{"If-Match", etag}}}).status;
    }
    QString person(const QString &email, const QString &role)
    {
        const QJsonObject made = m_server
                                     .post(u"/api/v1/users"_s,
                                           {{u"email"_s, email},
                                            {u"displayName"_s, u"Somebody else"_s},
                                            {u"password"_s, u"correct horse battery"_s},
                                            {u"roles"_s, QJsonArray{role}}},
                                           m_owner)
                                     .json();
        return made[u"id"_s].toString();
    }

    TestServer m_server;
    QByteArray m_owner;
};

void TestGatewayKeys::isShownOnce()
{
    const QJsonObject made = make({{u"name"_s, u" Web shop "_s}, {u"models"_s, QJsonArray{u"demo/*"_s}}});
    const QString secret = made[u"secret"_s].toString();
    QVERIFY(secret.startsWith(u"patio_key_"));
    const QJsonObject key = made[u"key"_s].toObject();
    QCOMPARE(key[u"name"_s], u"Web shop"_s);
    QCOMPARE(key[u"status"_s], u"active"_s);
    QCOMPARE(key[u"ownerName"_s], u"Ana Souza"_s);
    QCOMPARE(key[u"hint"_s], u"patio_key_…"_s + secret.right(4));

    const HttpAnswer shown = m_server.get(pathOf(made), m_owner);
    QCOMPARE(shown.json(), key);
    QVERIFY(!shown.body.contains(secret.toLatin1()));
    QVERIFY(!m_server.get(keys, m_owner).body.contains(secret.toLatin1()));
}

void TestGatewayKeys::refusals_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no name") << QJsonObject{} << u"/name"_s;
    QTest::newRow("a blank name") << QJsonObject{{u"name"_s, u"  "_s}} << u"/name"_s;
    QTest::newRow("no model's name") << QJsonObject{{u"name"_s, u"a"_s},
                                                    {u"models"_s, QJsonArray{u"demo/*"_s, u"gpt"_s}}}
                                     << u"/models/1"_s;
    QTest::newRow("the past") << QJsonObject{{u"name"_s, u"a"_s}, {u"expiresAt"_s, inDays(-1)}} << u"/expiresAt"_s;
    QTest::newRow("nobody") << QJsonObject{{u"name"_s, u"a"_s},
                                           {u"ownerId"_s, u"0192f0c1-0000-7000-8000-000000000000"_s}}
                            << u"/ownerId"_s;
    QTest::newRow("unknown member") << QJsonObject{{u"name"_s, u"a"_s}, {u"secret"_s, u"b"_s}} << u"/secret"_s;
}

void TestGatewayKeys::refusals()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, pointer);
    const HttpAnswer answer = m_server.post(keys, body, m_owner);
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
}

void TestGatewayKeys::changesAreNotLost()
{
    const QJsonObject made = make({{u"name"_s, u"First"_s}, {u"expiresAt"_s, inDays(3)}});
    QCOMPARE(m_server.send("PATCH", pathOf(made), {{u"name"_s, u"Second"_s}}, {.token = m_owner}).status, 428);
    QCOMPARE(patch(pathOf(made), {{u"name"_s, u"Second"_s}}, "\"1\""), 200);
    QCOMPARE(patch(pathOf(made), {{u"name"_s, u"Third"_s}}, "\"1\""), 412);
    QCOMPARE(patch(pathOf(made), {{u"neverExpires"_s, true}, {u"expiresAt"_s, inDays(1)}}, "\"2\""), 422);
    QCOMPARE(patch(pathOf(made), {{u"neverExpires"_s, true}}, "\"2\""), 200);
    const QJsonObject now = m_server.get(pathOf(made), m_owner).json();
    QCOMPARE(now[u"name"_s], u"Second"_s);
    QVERIFY(now[u"expiresAt"_s].isNull());
}

void TestGatewayKeys::opensTheGateway_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("OpenAI") << "Authorization"_ba
                            << "Bearer "_ba;
    QTest::newRow("Anthropic") << "x-api-key"_ba
                               << ""_ba;
    QTest::newRow("Google") << "x-goog-api-key"_ba
                            << ""_ba;
    QTest::newRow("Azure") << "api-key"_ba
                           << ""_ba;
}

void TestGatewayKeys::opensTheGateway()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, before);
    const QByteArray secret = make({{u"name"_s, u"Any"_s}})[u"secret"_s].toString().toLatin1();
    const auto ask = [&](const QByteArray &value) {
        return m_server.send("GET", u"/v1/models"_s, {}, {.token = {}, .more = {{header, before + value}}});
    };
    QCOMPARE(ask(secret).status, 200);
    QVERIFY(ask(secret).body.contains("demo/echo"));
    QCOMPARE(ask(secret.chopped(4) + "AAAA").status, 401);
    // A person's token is no gateway key.
    QCOMPARE(ask(m_owner).status, 401);
}

void TestGatewayKeys::forgedKeysOpenNothing()
{
    const QByteArray good = make({{u"name"_s, u"Real"_s}})[u"secret"_s].toString().toLatin1();
    QList<QByteArray> forged{"",         "patio_key_",  "patio_key_%%%",      "sk-0123456789",
                             good + "A", good.left(40), QByteArray(4000, 'A')};
    for (qsizetype i = 12; i < good.size(); i += 7) {
        QByteArray changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        forged.append(changed);
    }
    for (const QByteArray &one : std::as_const(forged)) {
        const HttpAnswer answer = m_server.get(u"/v1/models"_s, one);
        QVERIFY2(answer.status == 401, one.left(80));
        QVERIFY(one.size() < 20 || !answer.body.contains(one.sliced(12)));
    }
}

void TestGatewayKeys::revokedAtOnce()
{
    const QJsonObject made = make({{u"name"_s, u"Lost laptop"_s}});
    QCOMPARE(knock(made), 200);
    QCOMPARE(m_server.send("DELETE", pathOf(made), {}, {.token = m_owner}).status, 204);
    const HttpAnswer refused = m_server.get(u"/v1/models"_s, made[u"secret"_s].toString().toLatin1());
    QCOMPARE(refused.status, 401);
    QVERIFY2(refused.body.contains("Lost laptop") && refused.body.contains("revoked"), refused.body);
    QCOMPARE(m_server.get(pathOf(made), m_owner).json()[u"status"_s], u"revoked"_s);
    QCOMPARE(m_server.send("DELETE", pathOf(made), {}, {.token = m_owner}).status, 204); // it is so already
    QCOMPARE(m_server.post(pathOf(made) + u"/rotate"_s, {}, m_owner).status, 409);
    QCOMPARE(patch(pathOf(made), {{u"name"_s, u"Back"_s}}, "\"2\""), 409);
}

void TestGatewayKeys::rotatedWithAnOverlap()
{
    const QJsonObject first = make({{u"name"_s, u"Rotating"_s}});
    const QJsonObject second = m_server.post(pathOf(first) + u"/rotate"_s, {}, m_owner).json();
    QVERIFY(second[u"secret"_s] != first[u"secret"_s]);
    QVERIFY(!second[u"key"_s][u"formerUntil"_s].isNull());
    QCOMPARE(knock(first), 200);
    QCOMPARE(knock(second), 200);
    const QJsonObject third = m_server.post(pathOf(first) + u"/rotate"_s, {{u"overlapMinutes"_s, 0}}, m_owner).json();
    QCOMPARE(knock(third), 200);
    QCOMPARE(knock(second), 401);
    QCOMPARE(knock(first), 401);
    QCOMPARE(m_server.post(pathOf(first) + u"/rotate"_s, {{u"overlapMinutes"_s, -1}}, m_owner).status, 422);
}

void TestGatewayKeys::expires()
{
    const QString soon = QDateTime::currentDateTimeUtc().addMSecs(700).toString(Qt::ISODateWithMs);
    const QJsonObject made = make({{u"name"_s, u"Short"_s}, {u"expiresAt"_s, soon}});
    QCOMPARE(knock(made), 200);
    QTRY_COMPARE(knock(made), 401);
    QCOMPARE(m_server.get(pathOf(made), m_owner).json()[u"status"_s], u"expired"_s);
    QCOMPARE(patch(pathOf(made), {{u"expiresAt"_s, inDays(1)}}, "\"1\""), 200);
    QCOMPARE(knock(made), 200);
}

void TestGatewayKeys::endsWithItsOwner()
{
    const QString id = person(u"leaving@acme.example"_s, u"prompt-engineer"_s);
    const QJsonObject made = make({{u"name"_s, u"Theirs"_s}, {u"ownerId"_s, id}});
    QCOMPARE(made[u"key"_s][u"ownerName"_s], u"Somebody else"_s);
    QCOMPARE(knock(made), 200);
    const QString path = u"/api/v1/users/"_s + id;
    QCOMPARE(patch(path, {{u"status"_s, u"suspended"_s}}, "\"1\""), 200);
    QTRY_COMPARE(knock(made), 401);
    QCOMPARE(patch(path, {{u"status"_s, u"active"_s}}, "\"2\""), 200);
    QTRY_COMPARE(knock(made), 200);
    QCOMPARE(m_server.send("DELETE", path, {}, {.token = m_owner}).status, 204);
    QTRY_COMPARE(knock(made), 401);
    QCOMPARE(m_server.get(pathOf(made), m_owner).status, 404);
}

void TestGatewayKeys::hasNoMoreRightsThanItsOwner()
{
    const QString id = person(u"looking@acme.example"_s, u"viewer"_s);
    const QJsonObject made = make({{u"name"_s, u"A viewer's"_s}, {u"ownerId"_s, id}});
    QCOMPARE(knock(made), 403);
    const auto refusals = [&] {
        return m_server.get(u"/api/v1/audit?action=gateway.call&outcome=refused"_s, m_owner)
            .json()[u"items"_s]
            .toArray();
    };
    QTRY_VERIFY(!refusals().isEmpty());
    QCOMPARE(refusals()[0][u"actorId"_s], id);
    QCOMPARE(refusals()[0][u"address"_s], u"127.0.0.1"_s);
    QCOMPARE(patch(u"/api/v1/users/"_s + id, {{u"roles"_s, QJsonArray{u"agent"_s}}}, "\"1\""), 200);
    QTRY_COMPARE(knock(made), 200);
}

void TestGatewayKeys::ruleOfOneKey()
{
    const QJsonObject made = make({{u"name"_s, u"Under a rule"_s}}), other = make({{u"name"_s, u"Free"_s}});
    QCOMPARE(knock(made), 200);
    const auto denying = [](const QJsonValue &key) {
        return QJsonObject{{u"effect"_s, u"deny"_s},
                           {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"gatewayKey"_s}, {u"value"_s, key}}}},
                           {u"subject"_s, u"gateway"_s},
                           {u"actions"_s, QJsonArray{u"call"_s}}};
    };
    QCOMPARE(m_server.post(u"/api/v1/rules"_s, denying(u"0192f0c1-0000-7000-8000-000000000000"_s), m_owner).status,
             422);
    const HttpAnswer rule = m_server.post(u"/api/v1/rules"_s, denying(made[u"key"_s][u"id"_s]), m_owner);
    QCOMPARE(rule.status, 201);
    QTRY_COMPARE(knock(made), 403);
    QCOMPARE(knock(other), 200);
    QCOMPARE(
        m_server.send("DELETE", u"/api/v1/rules/"_s + rule.json()[u"id"_s].toString(), {}, {.token = m_owner}).status,
        204);
    QTRY_COMPARE(knock(made), 200);
}

// Who may make keys makes none in the name of somebody with rights that they do not have.
void TestGatewayKeys::nobodyMakesAStrongerKey()
{
    person(u"admin@acme.example"_s, u"admin"_s);
    const QByteArray admin = m_server
                                 .post(u"/api/v1/auth/login"_s,
                                       {{u"tenant"_s, acme},
                                        {u"email"_s, u"admin@acme.example"_s},
                                        {u"password"_s, u"correct horse battery"_s}},
                                       {})
                                 .json()[u"accessToken"_s]
                                 .toString()
                                 .toLatin1();
    const QJsonValue owner = m_server.get(u"/api/v1/me"_s, m_owner).json()[u"userId"_s];
    QCOMPARE(m_server.post(keys, {{u"name"_s, u"Own"_s}}, admin).status, 201);
    QCOMPARE(m_server.post(keys, {{u"name"_s, u"The owner's"_s}, {u"ownerId"_s, owner}}, admin).status, 403);
    const QJsonObject made = make({{u"name"_s, u"Of the owner"_s}});
    QCOMPARE(m_server.post(pathOf(made) + u"/rotate"_s, {}, admin).status, 403); // would hand the secret over
}

void TestGatewayKeys::listed()
{
    for (int i = 0; i < 5; ++i)
        make({{u"name"_s, u"Batch %1"_s.arg(i)}});
    QStringList names;
    QString path = keys + u"?search=bätch&limit=2"_s, next;
    do {
        const QJsonObject page = m_server.get(next.isEmpty() ? path : path + u"&cursor="_s + next, m_owner).json();
        for (const QJsonValue one : page[u"items"_s].toArray())
            names.append(one[u"name"_s].toString());
        QVERIFY(page[u"items"_s].toArray().size() <= 2);
        next = page[u"nextCursor"_s].toString();
    } while (!next.isEmpty());
    QCOMPARE(names, QStringList({u"Batch 4"_s, u"Batch 3"_s, u"Batch 2"_s, u"Batch 1"_s, u"Batch 0"_s}));
    QCOMPARE(m_server.get(keys + u"?cursor=rubbish"_s, m_owner).status, 422);
    for (const QJsonValue one : m_server.get(keys + u"?status=revoked"_s, m_owner).json()[u"items"_s].toArray())
        QCOMPARE(one[u"status"_s], u"revoked"_s);
}

QTEST_GUILESS_MAIN(TestGatewayKeys)
#include "tst_gateway_keys.moc"
