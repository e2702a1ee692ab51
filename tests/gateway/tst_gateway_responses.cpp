// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"
#include "tests/gateway/gateway_stage.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString responsesPath = u"/v1/responses"_s;

// A request with one more member, or another, given as JSON.
QJsonObject with(const QString &name, const QByteArray &value, const QString &model = u"openai/test-ok"_s)
{
    QJsonObject body{{u"model"_s, model}, {u"input"_s, u"one two"_s}, {u"store"_s, false}};
    body.insert(name, json::object("{\"v\": " + value + "}")[u"v"_s]);
    return body;
}

QJsonObject plain(const QString &model = u"openai/test-ok"_s) { return with(u"store"_s, "false", model); }

} // namespace

// What OpenAI's own libraries do not send, or do not show.
class TestGatewayResponses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_stage.start(); }
    void cleanup() { m_stage.provider.reset(); }
    void whole();
    void streamOfAText();
    void streamOfCalls_data();
    void streamOfCalls();
    void requestsAreTranslated_data();
    void requestsAreTranslated();
    void membersAreRefused_data();
    void membersAreRefused();
    void membersAreUnheard_data();
    void membersAreUnheard();
    void incompleteAnswers_data();
    void incompleteAnswers();
    void brokenStreams_data();
    void brokenStreams();
    void nothingIsKept();

private:
    HttpAnswer ask(QJsonObject body, bool stream = false)
    {
        if (stream)
            body.insert(u"stream"_s, true);
        return m_stage.ask(responsesPath, body);
    }
    GatewayStage m_stage;
};

void TestGatewayResponses::whole()
{
    QJsonObject body = plain();
    body.insert(u"instructions"_s, u"Be short."_s);
    body.insert(u"metadata"_s, QJsonObject{{u"a"_s, u"b"_s}});
    body.insert(u"temperature"_s, 0.5);
    const HttpAnswer answer = ask(body);
    QVERIFY2(answer.status == 200, answer.body);
    const QString missing = missingIn(answer.json(), json::object(R"({"object": "response", "status": "completed",
        "error": null, "incomplete_details": null, "model": "openai/test-ok", "instructions": "Be short.", "temperature": 0.5,
        "metadata": {"a": "b"}, "store": false, "background": false, "previous_response_id": null, "tool_choice": "auto",
        "tools": [], "parallel_tool_calls": true, "text": {"format": {"type": "text"}}, "top_p": null,
        "output": [{"type": "message", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": "Answer to: one two", "annotations": [], "logprobs": []}]}]})"));
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    const QJsonValue usage = answer.json()[u"usage"_s];
    QCOMPARE(usage[u"input_tokens"_s].toInteger(), m_stage.provider.total().inputTokens);
    QCOMPARE(usage[u"output_tokens"_s].toInteger(), m_stage.provider.total().outputTokens);
    QVERIFY(answer.json()[u"id"_s].toString().startsWith(u"resp_"_s));
    QVERIFY(!answer.headers.contains("x-patio-unheard"));
}

void TestGatewayResponses::streamOfAText()
{
    const HttpAnswer answer = ask(plain(), true);
    QVERIFY2(answer.status == 200, answer.body);
    QStringList names;
    QString text;
    int number = 0;
    QJsonObject data;
    for (const StreamEvent &event : streamEvents(answer.body)) {
        data = event.json();
        QCOMPARE(data[u"type"_s], QString::fromLatin1(event.name));
        QCOMPARE(data[u"sequence_number"_s].toInt(), number++);
        if (event.name == "response.output_text.delta")
            text += data[u"delta"_s].toString();
        if (names.isEmpty() || names.last() != QString::fromLatin1(event.name))
            names.append(QString::fromLatin1(event.name));
        if (event.name == "response.output_text.done")
            QCOMPARE(data[u"text"_s], text);
    }
    QCOMPARE(text, u"Answer to: one two"_s);
    QCOMPARE(
        names,
        QStringList({u"response.created"_s, u"response.in_progress"_s, u"response.output_item.added"_s,
                     u"response.content_part.added"_s, u"response.output_text.delta"_s, u"response.output_text.done"_s,
                     u"response.content_part.done"_s, u"response.output_item.done"_s, u"response.completed"_s}));
    const QJsonValue response = data[u"response"_s]; // of the last
    QCOMPARE(response[u"status"_s], u"completed"_s);
    QCOMPARE(response[u"output"_s][0][u"content"_s][0][u"text"_s], text);
    QCOMPARE(response[u"usage"_s][u"output_tokens"_s].toInteger(), m_stage.provider.total().outputTokens);
}

void TestGatewayResponses::streamOfCalls_data()
{
    QTest::addColumn<QString>("provider");
    for (const char *provider : {"openai", "anthropic", "google"})
        QTest::newRow(provider) << QString::fromLatin1(provider);
}

// Every item begins once, its pieces belong to it, and it ends with what they say together.
void TestGatewayResponses::streamOfCalls()
{
    QFETCH(const QString, provider);
    const HttpAnswer answer =
        ask(with(u"tools"_s, R"([{"type": "function", "name": "first", "parameters": {"type": "object"}},
        {"type": "function", "name": "second", "parameters": {"type": "object"}}])",
                 provider + u"/test-tools-2"_s),
            true);
    QVERIFY2(answer.status == 200, answer.body);
    QHash<int, QJsonObject> items;
    QHash<int, QString> arguments;
    QJsonArray output;
    for (const StreamEvent &event : streamEvents(answer.body)) {
        const QJsonObject data = event.json();
        const int index = data[u"output_index"_s].toInt(-1);
        if (event.name == "response.output_item.added") {
            QVERIFY(!items.contains(index));
            items.insert(index, data[u"item"_s].toObject());
        } else if (event.name == "response.function_call_arguments.delta") {
            QCOMPARE(data[u"item_id"_s], items.value(index)[u"id"_s]);
            arguments[index] += data[u"delta"_s].toString();
        } else if (event.name == "response.function_call_arguments.done") {
            QCOMPARE(data[u"arguments"_s], arguments.value(index));
        } else if (event.name == "response.output_item.done") {
            QCOMPARE(data[u"item"_s][u"id"_s], items.value(index)[u"id"_s]);
            QCOMPARE(data[u"item"_s][u"call_id"_s], items.value(index)[u"call_id"_s]);
            items[index] = data[u"item"_s].toObject();
        } else if (event.name == "response.completed") {
            output = data[u"response"_s][u"output"_s].toArray();
        }
    }
    QCOMPARE(output.size(), items.size());
    QStringList names;
    for (int i = 0; i < items.size(); ++i) {
        QCOMPARE(output[i].toObject(), items.value(i));
        if (items.value(i)[u"type"_s] == u"function_call"_s) {
            names.append(items.value(i)[u"name"_s].toString());
            (void)json::object(items.value(i)[u"arguments"_s].toString().toUtf8());
        }
    }
    QCOMPARE(names, QStringList({u"first"_s, u"second"_s}));
}

void TestGatewayResponses::requestsAreTranslated_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QByteArray>("asked");
    const auto row = [](const char *name, const QJsonObject &body, const QByteArray &asked) {
        QTest::newRow(name) << body << asked;
    };
    const QString anthropic = u"anthropic/test-ok"_s;
    const QByteArray items = R"([{"role": "developer", "content": "Be short."},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "look"},
            {"type": "input_image", "image_url": "data:image/png;base64,aaaa", "detail": "high"}]},
        {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
            "content": [{"type": "output_text", "text": "Let me see.", "annotations": [], "logprobs": []}]},
        {"type": "function_call", "id": "fc_1", "call_id": "a", "name": "weather", "arguments": "{\"city\":\"Porto\"}"},
        {"type": "function_call", "call_id": "b", "name": "news", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "a", "output": "Rain"},
        {"type": "function_call_output", "call_id": "b", "output": [{"type": "input_text", "text": "None"}]},
        {"role": "user", "content": "and now?"}])";
    row("a conversation", with(u"input"_s, items), R"({"messages": [{"role": "system", "content": "Be short."},
        {"role": "user", "content": [{"type": "text", "text": "look"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,aaaa", "detail": "high"}}]},
        {"role": "assistant", "content": "Let me see.", "tool_calls": [{"id": "a", "function": {"name": "weather"}},
            {"id": "b", "function": {"name": "news", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "a", "content": "Rain"}, {"role": "tool", "tool_call_id": "b", "content": "None"},
        {"role": "user", "content": "and now?"}]})");
    row("a conversation, to Anthropic", with(u"input"_s, items, anthropic), R"({"system": "Be short.", "messages": [
        {"role": "user"}, {"role": "assistant", "content": [{"type": "text"}, {"type": "tool_use", "id": "a",
            "input": {"city": "Porto"}}, {"type": "tool_use", "id": "b"}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a", "content": "Rain"},
            {"type": "tool_result", "tool_use_id": "b", "content": "None"}, {"type": "text", "text": "and now?"}]}]})");
    row("instructions", with(u"instructions"_s, R"("Be short.")"),
        R"({"messages": [{"role": "system", "content": "Be short."}, {"role": "user", "content": "one two"}]})");
    row("settings", with(u"max_output_tokens"_s, "5"), R"({"max_tokens": 5})");
    row("effort", with(u"reasoning"_s, R"({"effort": "low"})"), R"({"reasoning_effort": "low"})");
    row("effort, at Anthropic", with(u"reasoning"_s, R"({"effort": "high"})", anthropic),
        R"({"output_config": {"effort": "high"}})");
    row("a schema", with(u"text"_s, R"({"format": {"type": "json_schema", "name": "thing", "strict": true,
            "schema": {"type": "object", "properties": {}}}})"),
        R"({"response_format": {"type": "json_schema", "json_schema": {"name": "thing", "strict": true}}})");
    row("JSON", with(u"text"_s, R"({"format": {"type": "json_object"}})"),
        R"({"response_format": {"type": "json_object"}})");
    row("who is behind it", with(u"safety_identifier"_s, R"("customer-7")"), R"({"user": "customer-7"})");
    const QByteArray tools = R"([{"type": "function", "name": "a", "parameters": {"type": "object"}, "strict": true},
        {"type": "function", "name": "b", "parameters": {"type": "object"}}])";
    const auto choosing = [&](const QByteArray &choice) {
        QJsonObject body = with(u"tools"_s, tools);
        body.insert(u"tool_choice"_s, with(u"v"_s, choice)[u"v"_s]);
        return body;
    };
    row("tools", with(u"tools"_s, tools), R"({"tools": [{"type": "function", "function": {"name": "a", "strict": true}},
        {"function": {"name": "b"}}]})");
    row("a certain tool", choosing(R"({"type": "function", "name": "b"})"),
        R"({"tool_choice": {"function": {"name": "b"}}})");
    row("some of the tools",
        choosing(R"({"type": "allowed_tools", "mode": "required", "tools": [{"type": "function", "name": "b"}]})"),
        R"({"tools": [{"function": {"name": "b"}}], "tool_choice": "required"})");
}

void TestGatewayResponses::requestsAreTranslated()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const QByteArray, asked);
    const HttpAnswer answer = ask(body);
    QVERIFY2(answer.status == 200, answer.body);
    const QString missing = missingIn(m_stage.asked(), json::object(asked));
    QVERIFY2(missing.isEmpty(),
             qPrintable(missing + u" in "_s + QString::fromUtf8(m_stage.provider.lastRequest().body)));
}

void TestGatewayResponses::membersAreRefused_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("named");
    const auto row = [](const QString &named, const QJsonObject &body) {
        QTest::newRow(qPrintable(named)) << body << named;
    };
    const auto item = [](const QByteArray &one) { return with(u"input"_s, "[" + one + "]"); };
    row(u"model"_s, with(u"model"_s, "null"));
    row(u"input"_s, with(u"input"_s, "[]"));
    row(u"previous_response_id"_s, with(u"previous_response_id"_s, R"("resp_1")"));
    row(u"conversation"_s, with(u"conversation"_s, R"("conv_1")"));
    row(u"prompt"_s, with(u"prompt"_s, R"({"id": "pmpt_1"})"));
    row(u"background"_s, with(u"background"_s, "true"));
    for (const char *tool : {"web_search", "file_search", "code_interpreter", "mcp", "image_generation", "custom"})
        QTest::newRow(tool) << with(u"tools"_s, R"([{"type": ")" + QByteArray(tool) + R"("}])") << u"tools.0.type"_s;
    row(u"tools.0.name"_s, with(u"tools"_s, R"([{"type": "function"}])"));
    row(u"tool_choice"_s, with(u"tool_choice"_s, R"({"type": "web_search"})"));
    row(u"tool_choice.tools"_s,
        with(u"tool_choice"_s,
             R"({"type": "allowed_tools", "mode": "auto", "tools": [{"type": "function", "name": "x"}]})"));
    row(u"text.format.type"_s, with(u"text"_s, R"({"format": {"type": "grammar"}})"));
    row(u"text.format.name"_s, with(u"text"_s, R"({"format": {"type": "json_schema", "schema": {}}})"));
    row(u"temperature"_s, with(u"temperature"_s, "3"));
    row(u"max_output_tokens"_s, with(u"max_output_tokens"_s, "0"));
    row(u"input.0"_s, item("7"));
    row(u"input.0.role"_s, item(R"({"role": "robot", "content": "x"})"));
    row(u"input.0.content"_s, item(R"({"role": "user"})"));
    row(u"input.0.content.0.type"_s,
        item(R"({"role": "user", "content": [{"type": "input_file", "file_id": "file_1"}]})"));
    row(u"input.0.content.0.file_id"_s,
        item(R"({"role": "user", "content": [{"type": "input_image", "file_id": "file_1"}]})"));
    row(u"input.0.content.0.image_url"_s,
        item(R"({"role": "user", "content": [{"type": "input_image", "image_url": "ftp://x"}]})"));
    row(u"input.0.call_id"_s, item(R"({"type": "function_call_output", "call_id": "x", "output": "y"})"));
    QTest::newRow("a reference") << item(R"({"type": "item_reference", "id": "msg_1"})") << u"input.0.type"_s;
    QTest::newRow("a search") << item(R"({"type": "web_search_call", "id": "ws_1"})") << u"input.0.type"_s;
}

void TestGatewayResponses::membersAreRefused()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, named);
    const HttpAnswer answer = ask(body);
    QVERIFY2(answer.status == 400, answer.body);
    QCOMPARE(answer.json()[u"error"_s][u"param"_s], named);
    QCOMPARE(answer.json()[u"error"_s][u"type"_s], u"invalid_request_error"_s);
    QCOMPARE(m_stage.provider.total().requests, 0);
}

void TestGatewayResponses::membersAreUnheard_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const QString &pointer, const QJsonObject &body) {
        QTest::newRow(qPrintable(pointer)) << body << pointer;
    };
    QTest::newRow("store, unsaid") << with(u"store"_s, "null") << u"/store"_s;
    row(u"/store"_s, with(u"store"_s, "true"));
    row(u"/truncation"_s, with(u"truncation"_s, R"("auto")"));
    row(u"/include"_s, with(u"include"_s, R"(["reasoning.encrypted_content"])"));
    row(u"/text/verbosity"_s, with(u"text"_s, R"({"verbosity": "low"})"));
    row(u"/reasoning/summary"_s, with(u"reasoning"_s, R"({"summary": "auto"})"));
    row(u"/top_logprobs"_s, with(u"top_logprobs"_s, "3"));
    row(u"/service_tier"_s, with(u"service_tier"_s, R"("flex")"));
    row(u"/input/0"_s,
        with(u"input"_s, R"([{"type": "reasoning", "id": "rs_1", "summary": []}, {"role": "user", "content": "x"}])"));
    row(u"/input/0/phase"_s,
        with(u"input"_s,
             R"([{"role": "assistant", "content": "y", "phase": "final_answer"}, {"role": "user", "content": "x"}])"));
    row(u"/user"_s, with(u"user"_s, R"("customer-7")", u"google/test-ok"_s)); // which has no place for it
    for (const char *hint : {"metadata", "prompt_cache_options", "stream_options"})
        QTest::newRow(hint) << with(QString::fromLatin1(hint), "{}") << QString();
}

void TestGatewayResponses::membersAreUnheard()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, pointer);
    const HttpAnswer answer = ask(body);
    QVERIFY2(answer.status == 200, answer.body);
    QCOMPARE(QString::fromLatin1(answer.headers.value("x-patio-unheard")), pointer);
}

void TestGatewayResponses::incompleteAnswers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    QTest::newRow("length") << u"length"_s << u"max_output_tokens"_s;
    QTest::newRow("refusal") << u"refusal"_s << u"content_filter"_s;
}

void TestGatewayResponses::incompleteAnswers()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, reason);
    const QJsonObject body = plain(u"openai/test-"_s + kind);
    const QJsonObject whole = ask(body).json();
    QCOMPARE(whole[u"status"_s], u"incomplete"_s);
    QCOMPARE(whole[u"incomplete_details"_s][u"reason"_s], reason);
    const StreamEvent last = streamEvents(ask(body, true).body).last();
    QCOMPARE(last.name, "response.incomplete"_ba);
    QCOMPARE(last.json()[u"response"_s][u"incomplete_details"_s][u"reason"_s], reason);
}

void TestGatewayResponses::brokenStreams_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"cut-after-3", "end-after-3", "malformed", "error-event-429"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestGatewayResponses::brokenStreams()
{
    QFETCH(const QString, kind);
    for (const char *provider : {"openai", "anthropic", "google"}) {
        const HttpAnswer answer = ask(plain(QString::fromLatin1(provider) + u"/test-"_s + kind), true);
        QCOMPARE(answer.status, 200);
        const StreamEvent last = streamEvents(answer.body).last();
        QCOMPARE(last.name, "error"_ba);
        QVERIFY(last.json()[u"error"_s][u"message"_s].isString());
        QCOMPARE(last.json()[u"message"_s], last.json()[u"error"_s][u"message"_s]);
        QVERIFY(!answer.body.contains("response.completed"));
    }
}

void TestGatewayResponses::nothingIsKept()
{
    for (const char *method : {"GET", "DELETE"}) {
        const HttpAnswer answer =
            m_stage.server->send(method, responsesPath + u"/resp_1"_s, {}, {.token = m_stage.key});
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.json()[u"error"_s][u"code"_s], u"response_not_found"_s);
    }
    QCOMPARE(m_stage.server->send("GET", responsesPath + u"/resp_1"_s, {}, {.token = "nobody"}).status, 401);
}

QTEST_GUILESS_MAIN(TestGatewayResponses)
#include "tst_gateway_responses.moc"
