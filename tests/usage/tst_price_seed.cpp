// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_seed.h"
#include "shared/usage/cost.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

// The list prices that a new price book begins with: where they are from, and that nobody has confirmed them.
class TestPriceSeed : public QObject
{
    Q_OBJECT

    const QList<ModelPrice> m_rows = seedPrices();
    const PriceBook m_book{m_rows};

private Q_SLOTS:
    void everyRowSaysWhereItIsFrom()
    {
        static const QRegularExpression date(u"\\b20\\d\\d-\\d\\d|\\b20\\d\\d Q\\d"_s);
        QSet<QString> seen;
        for (const ModelPrice &row : m_rows) {
            const QString name = row.provider + u'/' + row.model + u' ' + row.validFrom.toString(Qt::ISODate);
            QVERIFY2(!row.verified, qPrintable(name));
            QVERIFY2(row.prices.input, qPrintable(name));
            const bool isDemo = row.provider == u"demo";
            QVERIFY2(isDemo ? row.source.contains(u"not money") : date.match(row.source).hasMatch(), qPrintable(name));
            QVERIFY2(!seen.contains(name), qPrintable(name));
            seen.insert(name);
        }
    }

    // Micro-dollars for a million tokens, now.
    void prices_data()
    {
        QTest::addColumn<qint64>("input");
        QTest::addColumn<qint64>("output"); // 0: none
        const auto row = [](const char *model, qint64 input, qint64 output) {
            QTest::newRow(model) << input << output;
        };
        row("openai/gpt-5.6-sol", 4'000'000, 20'000'000);
        row("openai/gpt-5.6-terra", 2'000'000, 12'000'000);
        row("openai/gpt-5.6-luna", 200'000, 1'200'000);
        row("openai/gpt-5.5", 5'000'000, 30'000'000);
        row("openai/gpt-5.4", 2'500'000, 15'000'000);
        row("openai/gpt-5.4-mini", 750'000, 4'500'000);
        row("openai/gpt-5-mini", 250'000, 2'000'000);
        row("openai/gpt-5-nano", 50'000, 400'000);
        row("openai/gpt-4.1", 2'000'000, 8'000'000);
        row("openai/gpt-4.1-mini", 400'000, 1'600'000);
        row("openai/gpt-4o", 2'500'000, 10'000'000);
        row("openai/gpt-4o-mini", 150'000, 600'000);
        row("openai/o3", 2'000'000, 8'000'000);
        row("openai/o4-mini", 1'100'000, 4'400'000);
        row("openai/text-embedding-3-small", 20'000, 0);
        row("openai/text-embedding-3-large", 130'000, 0);
        for (const char *model : {"anthropic/claude-fable-5.1", "anthropic/claude-mythos-5.1",
                                  "anthropic/claude-fable-5", "anthropic/claude-mythos-5"})
            row(model, 10'000'000, 50'000'000);
        for (const char *model : {"anthropic/claude-opus-5", "anthropic/claude-opus-4.8", "anthropic/claude-opus-4.7",
                                  "anthropic/claude-opus-4.6", "anthropic/claude-opus-4.5"})
            row(model, 5'000'000, 25'000'000);
        row("anthropic/claude-opus-4.1", 15'000'000, 75'000'000);
        row("anthropic/claude-opus-4", 15'000'000, 75'000'000);
        row("anthropic/claude-sonnet-5", 3'000'000, 15'000'000);
        row("anthropic/claude-sonnet-4.5", 3'000'000, 15'000'000);
        row("anthropic/claude-haiku-4.5", 1'000'000, 5'000'000);
        row("google/gemini-3.1-pro-preview", 2'000'000, 12'000'000);
        row("google/gemini-3.6-flash", 1'500'000, 7'500'000);
        row("google/gemini-3.5-flash", 1'500'000, 9'000'000);
        row("google/gemini-2.5-pro", 1'250'000, 10'000'000);
        row("google/gemini-2.5-flash", 300'000, 2'500'000);
        row("google/gemini-2.5-flash-lite", 100'000, 400'000);
        row("google/gemini-embedding-001", 150'000, 0);
        row("xai/grok-4.7", 2'000'000, 6'000'000);
        row("xai/grok-4.6", 2'000'000, 6'000'000);
        row("xai/grok-4.5", 2'000'000, 6'000'000);
        row("xai/grok-4.3", 1'250'000, 2'500'000);
        row("deepseek/deepseek-v4-flash", 220'000, 660'000);
        row("deepseek/deepseek-v4-pro", 660'000, 1'980'000);
        row("mistral/mistral-medium-latest", 1'500'000, 7'500'000);
        row("mistral/mistral-large-latest", 2'000'000, 6'000'000);
        row("mistral/mistral-small-latest", 100'000, 300'000);
        row("fireworks/kimi-k2.6", 950'000, 4'000'000);
        row("fireworks/glm-5.1", 1'400'000, 4'400'000);
        row("fireworks/gpt-oss-120b", 150'000, 600'000);
    }
    void prices()
    {
        const QString model = QString::fromLatin1(QTest::currentDataTag());
        const QDateTime at(QDate(2026, 11, 25), QTime(0, 0), Qt::UTC);
        const ModelPrice *price = m_book.find(model.section(u'/', 0, 0), model.section(u'/', 1), at);
        QVERIFY(price);
        QTEST(*price->prices.input, "input");
        QTEST(price->prices.output.value_or(0), "output");
    }

    void noOtherRows()
    {
        QSet<QString> models;
        for (const ModelPrice &row : m_rows)
            models.insert(row.provider + u'/' + row.model);
        QCOMPARE(models.size(), 49 + 3); // those above and the demo's
    }
};

QTEST_GUILESS_MAIN(TestPriceSeed)
#include "tst_price_seed.moc"
