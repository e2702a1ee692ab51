// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

using namespace Qt::StringLiterals;
using namespace providers;

// Bodies byte for byte: what the formats allow beside the usual, what compatible servers make of them, and what is
// neither.
class TestOddAnswers : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};

    std::unique_ptr<RecordedCall> ask(Provider &provider, const QByteArray &body)
    {
        Behaviour behaviour;
        behaviour.raw = body;
        m_server.plan(behaviour);
        ModelRequest request = requestFor(provider, m_server, u"m"_s);
        request.stream = body.startsWith("data:") || body.startsWith("event:");
        return finishCall(provider, request);
    }

    static QByteArray events(std::initializer_list<const char *> data)
    {
        QByteArray all;
        for (const char *one : data)
            all += QByteArray("data: ") + one + "\n\n";
        return all;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }

    void answers_data()
    {
        QTest::addColumn<bool>("isAnthropic");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<TokenUsage>("usage");
        QTest::addColumn<bool>("estimated");
        const auto row = [](const char *name, bool isAnthropic, const QByteArray &body, const char *text,
                            const char *reason, const TokenUsage &usage, bool estimated = false) {
            QTest::newRow(name) << isAnthropic << body << QString(QLatin1StringView(text))
                                << QString(QLatin1StringView(reason)) << usage << estimated;
        };
        const auto openAi = [](const QByteArray &usage, const QByteArray &finish = "stop") {
            QByteArray body =
                R"({"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"REASON"}],"usage":USAGE})";
            return body.replace("REASON", finish).replace("USAGE", usage);
        };
        row("openai: details", false,
            openAi(
                R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":3},"completion_tokens_details":{"reasoning_tokens":2}})"),
            "Hi", "stop", {.input = 10, .cachedInput = 4, .cacheWrite = 3, .output = 5, .reasoning = 2});
        row("openai: reasoning beside the completion", false,
            openAi(
                R"({"prompt_tokens":5,"completion_tokens":12,"total_tokens":27,"completion_tokens_details":{"reasoning_tokens":10}})"),
            "Hi", "stop", {.input = 5, .output = 22, .reasoning = 10});
        row("openai: more reasoning than completion", false,
            openAi(R"({"prompt_tokens":5,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":10}})"),
            "Hi", "stop", {.input = 5, .output = 12, .reasoning = 10});
        row("openai: nonsense counts", false,
            openAi(R"({"prompt_tokens":-5,"completion_tokens":"many","prompt_tokens_details":{"cached_tokens":7}})"),
            "Hi", "stop", {});
        row("openai: usage null", false, openAi("null"), "Hi", "stop", {.input = 9, .output = 1}, true);
        row("openai: tool calls", false, openAi("{}", "tool_calls"), "Hi", "tool_calls", {});
        row("openai: function call", false, openAi("{}", "function_call"), "Hi", "tool_calls", {});
        row("openai: filter", false, openAi("{}", "content_filter"), "Hi", "content_filter", {});
        row("openai: no text", false,
            R"({"choices":[{"message":{"content":null},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":7}})",
            "", "length", {.input = 3, .output = 7});
        row("openai: empty data, other choices, empty choices", false,
            "data:\n\n"
                + events({R"({"choices":[],"prompt_filter_results":[]})",
                          R"({"choices":[{"index":1,"delta":{"content":"no"}}]})",
                          R"({"choices":[{"index":0,"delta":{"content":"Hi"}}]})",
                          R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})",
                          R"({"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}})", "[DONE]",
                          "never read"}),
            "Hi", "stop", {.input = 1, .output = 2});
        row("openai: ends after the reason", false,
            events({R"({"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]})"}), "Hi", "stop",
            {.input = 9, .output = 1}, true);

        row("anthropic: caches", true,
            R"({"type":"message","content":[{"type":"text","text":"Hi"}],"stop_reason":"stop_sequence","usage":{"input_tokens":10,"output_tokens":5,"cache_creation_input_tokens":7,"cache_read_input_tokens":4,"cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3}}})",
            "Hi", "stop", {.input = 21, .cachedInput = 4, .cacheWrite = 7, .cacheWriteHour = 3, .output = 5});
        row("anthropic: blocks", true,
            R"({"content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"a"},{"type":"tool_use","id":"1","name":"f","input":{}},{"type":"text","text":"b"}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}})",
            "ab", "tool_calls", {.input = 1, .output = 2});
        row("anthropic: window", true,
            R"({"content":[],"stop_reason":"model_context_window_exceeded","usage":{"input_tokens":1,"output_tokens":2}})",
            "", "length", {.input = 1, .output = 2});
        row("anthropic: pause", true,
            R"({"content":[],"stop_reason":"pause_turn","usage":{"input_tokens":1,"output_tokens":2}})", "", "stop",
            {.input = 1, .output = 2});
        row("anthropic: cumulative, unknown events, thinking", true,
            events(
                {R"({"type":"message_start","message":{"model":"claude","usage":{"input_tokens":5,"cache_read_input_tokens":3,"output_tokens":1}}})",
                 R"({"type":"something_new","a":1})",
                 R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}})",
                 R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}})",
                 R"({"type":"content_block_start","index":1,"content_block":{"type":"text","text":"H"}})",
                 R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"i"}})",
                 R"({"type":"message_delta","delta":{},"usage":{"output_tokens":20}})",
                 R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":6,"output_tokens":30,"output_tokens_details":{"thinking_tokens":12}}})",
                 R"({"type":"message_stop"})"}),
            "Hi", "stop", {.input = 9, .cachedInput = 3, .output = 30, .reasoning = 12});
    }

    void answers()
    {
        QFETCH(bool, isAnthropic);
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QFETCH(QString, reason);
        QFETCH(TokenUsage, usage);
        QFETCH(bool, estimated);
        const auto call = ask(isAnthropic ? static_cast<Provider &>(m_anthropic) : m_openAi, body);
        QVERIFY2(call->answers.size() == 1, call->errors.isEmpty() ? "" : qPrintable(call->errors.first().message));
        const ModelAnswer &answer = call->answers.first();
        QCOMPARE(answer.text, text);
        QCOMPARE(call->text(), text);
        QCOMPARE(answer.finishReason, reason);
        QCOMPARE(answer.usage, usage);
        QCOMPARE(answer.usageEstimated, estimated);
    }

    void failures_data()
    {
        QTest::addColumn<bool>("isAnthropic");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, bool isAnthropic, const QByteArray &body, CallError::Kind kind) {
            QTest::newRow(name) << isAnthropic << body << int(kind);
        };
        for (const bool isAnthropic : {true, false}) {
            const QByteArray name = isAnthropic ? "anthropic" : "openai";
            for (const char *body :
                 {"", "null", "[]", "{}", "\"text\"", R"({"choices":[]})", R"({"content":"text","stop_reason":null})",
                  R"({"choices":[{"message":{"content":"Hi"},"finish_reason":null}]})", "{\"a\":1,\"a\":2}",
                  "<html></html>"})
                row((name + ": " + body).constData(), isAnthropic, body, CallError::MalformedAnswer);
            row((name + ": error with 200").constData(), isAnthropic,
                R"({"error":{"message":"m","type":"overloaded_error"}})", CallError::Overloaded);
            row((name + ": error text with 200").constData(), isAnthropic, R"({"error":"model crashed"})",
                CallError::ProviderFailed);
            for (const char *data : {"[1]", "{", "nonsense", "\xff", "{\"a\":\"\x01\"}"})
                row((name + ": event " + QByteArray(data).toPercentEncoding()).constData(), isAnthropic, events({data}),
                    CallError::MalformedAnswer);
        }
        row("openai: done without a reason", false, events({R"({"choices":[{"delta":{"content":"Hi"}}]})", "[DONE]"}),
            CallError::BrokenAnswer);
        row("openai: error text in a stream", false, events({R"({"error":"out of memory"})"}),
            CallError::ProviderFailed);
        row("openai: quota in a stream", false,
            events({R"({"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}})"}),
            CallError::QuotaExhausted);
        row("anthropic: stop without a reason", true,
            events({R"({"type":"message_start","message":{}})", R"({"type":"message_stop"})"}),
            CallError::BrokenAnswer);
        row("anthropic: reason without a stop", true,
            events({R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})"}), CallError::BrokenAnswer);
        row("anthropic: error without an object", true, events({R"({"type":"error"})"}), CallError::ProviderFailed);
    }

    void failures()
    {
        QFETCH(bool, isAnthropic);
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        const auto call = ask(isAnthropic ? static_cast<Provider &>(m_anthropic) : m_openAi, body);
        QVERIFY(call->answers.isEmpty());
        QCOMPARE(call->errors.size(), 1);
        QCOMPARE(int(call->errors.first().kind), kind);
        QVERIFY(call->errors.first().usage);
        QVERIFY(!call->errors.first().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOddAnswers)
#include "tst_odd_answers.moc"
