// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString path = u"/api/v1/budgets"_s;
const QString model = u"openai/gpt-4o-mini"_s;

QJsonObject chat(const QString &model, int number = 0, bool stream = false)
{
    const QString text = u"Question number %1"_s.arg(number);
    return {{u"model"_s, model},
            {u"stream"_s, stream},
            {u"max_tokens"_s, 100},
            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}}};
}

} // namespace

// Budgets over HTTP: set by people, kept by the gateway and by jobs alike.
class TestBudgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_server = std::make_unique<TestServer>([this](Config &config) {
            config.openaiKey = config.anthropicKey = "sk-of-the-server";
            config.openaiBaseUrl = m_provider.openAiBaseUrl().toString();
            config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
            config.demoHistory = false;
        });
        m_owner = m_server->token(u"acme"_s, u"owner"_s);
    }

    void cleanup()
    {
        for (const QJsonValue one : m_server->get(path, m_owner).json()[u"items"_s].toArray())
            QCOMPARE(m_server->send("DELETE", path + u'/' + one[u"id"_s].toString(), {}, {.token = m_owner}).status,
                     204);
        m_provider.reset();
    }

    void madeChangedRemoved()
    {
        const HttpAnswer made = make(u"Team"_s, 5'000'000'000);
        QVERIFY2(made.status == 201, made.body);
        QCOMPARE(made.json()[u"spentNanos"_s], 0);
        QCOMPARE(made.json()[u"refusesUnpriced"_s], true);
        QVERIFY(!made.json()[u"resetsAt"_s].toString().isEmpty());
        const QString one = path + u'/' + made.json()[u"id"_s].toString();
        const QJsonObject change{{u"amountNanos"_s, qint64(7'000'000'000)}, {u"name"_s, u" Team and friends "_s}};
        QCOMPARE(m_server->send("PATCH", one, change, {.token = m_owner}).status, 428);
        QCOMPARE(m_server->send("PATCH", one, change, {.token = m_owner, .more = {{"If-Match", "\"9\""}}}).status, 412);
        const HttpAnswer changed =
            m_server->send("PATCH", one, change, {.token = m_owner, .more = {{"If-Match", "\"1\""}}});
        QVERIFY2(changed.status == 200, changed.body);
        QCOMPARE(changed.json()[u"amountNanos"_s].toInteger(), 7'000'000'000);
        QCOMPARE(changed.json()[u"name"_s], u"Team and friends"_s);
        make(u"Ever"_s, 1, {{u"period"_s, u"ever"_s}});
        const QJsonObject page = m_server->get(path + u"?limit=1"_s, m_owner).json();
        QCOMPARE(page[u"items"_s][0][u"name"_s], u"Ever"_s);
        QVERIFY(page[u"items"_s][0][u"resetsAt"_s].toString().isEmpty());
        const QString next = page[u"nextCursor"_s].toString();
        QCOMPARE(m_server->get(path + u"?cursor="_s + next, m_owner).json()[u"items"_s][0][u"name"_s],
                 u"Team and friends"_s);
        QCOMPARE(m_server->send("DELETE", one, {}, {.token = m_owner}).status, 204);
        QCOMPARE(m_server->get(one, m_owner).status, 404);
    }

    void wrongBudgetsAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("no money") << QJsonObject{{u"amountNanos"_s, 0}} << u"/amountNanos"_s;
        QTest::newRow("blank name") << QJsonObject{{u"name"_s, u"  "_s}} << u"/name"_s;
        QTest::newRow("nobody's key") << QJsonObject{{u"subject"_s, u"key"_s}} << u"/subjectId"_s;
        QTest::newRow("a stranger's") << QJsonObject{{u"subject"_s, u"user"_s},
                                                     {u"subjectId"_s, u"0192f0c1-0000-7000-8000-000000000000"_s}}
                                      << u"/subjectId"_s;
        QTest::newRow("the tenant's, of somebody")
            << QJsonObject{{u"subjectId"_s, u"0192f0c1-0000-7000-8000-000000000000"_s}} << u"/subjectId"_s;
    }
    void wrongBudgetsAreRefused()
    {
        QFETCH(const QJsonObject, more);
        QFETCH(const QString, pointer);
        const HttpAnswer answer = make(u"Wrong"_s, 100, more);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
    }

    // Many calls side by side: what is let through costs no more than there is, to the nano, and whoever is refused is
    // told why and by what.
    void gatewayNeverGoesBeyond()
    {
        const auto [id, key] = newKey(u"Of a budget"_s);
        // One call reserves some 66,000 nanos and costs some 10,000.
        const QJsonObject budget = make(u"Small"_s, 400'000, {{u"subject"_s, u"key"_s}, {u"subjectId"_s, id}}).json();
        QCOMPARE(budget[u"subjectName"_s], u"Of a budget"_s);
        QNetworkAccessManager network;
        int refused = 0, answered = 0, open = 0;
        QByteArray refusal, refusedBy, shouldRetry;
        for (int i = 0; i < 120; ++i) {
            QNetworkRequest request(m_server->url(u"/v1/chat/completions"_s));
            request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
            request.setRawHeader("Authorization", "Bearer " + key);
            ++open;
            QNetworkReply *const reply = network.post(request, json::print(chat(model, i, i % 2)));
            connect(reply, &QNetworkReply::finished, this, [&, reply] {
                const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
                answered += status == 200;
                refused += status == 429;
                if (status == 429) {
                    refusal = reply->readAll();
                    refusedBy = reply->rawHeader("x-patio-refused-by");
                    shouldRetry = reply->rawHeader("x-should-retry");
                }
                --open;
                reply->deleteLater();
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(open, 0, 60'000);
        QCOMPARE(answered + refused, 120);
        QVERIFY(answered >= 6);
        QVERIFY(refused > 0);
        QCOMPARE(m_provider.total().requests, answered); // the others never got there
        QJsonObject after;
        QTRY_VERIFY([&] {
            after = m_server->get(path + u'/' + budget[u"id"_s].toString(), m_owner).json();
            return after[u"spentNanos"_s].toInteger() == spentBy(u"Of a budget"_s)
                && callsOf(u"Of a budget"_s) == answered;
        }());
        QVERIFY(after[u"spentNanos"_s].toInteger() > 0);
        QVERIFY(after[u"spentNanos"_s].toInteger() <= 400'000);
        const QJsonObject error = json::object(refusal)[u"error"_s].toObject();
        QCOMPARE(error[u"code"_s], u"budget_exceeded"_s);
        QVERIFY(error[u"message"_s].toString().contains(u"“Small”"_s));
        QCOMPARE(refusedBy, "budget " + budget[u"id"_s].toString().toLatin1());
        QCOMPARE(shouldRetry, "false"_ba);

        // "Why was I refused", for people.
        QJsonArray rows;
        QTRY_VERIFY([&] {
            rows = m_server->get(u"/api/v1/gateway-refusals?by=budget&keyId="_s + id, m_owner)
                       .json()[u"items"_s]
                       .toArray();
            qint64 calls = 0;
            for (const QJsonValue row : std::as_const(rows))
                calls += row[u"calls"_s].toInteger();
            return calls == refused;
        }());
        QCOMPARE(rows.first()[u"decidedById"_s], budget[u"id"_s]);
        QCOMPARE(rows.first()[u"decidedByName"_s], u"Small"_s);
        QCOMPARE(rows.first()[u"model"_s], model);
        QVERIFY(rows.first()[u"detail"_s].toString().contains(u"“Small”"_s));

        // A raised budget counts at once.
        const QJsonObject more{{u"amountNanos"_s, 1'000'000'000}};
        QCOMPARE(m_server
                     ->send("PATCH", path + u'/' + budget[u"id"_s].toString(), more,
                            {.token = m_owner, .more = {{"If-Match", "\"1\""}}})
                     .status,
                 200);
        QTRY_COMPARE(ask(chat(model), key).status, 200);
    }

    void everyFormatIsTold()
    {
        const auto [id, key] = newKey(u"Poor"_s);
        make(u"Nothing"_s, 1, {{u"subject"_s, u"key"_s}, {u"subjectId"_s, id}});
        const HttpAnswer anthropic =
            m_server->send("POST", u"/v1/messages"_s, chat(model, 1, true),
                           {.token = {}, .more = {{"x-api-key", key}, {"anthropic-version", "2023-06-01"}}});
        QCOMPARE(anthropic.status, 429);
        QCOMPARE(anthropic.json()[u"type"_s], u"error"_s);
        QVERIFY(anthropic.json()[u"error"_s][u"message"_s].toString().contains(u"“Nothing”"_s));
        const HttpAnswer vectors = m_server->send(
            "POST", u"/v1/embeddings"_s, {{u"model"_s, u"openai/text-embedding-3-small"_s}, {u"input"_s, u"a text"_s}},
            {.token = key});
        QVERIFY2(vectors.status == 429, vectors.body);
        QCOMPARE(m_provider.total().requests, 0);
    }

    void modelsWithoutPrice()
    {
        const auto [id, key] = newKey(u"Unpriced"_s);
        const QJsonObject budget =
            make(u"Strict"_s, 1'000'000'000'000, {{u"subject"_s, u"key"_s}, {u"subjectId"_s, id}}).json();
        HttpAnswer answer = ask(chat(u"openai/test-ok"_s), key);
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.json()[u"error"_s][u"message"_s].toString().contains(u"no price"_s));
        m_server->send("PATCH", path + u'/' + budget[u"id"_s].toString(), {{u"refusesUnpriced"_s, false}},
                       {.token = m_owner, .more = {{"If-Match", "\"1\""}}});
        QTRY_COMPARE(ask(chat(u"openai/test-ok"_s), key).status, 200);
    }

    // A route goes on to a target that the budget can pay.
    void cheaperTargetIsAsked()
    {
        const auto [id, key] = newKey(u"Thrifty"_s);
        make(u"Thrift"_s, 300'000, {{u"subject"_s, u"key"_s}, {u"subjectId"_s, id}});
        m_server->post(
            u"/api/v1/gateway-routes"_s,
            {{u"alias"_s, u"thrift"_s},
             {u"targets"_s,
              QJsonArray{QJsonObject{{u"model"_s, u"anthropic/claude-opus-4-1"_s}}, QJsonObject{{u"model"_s, model}}}}},
            m_owner);
        const HttpAnswer answer = ask(chat(u"thrift"_s), key);
        QVERIFY2(answer.status == 200, answer.body);
        QCOMPARE(answer.headers.value("x-patio-model"), model.toLatin1());
    }

    // The way of jobs is the same: a budget that the gateway has used up refuses them too, and their cost counts.
    void jobsKeepToThem()
    {
        const QJsonObject budget = make(u"Everybody"_s, 1'000'000'000).json();
        QJsonObject job = generate(u"What is affordable?"_s);
        QCOMPARE(job[u"state"_s], u"completed"_s);
        const QString one = path + u'/' + budget[u"id"_s].toString();
        // Of the whole tenant: what the ledger says of this month.
        const QString month = u"/api/v1/usage?from=%1T00:00:00.000Z"_s.arg(
            QDateTime::currentDateTimeUtc().date().toString(u"yyyy-MM-01"_s));
        const auto inLedger = [&] {
            return m_server->get(month, m_owner).json()[u"total"_s][u"costNanos"_s].toInteger();
        };
        QTRY_COMPARE(m_server->get(one, m_owner).json()[u"spentNanos"_s].toInteger(), inLedger());
        QVERIFY(job[u"costNanos"_s].toInteger() > 0);
        m_server->send("PATCH", one, {{u"amountNanos"_s, 1}}, {.token = m_owner, .more = {{"If-Match", "\"1\""}}});
        const qint64 before = m_provider.total().requests;
        QTRY_VERIFY([&] {
            job = generate(u"And now?"_s);
            return job[u"state"_s] == u"failed"_s;
        }());
        QCOMPARE(job[u"error"_s][u"code"_s], u"budget_exceeded"_s);
        QVERIFY(job[u"error"_s][u"message"_s].toString().contains(u"“Everybody”"_s));
        QVERIFY(m_provider.total().requests <= before + 1); // at most the one before the change was known
    }

    void peopleAreToldOnce()
    {
        const auto [id, key] = newKey(u"Told"_s);
        QUrl url = m_server->url(u"/api/v1/live"_s);
        url.setScheme(u"ws"_s);
        LiveReader reader(url);
        QTRY_VERIFY(reader.isOpen());
        reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(m_owner)}});
        QTRY_COMPARE(reader.of(u"ready"_s).size(), 1);
        reader.say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"budgets"_s}}});
        QTRY_COMPARE(reader.of(u"subscribed"_s).size(), 1);
        const QJsonObject budget = make(u"Watched"_s, 140'000, {{u"subject"_s, u"key"_s}, {u"subjectId"_s, id}}).json();
        int number = 0;
        QTRY_VERIFY_WITH_TIMEOUT((ask(chat(model, ++number), key), !reader.of(u"event"_s).isEmpty()), 20'000);
        QList<int> percents;
        for (const QJsonObject &event : reader.of(u"event"_s)) {
            QCOMPARE(event[u"name"_s], u"budget.reached"_s);
            QCOMPARE(event[u"data"_s][u"id"_s], budget[u"id"_s]);
            QCOMPARE(event[u"data"_s][u"amountNanos"_s], 140'000);
            percents.append(event[u"data"_s][u"percent"_s].toInt());
        }
        QList<int> once = percents;
        std::sort(once.begin(), once.end());
        once.erase(std::unique(once.begin(), once.end()), once.end());
        QCOMPARE(percents, once); // rising, none twice
        QCOMPARE(m_server->get(path + u'/' + budget[u"id"_s].toString(), m_owner).json()[u"alerts"_s][0][u"percent"_s],
                 50);
    }

private:
    HttpAnswer make(const QString &name, qint64 nanos, const QJsonObject &more = {})
    {
        QJsonObject body{
            {u"name"_s, name}, {u"subject"_s, u"tenant"_s}, {u"period"_s, u"month"_s}, {u"amountNanos"_s, nanos}};
        for (auto member = more.begin(); member != more.end(); ++member)
            body.insert(member.key(), member.value());
        return m_server->post(path, body, m_owner);
    }
    std::pair<QString, QByteArray> newKey(const QString &name)
    {
        const QJsonObject made = m_server->post(u"/api/v1/gateway-keys"_s, {{u"name"_s, name}}, m_owner).json();
        return {made[u"key"_s][u"id"_s].toString(), made[u"secret"_s].toString().toLatin1()};
    }
    HttpAnswer ask(const QJsonObject &body, const QByteArray &key)
    {
        return m_server->send("POST", u"/v1/chat/completions"_s, body, {.token = key});
    }
    QJsonObject rowOf(const QString &key)
    {
        const QJsonArray rows = m_server->get(u"/api/v1/usage?groupBy=key"_s, m_owner).json()[u"rows"_s].toArray();
        for (const QJsonValue row : rows)
            if (row[u"keyName"_s] == key)
                return row.toObject();
        return {};
    }
    qint64 spentBy(const QString &key) { return rowOf(key)[u"costNanos"_s].toInteger(); }
    qint64 callsOf(const QString &key) { return rowOf(key)[u"calls"_s].toInteger(); }
    // A job that has ended.
    QJsonObject generate(const QString &text)
    {
        const QJsonObject body{{u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}},
                               {u"model"_s, model},
                               {u"parameters"_s, QJsonObject{{u"maxTokens"_s, 100}}},
                               {u"cache"_s, u"bypass"_s}};
        const HttpAnswer made = m_server->post(u"/api/v1/generate"_s, body, m_owner);
        const QString job = u"/api/v1/jobs/"_s + made.json()[u"id"_s].toString();
        QJsonObject now;
        const bool hasEnded = QTest::qWaitFor(
            [&] {
                now = m_server->get(job, m_owner).json()[u"job"_s].toObject();
                return now[u"state"_s] == u"completed"_s || now[u"state"_s] == u"failed"_s;
            },
            20'000);
        return hasEnded ? now : made.json();
    }

    ProviderServer m_provider;
    std::unique_ptr<TestServer> m_server;
    QByteArray m_owner;
};

QTEST_GUILESS_MAIN(TestBudgets)
#include "tst_budgets.moc"
