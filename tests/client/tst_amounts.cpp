// SPDX-License-Identifier: GPL-3.0-or-later
// Money as people type and read it: exact to the last digit, whatever the language.
#include "client/widgets/amounts.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;

class TestAmounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void typedMoney_data();
    void typedMoney();
    void moneyComesBackAsItWas_data();
    void moneyComesBackAsItWas();
    void exactCostKeepsEveryDigit();
};

void TestAmounts::typedMoney_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<qint64>("nanos"); // -1: refused
    const auto row = [](const char *language, const QString &typed, qint64 nanos) {
        QTest::addRow("%s %s", language, qPrintable(typed)) << QString::fromLatin1(language) << typed << nanos;
    };
    row("en_US", u"100"_s, 100'000'000'000);
    row("en_US", u"$1,234.50"_s, 1'234'500'000'000);
    row("en_US", u" 1234.5 USD "_s, 1'234'500'000'000);
    row("en_US", u"0.000000001"_s, 1);
    row("en_US", u"999,999,999.999999999"_s, 999'999'999'999'999'999);
    row("en_US", u"0.0000000001"_s, -1); // finer than is kept
    row("en_US", u"1,5"_s, -1); // not fifteen
    row("en_US", u"12,34,567"_s, -1);
    row("en_US", u"1.2.3"_s, -1);
    row("en_US", u"1."_s, -1);
    row("en_US", u".5"_s, -1);
    row("en_US", u"-5"_s, -1);
    row("en_US", u"1e3"_s, -1);
    row("en_US", u"99999999999999999999"_s, -1);
    row("en_US", u"ten"_s, -1);
    row("en_US", QString(), -1);
    row("pt_BR", u"1.234,50"_s, 1'234'500'000'000);
    row("pt_BR", u"US$ 1.234,567890123"_s, 1'234'567'890'123);
    row("pt_BR", u"US$\u00a00,10"_s, 100'000'000);
    row("pt_BR", u"1.5"_s, -1); // the point divides thousands
    row("pt_BR", u"1.500"_s, 1'500'000'000'000);
}

void TestAmounts::typedMoney()
{
    QFETCH(QString, language);
    QFETCH(QString, typed);
    QFETCH(qint64, nanos);
    QLocale::setDefault(QLocale(language));
    QCOMPARE(amounts::nanosOf(typed).value_or(-1), nanos);
}

void TestAmounts::moneyComesBackAsItWas_data()
{
    QTest::addColumn<QString>("language");
    for (const char *language : {"en_US", "pt_BR", "fr_FR", "de_CH"})
        QTest::addRow("%s", language) << QString::fromLatin1(language);
}

void TestAmounts::moneyComesBackAsItWas()
{
    QFETCH(QString, language);
    QLocale::setDefault(QLocale(language));
    for (const qint64 nanos : {qint64(0), qint64(1), qint64(10'000'000), qint64(999'999'999), qint64(1'234'500'000'000),
                               qint64(999'999'999'999'999'999), qint64(1'000'000'000'000'000'000)})
        QCOMPARE(amounts::nanosOf(amounts::dollars(nanos)), std::optional(nanos));
}

// Of which a double would lose the last ones.
void TestAmounts::exactCostKeepsEveryDigit()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(amounts::exactCost(999'999'999'999'999'999), u"$999,999,999.999999999"_s);
    QCOMPARE(amounts::exactCost(14'400'000), u"$0.0144"_s);
    QCOMPARE(amounts::exactCost(2'000'000'000), u"$2.00"_s);
    QLocale::setDefault(QLocale(u"pt_BR"_s));
    QCOMPARE(amounts::exactCost(1'234'567'890'123), u"US$\u00a01.234,567890123"_s);
}

QTEST_APPLESS_MAIN(TestAmounts)
#include "tst_amounts.moc"
