// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_data.h"

#include "client/widgets/row_export.h"
#include "shared/json/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace {

struct UsageData
{
    Q_DECLARE_TR_FUNCTIONS(UsageData)
};

constexpr int mostHourlyDays = 2, mostDailyDays = 92; // bars that can be told apart

QString nameOf(const UsageRow &row, UsageGroup group)
{
    switch (group) {
    case UsageGroup::Day:
        return row.day.value_or(QString());
    case UsageGroup::Model:
        return row.model.value_or(QString());
    case UsageGroup::User:
        return row.userName.value_or(row.userId ? UsageData::tr("Somebody who left")
                                                : UsageData::tr("Nobody in particular"));
    case UsageGroup::Template:
        if (row.templateName && !row.templateName->isEmpty()) // a call without a template names none
            return *row.templateName;
        return row.templateId ? UsageData::tr("A deleted template") : UsageData::tr("Messages only");
    case UsageGroup::Key:
        if (row.keyName && !row.keyName->isEmpty())
            return *row.keyName;
        return UsageData::tr("Without a key");
    }
    return {};
}

QString idOf(const UsageRow &row, UsageGroup group)
{
    switch (group) {
    case UsageGroup::Day:
        return row.day.value_or(QString());
    case UsageGroup::Model:
        return row.model.value_or(QString());
    case UsageGroup::User:
        return row.userId ? row.userId->toString(QUuid::WithoutBraces) : QString();
    case UsageGroup::Template:
        return row.templateId ? row.templateId->toString(QUuid::WithoutBraces) : QString();
    case UsageGroup::Key:
        return row.keyId ? row.keyId->toString(QUuid::WithoutBraces) : QString();
    }
    return {};
}

} // namespace

QJsonObject filterJson(const UsageFilter &filter)
{
    QJsonObject json;
    for (auto it = filter.begin(); it != filter.end(); ++it)
        json.insert(json::name(it.key()), QJsonObject{{u"id"_s, it->id}, {u"name"_s, it->name}});
    return json;
}

UsageFilter filterOf(const QJsonObject &json)
{
    UsageFilter filter;
    for (const UsageGroup group : {UsageGroup::Model, UsageGroup::User, UsageGroup::Template, UsageGroup::Key}) {
        const QJsonObject one = json.value(json::name(group)).toObject();
        if (const QString id = one.value(u"id"_s).toString(); !id.isEmpty())
            filter.insert(group, {id, one.value(u"name"_s).toString(id)});
    }
    return filter;
}

UsageBucket UsagePeriod::bucket() const
{
    return days <= mostHourlyDays ? UsageBucket::Hour : days <= mostDailyDays ? UsageBucket::Day : UsageBucket::Week;
}

qint64 measured(const UsageRow &row, UsageMeasure measure)
{
    return measure == UsageMeasure::Cost ? row.costNanos : row.inputTokens + row.outputTokens;
}

qint64 UsageChartData::totalOf(int point) const
{
    return std::accumulate(series.begin(), series.end(), qint64(0),
                           [&](qint64 sum, const Series &one) { return sum + one.values.value(point); });
}

qint64 UsageChartData::total() const
{
    return std::accumulate(series.begin(), series.end(), qint64(0),
                           [](qint64 sum, const Series &one) { return sum + one.total; });
}

UsagePeriod UsageChartData::periodOf(int point) const
{
    const QDate first = starts.value(point).toUTC().date();
    return {first, bucket == UsageBucket::Week ? 7 : 1};
}

UsageChartData chartData(const UsageSeriesReport &report, UsageGroup group, UsageMeasure measure)
{
    UsageChartData data;
    data.bucket = report.bucket;
    data.starts = report.starts;
    for (const UsageSeries &one : report.series) {
        UsageChartData::Series series;
        series.isOthers = one.others;
        if (!one.others)
            series.thing = thingOf(one.total, group);
        series.total = measured(one.total, measure);
        series.values = one.points.costNanos;
        if (measure == UsageMeasure::Tokens) {
            series.values = one.points.inputTokens;
            for (qsizetype point = 0; point < series.values.size(); ++point)
                series.values[point] += one.points.outputTokens.value(point);
        }
        data.series.append(series);
    }
    return data;
}

QList<qint64> courseOf(const UsageSeriesReport &report, QList<qint64> UsagePoints::*figure)
{
    QList<qint64> course(report.starts.size());
    for (const UsageSeries &one : report.series)
        for (qsizetype point = 0; point < course.size(); ++point)
            course[point] += (one.points.*figure).value(point);
    return course;
}

UsageThing thingOf(const UsageRow &row, UsageGroup group) { return {idOf(row, group), nameOf(row, group)}; }

QList<UsageLine> linesOf(const QList<UsageRow> &rows, UsageGroup group)
{
    QList<UsageLine> lines;
    for (const UsageRow &row : rows)
        lines.append({idOf(row, group), nameOf(row, group), row});
    std::stable_sort(lines.begin(), lines.end(), [](const UsageLine &a, const UsageLine &b) {
        return std::pair(a.sums.costNanos, measured(a.sums, UsageMeasure::Tokens))
            > std::pair(b.sums.costNanos, measured(b.sums, UsageMeasure::Tokens));
    });
    return lines;
}

QList<UsageLine> linesByDayAndModel(const QList<UsageRow> &rows)
{
    QList<UsageLine> lines;
    for (const UsageRow &row : rows)
        lines.append(
            {idOf(row, UsageGroup::Day) + u'/' + idOf(row, UsageGroup::Model), nameOf(row, UsageGroup::Model), row});
    std::stable_sort(lines.begin(), lines.end(), [](const UsageLine &a, const UsageLine &b) {
        return b.sums.day.value_or(QString()) < a.sums.day.value_or(QString());
    });
    return lines;
}

QByteArray asCsv(const UsageChartData &data, UsageMeasure measure)
{
    QList<std::pair<QString, QList<qint64>>> columns;
    for (const auto &series : data.series)
        columns.append({series.isOthers ? u"others"_s : series.thing.name, series.values});
    QList<qint64> totals;
    for (int point = 0; point < data.starts.size(); ++point)
        totals << data.totalOf(point);
    columns.append({measure == UsageMeasure::Cost ? u"total_nano_usd"_s : u"total_tokens"_s, totals});
    return asCsv(data.starts, columns);
}

QByteArray asCsv(const QList<QDateTime> &starts, const QList<std::pair<QString, QList<qint64>>> &columns)
{
    QStringList titles{u"start"_s};
    for (const auto &[title, values] : columns)
        titles << title;
    QByteArray csv = rowExport::csvLine(titles);
    for (qsizetype point = 0; point < starts.size(); ++point) {
        QStringList cells{starts[point].toUTC().toString(Qt::ISODate)};
        for (const auto &[title, values] : columns)
            cells << QString::number(values.value(point));
        csv += rowExport::csvLine(cells);
    }
    return csv;
}

QByteArray asCsv(const UsageLatencyReport &report)
{
    QByteArray csv = "start,calls,p50_ms,p95_ms,p99_ms,first_token_p50_ms,first_token_p95_ms,first_token_p99_ms\n";
    const auto cell = [](const std::optional<qint64> &number) { return number ? QString::number(*number) : QString(); };
    for (const LatencyPoint &point : report.points)
        csv += rowExport::csvLine({point.start.value_or(report.from).toUTC().toString(Qt::ISODate), cell(point.calls),
                                   cell(point.total.p50), cell(point.total.p95), cell(point.total.p99),
                                   cell(point.firstToken.p50), cell(point.firstToken.p95), cell(point.firstToken.p99)});
    return csv;
}

QByteArray asCsv(const QList<UsageRow> &rows)
{
    QByteArray csv =
        "day,model,user,template,key,calls,failed_calls,lost_calls,input_tokens,cached_input_tokens,"
        "cache_write_tokens,output_tokens,reasoning_tokens,cost_nano_usd,unpriced_calls,cache_hits,saved_nano_usd\n";
    for (const UsageRow &row : rows) {
        QStringList cells{row.day.value_or(QString()), row.model.value_or(QString()), row.userName.value_or(QString()),
                          row.templateName.value_or(QString()), row.keyName.value_or(QString())};
        for (qint64 number :
             {row.calls, row.failedCalls, row.lostCalls, row.inputTokens, row.cachedInputTokens, row.cacheWriteTokens,
              row.outputTokens, row.reasoningTokens, row.costNanos, row.unpricedCalls, row.cacheHits, row.savedNanos})
            cells << QString::number(number);
        csv += rowExport::csvLine(cells);
    }
    return csv;
}

QByteArray asJson(const QList<UsageRow> &rows)
{
    QByteArrayList lines;
    for (const UsageRow &row : rows)
        lines << json::print(row);
    return "[\n" + lines.join(",\n") + "\n]\n";
}
