// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/google.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace providers;

// Tools with each provider: offered, called in one answer or in many pieces, and answered.
class TestToolCalls : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};
    Google m_google{m_transport};

    const QList<Provider *> m_all{&m_anthropic, &m_openAi, &m_google};
    Provider &provider(const QString &name)
    {
        return **std::find_if(m_all.begin(), m_all.end(), [&](Provider *one) { return one->name() == name; });
    }
    QJsonObject sent() const { return QJsonDocument::fromJson(m_server.lastRequest().body).object(); }

    void eachProvider()
    {
        QTest::addColumn<QString>("name");
        for (Provider *one : m_all)
            QTest::newRow(qPrintable(one->name())) << one->name();
    }

    static Tool tool(const QString &name)
    {
        return {name,
                u"Finds the weather."_s,
                {{u"type"_s, u"object"_s},
                 {u"properties"_s, QJsonObject{{u"text"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}},
                {}};
    }

    ModelRequest ask(Provider &provider, const QString &model, bool stream = true)
    {
        ModelRequest request = requestFor(provider, m_server, model, u"Wetter in Köln 🐎?"_s);
        request.tools = {tool(u"get_weather"_s), tool(u"get-time"_s), {u"nothing"_s, {}, {}, {}}};
        request.stream = stream;
        return request;
    }

    // The conversation after an answer with calls: each answered by its name.
    static void goOn(ModelRequest &request, const QList<ToolCall> &calls)
    {
        providers::ChatMessage asked{u"assistant"_s, {}, {}};
        providers::ChatMessage answered{u"tool"_s, {}, {}};
        for (const ToolCall &call : calls) {
            asked.parts.append(
                {.kind = ContentPart::ToolCall, .id = call.id, .name = call.name, .arguments = call.arguments});
            answered.parts.append({.kind = ContentPart::ToolResult,
                                   .text = u"result of "_s + call.name,
                                   .id = call.id,
                                   .name = call.name});
        }
        request.messages += {asked, answered};
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    void calls_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("stream");
        for (Provider *one : m_all) {
            QTest::addRow("%s, streamed", qPrintable(one->name())) << one->name() << true;
            QTest::addRow("%s, whole", qPrintable(one->name())) << one->name() << false;
        }
    }

    void calls()
    {
        QFETCH(QString, name);
        QFETCH(bool, stream);
        Provider &asked = provider(name);
        for (const qsizetype count : {1, 2}) {
            ModelRequest request = ask(asked, count == 1 ? u"test-tool"_s : u"test-tools-2"_s, stream);
            const auto call = finishCall(asked, request);
            QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
            const ModelAnswer &answer = call->answers.first();
            QCOMPARE(answer.finishReason, u"tool_calls"_s);
            QCOMPARE(answer.text, QString());
            QCOMPARE(answer.toolCalls.size(), count);
            QVERIFY(!answer.usageEstimated);
            QCOMPARE(answer.usage.output, m_server.total().outputTokens);
            const QStringList names{u"get_weather"_s, u"get-time"_s};
            const QList<ToolCall> told = call->toolCalls();
            QCOMPARE(told.size(), count);
            for (qsizetype i = 0; i < count; ++i) {
                const ToolCall &one = answer.toolCalls.at(i);
                QCOMPARE(one.name, names.at(i));
                QVERIFY(!one.id.isEmpty());
                const QJsonObject arguments = QJsonDocument::fromJson(one.arguments.toUtf8()).object();
                QCOMPARE(arguments, (QJsonObject{{u"count"_s, int(i) + 1}, {u"text"_s, u"Wetter in Köln 🐎?"_s}}));
                QCOMPARE(told.at(i).id, one.id);
                QCOMPARE(told.at(i).name, one.name);
                QCOMPARE(told.at(i).arguments, one.arguments);
            }
            QVERIFY(count == 1 || answer.toolCalls.first().id != answer.toolCalls.last().id);

            // The strict server accepts what is made of it, and hands the results to the model.
            goOn(request, answer.toolCalls);
            const auto next = finishCall(asked, request);
            QVERIFY2(next->answers.size() == 1, qPrintable(next->problem()));
            const QString results =
                count == 1 ? u"result of get_weather"_s : u"result of get_weather result of get-time"_s;
            QCOMPARE(next->answers.first().text, u"Answer to: "_s + results);
            QCOMPARE(next->answers.first().finishReason, u"stop"_s);
            m_server.reset();
        }
    }

    // As they arrive, and before the end.
    void arrivesInPieces_data() { eachProvider(); }
    void arrivesInPieces()
    {
        QFETCH(QString, name);
        Behaviour behaviour = *Behaviour::named(u"tool"_s);
        behaviour.eventDelay =
            std::chrono::milliseconds(name == u"google" ? 200 : 20); // after a call nothing but the end
        behaviour.text = u"Let me look."_s;
        m_server.plan(behaviour);
        const auto call = startCall(provider(name), ask(provider(name), u"m"_s));
        QTRY_VERIFY(!call->toolDeltas.isEmpty());
        QVERIFY(!call->hasEnded());
        QCOMPARE(call->text(), u"Let me look."_s);
        QTRY_VERIFY(call->hasEnded());
        if (name != u"google") // gives a call whole
            QVERIFY(call->toolDeltas.size() >= 3);
        QCOMPARE(call->answers.value(0).text, u"Let me look."_s);
        QCOMPARE(call->toolCalls().size(), 1);
    }

    void choices_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("choice");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QStringList>("called");
        for (Provider *one : m_all) {
            const auto row = [one](const char *what, ToolChoice::Kind choice, const char *model,
                                   const QStringList &called) {
                QTest::addRow("%s, %s", qPrintable(one->name()), what)
                    << one->name() << int(choice) << QString(QLatin1StringView(model)) << called;
            };
            row("auto, unwilling", ToolChoice::Auto, "test-ok", {});
            row("auto, willing", ToolChoice::Auto, "test-tool", {u"get_weather"_s});
            row("none", ToolChoice::None, "test-tool", {});
            row("required", ToolChoice::Required, "test-ok", {u"get_weather"_s});
            row("named", ToolChoice::Named, "test-ok", {u"get-time"_s});
        }
    }

    void choices()
    {
        QFETCH(QString, name);
        QFETCH(int, choice);
        QFETCH(QString, model);
        QFETCH(QStringList, called);
        ModelRequest request = ask(provider(name), model);
        request.toolChoice =
            ToolChoice{ToolChoice::Kind(choice), choice == ToolChoice::Named ? u"get-time"_s : QString()};
        const auto call = finishCall(provider(name), request);
        QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
        QStringList names;
        for (const ToolCall &one : call->answers.first().toolCalls)
            names.append(one.name);
        QCOMPARE(names, called);
    }

    void oneAtATime()
    {
        for (Provider *one : {static_cast<Provider *>(&m_anthropic), static_cast<Provider *>(&m_openAi)}) {
            for (const ToolChoice::Kind kind : {ToolChoice::Auto, ToolChoice::Required, ToolChoice::None}) {
                ModelRequest request = ask(*one, u"test-tools-2"_s);
                request.parallelToolCalls = false;
                request.toolChoice = ToolChoice{kind};
                const auto call = finishCall(*one, request);
                QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
                QCOMPARE(call->answers.first().toolCalls.size(), kind == ToolChoice::None ? 0 : 1);
            }
            ModelRequest request = ask(*one, u"test-tools-2"_s);
            request.parallelToolCalls = false;
            QCOMPARE(finishCall(*one, request)->answers.value(0).toolCalls.size(), 1);
        }
    }

    void choosesAmongNothing_data() { eachProvider(); }
    void choosesAmongNothing()
    {
        QFETCH(QString, name);
        ModelRequest request = requestFor(provider(name), m_server, u"test-tool"_s);
        request.parallelToolCalls = false; // of which there are none
        for (const ToolChoice::Kind kind : {ToolChoice::Auto, ToolChoice::None}) {
            request.toolChoice = ToolChoice{kind};
            const auto call = finishCall(provider(name), request);
            QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
        }
        for (const ToolChoice::Kind kind : {ToolChoice::Required, ToolChoice::Named}) {
            request.toolChoice = ToolChoice{kind, u"get_weather"_s};
            const CallError error = finishCall(provider(name), request)->errors.value(0);
            QCOMPARE(error.kind, CallError::InvalidRequest);
            QVERIFY(error.message.startsWith(u"toolChoice: "));
            QVERIFY(!error.reachedProvider);
        }
        request.tools = {tool(u"another"_s)};
        QVERIFY(finishCall(provider(name), request)->problem().startsWith(u"toolChoice: "));
    }

    // What the user adds to the results of tools comes after them, and several rounds follow each other.
    void longConversations_data() { eachProvider(); }
    void longConversations()
    {
        QFETCH(QString, name);
        ModelRequest request = ask(provider(name), u"test-tools-2"_s);
        for (int round = 0; round < 3; ++round) {
            const auto call = finishCall(provider(name), request);
            QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
            QCOMPARE(call->answers.first().toolCalls.size(), 2);
            goOn(request, call->answers.first().toolCalls);
            request.messages.last().parts.last().isError = round == 1;
            const auto answer = finishCall(provider(name), request);
            QVERIFY2(answer->answers.size() == 1, qPrintable(answer->problem()));
            request.messages.append({u"assistant"_s, answer->answers.first().text});
            request.messages.append({u"user"_s, u"Again, please."_s});
        }
        QCOMPARE(m_server.total().refused, 0);
    }

    void idsOfOthers()
    {
        ModelRequest request = ask(m_anthropic, u"test-ok"_s);
        goOn(request, {{u"functions.get_weather:0"_s, u"get_weather"_s, u"{}"_s}});
        request.messages.append({u"user"_s, u"And?"_s});
        const auto call = finishCall(m_anthropic, request);
        QVERIFY2(call->answers.size() == 1, qPrintable(call->problem()));
        const QJsonArray messages = sent().value("messages"_L1).toArray();
        QCOMPARE(messages.size(), 3); // the result and the question are one message
        QCOMPARE(messages.at(1)[u"content"_s][0][u"id"_s], u"functions_get_weather_0"_s);
        QCOMPARE(messages.at(2)[u"content"_s][0][u"tool_use_id"_s], u"functions_get_weather_0"_s);
        QCOMPARE(messages.at(2)[u"content"_s][1][u"text"_s], u"And?"_s);
    }

    void breaksInTheMiddle_data() { eachProvider(); }
    void breaksInTheMiddle()
    {
        QFETCH(QString, name);
        Behaviour behaviour = *Behaviour::named(u"cut-after-4"_s);
        behaviour.toolCalls = 1;
        m_server.plan(behaviour);
        const auto call = finishCall(provider(name), ask(provider(name), u"m"_s));
        QCOMPARE(call->errors.size(), 1);
        QCOMPARE(call->errors.first().kind, CallError::BrokenAnswer);
        QCOMPARE(call->toolCalls().size(), 1);
        QVERIFY(call->errors.first().firstTokenMs);
        QVERIFY(call->errors.first().usage->output > 1);
    }

    void countsItself_data() { eachProvider(); }
    void countsItself()
    {
        QFETCH(QString, name);
        Behaviour behaviour = *Behaviour::named(u"tool"_s);
        behaviour.withUsage = false;
        behaviour.arguments = u"{\"a\":\"0123456789\"}"_s;
        m_server.plan(behaviour);
        const ModelAnswer answer = finishCall(provider(name), ask(provider(name), u"m"_s))->answers.value(0);
        QVERIFY(answer.usageEstimated);
        QCOMPARE(answer.usage.output, 3 + 5); // 11 characters of the name, 18 of the arguments
        // The question and its frame; of each tool its name, 18 characters of what it does and 57 of its schema.
        QCOMPARE(answer.usage.input, (4 + 6) + (3 + 5 + 15) + (2 + 5 + 15) + (2 + 1));
    }

    // All of them count with the text.
    void arePartOfTheLimit_data() { calls_data(); }
    void arePartOfTheLimit()
    {
        QFETCH(QString, name);
        QFETCH(bool, stream);
        Behaviour behaviour = *Behaviour::named(u"tool"_s);
        behaviour.arguments = u"{\"a\":\""_s + QString(20'000, u'x') + u"\"}"_s;
        m_server.plan(behaviour);
        ModelRequest request = ask(provider(name), u"m"_s, stream);
        request.answerLimit = 10'000;
        const CallError error = finishCall(provider(name), request)->errors.value(0);
        QCOMPARE(error.kind, CallError::AnswerTooLarge);
    }

    // Whoever has heard enough at a call hears no more.
    void stopsInsideAnEvent_data() { eachProvider(); }
    void stopsInsideAnEvent()
    {
        QFETCH(QString, name);
        std::unique_ptr<Call> call;
        int events = 0;
        const auto end = [&](const auto &) {
            ++events;
            call.reset();
        };
        call = provider(name).start(ask(provider(name), u"test-tools-2"_s),
                                    {.text = end, .toolCall = end, .done = end, .failed = end});
        QTRY_COMPARE(events, 1);
        QCOMPARE(finishCall(provider(name), ask(provider(name), u"test-tools-2"_s))->answers.size(), 1);
        QCOMPARE(events, 1);
    }
};

QTEST_GUILESS_MAIN(TestToolCalls)
#include "tst_tool_calls.moc"
