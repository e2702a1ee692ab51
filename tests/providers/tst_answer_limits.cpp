// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/google.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

using namespace Qt::StringLiterals;
using namespace providers;

// Providers that never stop, and such as put too much into one thing: what they make this server keep is bounded.
class TestAnswerLimits : public QObject
{
    Q_OBJECT

    static constexpr qsizetype limit = 10'000;

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};
    Google m_google{m_transport};

    ModelRequest request(Provider &provider, const QString &model, bool isStream)
    {
        ModelRequest request = requestFor(provider, m_server, model);
        request.stream = isStream;
        request.answerLimit = limit;
        return request;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }

    void endless_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isStream");
        QTest::addColumn<int>("error");
        QTest::addColumn<qsizetype>("kept");
        const auto row = [](const char *kind, bool isStream, CallError::Kind error, qsizetype kept) {
            for (const char *name : {"openai", "anthropic", "google"})
                QTest::addRow("%s, %s", kind, name)
                    << u"test-"_s + QLatin1StringView(kind) << QString(QLatin1StringView(name)) << isStream
                    << int(error) << kept;
        };
        row("endless-stream", true, CallError::AnswerTooLarge, limit);
        row("endless-empty", true, CallError::AnswerTooLarge, 0);
        row("endless-line", true, CallError::AnswerTooLarge, qsizetype(qstrlen("Answer to: ")));
        row("endless-whole", false, CallError::AnswerTooLarge, 0);
        row("endless-error", true, CallError::ProviderFailed, 0);
        row("endless-error", false, CallError::ProviderFailed, 0);
    }

    void endless()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, name);
        QFETCH(const bool, isStream);
        QFETCH(const int, error);
        QFETCH(const qsizetype, kept);
        Provider &provider = name == u"google" ? static_cast<Provider &>(m_google)
            : name == u"anthropic"             ? static_cast<Provider &>(m_anthropic)
                                               : m_openAi;
        const auto call = finishCall(provider, request(provider, kind, isStream));
        QCOMPARE(call->errors.size(), 1);
        const CallError &said = call->errors.first();
        QCOMPARE(int(said.kind), error);
        QCOMPARE(said.retryable, error == CallError::ProviderFailed);
        QVERIFY(said.reachedProvider);
        QVERIFY2(said.message.size() < 1000, qPrintable(said.message.left(1000)));
        if (error == CallError::AnswerTooLarge)
            QVERIFY2(said.message.contains(u"answer-limit"), qPrintable(said.message));
        QCOMPARE(said.partialText.size(), kept);
        QCOMPARE(call->text().size(), kept);
        // Nobody goes on reading.
        QTRY_COMPARE(m_server.open(), 0);
    }

    void longAnswers_data()
    {
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<bool>("isStream");
        QTest::addColumn<bool>("fits");
        for (const bool isStream : {false, true}) {
            const char *how = isStream ? "streamed" : "whole";
            QTest::addRow("just fits, %s", how) << limit << isStream << true;
            QTest::addRow("one too many, %s", how) << limit + 1 << isStream << false;
            QTest::addRow("far too many, %s", how) << qsizetype(4'000'000) << isStream << false;
        }
    }

    void longAnswers()
    {
        QFETCH(const qsizetype, length);
        QFETCH(const bool, isStream);
        QFETCH(const bool, fits);
        Behaviour behaviour;
        behaviour.text = QString(length, u'x');
        m_server.plan(behaviour);
        const auto call = finishCall(m_openAi, request(m_openAi, u"m"_s, isStream));
        QCOMPARE(call->answers.size(), fits ? 1 : 0);
        if (fits) {
            QCOMPARE(call->answers.first().text.size(), length);
            return;
        }
        QCOMPARE(call->errors.first().code, u"answer_too_large"_s);
        QVERIFY(call->errors.first().partialText.size() <= limit);
        QVERIFY(call->errors.first().usage); // it was made, and may be charged
    }

    // The cut never leaves half a character.
    void cutsBetweenCharacters()
    {
        Behaviour behaviour;
        behaviour.text = u'x' + u"😀"_s.repeated(limit);
        m_server.plan(behaviour);
        const auto call = finishCall(m_openAi, request(m_openAi, u"m"_s, true));
        QVERIFY(call->errors.first().partialText.isValidUtf16());
        QVERIFY(call->text().isValidUtf16());
    }

    void namesAndCounts()
    {
        const QByteArray longName(100'000, 'n');
        Behaviour behaviour;
        behaviour.raw = "{\"model\":\"" + longName
            + "\",\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"" + longName
            + "\"}],\"usage\":{\"prompt_tokens\":9000000000000000000,\"completion_tokens\":9000000000000000000,"
              "\"completion_tokens_details\":{\"reasoning_tokens\":9000000000000000000},\"total_tokens\":1}}";
        m_server.plan(behaviour);
        ModelRequest asked = request(m_openAi, u"m"_s, false);
        asked.answerLimit = 1'000'000;
        const auto call = finishCall(m_openAi, asked);
        QCOMPARE(call->answers.size(), 1);
        const ModelAnswer &answer = call->answers.first();
        QCOMPARE(answer.model.size(), 200);
        QCOMPARE(answer.finishReason.size(), 200);
        QCOMPARE(answer.usage.input, 1'000'000'000);
        QVERIFY(answer.usage.output <= 2'000'000'000);
    }

    // Each byte is in time, the answer as a whole is not.
    void tooSlowAsAWhole()
    {
        ModelRequest asked = request(m_openAi, u"test-slow-stream-50ms"_s, true);
        asked.messages.first().content = u"word "_s.repeated(1000);
        asked.totalTimeout = std::chrono::milliseconds(400);
        const auto call = finishCall(m_openAi, asked);
        QCOMPARE(call->errors.size(), 1);
        QCOMPARE(int(call->errors.first().kind), int(CallError::Timeout));
        QVERIFY2(call->errors.first().message.contains(u"longer"), qPrintable(call->errors.first().message));
        QVERIFY(!call->text().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAnswerLimits)
#include "tst_answer_limits.moc"
