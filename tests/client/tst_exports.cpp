// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the tables, and what a chart makes of a ledger.
#include "client/jobs/jobs_export.h"
#include "client/usage/usage_data.h"
#include "client/widgets/row_export.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestExports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsAreSafeInASpreadsheet_data();
    void cellsAreSafeInASpreadsheet();
    void jobsHaveAsManyCellsAsTitles();
    void daysOfAMonthAreBars();
    void aYearIsDrawnByWeeks();
    void manyModelsAreSummedUp();
};

void TestExports::cellsAreSafeInASpreadsheet_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QByteArray>("written");
    QTest::addRow("plain") << u"Refund reply"_s << QByteArray("Refund reply");
    QTest::addRow("empty") << QString() << QByteArray();
    QTest::addRow("comma") << u"a, b"_s << QByteArray("\"a, b\"");
    QTest::addRow("quote") << u"say \"hi\""_s << QByteArray("\"say \"\"hi\"\"\"");
    QTest::addRow("lines") << u"one\ntwo"_s << QByteArray("\"one\ntwo\"");
    QTest::addRow("formula") << u"=cmd|' /C calc'!A0"_s << QByteArray("\"'=cmd|' /C calc'!A0\"");
    QTest::addRow("at") << u"@SUM(A1)"_s << QByteArray("\"'@SUM(A1)\"");
    QTest::addRow("minus") << u"-2+3"_s << QByteArray("\"'-2+3\"");
    QTest::addRow("negative number") << u"-23"_s << QByteArray("-23");
}

void TestExports::cellsAreSafeInASpreadsheet()
{
    QFETCH(QString, cell);
    QFETCH(QByteArray, written);
    QCOMPARE(rowExport::csvLine({u"id"_s, cell}), "id," + written + "\n");
}

void TestExports::jobsHaveAsManyCellsAsTitles()
{
    Job job;
    job.state = JobState::Dead;
    job.templateName = u"Reply"_s;
    job.model = u"demo/echo"_s;
    QCOMPARE(JobsExport::asCsv({job}).count(','), JobsExport::csvTitles().count(','));
    QVERIFY(JobsExport::asCsv({job}).contains(",dead,Reply,,demo/echo,"));
}

namespace {

UsageRow row(const QDate &day, const QString &model, qint64 nanos)
{
    UsageRow row;
    row.day = day.toString(Qt::ISODate);
    row.model = model;
    row.costNanos = nanos;
    return row;
}

} // namespace

void TestExports::daysOfAMonthAreBars()
{
    const UsagePeriod month{QDate(2026, 1, 1), 30};
    const auto data = chartData({row(QDate(2026, 1, 1), u"a"_s, 5), row(QDate(2026, 1, 30), u"a"_s, 7),
                                 row(QDate(2025, 12, 31), u"a"_s, 100), row(QDate(2026, 1, 31), u"a"_s, 100)},
                                month, UsageMeasure::Cost);
    QCOMPARE(data.points.size(), 30);
    QCOMPARE(data.totalOf(0), 5);
    QCOMPARE(data.totalOf(29), 7);
    QCOMPARE(data.total(), 12);
}

void TestExports::aYearIsDrawnByWeeks()
{
    const UsagePeriod year{QDate(2025, 1, 1), 365};
    QList<UsageRow> rows;
    for (int day = 0; day < year.days; ++day)
        rows << row(year.first.addDays(day), u"a"_s, 1);
    const auto data = chartData(rows, year, UsageMeasure::Cost);
    QCOMPARE(data.points.size(), 53);
    QCOMPARE(data.totalOf(0), 7);
    QCOMPARE(data.totalOf(52), 1);
    QCOMPARE(data.points.last(), (UsagePeriod{QDate(2025, 12, 31), 1}));
    QCOMPARE(data.total(), 365);
}

void TestExports::manyModelsAreSummedUp()
{
    QList<UsageRow> rows;
    for (int model = 0; model < 12; ++model)
        rows << row(QDate(2026, 1, 1), u"model %1"_s.arg(model), 100 - model);
    const auto data = chartData(rows, {QDate(2026, 1, 1), 7}, UsageMeasure::Cost);
    QCOMPARE(data.series.size(), 7);
    QVERIFY(data.series.last().model.isEmpty());
    QCOMPARE(data.total(), 12 * 100 - 66);
}

QTEST_GUILESS_MAIN(TestExports)
#include "tst_exports.moc"
