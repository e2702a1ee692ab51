// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/word_diff.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QStringList marked(const QString &text, const QList<diff::Span> &spans)
{
    QStringList words;
    for (const diff::Span &span : spans)
        words << text.mid(span.start, span.length);
    return words;
}

// Puts one side together again from the rows.
QString side(const diff::Comparison &comparison, bool isOld)
{
    QStringList lines;
    for (const diff::Row &row : comparison.rows)
        if (isOld ? row.oldNumber : row.newNumber)
            lines << (isOld ? row.oldText : row.newText);
    return lines.join(u'\n');
}

} // namespace

class TestWordDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalTexts();
    void changedWordsAreMarked();
    void addedAndRemovedLines();
    void bothSidesStayWhole_data();
    void bothSidesStayWhole();
    void largeTextsTakeNoTime();
};

void TestWordDiff::equalTexts()
{
    const auto result = diff::compare(u"one\ntwo"_s, u"one\ntwo"_s);
    QCOMPARE(result.rows.size(), 2);
    QCOMPARE(result.added, 0);
    QCOMPARE(result.removed, 0);
}

void TestWordDiff::changedWordsAreMarked()
{
    const auto result = diff::compare(u"Be helpful and brief."_s, u"Be warm and very brief."_s);
    QCOMPARE(result.rows.size(), 1);
    const diff::Row &row = result.rows.first();
    QCOMPARE(row.kind, diff::Row::Kind::Changed);
    QCOMPARE(marked(row.oldText, row.oldWords), QStringList{u"helpful"_s});
    QCOMPARE(marked(row.newText, row.newWords), (QStringList{u"warm"_s, u" very"_s}));
    QCOMPARE(result.added, 1);
    QCOMPARE(result.removed, 1);
}

void TestWordDiff::addedAndRemovedLines()
{
    const auto result = diff::compare(u"a\nb\nc"_s, u"a\nc\nd"_s);
    QList<diff::Row::Kind> kinds;
    for (const diff::Row &row : result.rows)
        kinds << row.kind;
    using Kind = diff::Row::Kind;
    QCOMPARE(kinds, (QList<Kind>{Kind::Same, Kind::Removed, Kind::Same, Kind::Added}));
    QCOMPARE(result.rows[2].oldNumber, 3);
    QCOMPARE(result.rows[2].newNumber, 2);
}

void TestWordDiff::bothSidesStayWhole_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addRow("empty to text") << QString() << u"a\nb"_s;
    QTest::addRow("text to empty") << u"a\nb"_s << QString();
    QTest::addRow("nothing in common") << u"a\nb\nc"_s << u"x\ny"_s;
    QTest::addRow("repeated lines") << u"a\na\nb\na"_s << u"a\nb\na\na\na"_s;
    QTest::addRow("moved") << u"1\n2\n3\n4"_s << u"3\n4\n1\n2"_s;
    QTest::addRow("ends with a line feed") << u"a\n"_s << u"a"_s;
    QTest::addRow("many scripts") << u"São João 日本 🙂"_s << u"São José 日本語 🙃"_s;
}

void TestWordDiff::bothSidesStayWhole()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto result = diff::compare(before, after);
    QCOMPARE(side(result, true), before);
    QCOMPARE(side(result, false), after);
    int lastOld = 0, lastNew = 0;
    for (const diff::Row &row : result.rows) {
        if (row.oldNumber)
            QCOMPARE(row.oldNumber, ++lastOld);
        if (row.newNumber)
            QCOMPARE(row.newNumber, ++lastNew);
    }
}

void TestWordDiff::largeTextsTakeNoTime()
{
    QStringList before, after;
    for (int i = 0; i < 20'000; ++i) {
        before << u"line %1"_s.arg(i);
        after << u"line %1"_s.arg(i % 5 ? i : -i);
    }
    QElapsedTimer timer;
    timer.start();
    const auto result = diff::compare(before.join(u'\n'), after.join(u'\n'));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(side(result, false), after.join(u'\n'));
}

QTEST_GUILESS_MAIN(TestWordDiff)
#include "tst_word_diff.moc"
