// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString path = u"/api/v1/gateway-routes"_s;
const QString chatPath = u"/v1/chat/completions"_s;

QJsonObject target(const QString &model, int weight = 1) { return {{u"model"_s, model}, {u"weight"_s, weight}}; }

QJsonObject chat(const QString &model, bool stream = false)
{
    return {{u"model"_s, model},
            {u"stream"_s, stream},
            {u"max_tokens"_s, 100},
            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"one two three"_s}}}}};
}

} // namespace

// Names for models, and where their calls go when a provider fails, is slow, or has no room.
class TestGatewayRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_server = std::make_unique<TestServer>([this](Config &config) {
            config.openaiKey = config.anthropicKey = config.googleKey = "sk-of-the-server";
            config.openaiBaseUrl = m_provider.openAiBaseUrl().toString();
            config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
            config.googleBaseUrl = m_provider.googleBaseUrl().toString();
        });
        m_owner = m_server->token(u"acme"_s, u"owner"_s);
        m_key = newKey({});
    }
    void cleanup() { m_provider.reset(); }

    void madeChangedRemoved()
    {
        const HttpAnswer made =
            make(u"answers"_s, {target(u"openai/gpt-4o"_s), target(u"anthropic/claude-sonnet-4-5"_s)});
        QVERIFY2(made.status == 201, made.body);
        const QString one = path + u'/' + made.json()[u"id"_s].toString();
        QCOMPARE(m_server->get(one, m_owner).json(), made.json());
        QCOMPARE(make(u"answers"_s, {target(u"openai/gpt-4o"_s)}).status, 409);
        QJsonObject input{{u"alias"_s, u"answers"_s}, {u"targets"_s, QJsonArray{target(u"openai/gpt-5"_s)}}};
        QCOMPARE(m_server->send("PUT", one, input, {.token = m_owner}).status, 428);
        QCOMPARE(m_server->send("PUT", one, input, {.token = m_owner, .more = {{"If-Match", "\"7\""}}}).status, 412);
        const HttpAnswer changed =
            m_server->send("PUT", one, input, {.token = m_owner, .more = {{"If-Match", "\"1\""}}});
        QVERIFY2(changed.status == 200, changed.body);
        QCOMPARE(changed.json()[u"targets"_s].toArray().size(), 1);
        QCOMPARE(m_server->get(path + u"?search=GPT-5"_s, m_owner).json()[u"items"_s].toArray().size(), 1);
        QCOMPARE(m_server->send("DELETE", one, {}, {.token = m_owner}).status, 204);
        QCOMPARE(m_server->get(one, m_owner).status, 404);
    }

    void wrongRoutesAreRefused_data()
    {
        QTest::addColumn<QString>("alias");
        QTest::addColumn<QJsonArray>("targets");
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("pointer");
        const QJsonArray good{target(u"openai/gpt-4o"_s)};
        QTest::newRow("alias with a slash") << u"openai/mine"_s << good << QJsonObject() << u"/alias"_s;
        QTest::newRow("alias with a colon") << u"mine:fast"_s << good << QJsonObject() << u"/alias"_s;
        QTest::newRow("no alias") << QString() << good << QJsonObject() << u"/alias"_s;
        QTest::newRow("no targets") << u"x"_s << QJsonArray() << QJsonObject() << u"/targets"_s;
        QTest::newRow("no provider") << u"x"_s << QJsonArray{target(u"gpt-4o"_s)} << QJsonObject()
                                     << u"/targets/0/model"_s;
        QTest::newRow("all of a provider")
            << u"x"_s << QJsonArray{target(u"openai/*"_s)} << QJsonObject() << u"/targets/0/model"_s;
        QTest::newRow("twice") << u"x"_s << QJsonArray{target(u"openai/a"_s), target(u"openai/a"_s)} << QJsonObject()
                               << u"/targets/1/model"_s;
        QTest::newRow("no weight") << u"x"_s << QJsonArray{target(u"openai/a"_s, 0)}
                                   << QJsonObject{{u"order"_s, u"weighted"_s}} << u"/targets"_s;
        QTest::newRow("nobody to hedge with")
            << u"x"_s << good << QJsonObject{{u"hedgeAfterMs"_s, 100}} << u"/hedgeAfterMs"_s;
    }
    void wrongRoutesAreRefused()
    {
        QFETCH(const QString, alias);
        QFETCH(const QJsonArray, targets);
        QFETCH(const QJsonObject, more);
        QFETCH(const QString, pointer);
        const HttpAnswer answer = make(alias, targets, more);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
    }

    void aliasesAreListed()
    {
        make(u"listed"_s, {target(u"openai/gpt-4o"_s)});
        QStringList names;
        const QJsonObject models = m_server->send("GET", u"/v1/models"_s, {}, {.token = m_key}).json();
        for (const QJsonValue model : models[u"data"_s].toArray())
            names.append(model[u"id"_s].toString());
        QVERIFY(names.contains(u"listed"_s));
    }

    void fallsBack_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<bool>("stream");
        for (const char *kind : {"429", "500", "529", "reset", "html", "401", "404", "quota", "cut-after-3"})
            for (const bool stream : {false, true})
                if (!stream || QByteArrayView(kind) != "cut-after-3")
                    QTest::addRow("%s %s", kind, stream ? "streamed" : "whole")
                        << u"openai/test-"_s + QString::fromLatin1(kind) << stream;
    }
    void fallsBack()
    {
        QFETCH(const QString, first);
        QFETCH(const bool, stream);
        const QString alias = u"back-%1-%2"_s.arg(first.section(u'/', 1)).arg(stream);
        QCOMPARE(make(alias, {target(first), target(u"anthropic/test-ok"_s)}).status, 201);
        const HttpAnswer answer = ask(chat(alias, stream));
        QVERIFY2(answer.status == 200, answer.body);
        QVERIFY(answer.body.contains("Answer"));
        QCOMPARE(answer.headers.value("x-patio-model"), "anthropic/test-ok"_ba);
        QCOMPARE(answer.headers.value("x-patio-tried"), first.toLatin1() + ", anthropic/test-ok");
    }

    // What would fail anywhere, and what has begun, is not tried again.
    void doesNotFallBack()
    {
        make(u"wrong"_s, {target(u"openai/test-400"_s), target(u"anthropic/test-ok"_s)});
        QCOMPARE(ask(chat(u"wrong"_s)).status, 400);
        QCOMPARE(m_provider.total().requests, 1);
        m_provider.reset();
        make(u"begun"_s, {target(u"openai/test-cut-after-3"_s), target(u"anthropic/test-ok"_s)});
        const HttpAnswer answer = ask(chat(u"begun"_s, true));
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.contains("\"error\""));
        QVERIFY(!answer.body.contains("[DONE]"));
        QCOMPARE(m_provider.total().requests, 1);
    }

    void allFail()
    {
        make(u"bad"_s, {target(u"openai/test-500"_s), target(u"anthropic/test-429-after-2s"_s)});
        const HttpAnswer answer = ask(chat(u"bad"_s));
        QCOMPARE(answer.status, 429); // of the last one
        QCOMPARE(answer.headers.value("retry-after"), "2"_ba);
        QCOMPARE(answer.headers.value("x-patio-tried"), "openai/test-500, anthropic/test-429-after-2s"_ba);
        QCOMPARE(m_provider.total().requests, 2);
    }

    void slowTargetIsFollowedByTheNext()
    {
        QJsonObject slow = target(u"openai/test-hang"_s);
        slow.insert(u"timeoutSeconds"_s, 1);
        make(u"slow"_s, {slow, target(u"anthropic/test-ok"_s)});
        const HttpAnswer answer = ask(chat(u"slow"_s, true));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("x-patio-model"), "anthropic/test-ok"_ba);
    }

    // The second is asked while the first still thinks; whoever speaks first answers, and both are billed.
    void hedged()
    {
        make(u"hedged"_s, {target(u"openai/test-slow-first-byte-5s"_s), target(u"anthropic/test-ok"_s)},
             {{u"hedgeAfterMs"_s, 100}});
        const HttpAnswer answer = ask(chat(u"hedged"_s, true));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("x-patio-model"), "anthropic/test-ok"_ba);
        QTRY_COMPARE(m_provider.total().abandoned, 1); // the first was told to stop
        QCOMPARE(m_provider.total().requests, 2);
    }

    void failingTargetRests()
    {
        const QString id =
            make(u"rests"_s, {target(u"openai/test-503"_s), target(u"google/test-ok"_s)}).json()[u"id"_s].toString();
        const QString health = path + u'/' + id + u"/health"_s;
        QCOMPARE(m_server->get(health, m_owner).json()[u"items"_s][0][u"isResting"_s], false);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(ask(chat(u"rests"_s)).status, 200);
        QCOMPARE(m_provider.total().requests, 10);
        const QJsonValue first = m_server->get(health, m_owner).json()[u"items"_s][0];
        QCOMPARE(first[u"isResting"_s], true);
        QCOMPARE(first[u"failures"_s], 5);
        QCOMPARE(ask(chat(u"rests"_s)).headers.value("x-patio-tried"), QByteArray()); // only the second was asked
        QCOMPARE(m_provider.total().requests, 11);
    }

    void keysNarrowRoutes()
    {
        make(u"narrow"_s, {target(u"openai/test-ok"_s), target(u"anthropic/test-ok"_s)});
        const QByteArray mine = m_key;
        m_key = newKey({u"anthropic/*"_s});
        HttpAnswer answer = ask(chat(u"narrow"_s));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("x-patio-model"), "anthropic/test-ok"_ba);
        m_key = newKey({u"google/*"_s});
        answer = ask(chat(u"narrow"_s));
        QCOMPARE(answer.status, 403);
        m_key = mine;
    }

    void embeddingsFallBack()
    {
        make(u"vectors"_s, {target(u"openai/test-500"_s), target(u"google/test-ok"_s)});
        const HttpAnswer answer = m_server->send(
            "POST", u"/v1/embeddings"_s, {{u"model"_s, u"vectors"_s}, {u"input"_s, u"one"_s}}, {.token = m_key});
        QVERIFY2(answer.status == 200, answer.body);
        QCOMPARE(answer.headers.value("x-patio-model"), "google/test-ok"_ba);
    }

    // Each target that was asked has its row in the ledger.
    void everyAttemptIsInTheLedger()
    {
        make(u"booked"_s, {target(u"openai/test-500"_s), target(u"anthropic/claude-sonnet-4-5"_s)});
        const QString name = u"Booked"_s;
        const QByteArray mine = m_key;
        m_key = m_server->post(u"/api/v1/gateway-keys"_s, {{u"name"_s, name}}, m_owner)
                    .json()[u"secret"_s]
                    .toString()
                    .toLatin1();
        QCOMPARE(ask(chat(u"booked"_s)).status, 200);
        m_key = mine;
        QJsonObject row;
        QTRY_VERIFY([&] {
            const QJsonObject report = m_server->get(u"/api/v1/usage?groupBy=key"_s, m_owner).json();
            for (const QJsonValue one : report[u"rows"_s].toArray())
                if (one[u"keyName"_s] == name)
                    row = one.toObject();
            return row[u"calls"_s].toInt() == 2;
        }());
        QCOMPARE(row[u"failedCalls"_s], 1);
        QCOMPARE(row[u"inputTokens"_s].toInteger(), m_provider.total().inputTokens);
        QVERIFY(row[u"costNanos"_s].toInteger() > 0);
    }

    void timesAreTold()
    {
        const HttpAnswer whole = ask(chat(u"openai/test-ok"_s));
        const QByteArray timing = whole.headers.value("server-timing");
        for (const char *part : {"queue;dur=", "auth;dur=", "policy;dur=", "upstream;dur=", "total;dur="})
            QVERIFY2(timing.contains(part), timing);
        const QByteArray streamed = ask(chat(u"openai/test-ok"_s, true)).headers.value("server-timing");
        QVERIFY2(streamed.contains("upstream;dur=") && !streamed.contains("total"), streamed);
    }

private:
    HttpAnswer make(const QString &alias, const QJsonArray &targets, const QJsonObject &more = {})
    {
        QJsonObject body = more;
        body.insert(u"alias"_s, alias);
        body.insert(u"targets"_s, targets);
        return m_server->post(path, body, m_owner);
    }
    HttpAnswer ask(const QJsonObject &body) { return m_server->send("POST", chatPath, body, {.token = m_key}); }
    QByteArray newKey(const QJsonArray &models)
    {
        return m_server->post(u"/api/v1/gateway-keys"_s, {{u"name"_s, u"Key"_s}, {u"models"_s, models}}, m_owner)
            .json()[u"secret"_s]
            .toString()
            .toLatin1();
    }

    ProviderServer m_provider;
    std::unique_ptr<TestServer> m_server;
    QByteArray m_owner;
    QByteArray m_key;
};

QTEST_GUILESS_MAIN(TestGatewayRoutes)
#include "tst_gateway_routes.moc"
