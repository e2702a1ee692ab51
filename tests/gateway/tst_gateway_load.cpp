// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "shared/usage/cost.h"
#include "tests/faults/server_process.h"
#include "tests/gateway/load_program.h"
#include "tests/support/provider_server.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using CallState = ProviderServer::Call::State;

namespace {

constexpr int calls = 10'000;
constexpr int atOnce = 200;
constexpr qint64 smallBudget = 3'000'000; // nanos; some 250 of the calls

struct LedgerRow
{
    QUuid attemptId;
    QString model;
    QString status;
    QString keyName;
    bool estimated = false;
    std::optional<qint64> costNanos;
    QDateTime calledAt;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;

    static constexpr auto fields()
    {
        using T = LedgerRow;
        return std::tuple{Field{"attemptId", &T::attemptId},
                          Field{"model", &T::model},
                          Field{"status", &T::status},
                          Field{"keyName", &T::keyName},
                          Field{"estimated", &T::estimated},
                          Field{"costNanos", &T::costNanos},
                          Field{"calledAt", &T::calledAt},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens}};
    }
};

} // namespace

// Ten thousand calls of programs, two hundred at a time, on all addresses: whole and streamed, with providers that
// fail, cut and refuse, programs that leave, routes that fall back, and a budget that runs out. Then the ledger is
// compared with what the provider has counted itself, call by call, to the nano.
class TestGatewayLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theLedgerEqualsTheProvidersCount();

private:
    QByteArray newKey(const QString &name)
    {
        const auto made = m_server->send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, name}});
        m_keyIds[name] = made.json[u"key"_s][u"id"_s].toString();
        return made.json[u"secret"_s].toString().toLatin1();
    }
    void call(int number);

    ProviderServer m_provider;
    std::optional<ServerProcess> m_server;
    QRandomGenerator m_random{20261127};
    QByteArray m_rich, m_poor;
    QHash<QString, QString> m_keyIds;
    int m_underWay = 0;
    std::map<int, int> m_statuses;
};

void TestGatewayLoad::initTestCase()
{
    QVERIFY(m_provider.listen());
    m_server.emplace(QStringList{u"--log-level"_s, u"warning"_s, u"--connections-per-address"_s, u"2000"_s},
                     QHash<QString, QString>{{u"OPENAI_API_KEY"_s, u"key"_s},
                                             {u"OPENAI_BASE_URL"_s, m_provider.openAiBaseUrl().toString()},
                                             {u"ANTHROPIC_API_KEY"_s, u"key"_s},
                                             {u"ANTHROPIC_BASE_URL"_s, m_provider.anthropicBaseUrl().toString()},
                                             {u"GEMINI_API_KEY"_s, u"key"_s},
                                             {u"GEMINI_BASE_URL"_s, m_provider.googleBaseUrl().toString()}});
    QVERIFY(m_server->start());
    QVERIFY(m_server->signIn(u"acme"_s, u"owner"_s));
    m_rich = newKey(u"Rich"_s);
    m_poor = newKey(u"Poor"_s);
    QVERIFY(!m_rich.isEmpty() && !m_poor.isEmpty());
    QCOMPARE(m_server
                 ->send("POST", u"/api/v1/budgets"_s,
                        {{u"name"_s, u"Small"_s},
                         {u"subject"_s, u"key"_s},
                         {u"subjectId"_s, m_keyIds[u"Poor"_s]},
                         {u"period"_s, u"month"_s},
                         {u"amountNanos"_s, smallBudget}})
                 .status,
             201);
    const QJsonArray targets{QJsonObject{{u"model"_s, u"openai/gpt-4o-mini"_s}, {u"weight"_s, 2}},
                             QJsonObject{{u"model"_s, u"anthropic/claude-haiku-4-5"_s}},
                             QJsonObject{{u"model"_s, u"google/gemini-2.5-flash"_s}}};
    QCOMPARE(m_server
                 ->send("POST", u"/api/v1/gateway-routes"_s,
                        {{u"alias"_s, u"any"_s}, {u"order"_s, u"weighted"_s}, {u"targets"_s, targets}})
                 .status,
             201);
}

void TestGatewayLoad::call(int number)
{
    static const QStringList models{u"any"_s, u"openai/gpt-4o-mini"_s, u"anthropic/claude-haiku-4-5"_s,
                                    u"google/gemini-2.5-flash"_s};
    // Trouble of the provider's, for whoever comes next with that model.
    static const QStringList troubles{u"429"_s, u"500"_s, u"529"_s, u"cut-after-3"_s, u"reset"_s};
    if (number % 8 == 0)
        m_provider.plan(*Behaviour::named(troubles[m_random.bounded(int(troubles.size()))]), 1,
                        models[1 + m_random.bounded(3)].section(u'/', 1));
    const QString model = models[m_random.bounded(int(models.size()))];
    const QString text = u"What becomes of call number %1 among ten thousand"_s.arg(number);
    const bool stream = m_random.bounded(2) == 1;
    const QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}};
    QByteArray path;
    QJsonObject body{{u"model"_s, model}, {u"max_tokens"_s, 200}};
    if (stream)
        body.insert(u"stream"_s, true);
    switch (number % 6) {
    case 0:
    case 1:
        path = "/v1/chat/completions";
        body.insert(u"messages"_s, messages);
        break;
    case 2:
        path = "/v1/messages";
        body.insert(u"messages"_s, messages);
        break;
    case 3:
        path = "/v1/responses";
        body.remove(u"max_tokens"_s);
        body.insert(u"max_output_tokens"_s, 200);
        body.insert(u"input"_s, text);
        break;
    case 4:
        path = "/v1beta/models/" + model.toUtf8().toPercentEncoding()
            + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
        body = {
            {u"contents"_s,
             QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, text}}}}}}},
            {u"generationConfig"_s, QJsonObject{{u"maxOutputTokens"_s, 200}}}};
        break;
    default:
        path = "/v1/embeddings";
        body = {{u"model"_s, u"openai/text-embedding-3-small"_s}, {u"input"_s, QJsonArray{text, u"another"_s}}};
    }
    LoadProgram::Manner manner;
    if (number % 15 == 0) { // leaves in the middle of a stream
        manner.leaveAfter = m_random.bounded(1, 1500);
        path = "/v1/chat/completions";
        body = {{u"model"_s, u"openai/test-slow-stream-10ms"_s}, {u"stream"_s, true}, {u"messages"_s, messages}};
    }
    ++m_underWay;
    new LoadProgram(m_server->address(), path, json::print(body), number % 4 == 3 ? m_poor : m_rich, manner,
                    [this](int status, const QByteArray &) {
                        --m_underWay;
                        ++m_statuses[status];
                    });
}

void TestGatewayLoad::theLedgerEqualsTheProvidersCount()
{
    int number = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            while (m_underWay < atOnce && number < calls)
                call(number++);
            return number == calls && m_underWay == 0;
        },
        400'000));
    QVERIFY(QTest::qWaitFor([&] { return m_provider.openCalls() == 0; }, 30'000));
    QVERIFY2(m_statuses[200] > calls / 2, QByteArray::number(m_statuses[200]));
    QVERIFY(m_statuses[429] > 100); // the provider's and the budget's

    // What was written down is in the database soon.
    Database database({.session = {.url = m_server->databaseUrl()}, .connections = 1});
    const auto tenant =
        database.platform([](Transaction &tx) { return tx.one<QUuid>("SELECT id FROM tenants WHERE slug = 'acme'"); });
    const auto inTenant = [&](auto work) { return database.transaction({tenant}, work); };
    const auto count = [&] {
        return inTenant([](Transaction &tx) {
            return tx.one<qint64>("SELECT count(*) FROM usage_events WHERE key_id IS NOT NULL");
        });
    };
    const QList<ProviderServer::Call> seen = m_provider.calls();
    const bool areAll = QTest::qWaitFor([&] { return count() == qint64(seen.size()); }, 30'000);

    const auto rows = inTenant([](Transaction &tx) {
        return tx.all<LedgerRow>(R"(
            SELECT attempt_id, model, status, key_name, estimated, cost_nanos, called_at, input_tokens, output_tokens
            FROM usage_events WHERE key_id IS NOT NULL)");
    });
    std::map<QUuid, LedgerRow> ledger;
    for (const LedgerRow &row : rows)
        ledger[row.attemptId] = row;
    if (!areAll) // one row for each, and none besides
        for (const ProviderServer::Call &call : seen)
            if (!ledger.contains(QUuid::fromString(QString::fromLatin1(call.id))))
                qWarning("not in the ledger: %s of %s, state %d, after %lld ms", call.id.constData(),
                         qPrintable(call.model), int(call.state), call.endedAt - call.startedAt);
    QCOMPARE(qsizetype(ledger.size()), seen.size());

    QList<ModelPrice> prices;
    QJsonArray listed = m_server->send("GET", u"/api/v1/prices?limit=200"_s).json[u"items"_s].toArray();
    for (const QJsonValue price : std::as_const(listed))
        prices.append(json::fromValue<ModelPrice>(price, json::UnknownMembers::Lenient));
    const PriceBook book(prices);
    int equal = 0, left = 0, broken = 0;
    qint64 inputTokens = 0, outputTokens = 0, cost = 0;
    for (const ProviderServer::Call &call : seen) {
        const auto found = ledger.find(QUuid::fromString(QString::fromLatin1(call.id)));
        QVERIFY2(found != ledger.end(), call.id.constData());
        const LedgerRow &row = found->second;
        QVERIFY2(row.status != u"lost"_s, call.id.constData());
        TokenUsage usage;
        usage.input = row.inputTokens;
        usage.output = row.outputTokens;
        if (row.costNanos && !(usage == TokenUsage()))
            QCOMPARE(*row.costNanos, *book.costNanos(row.model, usage, row.calledAt));
        cost += row.costNanos.value_or(0);
        switch (call.state) {
        case CallState::Returned:
            if (row.status == u"canceled"_s) { // the program had left by then
                ++left;
                continue;
            }
            QCOMPARE(row.status, u"succeeded"_s);
            QVERIFY(!row.estimated);
            QCOMPARE(row.inputTokens, call.tokens.input);
            QCOMPARE(row.outputTokens, call.tokens.output);
            inputTokens += row.inputTokens;
            outputTokens += row.outputTokens;
            ++equal;
            break;
        case CallState::Refused:
            QVERIFY(row.status == u"failed"_s || row.status == u"canceled"_s);
            QCOMPARE(row.outputTokens, 0);
            break;
        case CallState::Broken:
            QVERIFY(row.status == u"failed"_s || row.status == u"canceled"_s);
            ++broken;
            break;
        case CallState::Abandoned:
            QCOMPARE(row.status, u"canceled"_s);
            ++left;
            break;
        case CallState::Open:
            QFAIL("a call is open still");
        }
    }
    QVERIFY(equal > calls / 2);
    QVERIFY(left > 20);
    QVERIFY(broken > 20);
    const ProviderServer::Counts total = m_provider.total();
    QVERIFY(total.inputTokens >= inputTokens); // more by those that programs did not wait for
    const qint64 rowsCost = inTenant([](Transaction &tx) {
        return tx.one<qint64>("SELECT sum(cost_nanos)::bigint FROM usage_events WHERE key_id IS NOT NULL");
    });
    QCOMPARE(rowsCost, cost);
    const auto report = m_server->send("GET", u"/api/v1/usage?groupBy=key"_s).json;
    qint64 reported = 0, poor = 0;
    const QJsonArray groups = report[u"rows"_s].toArray();
    for (const QJsonValue row : groups) {
        if (row[u"keyName"_s] == u"Poor"_s)
            poor = row[u"costNanos"_s].toInteger();
        if (!row[u"keyName"_s].isNull())
            reported += row[u"costNanos"_s].toInteger();
    }
    QCOMPARE(reported, cost);

    const QJsonObject budget = m_server->send("GET", u"/api/v1/budgets"_s).json[u"items"_s][0].toObject();
    QCOMPARE(budget[u"spentNanos"_s].toInteger(), poor);
    QVERIFY2(poor <= smallBudget, QByteArray::number(poor));
    QVERIFY2(poor > smallBudget * 9 / 10, QByteArray::number(poor)); // and it could be used
    qInfo(
        "%d calls: %d answers billed to the nano as the provider counted them, %d left, %d broken; %lld of %lld nanos "
        "of the small budget",
        calls, equal, left, broken, poor, smallBudget);
}

QTEST_GUILESS_MAIN(TestGatewayLoad)
#include "tst_gateway_load.moc"
