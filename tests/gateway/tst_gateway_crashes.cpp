// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "tests/faults/server_process.h"
#include "tests/support/provider_server.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using CallState = ProviderServer::Call::State;

namespace {

constexpr int patience = 60'000; // milliseconds
constexpr int kills = 20;
constexpr int atOnce = 16; // calls of programs that are under way at any moment

struct LedgerRow
{
    QUuid attemptId;
    QString entry;
    QString status;
    bool estimated = false;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos;

    static constexpr auto fields()
    {
        using T = LedgerRow;
        return std::tuple{Field{"attemptId", &T::attemptId},     Field{"entry", &T::entry},
                          Field{"status", &T::status},           Field{"estimated", &T::estimated},
                          Field{"inputTokens", &T::inputTokens}, Field{"outputTokens", &T::outputTokens},
                          Field{"costNanos", &T::costNanos}};
    }
};

struct Sums
{
    qint64 calls = 0;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 costNanos = 0;

    static constexpr auto fields()
    {
        using T = Sums;
        return std::tuple{Field{"calls", &T::calls}, Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens}, Field{"costNanos", &T::costNanos}};
    }
    friend bool operator==(const Sums &, const Sums &) = default;
};

struct Books
{
    std::map<QUuid, QList<LedgerRow>> ledger; // by attempt
    Sums rows; // of the ledger
    Sums days; // of the rollup
    Sums hours;
};

Books readBooks(const std::string &url)
{
    Books books;
    Database database({.session = {.url = url}, .connections = 1});
    const auto tenant =
        database.platform([](Transaction &tx) { return tx.one<QUuid>("SELECT id FROM tenants WHERE slug = 'acme'"); });
    database.transaction({tenant}, [&](Transaction &tx) {
        for (const LedgerRow &row : tx.all<LedgerRow>(R"(
                 SELECT attempt_id, entry, status, estimated, input_tokens, output_tokens, cost_nanos
                 FROM usage_events WHERE key_id IS NOT NULL)"))
            books.ledger[row.attemptId].append(row);
        books.rows = tx.one<Sums>(R"(
            SELECT count(*) AS calls, sum(input_tokens)::bigint AS input_tokens,
                   sum(output_tokens)::bigint AS output_tokens, coalesce(sum(cost_nanos), 0)::bigint AS cost_nanos
            FROM usage_events WHERE key_id IS NOT NULL)");
        books.days = tx.one<Sums>(R"(
            SELECT sum(calls)::bigint AS calls, sum(input_tokens)::bigint AS input_tokens,
                   sum(output_tokens)::bigint AS output_tokens, sum(cost_nanos)::bigint AS cost_nanos
            FROM usage_days WHERE key_id <> '00000000-0000-0000-0000-000000000000')");
        books.hours = tx.one<Sums>(R"(
            SELECT sum(calls)::bigint AS calls, sum(input_tokens)::bigint AS input_tokens,
                   sum(output_tokens)::bigint AS output_tokens, sum(cost_nanos)::bigint AS cost_nanos
            FROM usage_hours WHERE key_id <> '00000000-0000-0000-0000-000000000000')");
    });
    return books;
}

} // namespace

// The server is killed under the calls of programs, again and again, now and then with its PostgreSQL; then the ledger
// is compared with what the provider wrote down itself.
class TestGatewayCrashes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyCallIsInTheLedgerOnce();

private:
    void call();

    ProviderServer m_provider;
    std::optional<ServerProcess> m_server;
    QRandomGenerator m_random{20261126};
    QByteArray m_key;
    int m_number = 0;
    int m_underWay = 0;
    int m_answered = 0;
};

void TestGatewayCrashes::initTestCase()
{
    QVERIFY(m_provider.listen());
    m_server.emplace(QStringList{u"--log-level"_s, u"warning"_s},
                     QHash<QString, QString>{{u"OPENAI_API_KEY"_s, u"key"_s},
                                             {u"OPENAI_BASE_URL"_s, m_provider.openAiBaseUrl().toString()},
                                             {u"ANTHROPIC_API_KEY"_s, u"key"_s},
                                             {u"ANTHROPIC_BASE_URL"_s, m_provider.anthropicBaseUrl().toString()}});
    QVERIFY(m_server->start());
    QVERIFY(m_server->signIn(u"acme"_s, u"owner"_s));
    m_key = m_server->send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, u"Under load"_s}})
                .json[u"secret"_s]
                .toString()
                .toLatin1();
    QVERIFY(!m_key.isEmpty());
}

void TestGatewayCrashes::call()
{
    static const QStringList models{u"openai/test-slow-stream-10ms"_s, u"anthropic/test-slow-stream-5ms"_s,
                                    u"openai/gpt-4o-mini"_s,           u"anthropic/claude-sonnet-4-5"_s,
                                    u"openai/test-cut-after-3"_s,      u"anthropic/test-529"_s,
                                    u"openai/test-no-usage"_s,         u"anthropic/test-slow-first-byte-50ms"_s};
    const int number = m_number++;
    const bool isChat = number % 3;
    QJsonObject body{{u"model"_s, models[number % models.size()]},
                     {u"stream"_s, number % 2 == 0},
                     {u"max_tokens"_s, 200},
                     {u"messages"_s,
                      QJsonArray{QJsonObject{
                          {u"role"_s, u"user"_s},
                          {u"content"_s, u"What happens to call number %1 when the server dies"_s.arg(number)}}}}};
    ++m_underWay;
    m_server->send("POST", isChat ? u"/v1/chat/completions"_s : u"/v1/messages"_s, body,
                   {{"Authorization", "Bearer " + m_key}}, [this](const ServerProcess::Answer &answer) {
                       --m_underWay;
                       m_answered += answer.status == 200;
                   });
}

void TestGatewayCrashes::everyCallIsInTheLedgerOnce()
{
    for (int kill = 0; kill < kills; ++kill) {
        const int enough = m_answered + 10 + int(m_random.bounded(20u));
        QVERIFY(QTest::qWaitFor(
            [&] {
                while (m_underWay < atOnce)
                    call();
                return m_answered >= enough && m_provider.openCalls() > 0;
            },
            patience));
        m_server->kill();
        if (kill % 4 == 3)
            m_server->killPostgres();
        QVERIFY(QTest::qWaitFor([&] { return m_underWay == 0; }, patience));
        QVERIFY(m_server->start());
    }
    QVERIFY(QTest::qWaitFor([&] { return m_provider.openCalls() == 0; }, patience));

    const Books books = readBooks(m_server->databaseUrl());
    int inDoubt = 0, returned = 0;
    for (const ProviderServer::Call &call : m_provider.calls()) {
        const auto found = books.ledger.find(QUuid::fromString(QString::fromLatin1(call.id)));
        QVERIFY2(found != books.ledger.end(), call.id.constData()); // none is forgotten
        QVERIFY2(found->second.size() == 1, call.id.constData()); // and none is there twice
        const LedgerRow &row = found->second.first();
        QCOMPARE(row.entry, u"call"_s);
        if (row.status == u"lost"_s) { // the server died before it had the end
            QVERIFY(row.estimated);
            QVERIFY(row.inputTokens > 0);
            ++inDoubt;
            continue;
        }
        if (call.state == CallState::Returned && row.status == u"succeeded"_s && !row.estimated) {
            QCOMPARE(row.inputTokens, call.tokens.input);
            QCOMPARE(row.outputTokens, call.tokens.output);
            ++returned;
        }
        if (call.state == CallState::Refused)
            QCOMPARE(row.status, u"failed"_s);
    }
    // What the provider does not know of was written down, and the server died before it was sent.
    for (const auto &[id, rows] : books.ledger) {
        const auto calls = m_provider.calls();
        const bool isKnown = std::any_of(calls.begin(), calls.end(), [&](const ProviderServer::Call &call) {
            return QUuid::fromString(QString::fromLatin1(call.id)) == id;
        });
        QVERIFY2(isKnown || rows.first().status == u"lost"_s, id.toByteArray().constData());
    }
    QCOMPARE(books.days, books.rows);
    QCOMPARE(books.hours, books.rows);
    QVERIFY(returned > 100);
    QVERIFY(inDoubt > 0 && inDoubt <= kills * atOnce);
    qInfo("%d kills: %d answers billed as the provider counted them, %d calls in doubt and shown as lost", kills,
          returned, inDoubt);
}

QTEST_GUILESS_MAIN(TestGatewayCrashes)
#include "tst_gateway_crashes.moc"
