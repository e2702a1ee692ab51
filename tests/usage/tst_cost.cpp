// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_seed.h"
#include "shared/usage/cost.h"
#include "shared/usage/token_estimate.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

class TestCost : public QObject
{
    Q_OBJECT

    static constexpr qint64 none = -1;

    // Micro-dollars for a million tokens: input, cached, write, write for an hour, output.
    static ModelPrice price(std::initializer_list<qint64> micros)
    {
        const auto at = [&](std::size_t i) {
            return micros.begin()[i] == none ? std::nullopt : std::optional(micros.begin()[i]);
        };
        ModelPrice result;
        result.prices = {at(0), at(1), at(2), at(3), at(4)};
        return result;
    }

    static QDateTime day(const char *text) { return QDateTime::fromString(QLatin1StringView(text), Qt::ISODate); }

private Q_SLOTS:
    void costs_data()
    {
        QTest::addColumn<ModelPrice>("price");
        QTest::addColumn<TokenUsage>("usage");
        QTest::addColumn<std::optional<qint64>>("expected");
        const auto row = [](const char *name, const ModelPrice &price, const TokenUsage &usage,
                            std::optional<qint64> expected) { QTest::newRow(name) << price << usage << expected; };
        const ModelPrice sonnet = price({3'000'000, 300'000, 3'750'000, 6'000'000, 15'000'000});
        // 3 $ and 15 $ for a million: 1,000 × 3,000 + 500 × 15,000 nano-dollars.
        row("input and output", sonnet, {.input = 1000, .output = 500}, 10'500'000);
        row("nothing", sonnet, {}, 0);
        row("a million each", sonnet, {.input = 1'000'000, .output = 1'000'000}, 18'000'000'000);
        // 700 × 3,000 + 200 × 300 + 60 × 3,750 + 40 × 6,000 + 10 × 15,000
        row("all kinds", sonnet,
            {.input = 1000, .cachedInput = 200, .cacheWrite = 100, .cacheWriteHour = 40, .output = 10}, 2'775'000);
        row("reasoning is output already", sonnet, {.output = 100, .reasoning = 90}, 1'500'000);

        // 0.0005 $ for a million tokens are 0.5 nano-dollars for one.
        const ModelPrice half = price({500, none, none, none, 500});
        row("half to even, down", half, {.input = 1}, 0);
        row("half to even, up", half, {.input = 3}, 2);
        row("rounded once, not for each kind", half, {.input = 1, .output = 1}, 1);
        row("below a half", price({499, none, none, none, 0}), {.input = 1}, 0);
        row("above a half", price({501, none, none, none, 0}), {.input = 1}, 1);
        row("1.5 to 2", price({1500, none, none, none, 0}), {.input = 1}, 2);
        row("2.5 to 2", price({2500, none, none, none, 0}), {.input = 1}, 2);
        row("just above 2.5", price({2501, none, none, none, 0}), {.input = 1}, 3);
        // 1,234,567 × 1,234.567 = 1,524,155,677.489
        row("crooked", price({1'234'567, none, none, none, 0}), {.input = 1'234'567}, 1'524'155'677);

        row("no price for cached: as input", price({1'000'000, none, none, none, 0}), {.input = 10, .cachedInput = 4},
            10'000);
        row("no price for writes: as input", price({1'000'000, none, none, none, 0}),
            {.input = 10, .cacheWrite = 4, .cacheWriteHour = 4}, 10'000);
        row("no price for an hour: as five minutes", price({1'000'000, none, 2'000'000, none, 0}),
            {.input = 10, .cacheWrite = 10, .cacheWriteHour = 10}, 20'000);
        row("no price for output, none made", price({130'000, none, none, none, none}), {.input = 1000}, 130'000);
        row("no price for output", price({130'000, none, none, none, none}), {.input = 1000, .output = 1},
            std::nullopt);
        row("no price for input", price({none, none, none, none, 1}), {.input = 1}, std::nullopt);
        row("free", price({0, 0, 0, 0, 0}), {.input = 1'000'000'000, .output = 5}, 0);

        row("negative", sonnet, {.input = -1}, std::nullopt);
        row("parts larger than the whole", sonnet, {.input = 10, .cachedInput = 11}, std::nullopt);
        constexpr qint64 largest = std::numeric_limits<qint64>::max();
        row("largest that fits", price({1000, none, none, none, 0}), {.input = largest}, largest);
        row("too large", price({1001, none, none, none, 0}), {.input = largest}, std::nullopt);
        row("too large by the sum", price({1000, none, none, none, 1000}), {.input = largest, .output = 1},
            std::nullopt);
        row("too large by rounding", price({1000, none, none, none, 500}), {.input = largest, .output = 1},
            std::nullopt);

        ModelPrice grok = price({2'000'000, 300'000, none, none, 6'000'000});
        grok.tiers = {{200'000, price({4'000'000, 600'000, none, none, 12'000'000}).prices},
                      {500'000, price({8'000'000, none, none, none, 24'000'000}).prices}};
        row("below the tier", grok, {.input = 199'999, .output = 1}, 399'998'000 + 6'000);
        row("the tier prices the whole request", grok, {.input = 200'000, .cachedInput = 50'000, .output = 1},
            150'000 * 4'000LL + 50'000 * 600 + 12'000);
        row("the next tier", grok, {.input = 500'000, .output = 1}, 500'000 * 8'000LL + 24'000);
    }

    void costs()
    {
        QFETCH(ModelPrice, price);
        QFETCH(TokenUsage, usage);
        QFETCH(std::optional<qint64>, expected);
        QCOMPARE(costNanos(price, usage), expected);
    }

    void tiersInAnyOrder()
    {
        ModelPrice one = price({1'000'000, none, none, none, 0});
        one.tiers = {{500, price({3'000'000, none, none, none, 0}).prices},
                     {100, price({2'000'000, none, none, none, 0}).prices}};
        QCOMPARE(costNanos(one, {.input = 1000}), 3'000'000);
        QCOMPARE(costNanos(one, {.input = 100}), 200'000);
    }

    void findsThePriceOfTheTime()
    {
        ModelPrice before = price({1, none, none, none, 1});
        before.provider = u"p"_s;
        before.model = u"m-4.1"_s;
        before.validFrom = day("2026-01-01T00:00:00Z");
        ModelPrice after = before;
        after.prices.input = 2;
        after.validFrom = day("2026-07-01T00:00:00Z");
        ModelPrice snapshot = before;
        snapshot.model = u"m-4.1-20260202"_s;
        snapshot.prices.input = 3;
        const PriceBook book({before, snapshot, after});

        const auto input = [&](const QString &model, const char *at) {
            const ModelPrice *found = book.find(u"p"_s, model, day(at));
            return found ? *found->prices.input : none;
        };
        QCOMPARE(input(u"m-4.1"_s, "2025-12-31T23:59:59Z"), none);
        QCOMPARE(input(u"m-4.1"_s, "2026-01-01T00:00:00Z"), 1);
        QCOMPARE(input(u"m-4.1"_s, "2026-06-30T23:59:59Z"), 1);
        QCOMPARE(input(u"m-4.1"_s, "2026-07-01T00:00:00Z"), 2);
        QCOMPARE(input(u"m-4-1"_s, "2026-07-01T00:00:00Z"), 2);
        QCOMPARE(input(u"m-4-1-20260303"_s, "2026-07-01T00:00:00Z"), 2);
        QCOMPARE(input(u"m-4-1-2026-03-03"_s, "2026-07-01T00:00:00Z"), 2);
        QCOMPARE(input(u"m-4-1-20260202"_s, "2026-07-01T00:00:00Z"), 3);
        QCOMPARE(input(u"m-4"_s, "2026-07-01T00:00:00Z"), none);
        QVERIFY(!book.find(u"q"_s, u"m-4.1"_s, day("2026-07-01T00:00:00Z")));
    }

    // The moment itself is the first that a price counts for, to the millisecond.
    void findsThePriceToTheMillisecond()
    {
        ModelPrice before = price({1, none, none, none, 1});
        before.provider = u"p"_s;
        before.model = u"m"_s;
        before.validFrom = QDateTime::fromMSecsSinceEpoch(1'000'000'000'000, Qt::UTC);
        ModelPrice after = before;
        after.prices.input = 2;
        after.validFrom = before.validFrom.addMSecs(1);
        const PriceBook book({after, before});
        const auto input = [&](int milliseconds) {
            const ModelPrice *found = book.find(u"p"_s, u"m"_s, before.validFrom.addMSecs(milliseconds));
            return found ? *found->prices.input : none;
        };
        QCOMPARE(input(-1), none);
        QCOMPARE(input(0), 1);
        QCOMPARE(input(1), 2);
    }

    void aliases()
    {
        ModelPrice model = price({1, none, none, none, 1});
        model.provider = u"openai"_s;
        model.model = u"gpt-5.4"_s;
        model.validFrom = day("2026-01-01T00:00:00Z");
        ModelPrice own = model;
        own.provider = u"azure"_s;
        own.model = u"exact"_s;
        own.prices.input = 7;
        const auto alias = [](const QString &name, const std::optional<QString> &target) {
            PriceAlias alias;
            alias.name = name;
            alias.target = target;
            return alias;
        };
        const PriceBook book({model, own},
                             {alias(u"my-azure-deployment"_s, u"openai/gpt-5.4"_s), alias(u"ollama/Llama.3"_s, {}),
                              alias(u"azure/exact"_s, u"openai/gpt-5.4"_s), alias(u"gone"_s, u"openai/gone"_s)});
        const QDateTime now = day("2026-07-01T00:00:00Z");
        const auto cost = [&](const QString &name, const QDateTime &at) {
            return book.costNanos(name, {.input = 2'000'000}, at);
        };
        // A bare name is good for whoever provides it, one with a provider for that alone.
        QCOMPARE(cost(u"azure/my-azure-deployment"_s, now), 2000);
        QCOMPARE(cost(u"other/My-Azure-Deployment"_s, now), 2000);
        QCOMPARE(cost(u"azure/my-azure-deployment-2026-03-03"_s, now), 2000);
        QCOMPARE(cost(u"azure/my-azure-deployment"_s, day("2025-12-31T23:59:59Z")), std::nullopt);
        QCOMPARE(cost(u"vllm/llama-3"_s, now), std::nullopt);
        // Free is zero, unknown is nothing.
        QCOMPARE(cost(u"ollama/llama-3"_s, now), 0);
        QCOMPARE(book.costNanos(u"ollama/llama-3"_s,
                                {.input = 9, .cachedInput = 2, .cacheWrite = 3, .cacheWriteHour = 1, .output = 4}, now),
                 0);
        QCOMPARE(cost(u"any/gone"_s, now), std::nullopt);
        // The very name goes before its alias.
        QCOMPARE(cost(u"azure/exact"_s, now), 14'000);
    }

    // Against the tables of the providers: any slip of a digit or of a column shows here.
    void seed()
    {
        const QList<ModelPrice> prices = seedPrices();
        QVERIFY(prices.size() > 50);
        QSet<QString> keys;
        for (const ModelPrice &one : prices) {
            const QByteArray name = (one.provider + u'/' + one.model).toUtf8();
            QVERIFY2(one.prices.input, name.constData());
            QVERIFY2(!one.source.isEmpty() && one.validFrom.isValid(), name.constData());
            QVERIFY2(!one.verified, name.constData()); // nobody has compared it with the provider's list
            QVERIFY2(one.prices.cachedInput.value_or(0) <= *one.prices.input, name.constData());
            QVERIFY2(one.prices.output.value_or(*one.prices.input) >= *one.prices.input, name.constData());
            const QString key = one.provider + u'/' + one.model + one.validFrom.toString(Qt::ISODate);
            QVERIFY2(!keys.contains(key), name.constData());
            keys.insert(key);
        }

        const PriceBook book(prices);
        const QDateTime now = day("2026-11-21T00:00:00Z");
        const auto cost = [&](const char *provider, const char *model, const TokenUsage &usage) {
            const ModelPrice *found = book.find(QLatin1StringView(provider), QLatin1StringView(model), now);
            return found ? costNanos(*found, usage) : std::nullopt;
        };
        // Dollars for a million, by a thousand: 1,000 tokens of 3 $ are 3,000,000 nano-dollars.
        QCOMPARE(cost("anthropic", "claude-sonnet-4-5-20250929", {.input = 1000, .output = 1000}), 18'000'000);
        QCOMPARE(cost("anthropic", "claude-sonnet-4.5", {.input = 200'001}), 200'001 * 6'000LL);
        QCOMPARE(cost("anthropic", "claude-sonnet-5", {.input = 1000, .output = 1000}), 18'000'000);
        QCOMPARE(cost("anthropic", "claude-fable-5.1", {.input = 1000, .cachedInput = 1000}), 250'000);
        QCOMPARE(cost("openai", "gpt-5.6-luna", {.input = 1000, .output = 1000}), 1'400'000);
        QCOMPARE(cost("openai", "gpt-4o-2024-08-06", {.input = 1000, .output = 1000}), 12'500'000);
        QCOMPARE(cost("xai", "grok-4.3", {.input = 200'000, .output = 1000}), 505'000'000);
        QCOMPARE(cost("demo", "echo", {.input = 1000, .output = 1000}), 12'500'000);
        QCOMPARE(cost("openai", "gpt-unheard-of", {.input = 1}), std::nullopt);
    }

    void tokenEstimate_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("tokens");
        QTest::newRow("empty") << QString() << qint64(0);
        QTest::newRow("one letter") << u"a"_s << qint64(1);
        QTest::newRow("eight letters") << u"abcd efg"_s << qint64(2);
        QTest::newRow("nine letters") << u"abcd efgh"_s << qint64(3);
        QTest::newRow("accents") << u"čččč"_s << qint64(2);
        QTest::newRow("ideographs") << u"你好"_s << qint64(2);
        QTest::newRow("emoji is one character") << u"🐎🐎"_s << qint64(2);
    }

    void tokenEstimate()
    {
        QFETCH(QString, text);
        QFETCH(qint64, tokens);
        QCOMPARE(estimateTokens(text), tokens);
    }
};

QTEST_GUILESS_MAIN(TestCost)
#include "tst_cost.moc"
