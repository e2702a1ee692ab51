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

// All providers against the test server: what is sent, and what is made of each way to answer well.
class TestWireFormats : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};
    Google m_google{m_transport};

    Provider &provider(const QString &name)
    {
        if (name == u"google")
            return m_google;
        return name == u"anthropic" ? static_cast<Provider &>(m_anthropic) : m_openAi;
    }
    QJsonObject sent() const { return QJsonDocument::fromJson(m_server.lastRequest().body).object(); }

    static void eachProvider()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("anthropic") << u"anthropic"_s;
        QTest::newRow("openai") << u"openai"_s;
        QTest::newRow("google") << u"google"_s;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    void answers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("stream");
        for (const char *name : {"anthropic", "openai", "google"}) {
            for (const char *model : {"test-ok", "test-bytes", "test-crlf", "test-cr", "test-comments", "test-no-done",
                                      "test-usage-on-choice", "test-whole", "test-no-close", "gpt-or-claude"}) {
                if (qstrcmp(name, "google") == 0 && qstrcmp(model, "test-no-close") == 0)
                    continue; // nothing but the end of its response says that Google has ended
                QTest::addRow("%s, %s, streamed", name, model)
                    << QString(QLatin1StringView(name)) << QString(QLatin1StringView(model)) << true;
            }
            QTest::addRow("%s, whole", name) << QString(QLatin1StringView(name)) << u"test-ok"_s << false;
            QTest::addRow("%s, whole by bytes", name) << QString(QLatin1StringView(name)) << u"test-bytes"_s << false;
        }
    }

    void answers()
    {
        QFETCH(QString, name);
        QFETCH(QString, model);
        QFETCH(bool, stream);
        const QString said = u"žluťoučký kůň 🐎 “quoted” \\ 你好"_s;
        ModelRequest request = requestFor(provider(name), m_server, model, said);
        request.stream = stream;
        const auto call = finishCall(provider(name), request);
        QVERIFY2(call->errors.isEmpty(), call->errors.isEmpty() ? "" : qPrintable(call->errors.first().message));
        QCOMPARE(call->answers.size(), 1);
        const ModelAnswer &answer = call->answers.first();
        QCOMPARE(answer.text, u"Answer to: "_s + said);
        QCOMPARE(call->text(), answer.text);
        QCOMPARE(answer.finishReason, u"stop"_s);
        QCOMPARE(answer.model, model);
        QCOMPARE(answer.usage, (TokenUsage{.input = 6, .output = 8}));
        QVERIFY(!answer.usageEstimated);
        QVERIFY(answer.providerRequestId.startsWith(name == u"google" ? u"response-" : u"req_"));
        QVERIFY(answer.firstTokenMs <= answer.totalMs);
        QCOMPARE(m_server.total().returned, 1);
        QCOMPARE(m_server.total().inputTokens, answer.usage.input);
        QCOMPARE(m_server.total().outputTokens, answer.usage.output);
    }

    void streamsAsItArrives()
    {
        const auto call = finishCall(m_openAi, requestFor(m_openAi, m_server, u"test-slow-stream-20ms"_s));
        QCOMPARE(call->answers.size(), 1);
        QVERIFY(call->deltas.size() >= 4); // six words, 20 ms apart
        QVERIFY(call->answers.first().firstTokenMs < call->answers.first().totalMs);
    }

    void endings_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("reason");
        QTest::newRow("length") << u"test-length"_s << u"length"_s;
        QTest::newRow("refusal") << u"test-refusal"_s << u"content_filter"_s;
    }

    void endings()
    {
        QFETCH(QString, model);
        QFETCH(QString, reason);
        for (Provider *each : QList<Provider *>{&m_anthropic, &m_openAi, &m_google}) {
            for (const bool stream : {true, false}) {
                ModelRequest request = requestFor(*each, m_server, model);
                request.stream = stream;
                const auto call = finishCall(*each, request);
                QCOMPARE(call->answers.size(), 1);
                QCOMPARE(call->answers.first().finishReason, reason);
                QCOMPARE(call->answers.first().text, u"Answer to: one two three four"_s);
            }
        }
    }

    void tokensByKind_data() { eachProvider(); }
    void tokensByKind()
    {
        QFETCH(QString, name);
        for (const bool stream : {true, false}) {
            ModelRequest request = requestFor(provider(name), m_server, u"test-reasoning"_s);
            request.stream = stream;
            QCOMPARE(finishCall(provider(name), request)->answers.value(0).usage,
                     (TokenUsage{.input = 4, .output = 13, .reasoning = 7}));
            request.model = u"test-cached"_s;
            QCOMPARE(finishCall(provider(name), request)->answers.value(0).usage,
                     (TokenUsage{.input = 4, .cachedInput = 2, .output = 6}));
        }
    }

    void countsItselfWhenTheProviderDoesNot_data() { eachProvider(); }
    void countsItselfWhenTheProviderDoesNot()
    {
        QFETCH(QString, name);
        const auto call = finishCall(provider(name), requestFor(provider(name), m_server, u"test-no-usage"_s));
        QCOMPARE(call->answers.size(), 1);
        QVERIFY(call->answers.first().usageEstimated);
        // 18 characters and the frame of a message; 29 characters.
        QCOMPARE(call->answers.first().usage, (TokenUsage{.input = 9, .output = 8}));
    }

    void anthropicRequest()
    {
        ModelRequest request = requestFor(m_anthropic, m_server, u"test-ok"_s);
        request.messages = {{u"system"_s, u"Be brief."_s},
                            {u"user"_s, u"Hi"_s},
                            {u"assistant"_s, u"Hello"_s},
                            {u"system"_s, u"Be kind."_s},
                            {u"user"_s, u"Bye"_s}};
        request.temperature = 0.5;
        request.topP = 0.25;
        request.stop = {u"END"_s};
        request.responseFormat = {{u"type"_s, u"json_schema"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
        QCOMPARE(finishCall(m_anthropic, request)->answers.size(), 1);

        const WireHeaders headers = m_server.lastRequest().headers;
        QCOMPARE(m_server.lastRequest().path, "/v1/messages");
        QCOMPARE(headers.value("x-api-key"), request.apiKey);
        QCOMPARE(headers.value("anthropic-version"), "2023-06-01");
        QVERIFY(!headers.contains("authorization"));
        QVERIFY(!headers.contains("expect"));
        const auto message = [](const char *role, const char *content) {
            return QJsonObject{{u"role"_s, QLatin1StringView(role)}, {u"content"_s, QLatin1StringView(content)}};
        };
        const QJsonObject expected{
            {u"model"_s, u"test-ok"_s},
            {u"system"_s, u"Be brief.\n\nBe kind."_s},
            {u"messages"_s, QJsonArray{message("user", "Hi"), message("assistant", "Hello"), message("user", "Bye")}},
            {u"max_tokens"_s, 4096},
            {u"temperature"_s, 0.5},
            {u"top_p"_s, 0.25},
            {u"stop_sequences"_s, QJsonArray{u"END"_s}},
            {u"output_config"_s, QJsonObject{{u"format"_s, request.responseFormat}}},
            {u"stream"_s, true}};
        QCOMPARE(sent(), expected);

        request.maxTokens = 3;
        const auto cut = finishCall(m_anthropic, request);
        QCOMPARE(sent().value("max_tokens"_L1), 3);
        QCOMPARE(cut->answers.value(0).text, u"Answer to: Bye"_s);
        request.maxTokens = 2;
        QCOMPARE(finishCall(m_anthropic, request)->answers.value(0).finishReason, u"length"_s);
    }

    void openAiRequest()
    {
        ModelRequest request = requestFor(m_openAi, m_server, u"test-ok"_s);
        request.messages = {{u"system"_s, u"Be brief."_s}, {u"user"_s, u"Hi"_s}};
        request.temperature = 0.5;
        request.topP = 0.25;
        request.maxTokens = 3;
        request.stop = {u"END"_s};
        request.responseFormat = {{u"type"_s, u"json_schema"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
        QCOMPARE(finishCall(m_openAi, request)->answers.value(0).text, u"Answer to: Hi"_s);

        QCOMPARE(m_server.lastRequest().path, "/v1/chat/completions");
        QCOMPARE(m_server.lastRequest().headers.value("authorization"), "Bearer " + request.apiKey);
        const auto message = [](const char *role, const char *content) {
            return QJsonObject{{u"role"_s, QLatin1StringView(role)}, {u"content"_s, QLatin1StringView(content)}};
        };
        const QJsonObject expected{{u"model"_s, u"test-ok"_s},
                                   {u"messages"_s, QJsonArray{message("system", "Be brief."), message("user", "Hi")}},
                                   {u"max_tokens"_s, 3},
                                   {u"temperature"_s, 0.5},
                                   {u"top_p"_s, 0.25},
                                   {u"stop"_s, QJsonArray{u"END"_s}},
                                   {u"response_format"_s,
                                    QJsonObject{{u"type"_s, u"json_schema"_s},
                                                {u"json_schema"_s,
                                                 QJsonObject{{u"name"_s, u"answer"_s},
                                                             {u"schema"_s, QJsonObject{{u"type"_s, u"object"_s}}},
                                                             {u"strict"_s, true}}}}},
                                   {u"stream"_s, true},
                                   {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}}};
        QCOMPARE(sent(), expected);

        request.stream = false;
        QCOMPARE(finishCall(m_openAi, request)->answers.size(), 1);
        QVERIFY(!sent().contains("stream"_L1));
        QVERIFY(!sent().contains("stream_options"_L1));
    }

    void baseUrls_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("anthropic");
        QTest::addColumn<QString>("openAi");
        QTest::newRow("bare") << u"http://h"_s << u"http://h/v1/messages"_s << u"http://h/v1/messages"_s;
        QTest::newRow("slash") << u"http://h/"_s << u"http://h/v1/messages"_s << u"http://h/v1/messages"_s;
        QTest::newRow("version") << u"http://h:1/v1"_s << u"http://h:1/v1/messages"_s << u"http://h:1/v1/messages"_s;
        QTest::newRow("version and slash")
            << u"http://h/v1/"_s << u"http://h/v1/messages"_s << u"http://h/v1/messages"_s;
        QTest::newRow("path") << u"https://h/api/x"_s << u"https://h/api/x/v1/messages"_s
                              << u"https://h/api/x/messages"_s;
    }

    void baseUrls()
    {
        QFETCH(QString, base);
        QFETCH(QString, anthropic);
        QFETCH(QString, openAi);
        QCOMPARE(endpointUrl(QUrl(base), u"/messages"_s, VersionSegment::Always), QUrl(anthropic));
        QCOMPARE(endpointUrl(QUrl(base), u"/messages"_s, VersionSegment::WhenBare), QUrl(openAi));
    }

    // A hundred calls at once, each with the answer to its own question.
    void manyAtOnce_data() { eachProvider(); }
    void manyAtOnce()
    {
        QFETCH(QString, name);
        std::vector<std::unique_ptr<RecordedCall>> calls;
        for (int i = 0; i < 100; ++i)
            calls.push_back(startCall(
                provider(name), requestFor(provider(name), m_server, u"test-slow-stream-5ms"_s, QString::number(i))));
        for (int i = 0; i < 100; ++i) {
            QTRY_VERIFY(calls[std::size_t(i)]->hasEnded());
            QCOMPARE(calls[std::size_t(i)]->answers.size(), 1);
            QCOMPARE(calls[std::size_t(i)]->answers.first().text, u"Answer to: %1"_s.arg(i));
        }
        QCOMPARE(m_server.total().returned, 100);
    }
};

QTEST_GUILESS_MAIN(TestWireFormats)
#include "tst_wire_formats.moc"
