// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/demo.h"
#include "tests/providers/recorded_call.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace providers;

class TestDemo : public QObject
{
    Q_OBJECT

    Demo m_demo;

    static ModelRequest ask(const QString &model, const QString &text)
    {
        ModelRequest request;
        request.model = model;
        request.messages = {
            {u"system"_s, u"Be brief."_s}, {u"user"_s, u"first"_s}, {u"assistant"_s, u"yes"_s}, {u"user"_s, text}};
        return request;
    }

private Q_SLOTS:
    void answersTheLastMessageAndSaysThatItIsADemo()
    {
        for (const QString &model : {u"fast"_s, u"echo"_s}) {
            const auto call = finishCall(m_demo, ask(model, u"What is new?"_s));
            QCOMPARE(call->answers.size(), 1);
            const ModelAnswer answer = call->answers.first();
            QCOMPARE(answer.text, u"This is a demo answer; no model was asked. You wrote: What is new?"_s);
            QCOMPARE(call->text(), answer.text);
            QCOMPARE(answer.finishReason, u"stop"_s);
            // 9, 5, 3 and 12 characters with a frame each: 7 + 6 + 5 + 7; 66 characters out.
            QCOMPARE(answer.usage, (TokenUsage{.input = 25, .output = 17}));
            QVERIFY(!answer.usageEstimated);
        }
    }

    void streamsByWords()
    {
        const auto fast = finishCall(m_demo, ask(u"fast"_s, u"a b c"_s));
        QCOMPARE(fast->deltas.size(), 1);
        const auto echo = finishCall(m_demo, ask(u"echo"_s, u"a b c"_s));
        QCOMPARE(echo->deltas.size(), 14);
        QVERIFY(echo->answers.first().totalMs >= 14 * 20);
        QVERIFY(echo->answers.first().firstTokenMs < echo->answers.first().totalMs / 2);
    }

    void stopsAtMaxTokens()
    {
        ModelRequest request = ask(u"fast"_s, u"a b c"_s);
        request.maxTokens = 3;
        const ModelAnswer answer = finishCall(m_demo, request)->answers.value(0);
        QCOMPARE(answer.text, u"This is a de"_s);
        QCOMPARE(answer.finishReason, u"length"_s);
        QCOMPARE(answer.usage.output, 3);
    }

    void unknownModelNamesTheOthers()
    {
        const auto call = startCall(m_demo, ask(u"gpt"_s, u"x"_s));
        QVERIFY(!call->hasEnded());
        QTRY_VERIFY(call->hasEnded());
        QCOMPARE(call->errors.value(0).kind, CallError::NotFound);
        QVERIFY(!call->errors.first().retryable);
        QVERIFY(call->errors.first().message.contains(u"demo/echo, demo/fast, demo/slow"));
    }

    void callsTheToolThatIsNamed_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("choice");
        QTest::addColumn<QString>("called");
        const auto row = [](const char *name, const char *said, ToolChoice::Kind choice, const char *called) {
            QTest::newRow(name) << QString(QLatin1StringView(said)) << int(choice)
                                << QString(QLatin1StringView(called));
        };
        row("named", "Please call get-time now.", ToolChoice::Auto, "get-time");
        row("at the end", "call get", ToolChoice::Auto, "get");
        row("in capitals", "Call get.", ToolChoice::Auto, "get");
        row("not named", "What time is it?", ToolChoice::Auto, "");
        row("a longer name", "call getaway and call get-time-zone", ToolChoice::Auto, "");
        row("forbidden", "call get", ToolChoice::None, "");
        row("required", "What time is it?", ToolChoice::Required, "get");
        row("chosen", "call get", ToolChoice::Named, "get-time");
    }

    void callsTheToolThatIsNamed()
    {
        QFETCH(QString, said);
        QFETCH(int, choice);
        QFETCH(QString, called);
        for (const QString &model : {u"fast"_s, u"echo"_s}) {
            ModelRequest request = ask(model, said);
            request.tools = {{u"get"_s, {}, {}, {}}, {u"get-time"_s, u"Tells the time."_s, {}, {}}};
            request.toolChoice = ToolChoice{ToolChoice::Kind(choice), u"get-time"_s};
            const auto call = finishCall(m_demo, request);
            QCOMPARE(call->answers.size(), 1);
            const ModelAnswer answer = call->answers.first();
            QVERIFY(answer.text.startsWith(u"This is a demo answer; no model was asked."));
            QCOMPARE(call->text(), answer.text);
            if (called.isEmpty()) {
                QCOMPARE(answer.finishReason, u"stop"_s);
                QVERIFY(answer.toolCalls.isEmpty() && call->toolDeltas.isEmpty());
                continue;
            }
            QCOMPARE(answer.finishReason, u"tool_calls"_s);
            QCOMPARE(answer.toolCalls.size(), 1);
            QCOMPARE(answer.toolCalls.first().name, called);
            QCOMPARE(answer.toolCalls.first().arguments, u"{}"_s);
            QCOMPARE(call->toolCalls().value(0).id, answer.toolCalls.first().id);
            QCOMPARE(call->toolCalls().value(0).name, called);
        }
    }

    void repeatsWhatTheToolAnswered()
    {
        ModelRequest request = ask(u"fast"_s, u"call get"_s);
        request.tools = {{u"get"_s, {}, {}, {}}};
        request.messages.append(
            {u"tool"_s, {}, {{.kind = ContentPart::ToolResult, .text = u"noon"_s, .id = u"1"_s, .name = u"get"_s}}});
        const ModelAnswer answer = finishCall(m_demo, request)->answers.value(0);
        QCOMPARE(answer.text, u"This is a demo answer; no model was asked. The tool answered: noon"_s);
        QVERIFY(answer.toolCalls.isEmpty());
    }

    void stopsWhenDestroyedOrCanceled()
    {
        auto call = startCall(m_demo, ask(u"echo"_s, u"x"_s));
        QTRY_VERIFY(call->deltas.size() >= 2);
        QCOMPARE(call->call->progress().partialText, call->text());
        call->call->cancel();
        const qsizetype told = call->deltas.size();
        QCOMPARE(finishCall(m_demo, ask(u"echo"_s, u"y"_s))->answers.size(),
                 1); // as long as the first would have taken
        QCOMPARE(call->deltas.size(), told);
        QVERIFY(!call->hasEnded());

        for (const QString &model : {u"fast"_s, u"echo"_s, u"none"_s}) {
            std::unique_ptr<Call> own;
            int ends = 0;
            const auto end = [&](const auto &) {
                ++ends;
                own.reset();
            };
            own = m_demo.start(ask(model, u"x"_s), {.text = end, .done = end, .failed = end});
            QTRY_COMPARE(ends, 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
