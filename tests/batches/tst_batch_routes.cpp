// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
const QString acme = u"acme"_s;

QJsonArray people(int count, const QString &word = u"Ana"_s)
{
    QJsonArray inputs;
    for (int i = 0; i < count; ++i)
        inputs.append(QJsonObject{{u"name"_s, u"%1 %2"_s.arg(word).arg(i)}, {u"age"_s, 20 + i % 50}});
    return inputs;
}

QJsonObject with(QJsonObject object, const QString &name, const QJsonValue &value)
{
    object.insert(name, value);
    return object;
}

int count(const QJsonObject &batch, const char *state) { return batch[QLatin1StringView(state)].toInt(); }

} // namespace

// Batches as a program sees them over HTTP and the live socket.
class TestBatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_server.emplace([this](Config &config) {
            config.anthropicKey = "key";
            config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
            config.jobBackoff = {std::chrono::milliseconds(20)};
            config.jobConcurrency = 4;
        });
        m_token = m_server->token(acme, u"prompt-engineer"_s);
        QVERIFY(!m_token.isEmpty());
        const QJsonObject schema{{u"type"_s, u"object"_s},
                                 {u"required"_s, QJsonArray{u"name"_s, u"age"_s}},
                                 {u"properties"_s,
                                  QJsonObject{{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                                              {u"age"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}}};
        const QJsonObject version{{u"userPrompt"_s, u"{{name}} is {{age}}"_s},
                                  {u"variablesSchema"_s, schema},
                                  {u"defaultModel"_s, u"demo/fast"_s}};
        const auto made = m_server->post(
            u"/api/v1/templates"_s, {{u"name"_s, u"People"_s}, {u"slug"_s, u"batch-people"_s}, {u"version"_s, version}},
            m_token);
        QCOMPARE(made.status, 201);
    }

    void equalAndEarlierInputsCostNothing()
    {
        const QJsonObject single{{u"template"_s, u"batch-people"_s},
                                 {u"variables"_s, QJsonObject{{u"name"_s, u"Early"_s}, {u"age"_s, 7}}}};
        QCOMPARE(m_server->post(u"/api/v1/generate?wait=20"_s, single, m_token).json()[u"state"_s], u"completed"_s);
        QJsonArray inputs = people(30);
        for (int i = 0; i < 10; ++i)
            inputs.append(inputs[i]);
        inputs.append(single[u"variables"_s]);
        const auto made = create({{u"name"_s, u"First"_s}, {u"inputs"_s, inputs}});
        QCOMPARE(made.status, 202);
        QCOMPARE(made.json()[u"rows"_s], 41);
        QCOMPARE(made.json()[u"shared"_s], 11);
        QCOMPARE(made.json()[u"templateSlug"_s], u"batch-people"_s);
        const QString id = made.json()[u"id"_s].toString();
        const QJsonObject batch = finished(id);
        QCOMPARE(batch[u"state"_s], u"completed"_s);
        QCOMPARE(count(batch, "completed"), 41);
        QVERIFY(!batch[u"finishedAt"_s].isNull());
        const QJsonArray jobs =
            m_server->get(u"/api/v1/jobs?limit=1000&batch="_s + id, m_token).json()[u"items"_s].toArray();
        QCOMPARE(jobs.size(), 31);
        qint64 tokens = 0, own = 0;
        for (const auto &job : jobs)
            if (job[u"batchId"_s] == id) {
                ++own;
                tokens += job[u"inputTokens"_s].toInteger();
            }
        QCOMPARE(own, 30);
        QCOMPARE(batch[u"inputTokens"_s].toInteger(), tokens);

        // Rows in the order of the inputs, over pages, with their answers.
        QStringList outputs;
        QString cursor;
        do {
            const QJsonObject page =
                m_server->get(u"/api/v1/batches/%1/rows?limit=15%2"_s.arg(id, cursor), m_token).json();
            for (const auto &row : page[u"items"_s].toArray()) {
                QCOMPARE(row[u"row"_s].toInt(), int(outputs.size()) + 1);
                outputs.append(row[u"job"_s][u"output"_s].toString());
            }
            cursor = page[u"nextCursor"_s].isString() ? u"&cursor="_s + page[u"nextCursor"_s].toString() : QString();
        } while (!cursor.isEmpty());
        QCOMPARE(outputs.size(), 41);
        QVERIFY2(outputs[3].contains(u"Ana 3 is 23"_s), qPrintable(outputs[3]));
        QCOMPARE(outputs[33], outputs[3]);
        QVERIFY(outputs[40].contains(u"Early is 7"_s));

        // The same again is all there already.
        const auto again = create({{u"inputs"_s, inputs}});
        QCOMPARE(again.json()[u"state"_s], u"completed"_s);
        QCOMPARE(again.json()[u"shared"_s], 41);
        QVERIFY(again.json()[u"name"_s].toString().startsWith(u"People, "_s));
        const auto bypass = create({{u"inputs"_s, people(2)}, {u"cache"_s, u"bypass"_s}});
        QCOMPARE(bypass.json()[u"shared"_s], 0);
        QCOMPARE(finished(bypass.json()[u"id"_s].toString())[u"state"_s], u"completed"_s);
    }

    void oneBadRowRefusesAll()
    {
        QJsonArray inputs = people(300, u"Bad"_s);
        for (int i = 0; i < 120; ++i)
            inputs[2 * i] = with(inputs[2 * i].toObject(), u"age"_s, u"old"_s);
        const auto before = jobCount();
        const auto answer = create({{u"inputs"_s, inputs}});
        QCOMPARE(answer.status, 422);
        const QJsonArray errors = answer.json()[u"errors"_s].toArray();
        QCOMPARE(errors.size(), 100);
        QCOMPARE(errors[1][u"pointer"_s], u"/inputs/2/age"_s);
        QVERIFY(errors[1][u"message"_s].toString().startsWith(u"row 3: "_s));
        QVERIFY(answer.json()[u"detail"_s].toString().contains(u"120 of 300 rows"_s));
        QCOMPARE(jobCount(), before);
        QCOMPARE(create({{u"inputs"_s, QJsonArray()}}).status, 422);
        const auto noTemplate = create({{u"template"_s, u"nobody"_s}, {u"inputs"_s, people(1)}});
        QCOMPARE(noTemplate.json()[u"errors"_s][0][u"pointer"_s], u"/template"_s);
    }

    void tables_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        QTest::newRow("csv") << QByteArray("text/csv") << QByteArray("name,age\n\"Eve, \"\"E\"\"\",31\nBo,32\n") << 202
                             << u"Eve, \"E\" is 31"_s;
        QTest::newRow("jsonl") << QByteArray("application/jsonl")
                               << QByteArray("{\"name\":\"Lin\",\"age\":33}\n\n{\"name\":\"Mo\",\"age\":34}\n") << 202
                               << u"Lin is 33"_s;
        QTest::newRow("csv, a cell too many")
            << QByteArray("text/csv") << QByteArray("name,age\nA,1\nB,2,3\n") << 422 << u"/inputs/1 row 2 (line 3)"_s;
        QTest::newRow("csv, no number") << QByteArray("text/csv") << QByteArray("name,age\nA,1\nB,many\n") << 422
                                        << u"/inputs/1/age row 2: "_s;
        QTest::newRow("jsonl, no JSON") << QByteArray("application/jsonl")
                                        << QByteArray("{\"name\":\"A\",\"age\":1}\nnothing\n") << 422
                                        << u"/inputs/1 row 2 (line 2)"_s;
        QTest::newRow("another type") << QByteArray("text/plain") << QByteArray("x") << 415 << QString();
    }

    void tables()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, says);
        QNetworkRequest request(m_server->url(u"/api/v1/generate/batch?template=batch-people&name=A+table"_s));
        request.setRawHeader("Authorization", "Bearer " + m_token);
        request.setRawHeader("Content-Type", type);
        std::unique_ptr<QNetworkReply> reply(m_network.post(request, body));
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patience);
        const QByteArray said = reply->readAll();
        QFETCH(const int, status);
        QVERIFY2(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == status, said);
        const QJsonObject answer = json::object(said);
        if (answer.contains(u"rows"_s)) {
            QCOMPARE(answer[u"name"_s], u"A table"_s);
            QCOMPARE(answer[u"rows"_s], 2);
            const QString id = answer[u"id"_s].toString();
            QCOMPARE(finished(id)[u"state"_s], u"completed"_s);
            const QJsonObject rows = m_server->get(u"/api/v1/batches/%1/rows"_s.arg(id), m_token).json();
            const QString output = rows[u"items"_s][0][u"job"_s][u"output"_s].toString();
            QVERIFY2(output.contains(says), qPrintable(output));
        } else if (!says.isEmpty()) {
            const QJsonValue first = answer[u"errors"_s][0];
            const QString said = first[u"pointer"_s].toString() + u' ' + first[u"message"_s].toString();
            QVERIFY2(said.startsWith(says), qPrintable(said));
        }
    }

    void pausedJobsWait()
    {
        const QString id = begin(u"demo/echo"_s, people(40, u"Some words to be said of Paul"_s));
        QTRY_VERIFY_WITH_TIMEOUT(count(get(id), "running") > 0, patience);
        const QJsonObject paused = act(id, u"pause"_s).json();
        QCOMPARE(paused[u"state"_s], u"paused"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(get(id), "running"), 0, patience); // these end
        const QJsonObject still = get(id);
        QVERIFY(count(still, "queued") > 0);
        QVERIFY(count(still, "completed") > 0);
        // Others pass it by.
        const QJsonObject other{{u"template"_s, u"batch-people"_s},
                                {u"variables"_s, QJsonObject{{u"name"_s, u"Other"_s}, {u"age"_s, 1}}}};
        QCOMPARE(m_server->post(u"/api/v1/generate?wait=20"_s, other, m_token).json()[u"state"_s], u"completed"_s);
        QCOMPARE(count(get(id), "queued"), count(still, "queued"));
        const QJsonObject row =
            m_server->get(u"/api/v1/batches/%1/rows?state=queued&limit=1"_s.arg(id), m_token).json();
        const QString job = row[u"items"_s][0][u"job"_s][u"id"_s].toString();
        QCOMPARE(m_server->get(u"/api/v1/jobs/"_s + job, m_token).json()[u"waitsFor"_s][u"reason"_s], u"pause"_s);
        QCOMPARE(act(id, u"resume"_s).json()[u"state"_s], u"running"_s);
        QCOMPARE(count(finished(id), "completed"), 40);
        QCOMPARE(act(id, u"pause"_s).status, 409);
    }

    void cancels()
    {
        const QString id = begin(u"anthropic/test-hang"_s, people(20, u"Carl"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls() > 0, true, patience);
        const QJsonObject canceled = act(id, u"cancel"_s).json();
        QCOMPARE(canceled[u"state"_s], u"canceled"_s);
        QCOMPARE(count(canceled, "canceled"), 20);
        QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 0, patience);
        QCOMPARE(act(id, u"cancel"_s).json()[u"state"_s], u"canceled"_s); // again: nothing more
        QCOMPARE(count(get(id), "canceled"), 20);
    }

    void failedOnesAreTriedAgain()
    {
        const QString id = begin(u"anthropic/test-400-once"_s, people(12, u"Rita"_s));
        const QJsonObject failed = finished(id);
        QCOMPARE(failed[u"state"_s], u"completed"_s);
        QCOMPARE(count(failed, "failed"), 12);
        const QJsonObject again = act(id, u"retry"_s).json();
        QCOMPARE(again[u"state"_s], u"running"_s);
        QVERIFY(again[u"finishedAt"_s].isNull());
        const QJsonObject done = finished(id);
        QCOMPARE(count(done, "completed"), 12);
        QVERIFY(done[u"outputTokens"_s].toInteger() > 0);
        QCOMPARE(act(id, u"retry"_s).status, 409);
        const QJsonObject noted =
            m_server->get(u"/api/v1/audit?action=batches.update&limit=1"_s, m_server->token(acme, u"owner"_s)).json();
        QCOMPARE(noted[u"items"_s][0][u"subjectId"_s], id);
    }

    void progressComesLiveAndInMeasure()
    {
        QUrl address = m_server->url(u"/api/v1/live"_s);
        address.setScheme(u"ws"_s);
        LiveReader reader(address);
        QTRY_VERIFY_WITH_TIMEOUT(reader.isOpen(), patience);
        reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(m_token)}});
        QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"ready"_s).isEmpty(), patience);
        reader.say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"batches"_s}}});
        QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"subscribed"_s).isEmpty(), patience);
        QElapsedTimer timer;
        timer.start();
        const QString id = begin(u"demo/fast"_s, people(600, u"Live"_s));
        const auto last = [&] {
            const auto events = reader.of(u"event"_s);
            return events.isEmpty() ? QJsonObject() : events.last();
        };
        QTRY_COMPARE_WITH_TIMEOUT(last()[u"name"_s].toString(), u"batch.finished"_s, patience);
        QCOMPARE(last()[u"topic"_s], u"batch/"_s + id);
        QCOMPARE(last()[u"data"_s][u"completed"_s], 600);
        const auto events = reader.of(u"event"_s);
        QVERIFY2(events.size() <= 3 + timer.elapsed() / 250, qPrintable(QString::number(events.size())));
        for (const QJsonObject &event : events) {
            const QJsonObject batch = event[u"data"_s].toObject();
            int sum = 0;
            for (const char *state : {"queued", "running", "completed", "failed", "canceled", "dead"})
                sum += count(batch, state);
            QCOMPARE(sum, 600);
        }
    }

    void listsAndRights()
    {
        const QJsonObject all = m_server->get(u"/api/v1/batches?limit=2"_s, m_token).json();
        QCOMPARE(all[u"items"_s].toArray().size(), 2);
        const QJsonObject next =
            m_server->get(u"/api/v1/batches?limit=2&cursor="_s + all[u"nextCursor"_s].toString(), m_token).json();
        QVERIFY(next[u"items"_s][0][u"id"_s].toString() < all[u"items"_s][1][u"id"_s].toString());
        const QJsonObject found = m_server->get(u"/api/v1/batches?search=first&state=completed"_s, m_token).json();
        QCOMPARE(found[u"items"_s].toArray().size(), 1);
        const QString id = found[u"items"_s][0][u"id"_s].toString();
        const QByteArray viewer = m_server->token(acme, u"viewer"_s);
        QCOMPARE(m_server->get(u"/api/v1/batches/"_s + id, viewer).status, 200);
        QCOMPARE(m_server->post(u"/api/v1/batches/%1/cancel"_s.arg(id), {}, viewer).status, 403);
        QCOMPARE(m_server->get(u"/api/v1/batches/"_s + id, m_server->token(u"northwind"_s, u"owner"_s)).status, 404);
    }

    void tenThousand()
    {
        const QString id = begin(u"demo/fast"_s, people(10'000, u"Many"_s));
        QTRY_VERIFY_WITH_TIMEOUT(count(get(id), "completed") > 0, patience);
        const QJsonObject canceled = act(id, u"cancel"_s).json();
        QCOMPARE(count(canceled, "completed") + count(canceled, "canceled"), 10'000);
        QVERIFY(count(canceled, "canceled") > 0);
        QCOMPARE(create({{u"inputs"_s, people(10'001)}}).status, 422);
    }

private:
    HttpAnswer create(QJsonObject body)
    {
        if (!body.contains(u"template"_s))
            body.insert(u"template"_s, u"batch-people"_s);
        return m_server->post(u"/api/v1/generate/batch"_s, body, m_token);
    }
    QString begin(const QString &model, const QJsonArray &inputs)
    {
        const auto made = create({{u"model"_s, model}, {u"inputs"_s, inputs}, {u"cache"_s, u"bypass"_s}});
        if (made.status != 202)
            qWarning().noquote() << made.body;
        return made.json()[u"id"_s].toString();
    }
    HttpAnswer act(const QString &id, const QString &what)
    {
        return m_server->post(u"/api/v1/batches/%1/%2"_s.arg(id, what), {}, m_token);
    }
    QJsonObject get(const QString &id) { return m_server->get(u"/api/v1/batches/"_s + id, m_token).json(); }
    QJsonObject finished(const QString &id)
    {
        QJsonObject batch;
        (void)QTest::qWaitFor([&] { return !(batch = get(id))[u"finishedAt"_s].isNull(); }, patience);
        return batch;
    }
    qsizetype jobCount()
    {
        return m_server->get(u"/api/v1/jobs?limit=1000"_s, m_token).json()[u"items"_s].toArray().size();
    }

    ProviderServer m_provider;
    QNetworkAccessManager m_network;
    std::optional<TestServer> m_server;
    QByteArray m_token;
};

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batch_routes.moc"
