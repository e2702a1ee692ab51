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

    void refusesWhatTheServicesRefuse_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *path, const QByteArray &body, int status = 400) {
            QTest::newRow(name) << QString(QLatin1StringView(path)) << body << status;
        };
        const auto openAi = [&row](const char *name, const QByteArray &messages, const QByteArray &more = {},
                                   int status = 400) {
            row(name, "/v1/chat/completions",
                R"({"model":"m","messages":[{"role":"user","content":"a"})" + messages + "]" + more + "}", status);
        };
        const QByteArray asked = R"(,{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function",)"
                                 R"("function":{"name":"f","arguments":"{}"}}]})";
        const QByteArray answered = R"(,{"role":"tool","tool_call_id":"1","content":"b"})";
        const QByteArray tool = R"({"type":"function","function":{"name":"f","parameters":{"type":"object"}}})";
        openAi("openai: a call and its result", asked + answered, {}, 200);
        openAi("openai: a call without a result", asked);
        openAi("openai: a result without a call", answered);
        openAi("openai: null without calls", R"(,{"role":"assistant","content":null})");
        openAi("openai: tools", {}, R"(,"tools":[)" + tool + R"(],"tool_choice":"required")", 200);
        openAi("openai: a choice of nothing", {}, R"(,"tool_choice":"auto")");
        openAi("openai: another tool chosen", {},
               R"(,"tools":[)" + tool + R"(],"tool_choice":{"type":"function","function":{"name":"g"}})");
        openAi("openai: an unknown field", {}, R"(,"max_output_tokens":5)");
        openAi(
            "openai: an image of the assistant",
            R"(,{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]})");

        const auto anthropic = [&row](const char *name, const QByteArray &messages, const QByteArray &more = {},
                                      int status = 400) {
            row(name, "/v1/messages",
                R"({"model":"m","max_tokens":9,"messages":[{"role":"user","content":"a"})" + messages + "]" + more
                    + "}",
                status);
        };
        const QByteArray use =
            R"(,{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"f","input":{}}]})";
        const auto user = [](const QByteArray &blocks) { return R"(,{"role":"user","content":[)" + blocks + "]}"; };
        const QByteArray result = R"({"type":"tool_result","tool_use_id":"1","content":"b"})";
        const QByteArray word = R"({"type":"text","text":"c"})";
        anthropic("anthropic: a call and its result", use + user(result + "," + word), {}, 200);
        anthropic("anthropic: a call without a result", use + user(word));
        anthropic("anthropic: a result without a call", user(result));
        anthropic("anthropic: a result that does not come first", use + user(word + "," + result));
        anthropic("anthropic: an empty text", user(R"({"type":"text","text":""})"));
        anthropic("anthropic: a choice of nothing", {}, R"(,"tool_choice":{"type":"auto"})");
        anthropic("anthropic: a seed", {}, R"(,"seed":1)");
        anthropic("anthropic: hot thoughts", {}, R"(,"thinking":{"type":"adaptive"},"temperature":0.5)");
        row("anthropic: no max_tokens", "/v1/messages", R"({"model":"m","messages":[{"role":"user","content":"a"}]})");

        const auto google = [&row](const char *name, const QByteArray &contents, const QByteArray &more = {},
                                   int status = 400, const char *path = "/v1beta/models/m:generateContent") {
            row(name, path, R"({"contents":[{"role":"user","parts":[{"text":"a"}]})" + contents + "]" + more + "}",
                status);
        };
        const auto turn = [](const char *role, const QByteArray &parts) {
            return ",{\"role\":\"" + QByteArray(role) + "\",\"parts\":[" + parts + "]}";
        };
        const QByteArray called = turn("model", R"({"functionCall":{"name":"f","args":{}}})");
        const QByteArray response = R"({"functionResponse":{"name":"f","response":{"a":1}}})";
        google("google: a call and its result", called + turn("user", response), {}, 200);
        google("google: a call without a result", called);
        google("google: two results of a call", called + turn("user", response + "," + response));
        google("google: a role of another format", turn("assistant", R"({"text":"b"})"));
        google("google: no parts", turn("model", ""));
        google("google: an unknown field", {}, R"(,"max_tokens":5)");
        google("google: a schema of no JSON", {}, R"(,"generationConfig":{"responseJsonSchema":{}})");
        google("google: Gemini 3 without a signature", called + turn("user", response), {}, 400,
               "/v1beta/models/gemini-3.5-flash:generateContent");
        google("google: no such method", {}, {}, 404, "/v1beta/models/m:generate");

        row("embeddings", "/v1/embeddings", R"({"model":"m","input":["a b"]})", 200);
        row("embeddings: of nothing", "/v1/embeddings", R"({"model":"m","input":[]})");
        row("embeddings: odd encoding", "/v1/embeddings", R"({"model":"m","input":"a","encoding_format":"hex"})");
        row("google embeddings", "/v1beta/models/m:batchEmbedContents",
            R"({"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]}}]})", 200);
        row("google embeddings: of another model", "/v1beta/models/m:batchEmbedContents",
            R"({"requests":[{"model":"models/n","content":{"parts":[{"text":"a"}]}}]})");
    }

    void refusesWhatTheServicesRefuse()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        HttpHeaders headers{{"Authorization", "Bearer key-1234"}, {"x-goog-api-key", "key-1234"}};
        if (path == u"/v1/messages")
            headers = {{"x-api-key", "key-1234"}, {"anthropic-version", "2023-06-01"}};
        const Answer answer = call("POST", path, body, headers);
        QVERIFY2(answer.status == status, answer.body.constData());
        QCOMPARE(answer.object().contains("error"_L1), status != 200);
    }
};

QTEST_GUILESS_MAIN(TestProviderServer)
#include "tst_provider_server.moc"
