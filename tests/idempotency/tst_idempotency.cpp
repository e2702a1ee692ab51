// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/idempotency/idempotency.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QTest>

using namespace Qt::StringLiterals;
using Run = std::shared_ptr<Idempotency::Run>;

class TestIdempotency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void repeatedPostMakesOneThing();
    void sameKeyWithAnotherRequest_data();
    void sameKeyWithAnotherRequest();
    void refusedRequestsAreNotKept();
    void badKeys_data();
    void badKeys();
    void keysBelongToAUser();
    void manyAtOnceMakeOneThing();
    void secondOneWhileTheFirstRuns();
    void cutOffRequestIsNotRepeated();
    void droppedRunFreesTheKey();
    void expiredKeysAreForgotten();
    void bodiesCannotBeGuessed();

private:
    HttpAnswer post(const QByteArray &key, const QJsonObject &body, const QString &tenant = u"acme"_s,
                    const QString &path = u"/api/v1/users"_s)
    {
        return m_server->send("POST", path, body,
                              {.token = m_server->token(tenant, u"owner"_s), .more = {{"Idempotency-Key", key}}});
    }
    static QJsonObject user(const QString &name)
    {
        return {{u"email"_s, name + u"@example.com"_s},
                {u"displayName"_s, name},
                {u"password"_s, u"correct horse battery"_s},
                {u"roles"_s, QJsonArray{u"viewer"_s}}};
    }
    qsizetype usersNamed(const QString &name, const QString &tenant = u"acme"_s)
    {
        return m_server->get(u"/api/v1/users?search="_s + name, m_server->token(tenant, u"owner"_s))
            .json()[u"items"_s]
            .toArray()
            .size();
    }

    std::optional<TestServer> m_server;
    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
};

void TestIdempotency::initTestCase()
{
    m_server.emplace();
    m_database.emplace();
    m_identity.emplace(*m_database);
}

void TestIdempotency::repeatedPostMakesOneThing()
{
    const HttpAnswer first = post("one", user(u"one"_s));
    QCOMPARE(first.status, 201);
    QVERIFY(!first.headers.contains("idempotency-replayed"));
    for (int i = 0; i < 3; ++i) {
        const HttpAnswer again = post("one", user(u"one"_s));
        QCOMPARE(again.status, 201);
        QCOMPARE(again.body, first.body);
        QCOMPARE(again.headers.value("etag"), first.headers.value("etag"));
        QCOMPARE(again.headers.value("content-type"), first.headers.value("content-type"));
        QCOMPARE(again.headers.value("idempotency-replayed"), QByteArray("true"));
        QVERIFY(again.headers.value("x-request-id") != first.headers.value("x-request-id"));
    }
    QCOMPARE(usersNamed(u"one"_s), 1);
    QCOMPARE(post("another key", user(u"x"_s)).status, 400);
    QCOMPARE(post("another-key", user(u"one"_s)).status, 409); // the e-mail address is taken
}

void TestIdempotency::sameKeyWithAnotherRequest_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::newRow("body") << u"/api/v1/users"_s << user(u"other-two"_s);
    QTest::newRow("query") << u"/api/v1/users?x=1"_s << user(u"two"_s);
    QTest::newRow("path") << u"/api/v1/templates"_s << user(u"two"_s);
}

void TestIdempotency::sameKeyWithAnotherRequest()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, body);
    QCOMPARE(post("two", user(u"two"_s)).status, 201);
    const HttpAnswer other = post("two", body, u"acme"_s, path);
    QCOMPARE(other.status, 422);
    QCOMPARE(other.code(), u"idempotency_key_reused"_s);
    QVERIFY(other.json()[u"detail"_s].toString().contains(u"two"_s));
    QCOMPARE(usersNamed(u"other-two"_s), 0);
}

void TestIdempotency::refusedRequestsAreNotKept()
{
    QJsonObject bad = user(u"three"_s);
    bad.insert(u"email"_s, u"three"_s);
    QCOMPARE(post("three", bad).status, 422);
    QCOMPARE(post("three", user(u"three"_s)).status, 201); // mended, under the same key
    // However quickly it is mended: the key is free before the refusal is sent.
    for (int i = 0; i < 100; ++i) {
        bad.insert(u"email"_s, u"bad-%1"_s.arg(i));
        const HttpAnswer again = post("again", bad);
        QCOMPARE(again.status, 422);
        QCOMPARE(again.code(), u"invalid"_s);
    }
    QCOMPARE(post("four", user(u"three"_s)).status, 409);
    QCOMPARE(post("four", user(u"four"_s)).status, 201);
}

void TestIdempotency::badKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("space") << QByteArray("a b");
    QTest::newRow("long") << QByteArray(256, 'k');
    QTest::newRow("not ASCII") << QByteArray("k\xc3\xa9y");
}

void TestIdempotency::badKeys()
{
    QFETCH(QByteArray, key);
    QCOMPARE(post(key, user(u"bad"_s)).status, 400);
    QCOMPARE(usersNamed(u"bad"_s), 0);
}

void TestIdempotency::keysBelongToAUser()
{
    QCOMPARE(post("five", user(u"five"_s)).status, 201);
    QCOMPARE(post("five", user(u"five"_s), u"northwind"_s).status, 201);
    QCOMPARE(usersNamed(u"five"_s, u"northwind"_s), 1);
    // Somebody else of the same tenant: neither sees the answer of the other.
    const HttpAnswer other =
        m_server->send("POST", u"/api/v1/users"_s, user(u"five"_s),
                       {.token = m_server->token(u"acme"_s, u"viewer"_s), .more = {{"Idempotency-Key", "five"}}});
    QCOMPARE(other.status, 403);
}

void TestIdempotency::manyAtOnceMakeOneThing()
{
    QNetworkAccessManager network;
    QList<int> statuses;
    QSet<QByteArray> bodies;
    for (int i = 0; i < 20; ++i) {
        QNetworkRequest request(m_server->url(u"/api/v1/users"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        request.setRawHeader("Authorization", "Bearer " + m_server->token(u"acme"_s, u"owner"_s));
        request.setRawHeader("Idempotency-Key", "six");
        QNetworkReply *reply = network.post(request, json::print(user(u"six"_s)));
        connect(reply, &QNetworkReply::finished, this, [&, reply] {
            statuses.append(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
            if (statuses.last() == 201)
                bodies.insert(reply->readAll());
            reply->deleteLater();
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(statuses.size(), 20, 30'000);
    QCOMPARE(statuses.count(201) + statuses.count(409), 20);
    QVERIFY(statuses.count(201) >= 1);
    QCOMPARE(bodies.size(), 1);
    QCOMPARE(usersNamed(u"six"_s), 1);
}

void TestIdempotency::secondOneWhileTheFirstRuns()
{
    Idempotency idempotency(m_identity->database, m_identity->box);
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    const auto run = std::get<Run>(idempotency.begin(caller, "key", "request"));
    const ApiError error = refusalOf([&] { idempotency.begin(caller, "key", "request"); });
    QCOMPARE(error.status, 409);
    QCOMPARE(error.code, u"idempotency_in_progress"_s);
    QCOMPARE(error.retryAfter, 1);
    run->finish({201, "application/json", "\"1\"", "{}"});
    const auto saved = std::get<Idempotency::Saved>(idempotency.begin(caller, "key", "request"));
    QCOMPARE(saved.status, 201);
    QCOMPARE(saved.body, QByteArray("{}"));
    QCOMPARE(saved.etag, QByteArray("\"1\""));
}

void TestIdempotency::cutOffRequestIsNotRepeated()
{
    Idempotency idempotency(m_identity->database, m_identity->box);
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    const auto run = std::get<Run>(idempotency.begin(caller, "key", "request"));
    m_identity->database.transaction(caller.scope(), [](Transaction &tx) {
        tx.run("UPDATE idempotency_keys SET started_at = now() - interval '6 minutes'");
    });
    const ApiError error = refusalOf([&] { idempotency.begin(caller, "key", "request"); });
    QCOMPARE(error.status, 409);
    QCOMPARE(error.code, u"idempotency_outcome_unknown"_s);
}

void TestIdempotency::droppedRunFreesTheKey()
{
    Idempotency idempotency(m_identity->database, m_identity->box);
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    QVERIFY(std::holds_alternative<Run>(idempotency.begin(caller, "key", "one request")));
    const auto again = idempotency.begin(caller, "key", "another request");
    QVERIFY(std::holds_alternative<Run>(again));
}

void TestIdempotency::expiredKeysAreForgotten()
{
    Idempotency idempotency(m_identity->database, m_identity->box);
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    std::get<Run>(idempotency.begin(caller, "key", "request"))->finish({201, {}, {}, {}});
    m_identity->database.transaction(caller.scope(), [](Transaction &tx) {
        tx.run("UPDATE idempotency_keys SET started_at = now() - interval '25 hours'");
    });
    QVERIFY(std::holds_alternative<Run>(idempotency.begin(caller, "key", "another request")));
}

void TestIdempotency::bodiesCannotBeGuessed()
{
    Idempotency idempotency(m_identity->database, m_identity->box);
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    const auto one = std::get<Run>(idempotency.begin(caller, "one", "request"));
    const auto hash = [&] {
        return m_identity->database.transaction(caller.scope(), [](Transaction &tx) {
            return tx.one<QByteArray>("SELECT request_hash FROM idempotency_keys");
        });
    };
    const SecretBox other = SecretBox::random();
    Idempotency elsewhere(m_identity->database, other);
    const QByteArray first = hash();
    QCOMPARE(refusalOf([&] { elsewhere.begin(caller, "one", "request"); }).status,
             422); // another master key, another hash
    QCOMPARE(hash(), first);
}

QTEST_GUILESS_MAIN(TestIdempotency)
#include "tst_idempotency.moc"
