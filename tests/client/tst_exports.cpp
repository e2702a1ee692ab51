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
    void bucketsCanBeToldApart();
    void aChartHasTheReportsNumbers();
    void aChartsNumbersAreARowForEachBucket();
    void filtersAreRemembered();
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

UsageSeries series(const QString &model, const QList<qint64> &costs)
{
    UsageSeries series;
    series.total.model = model;
    series.points.costNanos = costs;
    series.points.inputTokens = QList<qint64>(costs.size(), 2);
    series.points.outputTokens = QList<qint64>(costs.size(), 3);
    for (const qint64 cost : costs)
        series.total.costNanos += cost;
    series.total.inputTokens = 2 * costs.size();
    series.total.outputTokens = 3 * costs.size();
    return series;
}

UsageSeriesReport twoDays()
{
    UsageSeriesReport report;
    report.starts = {QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC),
                     QDateTime(QDate(2026, 1, 2), QTime(0, 0), Qt::UTC)};
    report.series = {series(u"a/one"_s, {5, 7}), series(QString(), {1, 1})};
    report.series.last().others = true;
    return report;
}

} // namespace

void TestExports::bucketsCanBeToldApart()
{
    QCOMPARE((UsagePeriod{QDate(2026, 1, 1), 1}.bucket()), UsageBucket::Hour);
    QCOMPARE((UsagePeriod{QDate(2026, 1, 1), 30}.bucket()), UsageBucket::Day);
    QCOMPARE((UsagePeriod{QDate(2026, 1, 1), 365}.bucket()), UsageBucket::Week);
}

void TestExports::aChartHasTheReportsNumbers()
{
    const auto cost = chartData(twoDays(), UsageGroup::Model, UsageMeasure::Cost);
    QCOMPARE(cost.totalOf(0), 6);
    QCOMPARE(cost.totalOf(1), 8);
    QCOMPARE(cost.total(), 14);
    QCOMPARE(cost.series.first().thing, (UsageThing{u"a/one"_s, u"a/one"_s}));
    QVERIFY(cost.series.last().isOthers && cost.series.last().thing.id.isEmpty());
    QCOMPARE(cost.periodOf(1), (UsagePeriod{QDate(2026, 1, 2), 1}));
    const auto tokens = chartData(twoDays(), UsageGroup::Model, UsageMeasure::Tokens);
    QCOMPARE(tokens.totalOf(1), 10);
    QCOMPARE(courseOf(twoDays(), &UsagePoints::costNanos), (QList<qint64>{6, 8}));
}

void TestExports::aChartsNumbersAreARowForEachBucket()
{
    const auto data = chartData(twoDays(), UsageGroup::Model, UsageMeasure::Cost);
    QCOMPARE(asCsv(data, UsageMeasure::Cost),
             QByteArray("start,a/one,others,total_nano_usd\n2026-01-01T00:00:00Z,5,1,6\n2026-01-02T00:00:00Z,7,1,8\n"));
    UsageLatencyReport latency;
    latency.points = {{twoDays().starts.first(), 12, {10, 20, 30}, {}}};
    QCOMPARE(asCsv(latency).split('\n').at(1), QByteArray("2026-01-01T00:00:00Z,12,10,20,30,,,"));
}

void TestExports::filtersAreRemembered()
{
    const UsageFilter filter{{UsageGroup::Model, {u"a/one"_s, u"a/one"_s}},
                             {UsageGroup::Key, {u"id"_s, u"Web shop"_s}}};
    QCOMPARE(filterOf(filterJson(filter)), filter);
    QVERIFY(filterOf({{u"model"_s, u"a text of an older version"_s}}).isEmpty());
}

QTEST_GUILESS_MAIN(TestExports)
#include "tst_exports.moc"
