// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "shared/usage/cost.h"
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
constexpr qint64 muchMoney = 4'000'000'000; // nanos, of the tenant; more than all of it costs
constexpr qint64 littleMoney = 12'000'000; // of one key; used up on the way

struct LedgerRow
{
    QUuid attemptId;
    QString entry;
    QString model;
    QString keyName;
    QString status;
    QDateTime calledAt;
    bool estimated = false;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos;

    static constexpr auto fields()
    {
        using T = LedgerRow;
        return std::tuple{Field{"attemptId", &T::attemptId},
                          Field{"entry", &T::entry},
                          Field{"model", &T::model},
                          Field{"keyName", &T::keyName},
                          Field{"status", &T::status},
                          Field{"calledAt", &T::calledAt},
                          Field{"estimated", &T::estimated},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens},
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

// A budget as it stands, of its only period.
struct Money
{
    QString name;
    qint64 amountNanos = 0;
    qint64 spentNanos = 0;
    qint64 heldNanos = 0;

    static constexpr auto fields()
    {
        using T = Money;
        return std::tuple{Field{"name", &T::name}, Field{"amountNanos", &T::amountNanos},
                          Field{"spentNanos", &T::spentNanos}, Field{"heldNanos", &T::heldNanos}};
    }
};

struct Books
{
    QList<Money> money;
    std::map<QUuid, QList<LedgerRow>> ledger; // by attempt
    Sums rows; // of the ledger
    Sums days; // with what is not summed yet
    Sums summed;
};

Books readBooks(const std::string &url)
{
    Books books;
    Database database({.session = {.url = url}, .connections = 1});
    const auto tenant =
        database.platform([](Transaction &tx) { return tx.one<QUuid>("SELECT id FROM tenants WHERE slug = 'acme'"); });
    database.transaction({tenant}, [&](Transaction &tx) {
        books.money = tx.all<Money>(R"(
            SELECT name, amount_nanos,
                   coalesce((SELECT sum(spent_nanos) FROM budget_periods WHERE budget_id = id), 0)::bigint AS spent_nanos,
                   coalesce((SELECT sum(held_nanos) FROM budget_holds WHERE budget_id = id), 0)::bigint AS held_nanos
            FROM budgets ORDER BY name)");
        for (const LedgerRow &row : tx.all<LedgerRow>(R"(
                 SELECT attempt_id, entry, model, key_name, status, called_at, estimated, input_tokens, output_tokens,
                        cost_nanos
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
        while (tx.one<qint64>("SELECT count(*) FROM usage_unsummed") > 0)
            tx.run("SELECT sum_up_usage()");
        books.summed = tx.one<Sums>(R"(
            SELECT sum(calls)::bigint AS calls, sum(input_tokens)::bigint AS input_tokens,
                   sum(output_tokens)::bigint AS output_tokens, sum(cost_nanos)::bigint AS cost_nanos
            FROM usage_days WHERE key_id <> '00000000-0000-0000-0000-000000000000')");
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
    QByteArray newKey(const QString &name, QString *id = nullptr)
    {
        const QJsonObject made = m_server->send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, name}}).json;
        if (id)
            *id = made[u"key"_s][u"id"_s].toString();
        return made[u"secret"_s].toString().toLatin1();
    }
    bool setBudget(const QString &name, qint64 nanos, const QJsonObject &subject)
    {
        QJsonObject budget = subject;
        budget.insert(u"name"_s, name);
        budget.insert(u"period"_s, u"ever"_s);
        budget.insert(u"amountNanos"_s, nanos);
        return m_server->send("POST", u"/api/v1/budgets"_s, budget).status == 201;
    }
    void call();
    void compareMoney(const Books &books);
    void compareCalls(const Books &books);
    void compareCosts(const Books &books);

    ProviderServer m_provider;
    std::optional<ServerProcess> m_server;
    QRandomGenerator m_random{20261126};
    QByteArray m_rich, m_poor;
    int m_number = 0;
    int m_refused = 0;
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
    QString poor;
    m_rich = newKey(u"Rich"_s);
    m_poor = newKey(u"Poor"_s, &poor);
    QVERIFY(!m_rich.isEmpty() && !m_poor.isEmpty());
    QVERIFY(setBudget(u"All"_s, muchMoney, {{u"subject"_s, u"tenant"_s}}));
    QVERIFY(setBudget(u"Of the poor"_s, littleMoney, {{u"subject"_s, u"key"_s}, {u"subjectId"_s, poor}}));
}

void TestGatewayCrashes::call()
{
    static const QStringList models{u"openai/gpt-4o-mini"_s, u"anthropic/claude-sonnet-4-5"_s};
    static const QStringList manners{u"slow-stream-10ms"_s, u"ok"_s,  u"slow-stream-5ms"_s, u"ok"_s,
                                     u"cut-after-3"_s,      u"529"_s, u"no-usage"_s,        u"slow-first-byte-50ms"_s};
    const int number = m_number++;
    const bool isChat = number % 3;
    const QString model = models[number % models.size()];
    m_provider.plan(*Behaviour::named(manners[number % manners.size()]), 1, model.section(u'/', 1));
    const QJsonObject body{
        {u"model"_s, model},
        {u"stream"_s, number / 2 % 2 == 0},
        {u"max_tokens"_s, 200},
        {u"messages"_s,
         QJsonArray{
             QJsonObject{{u"role"_s, u"user"_s},
                         {u"content"_s, u"What happens to call number %1 when the server dies"_s.arg(number)}}}}};
    ++m_underWay;
    m_server->send("POST", isChat ? u"/v1/chat/completions"_s : u"/v1/messages"_s, body,
                   {{"Authorization", "Bearer " + (number % 5 < 2 ? m_poor : m_rich)}},
                   [this](const ServerProcess::Answer &answer) {
                       --m_underWay;
                       m_answered += answer.status == 200;
                       m_refused += answer.status == 429;
                   });
}

// However it was killed: never more than there is, and what was spent is what the ledger says.
void TestGatewayCrashes::compareMoney(const Books &books)
{
    QCOMPARE(books.money.size(), 2);
    for (const Money &one : books.money) {
        qint64 cost = 0;
        for (const auto &[id, rows] : books.ledger)
            for (const LedgerRow &row : rows)
                if (one.name == u"All"_s || row.keyName == u"Poor"_s)
                    cost += row.costNanos.value_or(0);
        QCOMPARE(one.spentNanos, cost);
        QVERIFY2(one.spentNanos + one.heldNanos <= one.amountNanos, qPrintable(one.name));
        QVERIFY2(one.heldNanos >= 0, qPrintable(one.name));
    }
}

// Every call that the provider was asked has one row, and no other call was made.
void TestGatewayCrashes::compareCalls(const Books &books)
{
    QSet<QUuid> asked;
    for (const ProviderServer::Call &call : m_provider.calls()) {
        const QUuid id = QUuid::fromString(QString::fromLatin1(call.id));
        asked.insert(id);
        const auto found = books.ledger.find(id);
        QVERIFY2(found != books.ledger.end(), call.id.constData()); // none is forgotten
        QVERIFY2(found->second.size() == 1, call.id.constData()); // and none is there twice
        const LedgerRow &row = found->second.first();
        QCOMPARE(row.entry, u"call"_s);
        if (row.status == u"lost"_s) { // the server died before it had the end
            QVERIFY(row.estimated);
            QVERIFY(row.inputTokens > 0);
        } else if (call.state == CallState::Returned && row.status == u"succeeded"_s && !row.estimated) {
            QCOMPARE(row.inputTokens, call.tokens.input);
            QCOMPARE(row.outputTokens, call.tokens.output);
        } else if (call.state == CallState::Refused) {
            QCOMPARE(row.status, u"failed"_s);
        }
    }
    // What the provider does not know of was written down, and the server died before it was sent.
    for (const auto &[id, rows] : books.ledger)
        QVERIFY2(asked.contains(id) || rows.first().status == u"lost"_s, id.toByteArray().constData());
    QCOMPARE(books.days, books.rows);
    QCOMPARE(books.summed, books.rows);
}

// To the nano: what the provider has counted, at the prices of the moment; what nobody could count, as it was
// estimated.
void TestGatewayCrashes::compareCosts(const Books &books)
{
    QList<ModelPrice> prices;
    const QJsonArray listed = m_server->send("GET", u"/api/v1/prices?limit=200"_s).json[u"items"_s].toArray();
    for (const QJsonValue price : listed)
        prices.append(json::fromValue<ModelPrice>(price, json::UnknownMembers::Lenient));
    const PriceBook book(prices);
    int counted = 0, inDoubt = 0;
    qint64 cost = 0;
    for (const ProviderServer::Call &call : m_provider.calls()) {
        const LedgerRow &row = books.ledger.at(QUuid::fromString(QString::fromLatin1(call.id))).first();
        TokenUsage usage;
        usage.input = row.inputTokens;
        usage.output = row.outputTokens;
        if (row.status == u"succeeded"_s && !row.estimated) {
            usage.input = call.tokens.input;
            usage.output = call.tokens.output;
            ++counted;
        }
        inDoubt += row.status == u"lost"_s;
        const qint64 nanos = usage == TokenUsage() ? 0 : *book.costNanos(row.model, usage, row.calledAt);
        QCOMPARE(row.costNanos.value_or(-1), nanos);
        cost += nanos;
    }
    for (const auto &[id, rows] : books.ledger) // that never got to the provider
        if (const auto calls = m_provider.calls(); std::none_of(calls.begin(), calls.end(), [&](const auto &call) {
                return QUuid::fromString(QString::fromLatin1(call.id)) == id;
            }))
            cost += rows.first().costNanos.value_or(0);
    QCOMPARE(books.money[0].spentNanos, cost);
    QVERIFY(counted > 100);
    QVERIFY(inDoubt > 0 && inDoubt <= kills * atOnce);
    const Money &poor = books.money[1];
    QVERIFY2(poor.spentNanos > littleMoney / 2, QByteArray::number(poor.spentNanos));
    QVERIFY(m_refused > 0);
    qInfo("%d kills: %d answers billed as the provider counted them, %d calls in doubt and shown as lost, %lld nanos; "
          "%lld of %lld nanos of the small budget, and %d calls refused for it",
          kills, counted, inDoubt, cost, poor.spentNanos, poor.amountNanos, m_refused);
}

void TestGatewayCrashes::everyCallIsInTheLedgerOnce()
{
    const auto held = [&] {
        qint64 nanos = 0;
        const QList<Money> all = readBooks(m_server->databaseUrl()).money;
        for (const Money &one : all)
            nanos += one.heldNanos;
        return nanos;
    };
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
        const Books books = readBooks(m_server->databaseUrl());
        compareMoney(books);
        compareCalls(books); // before it is ready its predecessor's calls are in the ledger
        QTRY_COMPARE_WITH_TIMEOUT(held(), 0, patience); // and what was held for them is free
        if (QTest::currentTestFailed())
            return;
    }
    // Of calls that have ended nothing is held for long.
    const int enough = m_answered + 5;
    QVERIFY(QTest::qWaitFor(
        [&] {
            while (m_underWay < atOnce && m_answered < enough)
                call();
            return m_underWay == 0;
        },
        patience));
    QVERIFY(held() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(held(), 0, 90'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_provider.openCalls(), 0, patience);
    const Books books = readBooks(m_server->databaseUrl());
    compareMoney(books);
    compareCalls(books);
    compareCosts(books);
}

QTEST_GUILESS_MAIN(TestGatewayCrashes)
#include "tst_gateway_crashes.moc"
