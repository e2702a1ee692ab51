// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_transport.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace providers;

// The test provider as scripts use it: the program, its control and its counts.
class TestProviderServer : public QObject
{
    Q_OBJECT

    QProcess m_program;
    QUrl m_url;
    HttpTransport m_transport;

    struct Answer
    {
        int status = 0;
        QByteArray body;
        QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    };

    Answer call(const QByteArray &method, const QString &path, const QByteArray &body = {}, HttpHeaders headers = {})
    {
        HttpRequest request;
        request.method = method;
        request.url = m_url;
        request.url.setPath(path);
        request.body = body;
        request.headers = std::move(headers);
        request.headers.emplaceBack("Content-Type", "application/json");
        Answer answer;
        bool ended = false;
        const auto transfer = m_transport.start(request,
                                                {.head = [&](const HttpHead &head) { answer.status = head.status; },
                                                 .body = [&](const QByteArray &bytes) { answer.body += bytes; },
                                                 .end = [&](const HttpEnd &) { ended = true; }});
        if (!QTest::qWaitFor([&] { return ended; }))
            QTest::qFail("no answer", __FILE__, __LINE__);
        return answer;
    }

    Answer complete(const QByteArray &model, const HttpHeaders &headers = {{"Authorization", "Bearer key-1234"}})
    {
        QByteArray body = R"({"messages":[{"role":"user","content":"one two"}],"model":"MODEL"})";
        return call("POST", u"/v1/chat/completions"_s, body.replace("MODEL", model), headers);
    }

    int message(const HttpHeaders &headers, const QByteArray &more = {})
    {
        QByteArray body = R"({"model":"claude","max_tokens":9,"messages":[{"role":"user","content":"one"}]MORE})";
        return call("POST", u"/v1/messages"_s, body.replace("MORE", more), headers).status;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_program.start(QCoreApplication::applicationDirPath() + u"/provider_test_server"_s, {u"--port"_s, u"0"_s});
        QVERIFY(m_program.waitForStarted());
        QTRY_VERIFY(m_program.canReadLine());
        bool isNumber = false;
        const int port = m_program.readLine().trimmed().toInt(&isNumber);
        QVERIFY(isNumber);
        m_url = QUrl(u"http://127.0.0.1:%1"_s.arg(port));
    }

    void cleanupTestCase()
    {
        m_program.kill();
        m_program.waitForFinished();
    }

    void init() { QCOMPARE(call("POST", u"/__reset"_s).status, 200); }

    void countsWhatReturned()
    {
        QCOMPARE(complete("a").status, 200);
        QCOMPARE(complete("a").status, 200);
        QCOMPARE(complete("test-429").status, 429);
        complete("test-cut-after-1");
        const QJsonObject all = call("GET", u"/__stats"_s).object();
        QCOMPARE(all.value("requests"_L1), 4);
        QCOMPARE(all.value("returned"_L1), 2);
        QCOMPARE(all.value("refused"_L1), 1);
        QCOMPARE(all.value("broken"_L1), 1);
        QCOMPARE(all.value("distinctRequests"_L1), 3);
        QCOMPARE(all.value("inputTokens"_L1), 4);
        QCOMPARE(all.value("outputTokens"_L1), 8); // "Answer to: one two", twice
        QCOMPARE(all.value("models"_L1).toObject().value("a"_L1).toObject().value("returned"_L1), 2);
    }

    void doesWhatAScriptPlans()
    {
        const QByteArray plan = R"({"behaviours":[{"kind":"529","model":"b"},{"kind":"429-after-2s","times":2},)"
                                R"({"text":"planned"},{"raw":"as it is"}]})";
        QCOMPARE(call("POST", u"/__control"_s, plan).status, 200);
        QCOMPARE(complete("a").status, 429);
        QCOMPARE(complete("b").status, 529);
        QCOMPARE(complete("b").status, 429);
        QVERIFY(complete("a").body.contains("\"planned\""));
        QCOMPARE(complete("a").body, "as it is");
        QVERIFY(complete("a").body.contains("Answer to: one two"));
        QCOMPARE(call("POST", u"/__control"_s, R"({"behaviours":[{"kind":"no such"}]})").status, 400);
        QCOMPARE(call("POST", u"/__control"_s, "{}").status, 400);
    }

    void failsOnceForEachRequest()
    {
        QCOMPARE(complete("test-500-once").status, 500);
        QCOMPARE(complete("test-500-once").status, 200);
    }

    void asksForWhatTheFormatsAskFor()
    {
        QCOMPARE(complete("a", {}).status, 401);
        const HttpHeaders both{{"x-api-key", "key-1234"}, {"anthropic-version", "2023-06-01"}};
        QCOMPARE(message(both), 200);
        QCOMPARE(message({{"Authorization", "Bearer key-1234"}, {"anthropic-version", "2026-10-21"}}), 200);
        QCOMPARE(message({{"x-api-key", "key-1234"}}), 400);
        QCOMPARE(message({{"anthropic-version", "2023-06-01"}}), 401);
        QCOMPARE(message(both, R"(,"temperature":0.5)"), 200);
        QCOMPARE(message({{"x-api-key", "key-1234"}, {"anthropic-version", "2026-10-21"}}, R"(,"temperature":0.5)"),
                 400);
        QCOMPARE(call("GET", u"/v1/models"_s).status, 401);
        const HttpHeaders bearer{{"Authorization", "Bearer key-1234"}};
        QCOMPARE(call("GET", u"/v1/models"_s, {}, bearer).object().value("object"_L1), u"list"_s);
        QCOMPARE(call("GET", u"/v1/nothing"_s).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestProviderServer)
#include "tst_provider_server.moc"
