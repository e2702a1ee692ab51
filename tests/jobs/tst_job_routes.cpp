// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "shared/jobs/job.h"
#include "shared/json/json.h"
#include "tests/jobs/event_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QJsonObject question(const QString &text, const QString &model = u"demo/fast"_s)
{
    return {{u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}},
            {u"model"_s, model}};
}

} // namespace

// Jobs as a program sees them over HTTP.
class TestJobRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersAtOnce();
    void waitsForTheResult();
    void doesNotWaitForEver();
    void streams();
    void streamOfAFinishedJob();
    void streamThroughAProvider();
    void clientsThatLeaveStopNothing();
    void parallelEqualRequestsMakeOneJob();
    void sameKeyGetsTheSameJob();
    void sameKeyStreamsTheSameJob();
    void sameKeyWithAnotherRequest();
    void refusedRequestsFreeTheKey();
    void parallelRequestsWithOneKeyMakeOneJob();
    void life();
    void refusals_data();
    void refusals();
    void unconfiguredProvidersSayWhatToSet();
    void tenantsDoNotMeet();
    void usageAndModels();

private:
    QByteArray engineer() { return m_server->token(u"acme"_s, u"prompt-engineer"_s); }
    HttpAnswer generate(const QJsonObject &body, const QString &query = {})
    {
        return m_server->post(u"/api/v1/generate"_s + query, body, engineer());
    }
    HttpAnswer generateWithKey(const QByteArray &key, const QJsonObject &body, const QString &query = {})
    {
        return m_server->send("POST", u"/api/v1/generate"_s + query, body,
                              {.token = engineer(), .more = {{"Idempotency-Key", key}}});
    }
    static QJsonObject bypass(QJsonObject request)
    {
        request.insert(u"cache"_s, u"bypass"_s);
        return request;
    }
    QNetworkRequest streamRequest()
    {
        QNetworkRequest request(m_server->url(u"/api/v1/generate"_s));
        request.setRawHeader("Authorization", "Bearer " + engineer());
        return request;
    }
    QJsonObject job(const QString &id)
    {
        return m_server->get(u"/api/v1/jobs/"_s + id, engineer()).json()[u"job"_s].toObject();
    }
    QJsonObject ended(const QString &id)
    {
        QJsonObject now;
        const bool hasEnded = QTest::qWaitFor(
            [&] {
                now = job(id);
                return now[u"state"_s] != u"queued"_s && now[u"state"_s] != u"running"_s;
            },
            20'000);
        return hasEnded ? now : QJsonObject();
    }

    ProviderServer m_provider;
    QNetworkAccessManager m_network;
    std::optional<TestServer> m_server;
};

void TestJobRoutes::initTestCase()
{
    QVERIFY(m_provider.listen());
    m_server.emplace([this](Config &config) {
        config.anthropicKey = "key";
        config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
        config.jobBackoff = {std::chrono::milliseconds(20)};
    });
}

void TestJobRoutes::answersAtOnce()
{
    const HttpAnswer made = generate(question(u"at once"_s, u"demo/echo"_s));
    QCOMPARE(made.status, 202);
    QCOMPARE(made.json()[u"state"_s], u"queued"_s);
    const QString id = made.json()[u"id"_s].toString();
    QCOMPARE(ended(id)[u"state"_s], u"completed"_s);
    const HttpAnswer again = generate(question(u"at once"_s, u"demo/echo"_s));
    QCOMPARE(again.status, 200);
    QCOMPARE(again.json()[u"id"_s], id);
    QCOMPARE(again.json()[u"cacheHit"_s], true);
    QVERIFY(again.json()[u"output"_s].toString().contains(u"at once"_s));
}

void TestJobRoutes::waitsForTheResult()
{
    const HttpAnswer answer = generate(question(u"wait for me"_s, u"demo/echo"_s), u"?wait=30"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"state"_s], u"completed"_s);
    QVERIFY(answer.json()[u"output"_s].toString().endsWith(u"wait for me"_s));
    const HttpAnswer failed = generate(question(u"x"_s, u"anthropic/test-400"_s), u"?wait=30"_s);
    QCOMPARE(failed.status, 200); // the job has ended; how, it says itself
    QCOMPARE(failed.json()[u"state"_s], u"failed"_s);
    QCOMPARE(failed.json()[u"error"_s][u"code"_s], u"invalid_request"_s);
}

void TestJobRoutes::doesNotWaitForEver()
{
    QElapsedTimer timer;
    timer.start();
    const HttpAnswer answer = generate(question(u"a b c d e f g h i j"_s, u"demo/slow"_s), u"?wait=1"_s);
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.json()[u"state"_s], u"running"_s);
    QVERIFY(timer.elapsed() >= 1000);
    const QString id = answer.json()[u"id"_s].toString();
    QCOMPARE(m_server->post(u"/api/v1/jobs/%1/cancel"_s.arg(id), {}, engineer()).status, 200);
}

void TestJobRoutes::streams()
{
    EventReader reader(m_network, streamRequest(), question(u"stream this, please"_s, u"demo/echo"_s));
    QVERIFY(reader.waitFor([&] { return reader.isFinished(); }));
    QCOMPARE(reader.header("content-type"), QByteArray("text/event-stream"));
    QCOMPARE(reader.events.first().name, QByteArray("job"));
    QCOMPARE(reader.events.last().name, QByteArray("done"));
    QString text;
    int states = 0;
    for (const StreamEvent &event : reader.events) {
        if (event.name == "output") {
            QCOMPARE(event.data[u"offset"_s].toInt(), int(text.size()));
            text += event.data[u"text"_s].toString();
        }
        states += event.name == "job";
    }
    QVERIFY(states <= 2); // queued, running
    const QJsonObject done = reader.events.last().data;
    QCOMPARE(done[u"state"_s], u"completed"_s);
    QCOMPARE(done[u"output"_s].toString(), text);
    QVERIFY(text.endsWith(u"stream this, please"_s));
}

void TestJobRoutes::streamOfAFinishedJob()
{
    QCOMPARE(generate(question(u"known"_s), u"?wait=10"_s).status, 200);
    EventReader reader(m_network, streamRequest(), question(u"known"_s));
    QVERIFY(reader.waitFor([&] { return reader.isFinished(); }));
    QCOMPARE(reader.events.size(), 2);
    QCOMPARE(reader.events[1].name, QByteArray("done"));
    QCOMPARE(reader.events[1].data[u"cacheHit"_s], true);
}

void TestJobRoutes::streamThroughAProvider()
{
    EventReader reader(m_network, streamRequest(),
                       question(u"one two three four"_s, u"anthropic/test-cut-after-3-once"_s));
    QVERIFY(reader.waitFor([&] { return reader.isFinished(); }));
    const QJsonObject done = reader.events.last().data;
    QCOMPARE(done[u"state"_s], u"completed"_s);
    QCOMPARE(done[u"attemptCount"_s], 2);
    QString text; // of the second attempt, whose offsets begin anew
    for (const StreamEvent &event : reader.events)
        if (event.name == "output" && event.data[u"attempt"_s] == 2)
            text += event.data[u"text"_s].toString();
    QCOMPARE(text, done[u"output"_s].toString());
}

void TestJobRoutes::clientsThatLeaveStopNothing()
{
    QStringList ids;
    for (int i = 0; i < 20; ++i) {
        EventReader reader(m_network, streamRequest(), question(u"leaving %1 a b c d"_s.arg(i), u"demo/echo"_s));
        QVERIFY(reader.waitFor([&] { return reader.events.size() > i % 4; }));
        ids.append(reader.events.first().data[u"id"_s].toString());
        reader.leave();
    }
    for (const QString &id : ids)
        QCOMPARE(ended(id)[u"state"_s], u"completed"_s);
}

// 200 connections at once, each asking for the same.
void TestJobRoutes::parallelEqualRequestsMakeOneJob()
{
    const qint64 before = m_provider.total().requests;
    const QByteArray body = json::print(question(u"the same for all"_s, u"anthropic/test-slow-first-byte-250ms"_s));
    const QByteArray request =
        "POST /api/v1/generate HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
        "Authorization: Bearer "
        + engineer() + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    const QUrl url = m_server->url({});
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 200; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        QTcpSocket *socket = sockets.back().get();
        QObject::connect(socket, &QTcpSocket::connected, socket, [socket, &request] { socket->write(request); });
        socket->connectToHost(url.host(), quint16(url.port()));
    }
    QVERIFY(QTest::qWaitFor(
        [&] {
            return std::all_of(sockets.begin(), sockets.end(),
                               [](const auto &socket) { return socket->state() == QAbstractSocket::UnconnectedState; });
        },
        30'000));
    QSet<QString> ids;
    for (const auto &socket : sockets) {
        const QByteArray answer = socket->readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 20"), answer.constData());
        ids.insert(json::object(answer.mid(answer.indexOf("\r\n\r\n") + 4))[u"id"_s].toString());
    }
    QCOMPARE(ids.size(), 1);
    QCOMPARE(ended(*ids.begin())[u"state"_s], u"completed"_s);
    QCOMPARE(m_provider.total().requests - before, 1);
    const HttpAnswer usage = m_server->get(u"/api/v1/usage?model=anthropic/test-slow-first-byte-250ms"_s, engineer());
    QCOMPARE(usage.json()[u"total"_s][u"calls"_s], 1);
}

void TestJobRoutes::sameKeyGetsTheSameJob()
{
    const QJsonObject request = bypass(question(u"once only"_s));
    const HttpAnswer first = generateWithKey("once", request);
    QCOMPARE(first.status, 202);
    QVERIFY(!first.headers.contains("idempotency-replayed"));
    const QString id = first.json()[u"id"_s].toString();
    const HttpAnswer again = generateWithKey("once", request, u"?wait=30"_s);
    QCOMPARE(again.status, 200);
    QCOMPARE(again.headers.value("idempotency-replayed"), QByteArray("true"));
    QCOMPARE(again.json()[u"id"_s], id);
    QCOMPARE(again.json()[u"state"_s], u"completed"_s);
    QVERIFY(!again.json()[u"output"_s].toString().isEmpty());
    const HttpAnswer later = generateWithKey("once", request);
    QCOMPARE(later.status, 200);
    QCOMPARE(later.json()[u"id"_s], id);
    const HttpAnswer other = generateWithKey("twice", request);
    QVERIFY(other.json()[u"id"_s].toString() != id);
    // A job that failed is not made again either.
    const QJsonObject failing = question(u"fails"_s, u"anthropic/test-400"_s);
    const HttpAnswer failed = generateWithKey("fails", failing, u"?wait=30"_s);
    QCOMPARE(failed.json()[u"state"_s], u"failed"_s);
    QCOMPARE(generateWithKey("fails", failing).json()[u"id"_s], failed.json()[u"id"_s]);
    QVERIFY(generate(failing).json()[u"id"_s] != failed.json()[u"id"_s]);
}

void TestJobRoutes::sameKeyStreamsTheSameJob()
{
    const QJsonObject request = bypass(question(u"a b c d e f"_s, u"anthropic/test-slow-stream-50ms"_s));
    const auto calls = [&] { return m_provider.byModel().value(u"test-slow-stream-50ms"_s).requests; };
    const qint64 before = calls();
    const QString id = generateWithKey("stream", request).json()[u"id"_s].toString();
    QNetworkRequest stream = streamRequest();
    stream.setRawHeader("Idempotency-Key", "stream");
    QString text;
    for (int i = 0; i < 2; ++i) { // while it runs, and after
        EventReader reader(m_network, stream, request);
        QVERIFY(reader.waitFor([&] { return reader.isFinished(); }));
        QCOMPARE(reader.header("idempotency-replayed"), QByteArray("true"));
        QCOMPARE(reader.events.first().data[u"id"_s], id);
        for (const StreamEvent &event : reader.events)
            if (event.name == "output")
                text += event.data[u"text"_s].toString();
        QCOMPARE(reader.events.last().name, QByteArray("done"));
        QCOMPARE(reader.events.last().data[u"output"_s].toString(), text);
    }
    QVERIFY(!text.isEmpty());
    QCOMPARE(calls() - before, 1);
}

void TestJobRoutes::sameKeyWithAnotherRequest()
{
    QCOMPARE(generateWithKey("mine", question(u"one thing"_s)).status, 202);
    const HttpAnswer other = generateWithKey("mine", question(u"another thing"_s));
    QCOMPARE(other.status, 422);
    QCOMPARE(other.code(), u"idempotency_key_reused"_s);
    const HttpAnswer elsewhere =
        m_server->send("POST", u"/api/v1/jobs/%1/cancel"_s.arg(newId().toString(QUuid::WithoutBraces)), {},
                       {.token = engineer(), .more = {{"Idempotency-Key", "mine"}}});
    QCOMPARE(elsewhere.status, 422);
    QCOMPARE(generateWithKey("no key", question(u"x"_s)).status, 400);
    // Somebody else's key is another one.
    const HttpAnswer owner =
        m_server->send("POST", u"/api/v1/generate"_s, question(u"another thing"_s),
                       {.token = m_server->token(u"acme"_s, u"owner"_s), .more = {{"Idempotency-Key", "mine"}}});
    QCOMPARE(owner.status, 202);
    QVERIFY(!owner.headers.contains("idempotency-replayed"));
}

void TestJobRoutes::refusedRequestsFreeTheKey()
{
    QCOMPARE(generateWithKey("free", question(u"x"_s, u"openai/gpt-4o"_s)).status, 422); // no key is set for it
    QCOMPARE(generateWithKey("free", question(u"mended"_s)).status, 202);
}

void TestJobRoutes::parallelRequestsWithOneKeyMakeOneJob()
{
    const QByteArray body = json::print(bypass(question(u"all at once"_s)));
    int first = 0, replayed = 0;
    QSet<QString> ids;
    for (int i = 0; i < 50; ++i) {
        QNetworkRequest request = streamRequest();
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        request.setRawHeader("Idempotency-Key", "all-at-once");
        QNetworkReply *reply = m_network.post(request, body);
        connect(reply, &QNetworkReply::finished, this, [&, reply] {
            if (reply->error() == QNetworkReply::NoError)
                ++(reply->hasRawHeader("Idempotency-Replayed") ? replayed : first);
            ids.insert(json::object(reply->readAll())[u"id"_s].toString());
            reply->deleteLater();
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(first + replayed, 50, 30'000);
    QCOMPARE(first, 1);
    QCOMPARE(ids.size(), 1);
}

void TestJobRoutes::life()
{
    QJsonObject request = question(u"x"_s, u"anthropic/test-500"_s);
    request.insert(u"maxAttempts"_s, 1);
    const QString id = generate(request, u"?wait=30"_s).json()[u"id"_s].toString();
    const QString path = u"/api/v1/jobs/"_s + id;
    QCOMPARE(job(id)[u"state"_s], u"dead"_s);
    QCOMPARE(m_server->get(u"/api/v1/jobs?state=dead"_s, engineer()).json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(m_server->post(path + u"/retry"_s, {}, engineer()).status, 200);
    QCOMPARE(ended(id)[u"attemptCount"_s], 2);
    const HttpAnswer replayed = m_server->post(path + u"/replay"_s, {{u"model"_s, u"demo/fast"_s}}, engineer());
    QCOMPARE(replayed.status, 202);
    QCOMPARE(ended(replayed.json()[u"id"_s].toString())[u"state"_s], u"completed"_s);
    QCOMPARE(m_server->post(path + u"/discard"_s, {{u"reason"_s, u"no use"_s}}, engineer()).status, 204);
    QCOMPARE(m_server->post(path + u"/discard"_s, {{u"reason"_s, u"no use"_s}}, engineer()).status, 409);
    QCOMPARE(m_server->post(path + u"/cancel"_s, {}, engineer()).status, 409);
    const QJsonObject detail = m_server->get(path, engineer()).json();
    QCOMPARE(detail[u"attempts"_s].toArray().size(), 2);
    QCOMPARE(detail[u"messages"_s][0][u"content"_s], u"x"_s);
}

void TestJobRoutes::refusals_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("role"); // empty: not signed in
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *method, const QString &path, const char *body, const char *role,
                        int status, const char *pointer = "") {
        QTest::newRow(name) << QByteArray(method) << u"/api/v1"_s + path << QByteArray(body)
                            << QString::fromLatin1(role) << status << QString::fromLatin1(pointer);
    };
    const QString nobody = newId().toString(QUuid::WithoutBraces);
    const QString job = u"/jobs/"_s + nobody;
    const char *good = R"({"messages":[{"role":"user","content":"x"}],"model":"demo/fast"})";
    row("generate, not signed in", "POST", u"/generate"_s, good, "", 401);
    row("generate, viewer", "POST", u"/generate"_s, good, "viewer", 403);
    row("generate, no JSON", "POST", u"/generate"_s, "{", "owner", 400);
    row("generate, nothing", "POST", u"/generate"_s, "{}", "owner", 422, "/template");
    row("generate, unknown member", "POST", u"/generate"_s, R"({"temprature":1})", "owner", 422, "/temprature");
    row("generate, wrong type", "POST", u"/generate"_s, R"({"variables":[]})", "owner", 422, "/variables");
    row("generate, priority", "POST", u"/generate"_s, R"({"priority":"urgent"})", "owner", 422, "/priority");
    row("generate, variables", "POST", u"/generate"_s, R"({"template":"product-description","variables":{}})", "owner",
        422);
    row("generate, U+0000", "POST", u"/generate"_s,
        R"({"messages":[{"role":"user","content":"a\u0000b"}],"model":"demo/fast"})", "owner", 422);
    row("generate, wait", "POST", u"/generate?wait=999"_s, good, "owner", 422, "/wait");
    row("generate, unknown parameter", "POST", u"/generate?wiat=1"_s, good, "owner", 422, "/wiat");
    row("list, not signed in", "GET", u"/jobs"_s, "", "", 401);
    row("list, state", "GET", u"/jobs?state=done"_s, "", "owner", 422, "/state/0");
    row("list, limit", "GET", u"/jobs?limit=1001"_s, "", "owner", 422, "/limit");
    row("list, cursor", "GET", u"/jobs?cursor=abc"_s, "", "owner", 422, "/cursor");
    row("get, unknown", "GET", job, "", "owner", 404);
    row("get, no id", "GET", u"/jobs/1"_s, "", "owner", 404);
    row("cancel, viewer", "POST", job + u"/cancel"_s, "{}", "viewer", 403);
    row("cancel, unknown", "POST", job + u"/cancel"_s, "{}", "owner", 404);
    row("retry, viewer", "POST", job + u"/retry"_s, "{}", "viewer", 403);
    row("retry, unknown", "POST", job + u"/retry"_s, "{}", "owner", 404);
    row("replay, viewer", "POST", job + u"/replay"_s, "{}", "viewer", 403);
    row("replay, unknown", "POST", job + u"/replay"_s, "{}", "owner", 404);
    row("discard, viewer", "POST", job + u"/discard"_s, R"({"reason":"x"})", "viewer", 403);
    row("discard, no reason", "POST", job + u"/discard"_s, R"({"reason":""})", "owner", 422, "/reason");
    row("discard, unknown", "POST", job + u"/discard"_s, R"({"reason":"x"})", "owner", 404);
    row("usage, not signed in", "GET", u"/usage"_s, "", "", 401);
    row("usage, group", "GET", u"/usage?groupBy=hour"_s, "", "owner", 422, "/groupBy/0");
    row("usage, order", "GET", u"/usage?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"_s, "", "owner", 422,
        "/from");
}

void TestJobRoutes::refusals()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(QString, role);
    QNetworkRequest request(m_server->url(path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    if (!role.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_server->token(u"acme"_s, role));
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QVERIFY(QTest::qWaitFor([&] { return reply->isFinished(); }, 10'000));
    const QByteArray answer = reply->readAll();
    QVERIFY2(!answer.isEmpty(), "no body");
    QTEST(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), "status");
    QFETCH(QString, pointer);
    if (!pointer.isEmpty())
        QCOMPARE(json::object(answer)[u"errors"_s][0][u"pointer"_s].toString(), pointer);
}

void TestJobRoutes::unconfiguredProvidersSayWhatToSet()
{
    const HttpAnswer refused = generate(question(u"x"_s, u"openai/gpt-4o"_s));
    QCOMPARE(refused.status, 422);
    QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], u"/model"_s);
    QVERIFY(refused.json()[u"detail"_s].toString().contains(u"OPENAI_API_KEY"_s));
}

void TestJobRoutes::tenantsDoNotMeet()
{
    const QString id = generate(question(u"mine"_s), u"?wait=10"_s).json()[u"id"_s].toString();
    const QByteArray other = m_server->token(u"northwind"_s, u"owner"_s);
    const QString path = u"/api/v1/jobs/"_s + id;
    QCOMPARE(m_server->get(path, other).status, 404);
    for (const QString &action : {u"/cancel"_s, u"/retry"_s, u"/replay"_s})
        QCOMPARE(m_server->post(path + action, {}, other).status, 404);
    QCOMPARE(m_server->post(path + u"/discard"_s, {{u"reason"_s, u"x"_s}}, other).status, 404);
    const HttpAnswer own = m_server->post(u"/api/v1/generate?wait=10"_s, question(u"mine"_s), other);
    QVERIFY(own.json()[u"id"_s].toString() != id);
    QCOMPARE(own.json()[u"cacheHit"_s], false);
}

void TestJobRoutes::usageAndModels()
{
    const HttpAnswer models = m_server->get(u"/api/v1/models"_s, engineer());
    QVERIFY(models.json()[u"items"_s].toArray().size() > 20);
    const HttpAnswer usage = m_server->get(u"/api/v1/usage?groupBy=user&groupBy=day"_s, engineer());
    QCOMPARE(usage.status, 200);
    const QJsonObject row = usage.json()[u"rows"_s][0].toObject();
    QVERIFY(!row[u"userName"_s].toString().isEmpty());
    QCOMPARE(row[u"day"_s].toString().size(), 10);
    QVERIFY(row[u"model"_s].isNull());
    // Northwind sees its own only.
    const QByteArray other = m_server->token(u"northwind"_s, u"owner"_s);
    QVERIFY(m_server->get(u"/api/v1/usage"_s, other).json()[u"total"_s][u"calls"_s].toInt()
            < usage.json()[u"total"_s][u"calls"_s].toInt());
}

QTEST_GUILESS_MAIN(TestJobRoutes)
#include "tst_job_routes.moc"
