// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/comparison.h"
#include "shared/evaluations/statistics.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace evaluations;

// A run beside its baseline, and what may be said of a difference.
class TestComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fisher_data()
    {
        QTest::addColumn<int>("passedA");
        QTest::addColumn<int>("allA");
        QTest::addColumn<int>("passedB");
        QTest::addColumn<int>("allB");
        QTest::addColumn<double>("p");
        QTest::newRow("the lady tasting tea") << 3 << 4 << 1 << 4 << 34.0 / 70;
        QTest::newRow("R's example of convictions") << 10 << 13 << 2 << 17 << 0.0005367241;
        QTest::newRow("all against none") << 10 << 10 << 0 << 10 << 2.0 / 184'756;
        QTest::newRow("five against none") << 5 << 5 << 0 << 5 << 2.0 / 252;
        QTest::newRow("one less") << 4 << 5 << 5 << 5 << 1.0;
        QTest::newRow("the same") << 7 << 10 << 7 << 10 << 1.0;
        QTest::newRow("none asked") << 0 << 0 << 5 << 5 << 1.0;
    }
    void fisher()
    {
        QFETCH(const int, passedA);
        QFETCH(const int, allA);
        QFETCH(const int, passedB);
        QFETCH(const int, allB);
        QFETCH(const double, p);
        const double found = statistics::fisher(passedA, allA, passedB, allB);
        QVERIFY2(std::abs(found - p) < 1e-9 + 1e-6 * p, QByteArray::number(found, 'g', 12));
        QCOMPARE(statistics::fisher(passedB, allB, passedA, allA), found);
    }

    void signTest_data()
    {
        QTest::addColumn<int>("up");
        QTest::addColumn<int>("down");
        QTest::addColumn<double>("p");
        QTest::newRow("8 of 9") << 8 << 1 << 20.0 / 512;
        QTest::newRow("10 of 10") << 10 << 0 << 2.0 / 1024;
        QTest::newRow("even") << 5 << 5 << 1.0;
        QTest::newRow("one") << 1 << 0 << 1.0;
        QTest::newRow("none") << 0 << 0 << 1.0;
        QTest::newRow("many") << 60 << 40 << 0.05688793; // binom.test(60, 100) of R
    }
    void signTest()
    {
        QFETCH(const int, up);
        QFETCH(const int, down);
        QFETCH(const double, p);
        QVERIFY2(std::abs(statistics::signTest(up, down) - p) < 1e-7,
                 QByteArray::number(statistics::signTest(up, down), 'g', 12));
        QCOMPARE(statistics::signTest(down, up), statistics::signTest(up, down));
    }

    void cells_data()
    {
        QTest::addColumn<int>("passed");
        QTest::addColumn<int>("answers");
        QTest::addColumn<int>("passedBefore");
        QTest::addColumn<int>("answersBefore");
        QTest::addColumn<CellChange>("change");
        QTest::addColumn<bool>("hasPValue");
        QTest::newRow("pass to fail") << 0 << 1 << 1 << 1 << CellChange::Regression << false;
        QTest::newRow("fail to pass") << 1 << 1 << 0 << 1 << CellChange::Improvement << false;
        QTest::newRow("as before") << 1 << 1 << 1 << 1 << CellChange::Same << false;
        QTest::newRow("one of five") << 4 << 5 << 5 << 5 << CellChange::Same << true;
        QTest::newRow("the majority") << 2 << 5 << 3 << 5 << CellChange::Regression << true;
        QTest::newRow("all of five") << 0 << 5 << 5 << 5 << CellChange::Regression << true;
        QTest::newRow("significant within the majority") << 11 << 20 << 20 << 20 << CellChange::Regression << true;
        QTest::newRow("one against many") << 0 << 1 << 5 << 5 << CellChange::Regression << false;
        QTest::newRow("no answer came") << 0 << 0 << 1 << 1 << CellChange::Incomparable << false;
    }
    void cells()
    {
        QFETCH(const int, passed);
        QFETCH(const int, answers);
        QFETCH(const int, passedBefore);
        QFETCH(const int, answersBefore);
        QFETCH(const CellChange, change);
        QFETCH(const bool, hasPValue);
        const CellFigures cell{answers, answers, answers, passed, {}};
        const CellFigures before{answersBefore, answersBefore, answersBefore, passedBefore, {}};
        const CellVerdict verdict = compare(cell, before, false);
        QCOMPARE(verdict.change, change);
        QCOMPARE(verdict.pValue.has_value(), hasPValue);
        QCOMPARE(compare(cell, before, true).change, CellChange::Incomparable);
        QCOMPARE(compare(cell, {}, false).change, CellChange::Incomparable);
    }

    void outcomes()
    {
        const auto outcome = [](CellFigures cell, int errors = 0, int canceled = 0, int unscored = 0) {
            return outcomeOf(cell, errors, canceled, unscored);
        };
        QCOMPARE(outcome({2, 1, 1, 1, 1.0}), CellOutcome::Pending);
        QCOMPARE(outcome({2, 2, 2, 1, 0.5}), CellOutcome::Passed);
        QCOMPARE(outcome({3, 3, 3, 1, 0.3}), CellOutcome::Failed);
        QCOMPARE(outcome({2, 2, 2, 0, 0.0}, 2), CellOutcome::Error);
        QCOMPARE(outcome({2, 2, 2, 0, 0.0}, 1), CellOutcome::Failed);
        QCOMPARE(outcome({2, 0, 0, 0, {}}, 0, 2), CellOutcome::Canceled);
        QCOMPARE(outcome({2, 2, 0, 0, {}}, 0, 0, 2), CellOutcome::Unscored);
    }

    void columns()
    {
        const QUuid one = QUuid::createUuid(), other = QUuid::createUuid();
        const auto column = [](int number, const QUuid &id, int version, const QString &model) {
            return RunColumn{.column = number, .templateId = id, .version = version, .model = model};
        };
        const QList<RunColumn> baseline{column(0, one, 1, u"a"_s), column(1, one, 3, u"a"_s), column(2, one, 2, u"a"_s),
                                        column(3, one, 3, u"b"_s)};
        const auto matches = matchColumns({column(0, one, 2, u"a"_s), column(1, one, 4, u"a"_s),
                                           column(2, other, 1, u"a"_s), column(3, one, 9, u"b"_s)},
                                          baseline);
        QCOMPARE(matches, (QList<std::optional<int>>{2, 1, std::nullopt, 3}));
    }

    void tally()
    {
        ColumnTally tally(4, 2);
        const CellFigures good{1, 1, 1, 1, 1.0}, bad{1, 1, 1, 0, 0.25};
        for (int i = 0; i < 9; ++i)
            tally.add(bad, good, compare(bad, good, false));
        tally.add(good, bad, compare(good, bad, false));
        tally.add(good, good, compare(good, good, false));
        tally.add(good, {}, compare(good, {}, false));
        const ColumnComparison result = tally.finish();
        QCOMPARE(result.column, 4);
        QCOMPARE(result.regressions, 9);
        QCOMPARE(result.improvements, 1);
        QCOMPARE(result.same, 1);
        QCOMPARE(result.incomparable, 1);
        QCOMPARE(result.compared, 11);
        QCOMPARE(result.passRate, 2.0 / 11);
        QCOMPARE(result.baselinePassRate, 10.0 / 11);
        QVERIFY(std::abs(*result.pValue - 22.0 / 1024) < 1e-9);
        QVERIFY(result.isSignificant);
        QVERIFY(result.note.contains(u"more than chance"_s));
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
