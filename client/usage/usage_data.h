// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/usage_series.h"

#include <QDate>
#include <QMap>
#include <QStringList>

// One of the things that usage is told apart by, and narrowed to.
struct UsageThing
{
    QString id; // of a model: its name
    QString name;

    bool operator==(const UsageThing &) const = default;
};

// What is looked at: of each group at most one thing.
using UsageFilter = QMap<UsageGroup, UsageThing>;
QJsonObject filterJson(const UsageFilter &filter); // for a view that is remembered
UsageFilter filterOf(const QJsonObject &json);

// The days that a usage page shows, in UTC as the ledger counts them.
struct UsagePeriod
{
    QDate first;
    int days = 30;

    static UsagePeriod endingOn(const QDate &last, int days) { return {last.addDays(1 - days), days}; }
    UsagePeriod before() const { return {first.addDays(-days), days}; }
    UsagePeriod after() const { return {first.addDays(days), days}; }
    QDate last() const { return first.addDays(days - 1); }
    UsageBucket bucket() const; // so many that they can be told apart: hours, days or weeks

    bool operator==(const UsagePeriod &) const = default;
};

enum class UsageMeasure { Cost, Tokens };
qint64 measured(const UsageRow &row, UsageMeasure measure); // nano-dollars, or tokens in and out

// What charts draw of a series report: for each bucket a value of each series.
struct UsageChartData
{
    struct Series
    {
        UsageThing thing;
        bool isOthers = false; // the sum of those that are not among the largest
        QList<qint64> values; // one for each start
        qint64 total = 0;
    };
    UsageBucket bucket = UsageBucket::Day;
    QList<QDateTime> starts;
    QList<Series> series; // as the report has them

    qint64 totalOf(int point) const;
    qint64 total() const;
    UsagePeriod periodOf(int point) const; // the days of the bucket
};
UsageChartData chartData(const UsageSeriesReport &report, UsageGroup group, UsageMeasure measure);
// The course of one figure, all series together.
QList<qint64> courseOf(const UsageSeriesReport &report, QList<qint64> UsagePoints::*figure);

// One line of a table or list: what is summed up, and its sums.
struct UsageLine
{
    QString id;
    QString name;
    UsageRow sums;
};
UsageThing thingOf(const UsageRow &row, UsageGroup group);
QList<UsageLine> linesOf(const QList<UsageRow> &rows, UsageGroup group);
QList<UsageLine> linesByDayAndModel(const QList<UsageRow> &rows); // latest day first

// The numbers of a chart: a line for each bucket.
QByteArray asCsv(const UsageChartData &data, UsageMeasure measure);
QByteArray asCsv(const UsageLatencyReport &report);
QByteArray asCsv(const QList<QDateTime> &starts, const QList<std::pair<QString, QList<qint64>>> &columns);
QByteArray asCsv(const QList<UsageRow> &rows);
QByteArray asJson(const QList<UsageRow> &rows);
