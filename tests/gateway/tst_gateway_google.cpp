// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"
#include "tests/gateway/gateway_stage.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString models = u"/v1beta/models/"_s;

QJsonObject hello() { return json::object(R"({"contents": [{"role": "user", "parts": [{"text": "one two"}]}]})"); }

// A request with one more member, which may be inside others: "generationConfig/topK".
QJsonObject with(const QString &path, const QJsonValue &value, QJsonObject body = hello())
{
    const QString first = path.section(u'/', 0, 0), rest = path.section(u'/', 1);
    body.insert(first, rest.isEmpty() ? value : with(rest, value, body.value(first).toObject()));
    return body;
}

QJsonValue value(const QByteArray &text) { return json::object("{\"v\": " + text + "}")[u"v"_s]; }

QJsonObject parts(const QByteArray &list, const char *role = "user")
{
    return json::object(R"({"contents": [{"role": ")" + QByteArray(role) + R"(", "parts": )" + list + "}]}");
}

} // namespace

// What Google's own libraries do not send, or do not show.
class TestGatewayGoogle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_stage.start(); }
    void cleanup() { m_stage.provider.reset(); }
    void addresses_data();
    void addresses();
    void whatIsNotThere();
    void requestsAreTranslated_data();
    void requestsAreTranslated();
    void membersAreRefused_data();
    void membersAreRefused();
    void membersAreUnheard_data();
    void membersAreUnheard();
    void answers_data();
    void answers();
    void streamAsAList();
    void streamAsEvents();
    void brokenStreams_data();
    void brokenStreams();
    void argumentsThatAreNone();
    void failures();
    void vectors();
    void vectorsThatCannotBe_data();
    void vectorsThatCannotBe();
    void tokensAreCounted();

private:
    HttpAnswer generate(const QJsonObject &body, const QString &model = u"openai/test-ok"_s)
    {
        return m_stage.ask(models + model + u":generateContent"_s, body);
    }
    GatewayStage m_stage;
};

void TestGatewayGoogle::addresses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("model");
    for (const char *version : {"v1", "v1beta"}) {
        const QString start = u"/%1/models/"_s.arg(QString::fromLatin1(version));
        QTest::addRow("two steps, %s", version) << start + u"openai/test-ok:generateContent"_s << u"openai/test-ok"_s;
        QTest::addRow("encoded, %s", version) << start + u"openai%2Ftest-ok:generateContent"_s << u"openai/test-ok"_s;
        QTest::addRow("encoded colon, %s", version)
            << start + u"openai/test-ok%3AgenerateContent"_s << u"openai/test-ok"_s;
        QTest::addRow("at home, %s", version) << start + u"test-ok:generateContent"_s << u"test-ok"_s;
        QTest::addRow("a colon in the name, %s", version)
            << start + u"openai/llama3:8b:generateContent"_s << u"openai/llama3:8b"_s;
        QTest::addRow("three steps, %s", version)
            << start + u"openai/meta/llama:generateContent"_s << u"openai/meta/llama"_s;
    }
}

void TestGatewayGoogle::addresses()
{
    QFETCH(const QString, path);
    QFETCH(const QString, model);
    const HttpAnswer answer = m_stage.ask(path, hello());
    QVERIFY2(answer.status == 200, answer.body);
    QCOMPARE(answer.json()[u"modelVersion"_s], model);
    QCOMPARE(m_stage.provider.byModel().keys(), QStringList{model.section(u'/', model.contains(u'/') ? 1 : 0)});
}

void TestGatewayGoogle::whatIsNotThere()
{
    for (const char *path : {"openai/test-ok:predict", "openai/test-ok", ":generateContent", "openai/test-ok:"}) {
        const HttpAnswer answer = m_stage.ask(models + QString::fromLatin1(path), hello());
        QVERIFY2(answer.status == 404, path);
        QCOMPARE(answer.json()[u"error"_s][u"status"_s], u"NOT_FOUND"_s);
        QCOMPARE(answer.json()[u"error"_s][u"code"_s], 404);
    }
    const HttpAnswer stranger = m_stage.server->send("POST", models + u"demo/fast:generateContent"_s, hello(),
                                                     {.more = {{"x-goog-api-key", "x"}}});
    QCOMPARE(stranger.status, 401);
    QCOMPARE(stranger.json()[u"error"_s][u"status"_s], u"UNAUTHENTICATED"_s);
    // A key in the address would be written to logs along the way.
    const QString path = models + u"demo/fast:generateContent?key="_s + QString::fromLatin1(m_stage.key);
    QCOMPARE(m_stage.server->send("POST", path, hello(), {}).status, 401);
    QCOMPARE(m_stage.provider.total().requests, 0);
}

void TestGatewayGoogle::requestsAreTranslated_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QByteArray>("asked");
    const auto row = [](const char *name, const char *provider, const QJsonObject &body, const QByteArray &asked) {
        QTest::newRow(name) << QString::fromLatin1(provider) << body << asked;
    };
    row("names with underscores, one for a list", "openai",
        json::object(R"({"system_instruction": {"parts": {"text": "Be short."}},
            "contents": {"parts": [{"text": "look "}, {"text": ""}, {"inline_data": {"mime_type": "image/png", "data": "aa-_"}}]},
            "generation_config": {"max_output_tokens": 5, "stop_sequences": ["x"], "top_p": 0.5}})"),
        R"({"messages": [{"role": "system", "content": "Be short."},
            {"role": "user", "content": [{"type": "text", "text": "look "},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,aa+/"}}]}],
            "max_tokens": 5, "stop": ["x"], "top_p": 0.5})");
    row("an image on the web", "anthropic",
        parts(R"([{"text": "look"}, {"fileData": {"fileUri": "https://example.com/a.png", "mimeType": "image/png"}}])"),
        R"({"messages": [{"role": "user", "content": [{"type": "text", "text": "look"},
            {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}]}]})");
    const QJsonObject tools = json::object(R"({"contents": [
        {"role": "user", "parts": [{"text": "weather?"}]},
        {"role": "model", "parts": [{"text": "Let me see."}, {"functionCall": {"name": "weather", "args": {"city": "Porto"}}},
            {"functionCall": {"name": "weather", "args": {"city": "Faro"}}}]},
        {"role": "user", "parts": [{"functionResponse": {"name": "weather", "response": {"result": "Rain"}}},
            {"functionResponse": {"name": "weather", "response": {"error": "No such city"}}}, {"text": "and now?"}]}],
        "tools": [{"functionDeclarations": [{"name": "weather", "description": "Of a city", "parameters": {"type": "OBJECT",
            "properties": {"city": {"type": "STRING", "nullable": true, "maxLength": "9"}}}}, {"name": "news"}]}],
        "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["weather"]}}})");
    row("tools, without ids", "openai", tools, R"({"messages": [{"role": "user"},
        {"role": "assistant", "content": "Let me see.", "tool_calls": [
            {"id": "call_1", "function": {"name": "weather", "arguments": "{\"city\":\"Porto\"}"}},
            {"id": "call_2", "function": {"name": "weather", "arguments": "{\"city\":\"Faro\"}"}}]},
        {"role": "tool", "tool_call_id": "call_1", "content": "Rain"},
        {"role": "tool", "tool_call_id": "call_2", "content": "Error: No such city"},
        {"role": "user", "content": "and now?"}],
        "tools": [{"type": "function", "function": {"name": "weather", "description": "Of a city", "parameters": {"type": "object",
            "properties": {"city": {"type": ["string", "null"], "maxLength": 9}}}}}],
        "tool_choice": {"type": "function", "function": {"name": "weather"}}})");
    row("tools, to Anthropic", "anthropic", tools, R"({"messages": [{"role": "user"},
        {"role": "assistant", "content": [{"type": "text"}, {"type": "tool_use", "id": "call_1", "input": {"city": "Porto"}},
            {"type": "tool_use", "id": "call_2"}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "call_1", "content": "Rain"},
            {"type": "tool_result", "tool_use_id": "call_2", "is_error": true, "content": "No such city"},
            {"type": "text", "text": "and now?"}]}], "tool_choice": {"type": "tool", "name": "weather"}})");
    row("tools, to Google again", "google", tools, R"({"contents": [{"role": "user"},
        {"role": "model", "parts": [{"text": "Let me see."}, {"functionCall": {"name": "weather", "args": {"city": "Porto"}}},
            {"functionCall": {"name": "weather"}}]},
        {"role": "user", "parts": [{"functionResponse": {"name": "weather", "response": {"result": "Rain"}}},
            {"functionResponse": {"name": "weather", "response": {"error": "No such city"}}}]},
        {"role": "user", "parts": [{"text": "and now?"}]}]})");
    row("a schema with underscores", "openai",
        with(u"tools"_s,
             value(R"([{"function_declarations": [{"name": "news", "parameters": {"type": "OBJECT", "properties":
            {"a_b": {"any_of": [{"type": "NUMBER"}], "nullable": true}}}}]}])")),
        R"({"tools": [{"function": {"parameters": {"properties": {"a_b": {"anyOf": [{"type": "number"}, {"type": "null"}]}}}}}]})");
    row("a schema of Google's own", "openai",
        with(u"generationConfig"_s,
             value(R"({"responseMimeType": "application/json", "responseSchema": {"type": "OBJECT",
            "required": ["ages"], "properties": {"ages": {"type": "ARRAY", "minItems": "1", "items": {"type": "INTEGER",
            "format": "int32"}}}}})")),
        R"({"response_format": {"type": "json_schema", "json_schema": {"strict": true, "schema": {"type": "object",
            "additionalProperties": false, "required": ["ages"], "properties": {"ages": {"type": "array", "minItems": 1,
            "items": {"type": "integer"}}}}}}})");
    row("a JSON schema that leaves something out", "openai",
        with(u"generationConfig"_s,
             value(R"({"responseMimeType": "application/json", "responseJsonSchema": {"type": "object",
            "properties": {"a": {"type": "string"}}}})")),
        R"({"response_format": {"type": "json_schema", "json_schema": {"strict": false}}})");
    row("JSON without a schema", "openai", with(u"generationConfig/responseMimeType"_s, u"application/json"_s),
        R"({"response_format": {"type": "json_object"}})");
    row("thinking by a level", "openai", with(u"generationConfig/thinkingConfig/thinkingLevel"_s, u"LOW"_s),
        R"({"reasoning_effort": "low"})");
    row("thinking by a number", "anthropic", with(u"generationConfig/thinkingConfig/thinkingBudget"_s, 8192),
        R"({"output_config": {"effort": "medium"}})");
    row("no thinking", "anthropic", with(u"generationConfig/thinkingConfig/thinkingBudget"_s, 0),
        R"({"thinking": {"type": "disabled"}})");
    row("settings", "openai",
        with(u"generationConfig"_s,
             value(R"({"temperature": 0.5, "seed": 7, "presencePenalty": 1, "frequencyPenalty": -1,
            "candidateCount": 1, "responseModalities": ["TEXT"]})")),
        R"({"temperature": 0.5, "seed": 7, "presence_penalty": 1, "frequency_penalty": -1})");
}

void TestGatewayGoogle::requestsAreTranslated()
{
    QFETCH(const QString, provider);
    QFETCH(const QJsonObject, body);
    QFETCH(const QByteArray, asked);
    const HttpAnswer answer = generate(body, provider + u"/test-ok"_s);
    QVERIFY2(answer.status == 200, answer.body);
    const QString missing = missingIn(m_stage.asked(), json::object(asked));
    QVERIFY2(missing.isEmpty(),
             qPrintable(missing + u" in "_s + QString::fromUtf8(m_stage.provider.lastRequest().body)));
}

void TestGatewayGoogle::membersAreRefused_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const QString &field, const QJsonObject &body) {
        QTest::newRow(qPrintable(field)) << body << field;
    };
    row(u"contents"_s, {});
    row(u"contents.0.parts"_s, parts("[]"));
    row(u"contents.0.role"_s, parts(R"([{"text": "x"}])", "assistant"));
    row(u"contents.0.parts.0"_s, parts("[{}]"));
    row(u"contents.0.parts.0.executableCode"_s, parts(R"([{"executableCode": {}}])"));
    row(u"contents.0.parts.0.functionCall"_s, parts(R"([{"functionCall": {"name": "x"}}])"));
    row(u"contents.0.parts.0.inlineData"_s,
        parts(R"([{"inlineData": {"mimeType": "image/png", "data": "aa"}}])", "model"));
    row(u"contents.0.parts.0.inlineData.mimeType"_s,
        parts(R"([{"inlineData": {"mimeType": "audio/wav", "data": "aa"}}])"));
    row(u"contents.0.parts.0.inlineData.data"_s, parts(R"([{"inlineData": {"mimeType": "image/png"}}])"));
    row(u"contents.0.parts.0.fileData.fileUri"_s, parts(R"([{"fileData": {"fileUri": "gs://a/b.png"}}])"));
    row(u"contents.0.parts.0.functionResponse.name"_s,
        parts(R"([{"functionResponse": {"name": "x", "response": {}}}])"));
    row(u"contents.0.parts.0.functionResponse.response"_s, parts(R"([{"functionResponse": {"name": "x"}}])"));
    row(u"systemInstruction.parts.0"_s, with(u"systemInstruction"_s, value(R"({"parts": [{"inlineData": {}}]})")));
    row(u"tools.0.googleSearch"_s, with(u"tools"_s, value(R"([{"googleSearch": {}}])")));
    row(u"tools.0.codeExecution"_s, with(u"tools"_s, value(R"([{"codeExecution": {}}])")));
    row(u"tools.0.functionDeclarations.0.name"_s, with(u"tools"_s, value(R"([{"functionDeclarations": [{}]}])")));
    row(u"tools.0.functionDeclarations.0.behavior"_s,
        with(u"tools"_s, value(R"([{"functionDeclarations": [{"name": "x", "behavior": "NON_BLOCKING"}]}])")));
    row(u"tools.0.functionDeclarations.0.parameters"_s,
        with(u"tools"_s,
             value(R"([{"functionDeclarations": [{"name": "x", "parameters": {}, "parametersJsonSchema": {}}]}])")));
    row(u"toolConfig.functionCallingConfig.mode"_s, with(u"toolConfig/functionCallingConfig/mode"_s, u"SOMETIMES"_s));
    row(u"toolConfig.functionCallingConfig.allowedFunctionNames"_s,
        with(u"toolConfig/functionCallingConfig"_s, value(R"({"mode": "ANY", "allowedFunctionNames": ["nobody"]})")));
    row(u"generationConfig.candidateCount"_s, with(u"generationConfig/candidateCount"_s, 2));
    row(u"generationConfig.temperature"_s, with(u"generationConfig/temperature"_s, 3));
    row(u"generationConfig.maxOutputTokens"_s, with(u"generationConfig/maxOutputTokens"_s, u"5"_s));
    row(u"generationConfig.responseModalities"_s,
        with(u"generationConfig/responseModalities"_s, value(R"(["IMAGE"])")));
    row(u"generationConfig.responseMimeType"_s, with(u"generationConfig/responseMimeType"_s, u"text/x.enum"_s));
    row(u"generationConfig.responseSchema"_s,
        with(u"generationConfig/responseSchema"_s, QJsonObject{{u"type"_s, u"OBJECT"_s}}));
    row(u"cachedContent"_s, with(u"cachedContent"_s, u"cachedContents/1"_s));
}

void TestGatewayGoogle::membersAreRefused()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, field);
    const HttpAnswer answer = generate(body);
    QVERIFY2(answer.status == 400, answer.body);
    const QJsonValue error = answer.json()[u"error"_s];
    QCOMPARE(error[u"status"_s], u"INVALID_ARGUMENT"_s);
    QString named;
    for (const QJsonValue detail : error[u"details"_s].toArray())
        if (detail[u"@type"_s].toString().endsWith(u"BadRequest"_s))
            named = detail[u"fieldViolations"_s][0][u"field"_s].toString();
    QCOMPARE(named, field);
    QCOMPARE(m_stage.provider.total().requests, 0);
}

void TestGatewayGoogle::membersAreUnheard_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const QString &pointer, const QJsonObject &body) {
        QTest::newRow(qPrintable(pointer)) << body << pointer;
    };
    row(u"/safetySettings"_s, with(u"safetySettings"_s, value(R"([{"category": "HARM_CATEGORY_HATE_SPEECH"}])")));
    row(u"/labels"_s, with(u"labels"_s, value(R"({"a": "b"})")));
    row(u"/generationConfig/logprobs"_s, with(u"generationConfig/logprobs"_s, 3));
    row(u"/generationConfig/mediaResolution"_s, with(u"generationConfig/mediaResolution"_s, u"MEDIA_RESOLUTION_LOW"_s));
    row(u"/generationConfig/thinkingConfig/includeThoughts"_s,
        with(u"generationConfig/thinkingConfig/includeThoughts"_s, true));
    row(u"/generationConfig/thinkingConfig/thinkingBudget"_s,
        with(u"generationConfig/thinkingConfig/thinkingBudget"_s, 5000));
    row(u"/generationConfig/responseSchema/propertyOrdering"_s,
        with(u"generationConfig"_s, value(R"({"responseMimeType": "application/json", "responseSchema":
            {"type": "OBJECT", "propertyOrdering": ["a"], "properties": {"a": {"type": "STRING"}}}})")));
    row(u"/contents/0/parts/0/videoMetadata"_s, parts(R"([{"text": "x", "videoMetadata": {}}])"));
    row(u"/contents/0/parts/0/inlineData/displayName"_s,
        parts(R"([{"inlineData": {"mimeType": "image/png", "data": "aaaa", "displayName": "a.png"}}])"));
    row(u"/contents/1/parts/0"_s, json::object(R"({"contents": [{"parts": [{"text": "x"}]},
        {"role": "model", "parts": [{"text": "hm", "thought": true}, {"text": "y"}]}, {"parts": [{"text": "z"}]}]})"));
    row(u"/contents/1/parts/0/thoughtSignature"_s, json::object(R"({"contents": [{"parts": [{"text": "x"}]},
        {"role": "model", "parts": [{"text": "y", "thoughtSignature": "c2ln"}]}, {"parts": [{"text": "z"}]}]})"));
    row(u"/toolConfig/retrievalConfig"_s, with(u"toolConfig/retrievalConfig"_s, value(R"({"languageCode": "pt"})")));
}

void TestGatewayGoogle::membersAreUnheard()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, pointer);
    const HttpAnswer answer = generate(body);
    QVERIFY2(answer.status == 200, answer.body);
    QCOMPARE(QString::fromLatin1(answer.headers.value("x-patio-unheard")), pointer);
}

void TestGatewayGoogle::answers_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("length") << u"openai/test-length"_s << R"({"candidates": [{"finishReason": "MAX_TOKENS"}]})"_ba;
    QTest::newRow("refusal") << u"anthropic/test-refusal"_s << R"({"candidates": [{"finishReason": "SAFETY"}]})"_ba;
    QTest::newRow("a prompt that is refused")
        << u"google/test-blocked"_s << R"({"candidates": [{"finishReason": "SAFETY", "content": {"parts": []}}]})"_ba;
    QTest::newRow("thoughts") << u"openai/test-reasoning"_s
                              << R"({"usageMetadata": {"thoughtsTokenCount": 7, "candidatesTokenCount": 4}})"_ba;
    QTest::newRow("thoughts, of Google")
        << u"google/test-reasoning"_s
        << R"({"usageMetadata": {"thoughtsTokenCount": 7, "candidatesTokenCount": 4}})"_ba;
    QTest::newRow("what was cached")
        << u"anthropic/test-cached"_s
        << R"({"usageMetadata": {"promptTokenCount": 2, "cachedContentTokenCount": 2}})"_ba;
}

void TestGatewayGoogle::answers()
{
    QFETCH(const QString, model);
    QFETCH(const QByteArray, expected);
    const HttpAnswer answer = generate(hello(), model);
    QVERIFY2(answer.status == 200, answer.body);
    const QString missing = missingIn(answer.json(), json::object(expected));
    QVERIFY2(missing.isEmpty(), qPrintable(missing + u" in "_s + QString::fromUtf8(answer.body)));
    const QJsonValue usage = answer.json()[u"usageMetadata"_s];
    QCOMPARE(usage[u"totalTokenCount"_s].toInteger(),
             usage[u"promptTokenCount"_s].toInteger() + usage[u"candidatesTokenCount"_s].toInteger()
                 + usage[u"thoughtsTokenCount"_s].toInteger());
}

void TestGatewayGoogle::streamAsAList()
{
    const HttpAnswer answer = m_stage.ask(models + u"openai/test-ok:streamGenerateContent"_s, hello());
    QVERIFY2(answer.status == 200, answer.body);
    QVERIFY(answer.headers.value("content-type").startsWith("application/json"));
    const QJsonArray chunks = value(answer.body).toArray();
    QVERIFY(chunks.size() > 1);
    QString text;
    for (const QJsonValue chunk : chunks) {
        text += chunk[u"candidates"_s][0][u"content"_s][u"parts"_s][0][u"text"_s].toString();
        QCOMPARE(chunk[u"responseId"_s], chunks[0][u"responseId"_s]);
    }
    QCOMPARE(text, u"Answer to: one two"_s);
    QCOMPARE(chunks.last()[u"candidates"_s][0][u"finishReason"_s], u"STOP"_s);
    QCOMPARE(chunks.last()[u"usageMetadata"_s][u"candidatesTokenCount"_s].toInteger(),
             m_stage.provider.total().outputTokens);
}

void TestGatewayGoogle::streamAsEvents()
{
    QJsonObject body = hello();
    body.insert(u"tools"_s, value(R"([{"functionDeclarations": [{"name": "first"}, {"name": "second"}]}])"));
    const HttpAnswer answer = m_stage.ask(models + u"anthropic/test-tools-2:streamGenerateContent?alt=sse"_s, body);
    QVERIFY2(answer.status == 200, answer.body);
    QVERIFY(answer.headers.value("content-type").startsWith("text/event-stream"));
    const QList<StreamEvent> events = streamEvents(answer.body);
    const QJsonValue last = events.last().json()[u"candidates"_s][0];
    QCOMPARE(last[u"finishReason"_s], u"STOP"_s);
    const QJsonArray calls = last[u"content"_s][u"parts"_s].toArray();
    QCOMPARE(calls.size(), 2);
    QCOMPARE(calls[0][u"functionCall"_s][u"name"_s], u"first"_s);
    QCOMPARE(calls[1][u"functionCall"_s][u"name"_s], u"second"_s);
    QVERIFY(calls[1][u"functionCall"_s][u"args"_s].isObject());
}

void TestGatewayGoogle::brokenStreams_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("code");
    QTest::newRow("cut") << u"cut-after-3"_s << 502;
    QTest::newRow("ended early") << u"end-after-3"_s << 502;
    QTest::newRow("malformed") << u"malformed"_s << 502;
    QTest::newRow("an error inside") << u"error-event-429"_s << 429;
}

void TestGatewayGoogle::brokenStreams()
{
    QFETCH(const QString, kind);
    QFETCH(const int, code);
    for (const char *provider : {"openai", "anthropic", "google"}) {
        const QString path = models + QString::fromLatin1(provider) + u"/test-"_s + kind + u":streamGenerateContent"_s;
        const HttpAnswer list = m_stage.ask(path, hello());
        QCOMPARE(list.status, 200);
        const QJsonArray chunks = value(list.body).toArray(); // JSON all the same
        QVERIFY2(chunks.last()[u"error"_s][u"code"_s] == code, list.body);
        QVERIFY(!list.body.contains("finishReason"));
        const HttpAnswer events = m_stage.ask(path + u"?alt=sse"_s, hello());
        QCOMPARE(events.status, 200);
        QVERIFY2(streamEvents(events.body).last().json()[u"error"_s][u"code"_s] == code, events.body);
        QVERIFY(!events.body.contains("finishReason"));
    }
}

void TestGatewayGoogle::argumentsThatAreNone()
{
    Behaviour behaviour = *Behaviour::named(u"tool"_s);
    behaviour.arguments = u"no JSON"_s;
    m_stage.provider.plan(behaviour);
    QJsonObject body = hello();
    body.insert(u"tools"_s, value(R"([{"functionDeclarations": [{"name": "first"}]}])"));
    const HttpAnswer answer = generate(body);
    QVERIFY2(answer.status == 200, answer.body);
    const QJsonValue candidate = answer.json()[u"candidates"_s][0];
    QCOMPARE(candidate[u"finishReason"_s], u"MALFORMED_FUNCTION_CALL"_s);
    QVERIFY(candidate[u"finishMessage"_s].toString().contains(u"first"_s));
}

void TestGatewayGoogle::failures()
{
    const HttpAnswer limited = generate(hello(), u"openai/test-429-after-2s"_s);
    QCOMPARE(limited.status, 429);
    QCOMPARE(limited.headers.value("retry-after"), "2"_ba);
    const QJsonValue error = limited.json()[u"error"_s];
    QCOMPARE(error[u"status"_s], u"RESOURCE_EXHAUSTED"_s);
    QCOMPARE(error[u"details"_s][0][u"reason"_s], u"RATE_LIMITED"_s);
    QCOMPARE(error[u"details"_s][1][u"retryDelay"_s], u"2s"_s);
    const HttpAnswer failed = generate(hello(), u"anthropic/test-500"_s);
    QCOMPARE(failed.status, 502);
    QCOMPARE(failed.json()[u"error"_s][u"status"_s], u"INTERNAL"_s);
    QCOMPARE(generate(hello(), u"nobody/x"_s).json()[u"error"_s][u"status"_s], u"NOT_FOUND"_s);
    // No JSON at all.
    QCOMPARE(
        m_stage.server
            ->send("POST", models + u"demo/fast:generateContent"_s, {}, {.more = {{"x-goog-api-key", m_stage.key}}})
            .status,
        400);
}

void TestGatewayGoogle::vectors()
{
    const QJsonObject one = json::object(
        R"({"model": "models/openai/test-ok", "content": {"parts": [{"text": "two words"}]}, "outputDimensionality": 4})");
    const HttpAnswer single = m_stage.ask(models + u"openai/test-ok:embedContent"_s, one);
    QVERIFY2(single.status == 200, single.body);
    const QJsonArray vector = single.json()[u"embedding"_s][u"values"_s].toArray();
    QCOMPARE(vector.size(), 4);
    QCOMPARE(vector[0].toDouble(), 2.0); // its words
    const HttpAnswer batch =
        m_stage.ask(models + u"openai/test-ok:batchEmbedContents"_s, {{u"requests"_s, QJsonArray{one, one}}});
    QVERIFY2(batch.status == 200, batch.body);
    QCOMPARE(batch.json()[u"embeddings"_s].toArray().size(), 2);
    QCOMPARE(batch.json()[u"embeddings"_s][1][u"values"_s].toArray(), vector);
    QVERIFY(batch.json()[u"usageMetadata"_s][u"promptTokenCount"_s].toInteger() > 0);
    QJsonObject more = one;
    more.insert(u"taskType"_s, u"RETRIEVAL_QUERY"_s);
    QCOMPARE(m_stage.ask(models + u"openai/test-ok:embedContent"_s, more).headers.value("x-patio-unheard"),
             "/taskType"_ba);
}

void TestGatewayGoogle::vectorsThatCannotBe_data()
{
    QTest::addColumn<QByteArray>("requests");
    QTest::addColumn<QString>("field");
    QTest::newRow("none") << "[]"_ba << u"requests"_s;
    QTest::newRow("no content") << "[{}]"_ba << u"requests.0.content"_s;
    QTest::newRow("an empty text") << R"([{"content": {"parts": [{"text": ""}]}}])"_ba << u"requests.0.content"_s;
    QTest::newRow("an image") << R"([{"content": {"parts": [{"inlineData": {}}]}}])"_ba
                              << u"requests.0.content.parts.0"_s;
    QTest::newRow("another model") << R"([{"model": "models/x", "content": {"parts": [{"text": "x"}]}}])"_ba
                                   << u"requests.0.model"_s;
    QTest::newRow("two sizes") << R"([{"content": {"parts": [{"text": "x"}]}},
        {"content": {"parts": [{"text": "x"}]}, "outputDimensionality": 4}])"_ba
                               << u"requests.1.outputDimensionality"_s;
}

void TestGatewayGoogle::vectorsThatCannotBe()
{
    QFETCH(const QByteArray, requests);
    QFETCH(const QString, field);
    const HttpAnswer answer =
        m_stage.ask(models + u"openai/test-ok:batchEmbedContents"_s, {{u"requests"_s, value(requests)}});
    QVERIFY2(answer.status == 400, answer.body);
    QCOMPARE(answer.json()[u"error"_s][u"details"_s][1][u"fieldViolations"_s][0][u"field"_s], field);
    QCOMPARE(m_stage.provider.total().requests, 0);
}

void TestGatewayGoogle::tokensAreCounted()
{
    const auto count = [&](const QJsonObject &body) {
        const HttpAnswer answer = m_stage.ask(models + u"openai/test-ok:countTokens"_s, body);
        return answer.status == 200 ? answer.json()[u"totalTokens"_s].toInteger() : -1;
    };
    const qint64 few = count(hello());
    QVERIFY(few > 0);
    const QJsonObject more = with(u"systemInstruction"_s, value(R"({"parts": [{"text": "And some words more."}]})"));
    QVERIFY(count(QJsonObject{{u"generateContentRequest"_s, more}}) > few);
    QCOMPARE(m_stage.provider.total().requests, 0);
}

QTEST_GUILESS_MAIN(TestGatewayGoogle)
#include "tst_gateway_google.moc"
