// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/usage.h"

#include <QDate>
#include <QStringList>

// The days that a usage page shows, in UTC as the ledger counts them.
struct UsagePeriod
{
    QDate first;
    int days = 30;

    static UsagePeriod endingOn(const QDate &last, int days) { return {last.addDays(1 - days), days}; }
    UsagePeriod before() const { return {first.addDays(-days), days}; }
    UsagePeriod after() const { return {first.addDays(days), days}; }
    QDate last() const { return first.addDays(days - 1); }
    UsageQuery query(const QList<UsageGroup> &groupBy, const QString &model) const;

    bool operator==(const UsagePeriod &) const = default;
};

enum class UsageMeasure { Cost, Tokens };
qint64 measured(const UsageRow &row, UsageMeasure measure); // nano-dollars, or tokens in and out

// What a stacked chart draws: for each day of the period, or each week of a long one, a value of each model. Beyond a
// handful the models are summed up as the last series, whose name is empty.
struct UsageChartData
{
    struct Series
    {
        QString model;
        QList<qint64> values; // one for each point
        qint64 total = 0;
    };
    QList<UsagePeriod> points; // of one day each, or of a week
    QList<Series> series; // largest first

    qint64 totalOf(int point) const;
    qint64 total() const;
};
UsageChartData chartData(const QList<UsageRow> &byDayAndModel, const UsagePeriod &period, UsageMeasure measure);

// One line of a table or list: what is summed up, and its sums.
struct UsageLine
{
    QString id;
    QString name;
    UsageRow sums;
};
QList<UsageLine> linesOf(const QList<UsageRow> &rows, UsageGroup group);
QList<UsageLine> linesByDayAndModel(const QList<UsageRow> &rows); // latest day first

QByteArray asCsv(const QList<UsageRow> &rows);
QByteArray asJson(const QList<UsageRow> &rows);
