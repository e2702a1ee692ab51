// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/google.h"
#include "server/providers/http_failure.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace providers;
using namespace std::chrono_literals;

// All providers against each way to fail: what kind it is, whether trying again may help and when, what was consumed.
class TestProviderFailures : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};
    Google m_google{m_transport};

    QList<Provider *> all() { return {&m_anthropic, &m_openAi, &m_google}; }

    // The error of a call that has to fail; all texts told before must be in it.
    CallError failure(Provider &provider, const ModelRequest &request)
    {
        const auto call = finishCall(provider, request);
        if (!call->answers.isEmpty() || call->errors.size() != 1) {
            QTest::qFail("expected exactly one failure", __FILE__, __LINE__);
            return {};
        }
        const CallError error = call->errors.first();
        if (error.partialText != call->text() || error.message.contains(QString::fromLatin1(request.apiKey))
            || error.code.isEmpty() || error.message.isEmpty())
            QTest::qFail("the failure does not tell what it should", __FILE__, __LINE__);
        return error;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    void statuses_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<int>("retryAfterMs"); // -1: not said
        const auto row = [](const char *model, CallError::Kind kind, const char *code, bool retryable,
                            int retryAfterMs = -1) {
            QTest::newRow(model) << QString(QLatin1StringView(model)) << int(kind) << QString(QLatin1StringView(code))
                                 << retryable << retryAfterMs;
        };
        row("test-400", CallError::InvalidRequest, "invalid_request", false);
        row("test-401", CallError::Authentication, "authentication_failed", false);
        row("test-402", CallError::QuotaExhausted, "quota_exhausted", false);
        row("test-403", CallError::PermissionDenied, "permission_denied", false);
        row("test-404", CallError::NotFound, "not_found", false);
        row("test-408", CallError::Timeout, "timeout", true);
        row("test-409", CallError::Conflict, "conflict", true);
        row("test-413", CallError::InvalidRequest, "invalid_request", false);
        row("test-422", CallError::InvalidRequest, "invalid_request", false);
        row("test-429", CallError::RateLimited, "rate_limited", true);
        row("test-429-after-2s", CallError::RateLimited, "rate_limited", true, 2000);
        row("test-429-after-250ms", CallError::RateLimited, "rate_limited", true, 250);
        row("test-quota", CallError::QuotaExhausted, "quota_exhausted", false);
        row("test-500", CallError::ProviderFailed, "provider_failed", true);
        row("test-502", CallError::ProviderFailed, "provider_failed", true);
        row("test-503-after-1s", CallError::Overloaded, "overloaded", true, 1000);
        row("test-504", CallError::Timeout, "timeout", true);
        row("test-529", CallError::Overloaded, "overloaded", true);
        row("test-no-retry", CallError::ProviderFailed, "provider_failed", false);
        row("test-html", CallError::ProviderFailed, "provider_failed", true);
        row("test-redirect", CallError::InvalidRequest, "invalid_request", false);
        row("test-echo-key", CallError::Authentication, "authentication_failed", false);
        row("test-of-no-such-kind", CallError::NotFound, "not_found", false);
    }

    void statuses()
    {
        QFETCH(QString, model);
        QFETCH(int, kind);
        QFETCH(QString, code);
        QFETCH(bool, retryable);
        QFETCH(int, retryAfterMs);
        const bool isOfAHeader = model == u"test-no-retry"; // which Google does not send
        for (Provider *provider : isOfAHeader ? QList<Provider *>{&m_anthropic, &m_openAi} : all()) {
            for (const bool stream : {true, false}) {
                ModelRequest request = requestFor(*provider, m_server, model);
                request.stream = stream;
                const CallError error = failure(*provider, request);
                QCOMPARE(int(error.kind), kind);
                QCOMPARE(error.code, code);
                QCOMPARE(error.retryable, retryable);
                QCOMPARE(error.retryAfter ? int(error.retryAfter->count()) : -1, retryAfterMs);
                QVERIFY(error.httpStatus >= 300);
                QVERIFY(error.reachedProvider);
                QVERIFY(!error.usage);
                QCOMPARE(error.providerRequestId.left(4), provider == &m_google ? QString() : u"req_"_s);
            }
        }
        QCOMPARE(m_server.total().refused, isOfAHeader ? 4 : 6);
        QCOMPARE(m_server.total().requests,
                 isOfAHeader ? 4 : 6); // nothing tries again by itself, nothing follows a redirect
    }

    void providerCodes()
    {
        const auto code = [this](Provider &provider, const char *model) {
            return failure(provider, requestFor(provider, m_server, QLatin1StringView(model))).providerCode;
        };
        QCOMPARE(code(m_openAi, "test-quota"), u"insufficient_quota"_s);
        QCOMPARE(code(m_openAi, "test-429"), u"rate_limit_exceeded"_s);
        QCOMPARE(code(m_openAi, "test-400"), u"invalid_request_error"_s);
        QCOMPARE(code(m_anthropic, "test-quota"), u"enforced_spend_limit_reached"_s);
        QCOMPARE(code(m_anthropic, "test-529"), u"overloaded_error"_s);
        QCOMPARE(code(m_google, "test-401"), u"API_KEY_INVALID"_s);
        QCOMPARE(code(m_google, "test-429"), u"RESOURCE_EXHAUSTED"_s);
    }

    void brokenAnswers_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<QString>("partial");
        const auto row = [](const char *model, bool stream, CallError::Kind kind, bool retryable, const char *partial) {
            QTest::addRow("%s, %s", model, stream ? "streamed" : "whole")
                << QString(QLatin1StringView(model)) << stream << int(kind) << retryable
                << QString(QLatin1StringView(partial));
        };
        row("test-cut-after-3", true, CallError::BrokenAnswer, true, "Answer to: one ");
        row("test-cut-after-0", true, CallError::BrokenAnswer, true, "");
        row("test-cut-after-3", false, CallError::BrokenAnswer, true, "");
        row("test-end-after-3", true, CallError::BrokenAnswer, true, "Answer to: one ");
        row("test-malformed", true, CallError::MalformedAnswer, false, "Answer to: ");
        row("test-malformed", false, CallError::MalformedAnswer, false, "");
        row("test-error-event", true, CallError::ProviderFailed, true, "Answer to: ");
        row("test-error-event-429", true, CallError::RateLimited, true, "Answer to: ");
        row("test-error-event-400", true, CallError::InvalidRequest, false, "Answer to: ");
        row("test-huge-event", true, CallError::AnswerTooLarge, false, "Answer to: ");
        row("test-hang-after-3", true, CallError::Timeout, true, "Answer to: one ");
        row("test-hang-after-3", false, CallError::Timeout, true, "");
    }

    void brokenAnswers()
    {
        QFETCH(QString, model);
        QFETCH(bool, stream);
        QFETCH(int, kind);
        QFETCH(bool, retryable);
        QFETCH(QString, partial);
        for (Provider *provider : all()) {
            ModelRequest request = requestFor(*provider, m_server, model);
            request.stream = stream;
            request.idleTimeout = 200ms;
            const CallError error = failure(*provider, request);
            QCOMPARE(int(error.kind), kind);
            QCOMPARE(error.retryable, retryable);
            QCOMPARE(error.partialText, partial);
            QCOMPARE(error.httpStatus, 200);
            QVERIFY(error.reachedProvider);
            // An answer had begun, so there is something to pay: what the provider said, or our own count.
            QVERIFY(error.usage && error.usageEstimated);
            const bool knowsInput =
                stream && (provider == &m_anthropic || (provider == &m_google && !partial.isEmpty()));
            QCOMPARE(error.usage->input, knowsInput ? 4 : 9);
            QVERIFY(error.usage->output >= partial.size() / 4);
            QCOMPARE(error.firstTokenMs.has_value(), !partial.isEmpty());
        }
        QCOMPARE(m_server.total().returned, 0);
    }

    void beforeAnyAnswer_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("retryable");
        QTest::newRow("hang") << u"test-hang"_s << int(CallError::Timeout) << true;
        QTest::newRow("slow first byte") << u"test-slow-first-byte-5s"_s << int(CallError::Timeout) << true;
        QTest::newRow("reset") << u"test-reset"_s << int(CallError::BrokenAnswer) << true;
        QTest::newRow("not http") << u"test-not-http"_s << int(CallError::MalformedAnswer) << false;
    }

    void beforeAnyAnswer()
    {
        QFETCH(QString, model);
        QFETCH(int, kind);
        QFETCH(bool, retryable);
        for (Provider *provider : all()) {
            ModelRequest request = requestFor(*provider, m_server, model);
            request.firstByteTimeout = 200ms;
            const CallError error = failure(*provider, request);
            QCOMPARE(int(error.kind), kind);
            QCOMPARE(error.retryable, retryable);
            QCOMPARE(error.httpStatus, 0);
            QVERIFY(error.reachedProvider); // it was sent; what became of it nobody knows
            QVERIFY(!error.usage);
        }
    }

    void slowButInTime()
    {
        for (Provider *provider : all()) {
            ModelRequest request = requestFor(*provider, m_server, u"test-slow-first-byte-300ms"_s);
            request.idleTimeout = 100ms; // not meant for the first byte
            QCOMPARE(finishCall(*provider, request)->answers.size(), 1);
            request.model = u"test-slow-stream-60ms"_s; // longer than the first byte may take, taken together
            request.firstByteTimeout = 250ms;
            request.idleTimeout = 250ms;
            const auto call = finishCall(*provider, request);
            QCOMPARE(call->answers.size(), 1);
            QVERIFY(call->answers.first().totalMs > 300);
        }
    }

    void connectionRefused()
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const quint16 port = gone.serverPort();
        gone.close();
        for (Provider *provider : all()) {
            ModelRequest request = requestFor(*provider, m_server, u"test-ok"_s);
            request.baseUrl.setPort(port);
            const CallError error = failure(*provider, request);
            QCOMPARE(error.kind, CallError::ConnectionFailed);
            QVERIFY(error.retryable);
            QVERIFY(!error.reachedProvider);
        }
    }

    void refusedBeforeSending_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("kind");
        QTest::newRow("no key for the real one") << QString() << QByteArray() << int(CallError::NotConfigured);
        QTest::newRow("key of two lines")
            << u"http://127.0.0.1:1"_s << QByteArray("a\r\nX-Injected: 1") << int(CallError::NotConfigured);
        QTest::newRow("file") << u"file:///etc/passwd"_s << QByteArray("key") << int(CallError::NotConfigured);
        QTest::newRow("gopher") << u"gopher://127.0.0.1:1"_s << QByteArray("key") << int(CallError::NotConfigured);
        QTest::newRow("user in the URL") << u"http://a:b@127.0.0.1:1"_s << QByteArray("key")
                                         << int(CallError::NotConfigured);
    }

    void refusedBeforeSending()
    {
        QFETCH(QString, base);
        QFETCH(QByteArray, key);
        QFETCH(int, kind);
        for (Provider *provider : all()) {
            ModelRequest request = requestFor(*provider, m_server, u"test-ok"_s);
            request.baseUrl = QUrl(base);
            request.apiKey = key;
            const auto call = startCall(*provider, request);
            QVERIFY(!call->hasEnded()); // never inside start()
            QTRY_VERIFY(call->hasEnded());
            QCOMPARE(int(call->errors.value(0).kind), kind);
            QVERIFY(!call->errors.first().retryable);
            QVERIFY(!call->errors.first().reachedProvider);
            QVERIFY(key.isEmpty() || key == "key" || !call->errors.first().message.contains(QString::fromLatin1(key)));
        }
        QCOMPARE(m_server.total().requests, 0);
    }

    void parametersThatCannotBeHonoured()
    {
        ModelRequest request = requestFor(m_anthropic, m_server, u"test-ok"_s);
        request.responseFormat = {{u"type"_s, u"json_object"_s}};
        QCOMPARE(failure(m_anthropic, request).kind, CallError::InvalidRequest);
        QVERIFY(failure(m_anthropic, request).message.contains(u"responseFormat"));
        request.responseFormat = {{u"type"_s, u"json_schema"_s}};
        for (Provider *provider : all()) {
            request.baseUrl = requestFor(*provider, m_server, {}).baseUrl;
            QVERIFY(failure(*provider, request).message.contains(u"schema"));
        }
        ModelRequest system = requestFor(m_anthropic, m_server, u"test-ok"_s);
        system.messages = {{u"system"_s, u"alone"_s}};
        QCOMPARE(failure(m_anthropic, system).kind, CallError::InvalidRequest);
        QCOMPARE(m_server.total().requests, 0);
    }

    void privateAddressIsRefused()
    {
        const qint64 before = m_server.connections();
        for (Provider *provider : all()) {
            ModelRequest request = requestFor(*provider, m_server, u"test-ok"_s);
            request.addresses = AddressPolicy::PublicOnly;
            const CallError error = failure(*provider, request);
            QCOMPARE(error.kind, CallError::AddressRefused);
            QVERIFY(!error.retryable);
            QVERIFY(!error.reachedProvider);
        }
        QCOMPARE(m_server.connections(), before);
        QCOMPARE(m_server.total().requests, 0);
    }

    void cancelInTheMiddle()
    {
        for (Provider *provider : all()) {
            m_server.reset();
            auto call = startCall(*provider, requestFor(*provider, m_server, u"test-slow-stream-20ms"_s));
            QTRY_VERIFY(call->deltas.size() >= 2);
            const Call::Progress progress = call->call->progress();
            QCOMPARE(progress.partialText, call->text());
            QVERIFY(progress.usage && progress.usage->input > 0 && progress.usage->output > 0);
            call->call->cancel();
            const qsizetype told = call->deltas.size();
            QTRY_COMPARE(m_server.total().abandoned, 1); // the provider sees that nobody listens
            QCOMPARE(call->deltas.size(), told);
            QVERIFY(!call->hasEnded());
            call->call->cancel(); // once more does no harm
        }
    }

    void cancelBeforeTheFirstByte()
    {
        for (Provider *provider : all()) {
            m_server.reset();
            auto call = startCall(*provider, requestFor(*provider, m_server, u"test-hang"_s));
            QVERIFY(!call->call->progress().reachedProvider);
            QTRY_COMPARE(m_server.total().requests, 1);
            QVERIFY(call->call->progress().reachedProvider); // what became of it nobody knows
            QVERIFY(!call->call->progress().usage);
            call->call->cancel();
            QTRY_COMPARE(m_server.total().abandoned, 1);
        }
    }

    void destroyBeforeAnything()
    {
        for (Provider *provider : all()) {
            startCall(*provider, requestFor(*provider, m_server, u"test-ok"_s));
            ModelRequest refused = requestFor(*provider, m_server, u"test-ok"_s);
            refused.messages.clear();
            refused.responseFormat = {{u"type"_s, u"nonsense"_s}};
            startCall(*provider, refused);
        }
        const auto call = finishCall(m_openAi, requestFor(m_openAi, m_server, u"test-ok"_s));
        QCOMPARE(call->answers.size(), 1);
        QCOMPARE(m_transport.running(), 0);
    }

    // Whoever runs a job ends its call from within the events of that call.
    void destroyInsideEvents_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"test-ok", "test-slow-stream-5ms", "test-cut-after-3", "test-500", "test-malformed"})
            QTest::newRow(model) << QString(QLatin1StringView(model));
    }

    void destroyInsideEvents()
    {
        QFETCH(QString, model);
        for (Provider *provider : all()) {
            const ModelRequest request = requestFor(*provider, m_server, model);
            std::unique_ptr<Call> call;
            int told = 0;
            const auto end = [&](const auto &) {
                ++told;
                call.reset();
            };
            call = provider->start(request, {.text = end, .done = end, .failed = end});
            QTRY_COMPARE(told, 1);
            const auto another = finishCall(*provider, requestFor(*provider, m_server, u"test-ok"_s));
            QCOMPARE(another->answers.size(), 1);
            QCOMPARE(told, 1);
        }
    }

    void retryAfterHeader_data()
    {
        QTest::addColumn<HttpHeaders>("headers");
        QTest::addColumn<qint64>("milliseconds"); // -1: none
        const auto row = [](const char *name, HttpHeaders headers, qint64 milliseconds) {
            QTest::newRow(name) << headers << milliseconds;
        };
        row("none", {}, -1);
        row("seconds", {{"retry-after", "7"}}, 7000);
        row("zero", {{"retry-after", "0"}}, 0);
        row("part of a second", {{"retry-after", "1.5"}}, 1500);
        row("negative", {{"retry-after", "-3"}}, 0);
        row("milliseconds first", {{"retry-after", "7"}, {"retry-after-ms", "250"}}, 250);
        row("date", {{"retry-after", "Sat, 21 Nov 2026 10:00:30 GMT"}}, 30'000);
        row("date that is past", {{"retry-after", "Sat, 21 Nov 2026 09:00:00 GMT"}}, 0);
        row("summer date", {{"retry-after", "Sun, 28 Mar 2027 02:30:00 GMT"}}, 86'400'000);
        row("longer than a day", {{"retry-after", "999999999"}}, 86'400'000);
        row("too large for a number", {{"retry-after", "1e400"}}, -1);
        row("not a number", {{"retry-after", "nan"}}, -1);
        row("words", {{"retry-after", "soon"}}, -1);
    }

    void retryAfterHeader()
    {
        QFETCH(HttpHeaders, headers);
        QFETCH(qint64, milliseconds);
        const QDateTime now(QDate(2026, 11, 21), QTime(10, 0), Qt::UTC);
        const auto found = retryAfter({429, headers}, now);
        QCOMPARE(found ? qint64(found->count()) : -1, milliseconds);
    }

    void errorObjects_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        QTest::newRow("openai") << QByteArray(R"({"error":{"message":"m","type":"t","param":null,"code":null}})")
                                << u"m"_s;
        QTest::newRow("anthropic") << QByteArray(R"({"type":"error","error":{"type":"t","message":"m"}})") << u"m"_s;
        QTest::newRow("text") << QByteArray(R"({"error":"m"})") << u"m"_s;
        QTest::newRow("vllm") << QByteArray(R"({"object":"error","message":"m","type":"t","code":400})") << u"m"_s;
        QTest::newRow("fastapi") << QByteArray(R"({"detail":"m"})") << u"m"_s;
        QTest::newRow("list") << QByteArray(R"([{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}])")
                              << u"m"_s;
        QTest::newRow("nothing known") << QByteArray(R"({"a":1})") << QString();
        QTest::newRow("no json") << QByteArray("<html>") << QString();
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("a key inside") << QByteArray(
            R"({"error":{"message":"Incorrect API key provided: sk-proj-abc*****xyz. See"}})")
                                      << u"Incorrect API key provided: [key] See"_s;
        QTest::newRow("a key of Google's inside")
            << QByteArray(R"({"error":{"code":400,"message":"bad AIzaSyA1234567890abcdefghij-x!","status":"S"}})")
            << u"bad [key]!"_s;
        QTest::newRow("our key inside") << QByteArray(R"({"error":{"message":"bad key hunter2secret!"}})")
                                        << u"bad key [key]!"_s;
    }

    void errorObjects()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, message);
        const CallError error = httpFailure(u"X"_s, {400, {}}, body, "hunter2secret");
        QCOMPARE(error.message,
                 message.isEmpty() ? u"X refused the request (400)."_s : u"X refused the request (400): "_s + message);
    }
};

QTEST_GUILESS_MAIN(TestProviderFailures)
#include "tst_provider_failures.moc"
