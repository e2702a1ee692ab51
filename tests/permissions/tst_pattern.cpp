// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/pattern.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace patterns;

// As JavaScript's RegExp without the flag u; with it, see tst_variables_schema. What random patterns find is compared
// with JavaScript in tst_casl.
class TestPattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void refuses_data();
    void refuses();
    void knowsItsOptions();
    void takesLinearTime_data();
    void takesLinearTime();
};

void TestPattern::finds_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const QString &pattern, const QString &options, const QString &text, bool found) {
        QTest::newRow(qPrintable(u"/%1/%2 in %3"_s.arg(pattern, options, text))) << pattern << options << text << found;
    };
    row(u""_s, u""_s, u""_s, true);
    row(u"b+c"_s, u""_s, u"abbcd"_s, true);
    row(u"^b"_s, u""_s, u"ab"_s, false);
    row(u"^(?:support|sales)/"_s, u""_s, u"sales/eu"_s, true);
    row(u"^(?<team>support|sales)$"_s, u""_s, u"sales/eu"_s, false);
    row(u"a{2,3}?$"_s, u""_s, u"baa"_s, true);
    row(u"^\\d{3}-\\d{4}$"_s, u""_s, u"555-1234"_s, true);
    row(u"^.$"_s, u""_s, u"😀"_s, false); // two units
    row(u"^..$"_s, u""_s, u"😀"_s, true);
    row(u"^😀+$"_s, u""_s, u"😀"_s, true);
    row(u"\\@\\-\\ \\#"_s, u""_s, u"@- #"_s, true);
    row(u"[^]"_s, u""_s, u"\n"_s, true);
    row(u"[]"_s, u""_s, u"a"_s, false);
    row(u"[\\w-]"_s, u""_s, u"-"_s, true);
    row(u"\\bpatio\\b"_s, u""_s, u"the patio."_s, true);
    row(u"\\Bpatio"_s, u""_s, u"patio"_s, false);
    row(u"$^"_s, u""_s, u""_s, true);
    row(u"$^"_s, u""_s, u"a"_s, false);
    row(u"(^a|b$)"_s, u""_s, u"xb"_s, true);
    row(u"a.c"_s, u""_s, u"a\nc"_s, false);
    row(u"a.c"_s, u"s"_s, u"a\nc"_s, true);
    row(u"^b"_s, u"m"_s, u"a\nb"_s, true);
    row(u"^b$"_s, u"m"_s, u"a\nbc"_s, false);
    row(u"patio"_s, u"i"_s, u"PaTiO"_s, true);
    row(u"[a-f]+$"_s, u"i"_s, u"xABC"_s, true);
    row(u"^[^a]$"_s, u"i"_s, u"A"_s, false);
    row(u"é"_s, u"i"_s, u"É"_s, true);
    row(u"σ"_s, u"i"_s, u"ς"_s, true); // both are Σ
    row(u"ß"_s, u"i"_s, u"SS"_s, false);
    row(u"k"_s, u"i"_s, u"\u212A"_s, false); // the sign of kelvins is one with the flag u only
    row(u"s"_s, u"i"_s, u"\u017F"_s, false);
}

void TestPattern::finds()
{
    QFETCH(QString, pattern);
    QFETCH(QString, options);
    QFETCH(QString, text);
    QFETCH(bool, found);
    const Pattern compiled(pattern, Characters::Units, *optionsOf(options));
    QCOMPARE(compiled.problem(), QString());
    QCOMPARE(compiled.isIn(text), found);
    qsizetype steps = 100'000; // the other way of looking
    QCOMPARE(compiled.search(text, steps) == Pattern::Outcome::Found, found);
}

void TestPattern::refuses_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<int>("at");
    QTest::newRow("look-ahead") << u"a(?=b)"_s << u"look-around"_s << 3;
    QTest::newRow("look-behind") << u"(?<!b)"_s << u"look-around"_s << 3;
    QTest::newRow("back reference") << u"(a)\\1"_s << u"refers back"_s << 5;
    QTest::newRow("name") << u"(?<a>x)\\k<a>"_s << u"refers back"_s << 9;
    QTest::newRow("name twice") << u"(?<a>x)(?<a>y)"_s << u"used before"_s << 11;
    QTest::newRow("open group") << u"(a"_s << u"without “)”"_s << 2;
    QTest::newRow("closed group") << u"a)b"_s << u"without “(”"_s << 1;
    QTest::newRow("open class") << u"[a"_s << u"without “]”"_s << 2;
    QTest::newRow("backwards") << u"[z-a]"_s << u"backwards"_s << 4;
    QTest::newRow("nothing to repeat") << u"*a"_s << u"nothing before"_s << 1;
    QTest::newRow("edge repeated") << u"^*"_s << u"no length"_s << 2;
    QTest::newRow("count") << u"a{3,2}"_s << u"repetition"_s << 6;
    QTest::newRow("octal") << u"\\07"_s << u"escape"_s << 2;
    QTest::newRow("unknown escape") << u"a\\q"_s << u"escape “\\q”"_s << 3;
    QTest::newRow("property") << u"\\p{L}"_s << u"escape"_s << 2;
    QTest::newRow("end") << u"a\\"_s << u"ends with"_s << 2;
    QTest::newRow("too long") << u"(a{99}){99}"_s << u"too long"_s << 11;
}

void TestPattern::refuses()
{
    QFETCH(QString, pattern);
    QFETCH(QString, problem);
    const Pattern compiled(pattern, Characters::Units);
    QVERIFY2(compiled.problem().contains(problem), qPrintable(compiled.problem()));
    QTEST(int(compiled.problemAt()), "at");
}

void TestPattern::knowsItsOptions()
{
    QCOMPARE(optionsOf(u"is"), Option::IgnoreCase | Option::DotAll);
    QCOMPARE(optionsOf(u""), Options());
    QVERIFY(!optionsOf(u"g"));
    QVERIFY(!optionsOf(u"ii"));
}

void TestPattern::takesLinearTime_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("nested stars") << u"^(a*)*b$"_s;
    QTest::newRow("word edges") << u"\\b(a|a|aa)+b\\b"_s;
    QTest::newRow("states without end") << u"(a|b)*a(a|b){12}c"_s;
    QTest::newRow("nothing, often") << u"(((){99999}){99999}){99999}b"_s;
    QTest::newRow("many optionals") << u"^(a?){50}a{50}$"_s;
}

void TestPattern::takesLinearTime()
{
    QFETCH(QString, pattern);
    const Pattern compiled(pattern, Characters::Units);
    QCOMPARE(compiled.problem(), QString());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!compiled.isIn(QString(100'000, u'a')));
    QVERIFY2(timer.elapsed() < 10'000, "took too long");
}

QTEST_APPLESS_MAIN(TestPattern)
#include "tst_pattern.moc"
