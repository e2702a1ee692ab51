// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/google.h"
#include "server/providers/http_transport.h"
#include "tests/providers/recorded_call.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace providers;

// What only Google's format has: what is sent, and what is made of answers byte for byte. What it has in common with
// the others is in their tests.
class TestGoogle : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Google m_google{m_transport};

    ModelRequest request(const QString &model = u"test-ok"_s) { return requestFor(m_google, m_server, model, u"Hi"_s); }

    QJsonObject sentFor(const ModelRequest &request)
    {
        const auto call = finishCall(m_google, request);
        if (call->answers.size() != 1) {
            QTest::qFail(qPrintable(call->problem()), __FILE__, __LINE__);
            return {};
        }
        return QJsonDocument::fromJson(m_server.lastRequest().body).object();
    }

    QString refused(const ModelRequest &request)
    {
        const qint64 before = m_server.total().requests;
        const CallError error = finishCall(m_google, request)->errors.value(0);
        if (error.kind != CallError::InvalidRequest || error.reachedProvider || m_server.total().requests != before)
            QTest::qFail("The request should have been refused before it was sent.", __FILE__, __LINE__);
        return error.message.section(u':', 0, 0);
    }

    std::unique_ptr<RecordedCall> answered(const QByteArray &body)
    {
        Behaviour behaviour;
        behaviour.raw = body;
        m_server.plan(behaviour);
        ModelRequest asked = request(u"m"_s);
        asked.stream = body.startsWith("data:");
        return finishCall(m_google, asked);
    }

    static ContentPart text(const QString &text) { return {.kind = ContentPart::Text, .text = text}; }
    static ContentPart call(const QString &id, const QString &name)
    {
        return {.kind = ContentPart::ToolCall, .id = id, .name = name, .arguments = u"{\"a\":1}"_s};
    }
    static ContentPart result(const QString &id, const QString &text)
    {
        return {.kind = ContentPart::ToolResult, .text = text, .id = id};
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    void sendsTheWholeRequest()
    {
        ModelRequest asked = request();
        asked.messages = {{u"system"_s, u"Be brief."_s},
                          {u"user"_s, u"Hi"_s},
                          {u"assistant"_s, u"Hello"_s},
                          {u"system"_s, u"Be kind."_s},
                          {u"user"_s, u"Bye"_s}};
        asked.temperature = 0.5;
        asked.topP = 0.25;
        asked.topK = 7;
        asked.maxTokens = 30;
        asked.seed = -5;
        asked.presencePenalty = 0.5;
        asked.frequencyPenalty = -0.5;
        asked.stop = {u"END"_s};
        asked.responseFormat = {{u"type"_s, u"json_schema"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
        const auto content = [](const char *role, const char *text) {
            return QJsonObject{{u"role"_s, QLatin1StringView(role)},
                               {u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, QLatin1StringView(text)}}}}};
        };
        const QJsonObject expected{
            {u"contents"_s, QJsonArray{content("user", "Hi"), content("model", "Hello"), content("user", "Bye")}},
            {u"systemInstruction"_s,
             QJsonObject{{u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, u"Be brief.\n\nBe kind."_s}}}}}},
            {u"generationConfig"_s,
             QJsonObject{{u"temperature"_s, 0.5},
                         {u"topP"_s, 0.25},
                         {u"topK"_s, 7},
                         {u"maxOutputTokens"_s, 30},
                         {u"seed"_s, -5},
                         {u"presencePenalty"_s, 0.5},
                         {u"frequencyPenalty"_s, -0.5},
                         {u"stopSequences"_s, QJsonArray{u"END"_s}},
                         {u"responseMimeType"_s, u"application/json"_s},
                         {u"responseJsonSchema"_s, QJsonObject{{u"type"_s, u"object"_s}}}}}};
        QCOMPARE(sentFor(asked), expected);
        QCOMPARE(m_server.lastRequest().path, "/v1beta/models/test-ok:streamGenerateContent?alt=sse");
        QCOMPARE(m_server.lastRequest().headers.value("x-goog-api-key"), asked.apiKey);
        QVERIFY(!m_server.lastRequest().headers.contains("authorization"));

        asked.stream = false;
        asked.responseFormat = {{u"type"_s, u"json_object"_s}};
        const QJsonObject config = sentFor(asked).value("generationConfig"_L1).toObject();
        QCOMPARE(config.value("responseMimeType"_L1), u"application/json"_s);
        QVERIFY(!config.contains("responseJsonSchema"_L1));
        QCOMPARE(m_server.lastRequest().path, "/v1beta/models/test-ok:generateContent");
    }

    void bases_data()
    {
        QTest::addColumn<QString>("end");
        for (const char *end : {"", "/", "/v1beta", "/v1beta/", "/v1"})
            QTest::newRow(end) << QString(QLatin1StringView(end));
    }

    void bases()
    {
        QFETCH(QString, end);
        ModelRequest asked = request();
        asked.baseUrl.setPath(end);
        sentFor(asked);
        QVERIFY(m_server.lastRequest().path.startsWith(end == u"/v1" ? "/v1/models/" : "/v1beta/models/"));
    }

    void refusesByName()
    {
        const auto with = [this](auto change) {
            ModelRequest changed = request();
            change(changed);
            return refused(changed);
        };
        QCOMPARE(with([](ModelRequest &r) { r.endUser = u"me"_s; }), u"endUser"_s);
        QCOMPARE(with([](ModelRequest &r) { r.seed = 3'000'000'000; }), u"seed"_s);
        QCOMPARE(with([](ModelRequest &r) { r.stop = QStringList(6, u"x"_s); }), u"stop"_s);
        QCOMPARE(with([](ModelRequest &r) { r.responseFormat = {{u"type"_s, u"xml"_s}}; }), u"responseFormat"_s);
        QCOMPARE(with([](ModelRequest &r) { r.messages = {{u"system"_s, u"alone"_s}}; }), u"messages"_s);
        QCOMPARE(with([](ModelRequest &r) { r.reasoningEffort = u"very"_s; }), u"reasoningEffort"_s);
        QCOMPARE(with([](ModelRequest &r) {
                     r.tools = {{u"f"_s, {}, {}, {}}};
                     r.parallelToolCalls = false;
                 }),
                 u"parallelToolCalls"_s);
        // Names that would lead to another path, with the operator's key.
        for (const QString &model : {u"../files"_s, u"a/b"_s, u"m:countTokens?x="_s, u"m#"_s, u"ä"_s, u"."_s})
            QCOMPARE(with([&](ModelRequest &r) { r.model = model; }), u"model"_s);
    }

    void effort_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("effort");
        QTest::addColumn<QJsonObject>("thinking"); // empty: refused
        QTest::newRow("2.5 none") << u"gemini-2.5-flash"_s << u"none"_s << QJsonObject{{u"thinkingBudget"_s, 0}};
        QTest::newRow("2.5 medium") << u"gemini-2.5-pro"_s << u"medium"_s << QJsonObject{{u"thinkingBudget"_s, 8192}};
        QTest::newRow("3 low") << u"gemini-3.1-pro-preview"_s << u"low"_s
                               << QJsonObject{{u"thinkingLevel"_s, u"LOW"_s}};
        QTest::newRow("3 max") << u"gemini-3.5-flash"_s << u"max"_s << QJsonObject{{u"thinkingLevel"_s, u"HIGH"_s}};
        QTest::newRow("3 none") << u"gemini-3.5-flash"_s << u"none"_s << QJsonObject();
    }

    void effort()
    {
        QFETCH(QString, model);
        QFETCH(QString, effort);
        QFETCH(QJsonObject, thinking);
        ModelRequest asked = request(model);
        asked.reasoningEffort = effort;
        if (thinking.isEmpty())
            QCOMPARE(refused(asked), u"reasoningEffort"_s);
        else
            QCOMPARE(sentFor(asked).value("generationConfig"_L1)[u"thinkingConfig"_s], thinking);
    }

    void images()
    {
        ModelRequest asked = request();
        const ContentPart inside{
            .kind = ContentPart::Image, .data = QByteArray("picture").toBase64(), .mediaType = u"image/png"_s};
        const ContentPart elsewhere{.kind = ContentPart::Image, .url = u"https://example.org/a.JPG?b=c"_s};
        asked.messages = {{u"user"_s, {}, {text(u"What?"_s), inside, elsewhere}}};
        const QJsonArray parts = sentFor(asked).value("contents"_L1)[0][u"parts"_s].toArray();
        QCOMPARE(parts.at(1)[u"inlineData"_s],
                 (QJsonObject{{u"mimeType"_s, u"image/png"_s}, {u"data"_s, u"cGljdHVyZQ=="_s}}));
        QCOMPARE(parts.at(2)[u"fileData"_s],
                 (QJsonObject{{u"fileUri"_s, elsewhere.url}, {u"mimeType"_s, u"image/jpeg"_s}}));
    }

    void tools()
    {
        ModelRequest asked = request();
        const QJsonObject schema{{u"type"_s, u"object"_s}, {u"additionalProperties"_s, false}};
        asked.tools = {{u"f"_s, u"Does f."_s, schema, {}}, {u"g"_s, {}, {}, {}}};
        QJsonObject body = sentFor(asked);
        QCOMPARE(
            body.value("tools"_L1)[0][u"functionDeclarations"_s],
            (QJsonArray{
                QJsonObject{{u"name"_s, u"f"_s}, {u"description"_s, u"Does f."_s}, {u"parametersJsonSchema"_s, schema}},
                QJsonObject{{u"name"_s, u"g"_s}}}));
        QVERIFY(!body.contains("toolConfig"_L1));
        asked.tools.first().strict = true;
        QCOMPARE(sentFor(asked).value("toolConfig"_L1)[u"functionCallingConfig"_s],
                 (QJsonObject{{u"mode"_s, u"VALIDATED"_s}}));
        asked.toolChoice = ToolChoice{ToolChoice::Named, u"g"_s};
        QCOMPARE(sentFor(asked).value("toolConfig"_L1)[u"functionCallingConfig"_s],
                 (QJsonObject{{u"mode"_s, u"ANY"_s}, {u"allowedFunctionNames"_s, QJsonArray{u"g"_s}}}));
    }

    // Named after their calls, in their order, by themselves, and as objects.
    void resultsOfTools()
    {
        ModelRequest asked = request(u"gemini-3.5-flash"_s);
        ContentPart failed = result(u"1"_s, u"no such city"_s);
        failed.isError = true;
        asked.messages += {{u"assistant"_s, {}, {text(u"I look."_s), call(u"1"_s, u"f"_s), call(u"2"_s, u"g"_s)}},
                           {u"tool"_s, {}, {result(u"2"_s, u"{\"warm\":true}"_s)}},
                           {u"tool"_s, {}, {failed}},
                           {u"user"_s, u"And?"_s}};
        const QJsonArray contents = sentFor(asked).value("contents"_L1).toArray();
        QCOMPARE(contents.size(), 4);
        const QJsonArray calls = contents.at(1)[u"parts"_s].toArray();
        QCOMPARE(calls.at(1)[u"functionCall"_s],
                 (QJsonObject{{u"id"_s, u"1"_s}, {u"name"_s, u"f"_s}, {u"args"_s, QJsonObject{{u"a"_s, 1}}}}));
        QVERIFY(calls.at(1).toObject().contains("thoughtSignature"_L1)); // Gemini 3 takes none back without
        QVERIFY(!calls.at(2).toObject().contains("thoughtSignature"_L1));
        const QJsonArray results = contents.at(2)[u"parts"_s].toArray();
        QCOMPARE(results.at(0)[u"functionResponse"_s],
                 (QJsonObject{{u"id"_s, u"1"_s},
                              {u"name"_s, u"f"_s},
                              {u"response"_s, QJsonObject{{u"error"_s, u"no such city"_s}}}}));
        QCOMPARE(
            results.at(1)[u"functionResponse"_s],
            (QJsonObject{{u"id"_s, u"2"_s}, {u"name"_s, u"g"_s}, {u"response"_s, QJsonObject{{u"warm"_s, true}}}}));
        QCOMPARE(contents.at(3)[u"parts"_s][0][u"text"_s], u"And?"_s);

        asked.messages = {{u"user"_s, u"Hi"_s}, {u"tool"_s, {}, {result(u"7"_s, u"lost"_s)}}};
        QCOMPARE(refused(asked), u"messages"_s);
    }

    void blockedPrompts()
    {
        for (const bool stream : {true, false}) {
            ModelRequest asked = request(u"test-blocked"_s);
            asked.stream = stream;
            const auto call = finishCall(m_google, asked);
            QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
            QCOMPARE(call->answers.first().finishReason, u"content_filter"_s);
            QCOMPARE(call->answers.first().text, QString());
            QCOMPARE(call->answers.first().usage, (TokenUsage{.input = 1}));
            QVERIFY(!call->answers.first().usageEstimated);
        }
    }

    void wrongKey()
    {
        const CallError error = finishCall(m_google, request(u"test-401"_s))->errors.value(0);
        QCOMPARE(error.kind, CallError::Authentication);
        QCOMPARE(error.httpStatus, 400); // as Google has it
        ModelRequest none = request();
        none.apiKey.clear(); // its own address would need one; another may not
        QCOMPARE(finishCall(m_google, none)->errors.value(0).kind, CallError::PermissionDenied);
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<TokenUsage>("usage");
        const auto row = [](const char *name, const QByteArray &body, const char *text, const char *reason,
                            const TokenUsage &usage) {
            QTest::newRow(name) << body << QString(QLatin1StringView(text)) << QString(QLatin1StringView(reason))
                                << usage;
        };
        row("thoughts, tools of its own, cache",
            R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"a"},{"text":"b"}]},)"
            R"("finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"toolUsePromptTokenCount":3,)"
            R"("cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":6,"totalTokenCount":24}})",
            "ab", "stop", {.input = 13, .cachedInput = 4, .output = 11, .reasoning = 6});
        for (const char *reason : {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "OTHER"})
            row(reason,
                QByteArray(R"({"candidates":[{"finishReason":"REASON"}],"usageMetadata":{"promptTokenCount":1}})")
                    .replace("REASON", reason),
                "", "content_filter", {.input = 1});
        row("usage grows; only the last counts",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"usageMetadata\":"
            "{\"promptTokenCount\":3,\"candidatesTokenCount\":1}}\n\n"
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\"}],"
            "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}}\n\n"
            "data: {\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}\n\n",
            "ab", "stop", {.input = 3, .output = 4});
        row("each chunk says that it stops",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}]}\n\n"
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\"}],"
            "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}}\n\n",
            "ab", "stop", {.input = 3, .output = 2});
        row("other candidates",
            R"({"candidates":[{"index":1,"content":{"parts":[{"text":"no"}]}},{"index":0,"content":{"parts":)"
            R"([{"text":"yes"}]},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":1}})",
            "yes", "length", {.input = 1});
    }

    void answers()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QFETCH(QString, reason);
        QFETCH(TokenUsage, usage);
        const auto call = answered(body);
        QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
        QCOMPARE(call->answers.first().text, text);
        QCOMPARE(call->answers.first().finishReason, reason);
        QCOMPARE(call->answers.first().usage, usage);
    }

    void keepsIdsThatItGets()
    {
        const auto call = answered(R"({"candidates":[{"content":{"parts":[)"
                                   R"({"functionCall":{"id":"x1","name":"f","args":{"a":[1,"ü"]}}},)"
                                   R"({"functionCall":{"name":"g"}}]},"finishReason":"STOP"}]})");
        const QList<ToolCall> calls = call->answers.value(0).toolCalls;
        QCOMPARE(calls.size(), 2);
        QCOMPARE(calls.first().id, u"x1"_s);
        QCOMPARE(calls.first().arguments, u"{\"a\":[1,\"ü\"]}"_s);
        QVERIFY(calls.last().id.startsWith(u"call_"));
        QVERIFY(calls.last().id.size() <= 40); // OpenAI takes no longer ones
        QCOMPARE(calls.last().arguments, u"{}"_s);
    }

    void failures_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        for (const char *body : {"", "null", "{}", R"({"candidates":[]})", R"({"candidates":[{"content":{}}]})",
                                 R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]})"})
            QTest::newRow(body) << QByteArray(body) << int(CallError::MalformedAnswer);
        QTest::newRow("no reason") << QByteArray("data: {\"candidates\":[{\"content\":{}}]}\n\n")
                                   << int(CallError::BrokenAnswer);
        const auto error = [](const char *status) {
            return "data: {\"error\":{\"code\":1,\"message\":\"m\",\"status\":\"" + QByteArray(status) + "\"}}\n\n";
        };
        QTest::newRow("overloaded") << error("UNAVAILABLE") << int(CallError::Overloaded);
        QTest::newRow("limited") << error("RESOURCE_EXHAUSTED") << int(CallError::RateLimited);
        QTest::newRow("deadline") << error("DEADLINE_EXCEEDED") << int(CallError::Timeout);
        QTest::newRow("internal") << error("INTERNAL") << int(CallError::ProviderFailed);
        QTest::newRow("argument") << error("INVALID_ARGUMENT") << int(CallError::InvalidRequest);
    }

    void failures()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        const auto call = answered(body);
        QCOMPARE(call->errors.size(), 1);
        QCOMPARE(int(call->errors.first().kind), kind);
    }

    void listsModels()
    {
        ModelListing listing;
        bool told = false;
        const auto handle = m_google.list(request(), [&](const ModelListing &one) { told = true, listing = one; });
        QTRY_VERIFY(told);
        QVERIFY(!listing.error);
        QCOMPARE(listing.models, (QStringList{u"test-ok"_s, u"test-429-after-2s"_s, u"test-slow-stream-50ms"_s}));
    }
};

QTEST_GUILESS_MAIN(TestGoogle)
#include "tst_google.moc"
