// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

using namespace Qt::StringLiterals;
using namespace providers;

// Calls of tools as servers compatible with OpenAI make them, and such as nobody should.
class TestOddToolCalls : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};

    ModelRequest ask(Provider &provider, const QString &model, bool stream = true)
    {
        ModelRequest request = requestFor(provider, m_server, model);
        request.tools = {{u"get_weather"_s, {}, {}, {}}};
        request.stream = stream;
        return request;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    // A model's arguments may be no JSON: told as they are; given back only where the format takes text.
    void badArguments()
    {
        for (const bool stream : {true, false}) {
            Behaviour behaviour = *Behaviour::named(u"tool"_s);
            behaviour.arguments = u"{\"city\": \"Kö"_s;
            m_server.plan(behaviour);
            ModelRequest request = ask(m_openAi, u"m"_s, stream);
            const ModelAnswer answer = finishCall(m_openAi, request)->answers.value(0);
            QCOMPARE(answer.toolCalls.value(0).arguments, *behaviour.arguments);
            const ToolCall call = answer.toolCalls.value(0);
            request.messages +=
                {{u"assistant"_s,
                  {},
                  {{.kind = ContentPart::ToolCall, .id = call.id, .name = call.name, .arguments = call.arguments}}},
                 {u"tool"_s, {}, {{.kind = ContentPart::ToolResult, .text = u"again"_s, .id = call.id}}}};
            QCOMPARE(finishCall(m_openAi, request)->answers.size(), 1);
            request.baseUrl = m_server.anthropicBaseUrl();
            const CallError error = finishCall(m_anthropic, request)->errors.value(0);
            QCOMPARE(error.kind, CallError::InvalidRequest);
            QVERIFY2(error.message.contains(u"get_weather"), qPrintable(error.message));
        }
    }

    void oddPieces_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("calls"); // "name(arguments)", or empty where it is not the format
        const auto row = [](const char *name, std::initializer_list<const char *> deltas, const char *calls) {
            QByteArray body;
            for (const char *delta : deltas)
                body += QByteArray(R"(data: {"choices":[{"delta":{"tool_calls":)") + delta + "}}]}\n\n";
            body += "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
            QTest::newRow(name) << body << QString::fromUtf8(calls);
        };
        row("all numbered 0",
            {R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}])",
             R"([{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}])"},
            "f({}) g({})");
        row("not numbered",
            {R"([{"id":"a","function":{"name":"f","arguments":"{}"}},)"
             R"({"id":"b","function":{"name":"f","arguments":"{}"}}])"},
            "f({}) f({})");
        row("id and name repeated",
            {R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}])",
             R"([{"index":0,"id":"a","function":{"name":"f","arguments":"}"}}])"},
            "f({})");
        row("without an id", {R"([{"index":0,"function":{"name":"f","arguments":"{}"}}])"}, "f({})");
        row("arguments as an object", {R"([{"index":0,"id":"a","function":{"name":"f","arguments":{"b":1}}}])"},
            "f({\"b\":1})");
        row("the name comes later",
            {R"([{"index":0,"id":"a","function":{"arguments":""}}])",
             R"([{"index":0,"function":{"name":"f","arguments":"{}"}}])"},
            "f({})");
        row("far apart",
            {R"([{"index":7,"id":"a","function":{"name":"f","arguments":"{"}}])",
             R"([{"index":900000000000,"id":"b","function":{"name":"g","arguments":"["}}])",
             R"([{"index":7,"function":{"arguments":"}"}}])",
             R"([{"index":900000000000,"function":{"arguments":"]"}}])"},
            "f({}) g([])");
        row("no name", {R"([{"index":0,"id":"a","function":{"arguments":"{}"}}])"}, "");
    }

    void oddPieces()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, calls);
        Behaviour behaviour;
        behaviour.raw = body;
        m_server.plan(behaviour);
        const auto call = finishCall(m_openAi, ask(m_openAi, u"m"_s));
        if (calls.isEmpty()) {
            QCOMPARE(call->errors.value(0).kind, CallError::MalformedAnswer);
            return;
        }
        QStringList made;
        QSet<QString> ids;
        for (const ToolCall &one : call->answers.value(0).toolCalls) {
            made.append(one.name + u'(' + one.arguments + u')');
            ids.insert(one.id);
        }
        QCOMPARE(made.join(u' '), calls);
        QCOMPARE(ids.size(), made.size());
        QCOMPARE(call->toolCalls().size(), made.size());
        QCOMPARE(call->answers.first().finishReason, u"tool_calls"_s);
    }

    void tooManyCalls()
    {
        QByteArray body = R"({"choices":[{"finish_reason":"tool_calls","message":{"tool_calls":[)";
        for (int i = 0; i < 1000; ++i)
            body += QByteArray(i ? "," : "") + R"({"function":{"name":"f"}})";
        Behaviour behaviour;
        behaviour.raw = body + "]}}]}";
        m_server.plan(behaviour);
        QCOMPARE(finishCall(m_openAi, ask(m_openAi, u"m"_s, false))->errors.value(0).kind, CallError::MalformedAnswer);
    }
};

QTEST_GUILESS_MAIN(TestOddToolCalls)
#include "tst_odd_tool_calls.moc"
