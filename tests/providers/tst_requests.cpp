// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace providers;

// Every field of a request beside the messages, and every kind of part in them: sent under the name that the provider
// has for it, or refused by name. The server refuses what the services refuse.
class TestRequests : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};

    QJsonObject sent() const { return QJsonDocument::fromJson(m_server.lastRequest().body).object(); }

    // What is sent for the request; nothing, with a failed test, when it was refused.
    QJsonObject sentFor(Provider &provider, const ModelRequest &request)
    {
        const auto call = finishCall(provider, request);
        if (call->answers.size() != 1) {
            QTest::qFail(qPrintable(call->problem()), __FILE__, __LINE__);
            return {};
        }
        return sent();
    }

    // The field that a refusal names; nothing was sent.
    QString refused(Provider &provider, const ModelRequest &request)
    {
        const qint64 before = m_server.total().requests;
        const CallError error = finishCall(provider, request)->errors.value(0);
        if (error.kind != CallError::InvalidRequest || error.reachedProvider || error.retryable
            || m_server.total().requests != before)
            QTest::qFail("The request should have been refused before it was sent.", __FILE__, __LINE__);
        return error.message.section(u':', 0, 0);
    }

    ModelRequest request(Provider &provider) { return requestFor(provider, m_server, u"test-ok"_s); }

    static ContentPart text(const QString &text) { return {.kind = ContentPart::Text, .text = text}; }
    static ContentPart image()
    {
        return {.kind = ContentPart::Image, .data = QByteArray("picture").toBase64(), .mediaType = u"image/png"_s};
    }
    static ContentPart imageAt(const QString &url) { return {.kind = ContentPart::Image, .url = url}; }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    void openAiFields()
    {
        ModelRequest asked = request(m_openAi);
        asked.topK = 5;
        asked.seed = 9'007'199'254'740'993; // more than a double holds
        asked.presencePenalty = -1.5;
        asked.frequencyPenalty = 0.5;
        asked.reasoningEffort = u"low"_s;
        asked.endUser = u"user-1"_s;
        const QJsonObject body = sentFor(m_openAi, asked);
        QCOMPARE(body.value("top_k"_L1), 5);
        QCOMPARE(body.value("seed"_L1).toInteger(), 9'007'199'254'740'993);
        QCOMPARE(body.value("presence_penalty"_L1), -1.5);
        QCOMPARE(body.value("frequency_penalty"_L1), 0.5);
        QCOMPARE(body.value("reasoning_effort"_L1), u"low"_s);
        QCOMPARE(body.value("user"_L1), u"user-1"_s);

        asked.baseUrl = OpenAi::defaultBaseUrl();
        QCOMPARE(refused(m_openAi, asked), u"topK"_s);
    }

    void openAiParts()
    {
        ModelRequest asked = request(m_openAi);
        ContentPart low = imageAt(u"https://example.org/a.png"_s);
        low.detail = u"low"_s;
        asked.messages = {{u"system"_s, {}, {text(u"Be brief."_s), text(u"Be kind."_s)}},
                          {u"user"_s, {}, {text(u"What is this?"_s), image(), low}},
                          {u"assistant"_s, {}, {text(u"A "_s), text(u"horse."_s)}},
                          {u"user"_s, {}, {text(u"Sure?"_s)}}};
        const QJsonArray messages = sentFor(m_openAi, asked).value("messages"_L1).toArray();
        QCOMPARE(messages.at(0)[u"content"_s].toArray().size(), 2);
        const QJsonArray parts = messages.at(1)[u"content"_s].toArray();
        QCOMPARE(parts.at(0), (QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, u"What is this?"_s}}));
        QCOMPARE(parts.at(1)[u"image_url"_s], (QJsonObject{{u"url"_s, u"data:image/png;base64,cGljdHVyZQ=="_s}}));
        QCOMPARE(parts.at(2)[u"image_url"_s],
                 (QJsonObject{{u"url"_s, u"https://example.org/a.png"_s}, {u"detail"_s, u"low"_s}}));
        QCOMPARE(messages.at(2)[u"content"_s], u"A horse."_s);
        QCOMPARE(messages.at(3)[u"content"_s], u"Sure?"_s); // one text stays a string
    }

    void openAiTools()
    {
        ModelRequest asked = request(m_openAi);
        const QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
        asked.tools = {{u"f"_s, u"Does f."_s, schema, true}, {u"g"_s, {}, {}, {}}};
        asked.toolChoice = ToolChoice{ToolChoice::Named, u"g"_s};
        asked.parallelToolCalls = true;
        const QJsonObject body = sentFor(m_openAi, asked);
        QCOMPARE(body.value("tools"_L1)[0],
                 (QJsonObject{{u"type"_s, u"function"_s},
                              {u"function"_s,
                               QJsonObject{{u"name"_s, u"f"_s},
                                           {u"description"_s, u"Does f."_s},
                                           {u"parameters"_s, schema},
                                           {u"strict"_s, true}}}}));
        QCOMPARE(body.value("tools"_L1)[1][u"function"_s],
                 (QJsonObject{{u"name"_s, u"g"_s}, {u"parameters"_s, schema}}));
        QCOMPARE(body.value("tool_choice"_L1),
                 (QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, QJsonObject{{u"name"_s, u"g"_s}}}}));
        QCOMPARE(body.value("parallel_tool_calls"_L1), true);
    }

    void openAiToolMessages()
    {
        ModelRequest asked = request(m_openAi);
        const auto call = [](const QString &id) {
            return ContentPart{.kind = ContentPart::ToolCall, .id = id, .name = u"f"_s, .arguments = u"{}"_s};
        };
        const auto result = [](const QString &id, const QString &text, bool isError) {
            return ContentPart{
                .kind = ContentPart::ToolResult, .text = text, .id = id, .name = u"f"_s, .isError = isError};
        };
        asked.messages += {{u"assistant"_s, {}, {text(u"I look."_s), call(u"1"_s), call(u"2"_s), call(u"3"_s)}},
                           {u"tool"_s,
                            {},
                            {result(u"1"_s, u"warm"_s, false), result(u"2"_s, u"no such city"_s, true),
                             result(u"3"_s, u"Error 7"_s, true)}}};
        const QJsonArray messages = sentFor(m_openAi, asked).value("messages"_L1).toArray();
        QCOMPARE(messages.at(1)[u"content"_s], u"I look."_s);
        QCOMPARE(messages.at(1)[u"tool_calls"_s].toArray().size(), 3);
        const auto answer = [](const QString &id, const QString &content) {
            return QJsonObject{{u"role"_s, u"tool"_s}, {u"tool_call_id"_s, id}, {u"content"_s, content}};
        };
        QCOMPARE(messages.at(2), answer(u"1"_s, u"warm"_s));
        QCOMPARE(messages.at(3), answer(u"2"_s, u"Error: no such city"_s));
        QCOMPARE(messages.at(4), answer(u"3"_s, u"Error 7"_s));
    }

    void anthropicFields()
    {
        ModelRequest asked = request(m_anthropic);
        asked.topK = 5;
        asked.endUser = u"user-1"_s;
        asked.presencePenalty = 0; // none
        asked.frequencyPenalty = 0;
        const QJsonObject body = sentFor(m_anthropic, asked);
        QCOMPARE(body.value("top_k"_L1), 5);
        QCOMPARE(body.value("metadata"_L1), (QJsonObject{{u"user_id"_s, u"user-1"_s}}));

        const auto with = [&](auto change) {
            ModelRequest changed = request(m_anthropic);
            change(changed);
            return refused(m_anthropic, changed);
        };
        QCOMPARE(with([](ModelRequest &r) { r.seed = 1; }), u"seed"_s);
        QCOMPARE(with([](ModelRequest &r) { r.presencePenalty = 0.1; }), u"presencePenalty"_s);
        QCOMPARE(with([](ModelRequest &r) { r.frequencyPenalty = 0.1; }), u"frequencyPenalty"_s);
        QCOMPARE(with([](ModelRequest &r) {
                     r.responseFormat = {{u"type"_s, u"json_object"_s}};
                 }),
                 u"responseFormat"_s);
        QCOMPARE(with([](ModelRequest &r) { r.messages = {{u"system"_s, u"alone"_s}}; }), u"messages"_s);
    }

    void anthropicEffort_data()
    {
        QTest::addColumn<QString>("effort");
        QTest::addColumn<QString>("thinking");
        QTest::addColumn<QString>("sent");
        QTest::newRow("none") << u"none"_s << u"disabled"_s << QString();
        QTest::newRow("minimal") << u"minimal"_s << u"adaptive"_s << u"low"_s;
        QTest::newRow("low") << u"low"_s << u"adaptive"_s << u"low"_s;
        QTest::newRow("max") << u"max"_s << u"adaptive"_s << u"max"_s;
        QTest::newRow("not said") << QString() << QString() << QString();
    }

    void anthropicEffort()
    {
        QFETCH(QString, effort);
        QFETCH(QString, thinking);
        QFETCH(QString, sent);
        ModelRequest asked = request(m_anthropic);
        asked.reasoningEffort = effort;
        asked.responseFormat = {{u"type"_s, u"json_schema"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
        const QJsonObject body = sentFor(m_anthropic, asked);
        QCOMPARE(body.value("thinking"_L1)[u"type"_s].toString(), thinking);
        QCOMPARE(body.value("output_config"_L1)[u"effort"_s].toString(), sent);
        QVERIFY(body.value("output_config"_L1)[u"format"_s].isObject());
        QCOMPARE(body.value("max_tokens"_L1), sent.isEmpty() ? 4096 : 16384);

        // Who must call a tool cannot think first.
        asked.tools = {{u"f"_s, {}, {}, {}}};
        asked.toolChoice = ToolChoice{ToolChoice::Required};
        const QString forced = sentFor(m_anthropic, asked).value("thinking"_L1)[u"type"_s].toString();
        QCOMPARE(forced, thinking == u"disabled" ? thinking : QString());
    }

    void anthropicParts()
    {
        ModelRequest asked = request(m_anthropic);
        ContentPart high = imageAt(u"https://example.org/a.png"_s);
        high.detail = u"high"_s;
        asked.messages = {{u"system"_s, {}, {text(u"Be brief."_s), text(u"Be kind."_s)}},
                          {u"user"_s, u"Hello."_s},
                          {u"user"_s, {}, {text({}), text(u"What is this?"_s), image(), high}}};
        const QJsonObject body = sentFor(m_anthropic, asked);
        QCOMPARE(body.value("system"_L1), u"Be brief.\n\nBe kind."_s);
        QCOMPARE(body.value("messages"_L1).toArray().size(), 1);
        const QJsonArray blocks = body.value("messages"_L1)[0][u"content"_s].toArray();
        QCOMPARE(blocks.size(), 4);
        QCOMPARE(blocks.at(0)[u"text"_s], u"Hello."_s);
        QCOMPARE(
            blocks.at(2)[u"source"_s],
            (QJsonObject{{u"type"_s, u"base64"_s}, {u"media_type"_s, u"image/png"_s}, {u"data"_s, u"cGljdHVyZQ=="_s}}));
        QCOMPARE(blocks.at(3)[u"source"_s],
                 (QJsonObject{{u"type"_s, u"url"_s}, {u"url"_s, u"https://example.org/a.png"_s}}));

        asked.messages.last().parts.last().detail = u"low"_s;
        QCOMPARE(refused(m_anthropic, asked), u"messages"_s);
    }

    void partsInTheWrongPlace_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("id");
        QTest::newRow("image of the assistant") << u"assistant"_s << int(ContentPart::Image) << QString();
        QTest::newRow("image of the system") << u"system"_s << int(ContentPart::Image) << QString();
        QTest::newRow("call of the user") << u"user"_s << int(ContentPart::ToolCall) << u"1"_s;
        QTest::newRow("text of a tool") << u"tool"_s << int(ContentPart::Text) << QString();
        QTest::newRow("result of the assistant") << u"assistant"_s << int(ContentPart::ToolResult) << u"1"_s;
        QTest::newRow("call without an id") << u"assistant"_s << int(ContentPart::ToolCall) << QString();
    }

    void partsInTheWrongPlace()
    {
        QFETCH(QString, role);
        QFETCH(int, kind);
        QFETCH(QString, id);
        for (Provider *one : {static_cast<Provider *>(&m_anthropic), static_cast<Provider *>(&m_openAi)}) {
            ModelRequest asked = request(*one);
            asked.messages.append({role, {}, {{.kind = ContentPart::Kind(kind), .id = id, .name = u"f"_s}}});
            QCOMPARE(refused(*one, asked), u"messages"_s);
        }
    }

    // Pictures count as a flat figure, not by the letters of their data.
    void estimates()
    {
        ModelRequest asked = requestFor(m_openAi, m_server, u"test-no-usage"_s);
        ContentPart big = image();
        big.data = QByteArray(100'000, 'x');
        asked.messages = {{u"user"_s, {}, {text(u"12345678"_s), big}}};
        const ModelAnswer answer = finishCall(m_openAi, asked)->answers.value(0);
        QVERIFY(answer.usageEstimated);
        QCOMPARE(answer.usage.input, 4 + 2 + 1600);
    }
};

QTEST_GUILESS_MAIN(TestRequests)
#include "tst_requests.moc"
