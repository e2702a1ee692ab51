// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"
#include "shared/usage/cost.h"
#include "tests/usage/price_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString rerate = u"/api/v1/prices/rerate"_s, prices = u"/api/v1/prices"_s;
const QString acme = u"acme"_s, northwind = u"northwind"_s;

QString iso(const QDateTime &moment) { return moment.toUTC().toString(Qt::ISODateWithMs); }
QDateTime at(const char *text) { return QDateTime::fromString(QLatin1StringView(text), Qt::ISODateWithMs); }

} // namespace

// What calls would cost by the price book, beside the ledger that a real server keeps. Each test has a month of its
// own, in the past.
class TestRerate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void equalsTheLedgerWhenNothingChanged();
    void differsExactlyByANewPrice();
    void unknownIsNotFree();
    void answersFromTheCacheCostNothing();
    void whatWasTakenBackIsComputedAsTheCall();
    void asTheBookWasThen();
    void onlyWhatIsAskedFor();
    void everyCallThatDiffersAsCsv();
    void wrongPeriods_data();
    void wrongPeriods();
    void whoMay();
    void rulesCount();
    void leavesAnEntryOfOperators();
    void manyCallsInLittleMemory();

private:
    HttpAnswer ask(const QByteArray &token, const QDateTime &from, const QJsonObject &more = {})
    {
        QJsonObject input{{u"from"_s, iso(from)}, {u"to"_s, iso(from.addDays(28))}};
        for (auto it = more.begin(); it != more.end(); ++it)
            input.insert(it.key(), it.value());
        return m_stack.first->post(rerate, input, token);
    }
    HttpAnswer asOwner(const QDateTime &from, const QJsonObject &more = {})
    {
        return ask(m_stack.first->token(acme, u"owner"_s), from, more);
    }
    void addPrice(const QString &model, const QDateTime &from, qint64 input, std::optional<qint64> output)
    {
        QJsonObject amounts{{u"input"_s, input}};
        if (output)
            amounts.insert(u"output"_s, *output);
        const HttpAnswer made = m_stack.first->post(prices,
                                                    {{u"provider"_s, u"vllm"_s},
                                                     {u"model"_s, model},
                                                     {u"validFrom"_s, iso(from)},
                                                     {u"prices"_s, amounts},
                                                     {u"source"_s, u"a test"_s},
                                                     {u"correctsPast"_s, true}},
                                                    m_stack.first->operatorToken());
        QVERIFY2(made.status == 201, made.body);
    }
    // The price book as the server gives it, so that what is expected is computed from it here.
    PriceBook book()
    {
        QList<ModelPrice> rows;
        QString cursor;
        do {
            const QString path = prices + u"?limit=500"_s + (cursor.isEmpty() ? QString() : u"&cursor="_s + cursor);
            const QJsonObject page = m_stack.first->get(path, m_stack.first->token(acme, u"owner"_s)).json();
            for (const QJsonValue row : page[u"items"_s].toArray())
                rows.append(json::fromValue<ModelPrice>(row, json::UnknownMembers::Ignore));
            cursor = page[u"nextCursor"_s].toString();
        } while (!cursor.isEmpty());
        return PriceBook(rows);
    }

    PriceFixture m_stack;
    QUuid m_acme;
};

void TestRerate::initTestCase()
{
    m_acme = m_stack.tenant(acme);
    QVERIFY(!m_acme.isNull() && !m_stack.first->operatorToken().isEmpty());
}

// Tiers, cache classes of five minutes and an hour, snapshots, and a price that changes within the month: what the
// server computes is what the arithmetic of the ledger computed.
void TestRerate::equalsTheLedgerWhenNothingChanged()
{
    const QDateTime from = at("2026-08-20T00:00:00.000Z");
    const PriceBook now = book();
    const QDateTime change = at("2026-09-01T00:00:00.000Z"); // of claude-sonnet-5
    QList<UsageStore::Call> calls;
    const auto add = [&](const QString &model, const TokenUsage &usage, const QDateTime &when) {
        const auto cost = now.costNanos(model, usage, when);
        QVERIFY2(cost, qPrintable(model));
        calls.append(PriceFixture::call(model, usage, when, cost));
    };
    add(u"anthropic/claude-sonnet-4.5"_s, {.input = 200'000, .output = 7}, from.addDays(1));
    add(u"anthropic/claude-sonnet-4.5"_s, {.input = 200'001, .output = 7}, from.addDays(1));
    add(u"anthropic/claude-opus-4-5-20251101"_s,
        {.input = 1003, .cachedInput = 201, .cacheWrite = 99, .cacheWriteHour = 41, .output = 11}, from);
    add(u"anthropic/claude-sonnet-5"_s, {.input = 1001, .output = 3}, change.addMSecs(-1));
    add(u"anthropic/claude-sonnet-5"_s, {.input = 1001, .output = 3}, change);
    QCOMPARE_NE(calls[3].costNanos, calls[4].costNanos);
    calls.append(
        PriceFixture::call(u"vllm/nobody-knows"_s, {}, from, 0)); // without tokens: nothing, whatever the price
    calls.append(PriceFixture::call(u"vllm/nobody-knows"_s, {.input = 4}, from, std::nullopt));
    m_stack.record(m_acme, calls);

    const HttpAnswer answer = asOwner(from);
    QVERIFY2(answer.status == 200, answer.body);
    const QJsonValue total = answer.json()[u"total"_s];
    qint64 ledger = 0;
    for (const auto &call : std::as_const(calls))
        ledger += call.costNanos.value_or(0);
    QCOMPARE(total[u"calls"_s].toInteger(), calls.size());
    QCOMPARE(total[u"costNanos"_s].toInteger(), ledger);
    QCOMPARE(total[u"reratedNanos"_s].toInteger(), ledger);
    QCOMPARE(total[u"differenceNanos"_s].toInteger(-1), 0);
    QCOMPARE(total[u"differingCalls"_s].toInteger(-1), 0);
    QCOMPARE(total[u"unpricedBefore"_s].toInteger(), 1);
    QCOMPARE(total[u"unpricedAfter"_s].toInteger(), 1);
    QCOMPARE(answer.json()[u"calls"_s].toArray().size(), 0);
    QCOMPARE(answer.json()[u"hasMore"_s], false);
    QCOMPARE(answer.json()[u"models"_s].toArray().size(), 4);
}

void TestRerate::differsExactlyByANewPrice()
{
    const QDateTime from = at("2026-03-01T00:00:00.000Z"), middle = from.addDays(10);
    addPrice(u"changed"_s, from, 500, 1000);
    const TokenUsage usage{.input = 3, .output = 2}; // 1.5 + 2 nano-dollars: half to even
    m_stack.record(m_acme,
                   {PriceFixture::call(u"vllm/changed"_s, usage, middle.addMSecs(-1), 4),
                    PriceFixture::call(u"vllm/changed"_s, usage, middle, 4),
                    PriceFixture::call(u"vllm/changed"_s, usage, middle.addDays(1), 4)});
    QCOMPARE(asOwner(from).json()[u"total"_s][u"differingCalls"_s].toInteger(-1), 0);

    addPrice(u"changed"_s, middle, 1500, 1000); // 4.5 + 2 = 6.5, which is 6
    const QJsonObject answer = asOwner(from).json();
    const QJsonValue model = answer[u"models"_s][0];
    QCOMPARE(model[u"model"_s], u"vllm/changed"_s);
    QCOMPARE(model[u"calls"_s], 3);
    QCOMPARE(model[u"costNanos"_s], 12);
    QCOMPARE(model[u"reratedNanos"_s], 16);
    QCOMPARE(model[u"differenceNanos"_s], 4);
    QCOMPARE(model[u"differingCalls"_s], 2);
    QCOMPARE(answer[u"calls"_s].toArray().size(), 2);
    for (const QJsonValue call : answer[u"calls"_s].toArray()) {
        QCOMPARE(call[u"costNanos"_s], 4);
        QCOMPARE(call[u"reratedNanos"_s], 6);
        QVERIFY(call[u"calledAt"_s].toString() >= iso(middle));
    }
    // Nothing was written: the ledger says what it said.
    const QJsonObject usage2 = m_stack.first
                                   ->get(u"/api/v1/usage?groupBy=model&model=vllm/changed&from=%1&to=%2"_s.arg(
                                             iso(from), iso(from.addDays(28))),
                                         m_stack.first->token(acme, u"owner"_s))
                                   .json();
    QCOMPARE(usage2[u"total"_s][u"costNanos"_s], 12);
}

void TestRerate::unknownIsNotFree()
{
    const QDateTime from = at("2026-04-01T00:00:00.000Z");
    m_stack.record(m_acme,
                   {PriceFixture::call(u"vllm/unknown"_s, {.input = 5}, from, std::nullopt),
                    PriceFixture::call(u"vllm/wrongly-free"_s, {.input = 5}, from, 0)});
    QJsonObject answer = asOwner(from).json();
    QCOMPARE(answer[u"total"_s][u"unpricedBefore"_s], 1);
    QCOMPARE(answer[u"total"_s][u"unpricedAfter"_s], 2);
    QCOMPARE(answer[u"total"_s][u"differenceNanos"_s], 0);
    // 0 by the ledger and unknown by the book is a difference, though both sum to nothing.
    QCOMPARE(answer[u"total"_s][u"differingCalls"_s], 1);
    QCOMPARE(answer[u"calls"_s][0][u"model"_s], u"vllm/wrongly-free"_s);
    QCOMPARE(answer[u"calls"_s][0][u"costNanos"_s], 0);
    QVERIFY(answer[u"calls"_s][0][u"reratedNanos"_s].isUndefined()
            || answer[u"calls"_s][0][u"reratedNanos"_s].isNull());

    // Free by an alias is a cost of zero.
    const HttpAnswer alias = m_stack.first->post(u"/api/v1/price-aliases"_s, {{u"name"_s, u"vllm/unknown"_s}},
                                                 m_stack.first->operatorToken());
    QCOMPARE(alias.status, 201);
    answer = asOwner(from, {{u"model"_s, u"vllm/unknown"_s}}).json();
    QCOMPARE(answer[u"total"_s][u"unpricedBefore"_s], 1);
    QCOMPARE(answer[u"total"_s][u"unpricedAfter"_s], 0);
    QCOMPARE(answer[u"total"_s][u"differenceNanos"_s], 0);
    QCOMPARE(answer[u"calls"_s][0][u"reratedNanos"_s], 0);
    QVERIFY(answer[u"calls"_s][0][u"costNanos"_s].isUndefined() || answer[u"calls"_s][0][u"costNanos"_s].isNull());
}

void TestRerate::answersFromTheCacheCostNothing()
{
    const QDateTime from = at("2025-11-01T00:00:00.000Z");
    addPrice(u"cached"_s, from, 500, 1000);
    const TokenUsage usage{.input = 30, .output = 2};
    UsageStore::Call hit = PriceFixture::call(u"vllm/cached"_s, usage, from, 0);
    hit.isCacheHit = true;
    hit.savedNanos = 17;
    m_stack.record(m_acme, {PriceFixture::call(u"vllm/cached"_s, usage, from, 17), hit});
    // By value: a reference into the answer would outlive it.
    const auto total = [&]() -> QJsonValue {
        return asOwner(from, {{u"model"_s, u"vllm/cached"_s}}).json()[u"total"_s];
    };
    QCOMPARE(total()[u"calls"_s], 2);
    QCOMPARE(total()[u"differingCalls"_s].toInteger(-1), 0);
    addPrice(u"cached"_s, from.addDays(-1).addSecs(86'400 - 1), 5000, 1000);
    QCOMPARE(total()[u"differingCalls"_s].toInteger(-1), 0); // the later row counts
    addPrice(u"cached"_s, from.addMSecs(1), 5000, 1000);
    m_stack.record(m_acme, {PriceFixture::call(u"vllm/cached"_s, usage, from.addDays(1), 17)});
    UsageStore::Call later = hit;
    later.attemptId = newId();
    later.calledAt = from.addDays(1);
    m_stack.record(m_acme, {later});
    QCOMPARE(total()[u"calls"_s], 4);
    QCOMPARE(total()[u"differingCalls"_s], 1); // the one that was made
    QCOMPARE(total()[u"differenceNanos"_s], 152 - 17);
}

void TestRerate::whatWasTakenBackIsComputedAsTheCall()
{
    const QDateTime from = at("2026-05-01T00:00:00.000Z");
    addPrice(u"lost"_s, from, 2500, 1000);
    UsageStore::Call lost = PriceFixture::call(u"vllm/lost"_s, {.input = 1}, from, 2); // 2.5
    lost.status = UsageStore::CallStatus::Lost;
    UsageStore::Call truth = lost;
    truth.entry = UsageStore::Entry::Correction;
    truth.status = UsageStore::CallStatus::Succeeded;
    truth.usage.output = 4;
    truth.costNanos = 6; // 6.5
    m_stack.record(m_acme, {lost, UsageStore::reversal(lost), truth});
    const QJsonValue total = asOwner(from).json()[u"total"_s];
    QCOMPARE(total[u"calls"_s], 1);
    QCOMPARE(total[u"costNanos"_s], 6);
    QCOMPARE(total[u"reratedNanos"_s], 6);
    QCOMPARE(total[u"differingCalls"_s], 0);
}

void TestRerate::asTheBookWasThen()
{
    const QDateTime from = at("2026-06-01T00:00:00.000Z");
    m_stack.record(m_acme, {PriceFixture::call(u"vllm/later"_s, {.input = 1000}, from, std::nullopt)});
    addPrice(u"later"_s, from, 1'000'000, {});
    const QString before = iso(QDateTime::currentDateTimeUtc().addSecs(-3600));
    QCOMPARE(asOwner(from).json()[u"total"_s][u"reratedNanos"_s], 1'000'000);
    const QJsonObject then = asOwner(from, {{u"asOf"_s, before}}).json();
    QCOMPARE(then[u"total"_s][u"unpricedAfter"_s], 1);
    QCOMPARE(then[u"asOf"_s], before);
}

void TestRerate::onlyWhatIsAskedFor()
{
    const QDateTime from = at("2026-07-01T00:00:00.000Z");
    const QUuid key = newId();
    QList<UsageStore::Call> calls;
    for (int i = 0; i < 6; ++i) {
        calls.append(PriceFixture::call(i < 4 ? u"vllm/this"_s : u"vllm/that"_s, {.input = 1}, from.addDays(i), 5));
        if (i % 2 == 0)
            calls.last().keyId = key;
    }
    m_stack.record(m_acme, calls);
    const auto count = [&](const QJsonObject &more) {
        return asOwner(from, more).json()[u"total"_s][u"calls"_s].toInt(-1);
    };
    QCOMPARE(count({}), 6);
    QCOMPARE(count({{u"model"_s, u"vllm/this"_s}}), 4);
    QCOMPARE(count({{u"keyId"_s, key.toString(QUuid::WithoutBraces)}}), 3);
    QCOMPARE(count({{u"from"_s, iso(from.addDays(1))}, {u"to"_s, iso(from.addDays(3))}}), 2);
    const QJsonObject part = asOwner(from, {{u"limit"_s, 2}}).json();
    QCOMPARE(part[u"calls"_s].toArray().size(), 2);
    QCOMPARE(part[u"hasMore"_s], true);
}

void TestRerate::everyCallThatDiffersAsCsv()
{
    const QDateTime from = at("2026-02-01T00:00:00.000Z");
    QList<UsageStore::Call> calls;
    for (int i = 0; i < 3000; ++i)
        calls.append(PriceFixture::call(u"vllm/gone"_s, {.input = 1}, from.addSecs(i), i));
    m_stack.record(m_acme, calls);
    const HttpAnswer answer = asOwner(from, {{u"format"_s, u"csv"_s}, {u"limit"_s, 1}});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.headers.value("content-type").startsWith("text/csv"));
    const auto lines = answer.body.trimmed().split('\n');
    QCOMPARE(lines.size(), 3001);
    QVERIFY(lines[0].startsWith("attemptId,entry,calledAt,model,"));
    qint64 difference = 0;
    for (const QByteArray &line : lines.mid(1))
        difference += line.trimmed().split(',').last().toLongLong();
    QCOMPARE(difference, -3000LL * 2999 / 2);
    QVERIFY(lines[1].contains("\"'=Dora\"")); // no formula
    QCOMPARE(lines[1].trimmed().split(',').size(), lines[0].trimmed().split(',').size());
}

void TestRerate::wrongPeriods_data()
{
    QTest::addColumn<QJsonObject>("input");
    QTest::addColumn<QString>("pointer");
    const QString day = u"2026-01-01T00:00:00Z"_s;
    QTest::newRow("nothing") << QJsonObject() << u"/from"_s;
    QTest::newRow("backwards") << QJsonObject{{u"from"_s, day}, {u"to"_s, day}} << u"/from"_s;
    QTest::newRow("too long") << QJsonObject{{u"from"_s, u"2020-01-01T00:00:00Z"_s}, {u"to"_s, day}} << u"/from"_s;
    QTest::newRow("limit") << QJsonObject{{u"from"_s, day}, {u"to"_s, day}, {u"limit"_s, 1001}} << u"/limit"_s;
}

void TestRerate::wrongPeriods()
{
    QFETCH(const QJsonObject, input);
    QFETCH(const QString, pointer);
    const HttpAnswer answer = m_stack.first->post(rerate, input, m_stack.first->token(acme, u"owner"_s));
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
}

void TestRerate::whoMay()
{
    const QDateTime from = at("2026-01-01T00:00:00.000Z");
    m_stack.record(m_acme, {PriceFixture::call(u"vllm/x"_s, {.input = 1}, from, 5)});
    const QString id = m_acme.toString(QUuid::WithoutBraces);
    const QString other = m_stack.tenant(northwind).toString(QUuid::WithoutBraces);
    const auto status = [&](const QByteArray &token, const QString &tenant) {
        const HttpAnswer answer =
            ask(token, from, tenant.isEmpty() ? QJsonObject() : QJsonObject{{u"tenantId"_s, tenant}});
        return answer.status == 200 ? answer.json()[u"total"_s][u"calls"_s].toInt(-1) : -answer.status;
    };
    TestServer &server = *m_stack.first;
    QCOMPARE(status(server.token(acme, u"owner"_s), {}), 1);
    QCOMPARE(status(server.token(acme, u"owner"_s), id), 1);
    QCOMPARE(status(server.token(acme, u"owner"_s), other), -404);
    QCOMPARE(status(server.token(northwind, u"owner"_s), id), -404);
    QCOMPARE(status(server.token(acme, u"prompt-engineer"_s), {}), 1);
    QCOMPARE(status(server.token(acme, u"viewer"_s), {}), -403); // has no prices.read
    QCOMPARE(status(server.operatorToken(), id), 1);
    QCOMPARE(status(server.operatorToken(), other), 0);
    QCOMPARE(status(server.operatorToken(), {}), -422);
    QCOMPARE(status(server.operatorToken(), newId().toString(QUuid::WithoutBraces)), -404);
}

// Who may read the usage of one model alone computes with that alone.
void TestRerate::rulesCount()
{
    const QDateTime from = at("2025-12-01T00:00:00.000Z");
    m_stack.record(m_acme,
                   {PriceFixture::call(u"vllm/open"_s, {.input = 1}, from, 5),
                    PriceFixture::call(u"vllm/secret"_s, {.input = 1}, from, 5)});
    TestServer &server = *m_stack.first;
    const QByteArray owner = server.token(acme, u"owner"_s);
    const HttpAnswer rule =
        server.post(u"/api/v1/rules"_s,
                    {{u"effect"_s, u"deny"_s},
                     {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"prompt-engineer"_s}}}},
                     {u"subject"_s, u"usage"_s},
                     {u"actions"_s, QJsonArray{u"read"_s}},
                     {u"conditions"_s, QJsonObject{{u"model"_s, u"vllm/secret"_s}}},
                     {u"reason"_s, u"Not theirs."_s}},
                    owner);
    QVERIFY2(rule.status == 201, rule.body);
    const QJsonObject answer = ask(server.token(acme, u"prompt-engineer"_s), from).json();
    QCOMPARE(answer[u"total"_s][u"calls"_s], 1);
    QCOMPARE(answer[u"models"_s][0][u"model"_s], u"vllm/open"_s);
    QCOMPARE(ask(owner, from).json()[u"total"_s][u"calls"_s], 2);
    QCOMPARE(server.send("DELETE", u"/api/v1/rules/"_s + rule.json()[u"id"_s].toString(), {}, {.token = owner}).status,
             204);
}

void TestRerate::leavesAnEntryOfOperators()
{
    const QDateTime from = at("2025-11-01T00:00:00.000Z");
    const auto entries = [&](const QByteArray &token) {
        return m_stack.first->get(u"/api/v1/audit?action=usage.read"_s, token).json()[u"items"_s].toArray().size();
    };
    const QByteArray owner = m_stack.first->token(acme, u"owner"_s), platform = m_stack.first->operatorToken();
    const auto before = std::pair(entries(owner), entries(platform));
    QCOMPARE(ask(platform, from, {{u"tenantId"_s, m_acme.toString(QUuid::WithoutBraces)}}).status, 200);
    QCOMPARE(std::pair(entries(owner), entries(platform)), std::pair(before.first + 1, before.second + 1));
    QCOMPARE(asOwner(from).status, 200);
    QCOMPARE(entries(owner), before.first + 1);
}

void TestRerate::manyCallsInLittleMemory()
{
    const QDateTime from = at("2025-10-01T00:00:00.000Z");
    constexpr int many = 60'000;
    m_stack.database->transaction({m_acme}, [&](Transaction &tx) {
        tx.run(R"(
            INSERT INTO usage_events (attempt_id, called_at, user_name, template_name, provider, model, status,
                                      input_tokens, cached_input_tokens, cache_write_tokens, cache_write_hour_tokens,
                                      output_tokens, reasoning_tokens, estimated, cost_nanos, total_ms)
            SELECT gen_random_uuid(), '2025-10-01'::timestamptz + n * interval '1 second', 'Dora', '', 'openai',
                   'openai/gpt-4.1', 'succeeded', 1000 + n, 0, 0, 0, 10, 0, false, (1000 + n) * 2000 + 10 * 8000, 5
            FROM generate_series(1, $1) AS n)",
               many);
    });
    QElapsedTimer since;
    since.start();
    const HttpAnswer answer = asOwner(from);
    qInfo() << many << "calls in" << since.elapsed() << "ms";
    QCOMPARE(answer.json()[u"total"_s][u"calls"_s], many);
    QCOMPARE(answer.json()[u"total"_s][u"differingCalls"_s].toInt(-1), 0);
    QCOMPARE(answer.json()[u"total"_s][u"reratedNanos"_s].toInteger(),
             60'000LL * 80'000 + 2000LL * (60'000'000LL + 60'000LL * 60'001 / 2));
}

QTEST_GUILESS_MAIN(TestRerate)
#include "tst_rerate.moc"
