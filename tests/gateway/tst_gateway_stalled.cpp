// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"
#include "tests/faults/server_process.h"
#include "tests/gateway/load_program.h"
#include "tests/support/provider_server.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int readers = 1000;
constexpr int patience = 60'000; // milliseconds
constexpr double megabytesForAll = 300; // 0.3 MB for each

QByteArray chat(const QString &model)
{
    return json::print(QJsonObject{
        {u"model"_s, model},
        {u"stream"_s, true},
        {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Tell me everything"_s}}}}});
}

} // namespace

// A thousand programs that ask for a stream without end and stop reading it: memory stays where it is, and others are
// served.
class TestGatewayStalled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryIsBounded()
    {
        ProviderServer provider;
        QVERIFY(provider.listen());
        ServerProcess server(
            {u"--log-level"_s, u"warning"_s, u"--connections-per-address"_s, u"5000"_s, u"--answer-limit"_s,
             u"67108864"_s},
            {{u"OPENAI_API_KEY"_s, u"key"_s}, {u"OPENAI_BASE_URL"_s, provider.openAiBaseUrl().toString()}});
        QVERIFY(server.start());
        QVERIFY(server.signIn(u"acme"_s, u"owner"_s));
        const QByteArray secret = server.send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, u"Stalled"_s}})
                                      .json[u"secret"_s]
                                      .toString()
                                      .toLatin1();
        QVERIFY(!secret.isEmpty());
        // Answers 200, or says what has come instead.
        const auto ask = [&]() -> QByteArray {
            std::optional<QByteArray> said;
            QElapsedTimer time;
            time.start();
            new LoadProgram(server.address(), "/v1/chat/completions", chat(u"openai/test-ok"_s), secret, {},
                            [&](int status, const QByteArray &answer) { said = status == 200 ? "200" : answer; });
            if (!QTest::qWaitFor([&] { return said.has_value(); }, patience))
                return "nothing in " + QByteArray::number(patience) + " ms";
            qInfo("a call was answered after %lld ms", time.elapsed());
            return *said;
        };
        QCOMPARE(ask(), "200"_ba);
        const double before = server.memory();
        QVERIFY(before > 0);

        for (int i = 0; i < readers; ++i)
            new LoadProgram(server.address(), "/v1/chat/completions", chat(u"openai/test-endless-stream"_s), secret,
                            {.reads = false}, [](int, const QByteArray &) {});
        QTRY_COMPARE_WITH_TIMEOUT(provider.openCalls(), readers, 120'000);
        // The provider writes as long as it is read: once everything is full its count stands still.
        qint64 written = -1;
        int unchanged = 0;
        // It may do so before the server has gone through what the kernel holds, and is busy for that time.
        const auto standsStill = [&] {
            const qint64 now = provider.bytesWritten();
            unchanged = std::exchange(written, now) == now ? unchanged + 1 : 0;
            return unchanged >= 40;
        };
        QVERIFY(QTest::qWaitFor(standsStill, 240'000));
        const double full = server.memory();
        QCOMPARE(ask(), "200"_ba); // others are served
        QVERIFY2(full - before < megabytesForAll, qPrintable(QString::number(full - before)));
        qInfo("%d stopped readers (%lld were cut off meanwhile): %.0f MB before, %.0f MB with them; the provider could "
              "write %.1f MB for each, kernel buffers included",
              readers, provider.total().abandoned, before, full, double(written) / readers / 1e6);
    }
};

QTEST_GUILESS_MAIN(TestGatewayStalled)
#include "tst_gateway_stalled.moc"
