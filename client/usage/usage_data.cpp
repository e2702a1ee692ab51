// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_data.h"

#include "client/widgets/row_export.h"
#include "shared/json/json.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace {

struct UsageData
{
    Q_DECLARE_TR_FUNCTIONS(UsageData)
};

constexpr int mostDailyPoints = 92; // bars that can be told apart; a longer period is drawn by weeks
constexpr qsizetype mostSeries = 7; // colours that are told apart; the rest is summed up

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

UsageQuery UsagePeriod::query(const QList<UsageGroup> &groupBy, const QString &model) const
{
    UsageQuery query;
    query.from = QDateTime(first, QTime(0, 0), Qt::UTC);
    query.to = query.from->addDays(days);
    query.groupBy = groupBy;
    if (!model.isEmpty())
        query.model = model;
    return query;
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

UsageChartData chartData(const QList<UsageRow> &byDayAndModel, const UsagePeriod &period, UsageMeasure measure)
{
    UsageChartData data;
    const int daysOfPoint = period.days > mostDailyPoints ? 7 : 1;
    for (int day = 0; day < period.days; day += daysOfPoint)
        data.points.append({period.first.addDays(day), std::min(daysOfPoint, period.days - day)});
    QMap<QString, UsageChartData::Series> byModel;
    for (const UsageRow &row : byDayAndModel) {
        const qint64 day = period.first.daysTo(QDate::fromString(row.day.value_or(QString()), Qt::ISODate));
        if (day < 0 || day >= period.days)
            continue;
        UsageChartData::Series &series = byModel[row.model.value_or(QString())];
        series.model = row.model.value_or(QString());
        series.values.resize(data.points.size());
        series.values[day / daysOfPoint] += measured(row, measure);
        series.total += measured(row, measure);
    }
    data.series = byModel.values();
    std::stable_sort(data.series.begin(), data.series.end(),
                     [](const auto &a, const auto &b) { return a.total > b.total; });
    if (data.series.size() > mostSeries) {
        UsageChartData::Series others{.model = {}, .values = QList<qint64>(data.points.size()), .total = 0};
        while (data.series.size() >= mostSeries) {
            const auto last = data.series.takeLast();
            for (qsizetype point = 0; point < data.points.size(); ++point)
                others.values[point] += last.values[point];
            others.total += last.total;
        }
        data.series.append(others);
    }
    return data;
}

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

QByteArray asCsv(const QList<UsageRow> &rows)
{
    QByteArray csv =
        "day,model,user,template,calls,failed_calls,input_tokens,cached_input_tokens,output_tokens,reasoning_tokens,"
        "cost_nano_usd,unpriced_calls\n";
    for (const UsageRow &row : rows) {
        QStringList cells{row.day.value_or(QString()), row.model.value_or(QString()), row.userName.value_or(QString()),
                          row.templateName.value_or(QString())};
        for (qint64 number : {row.calls, row.failedCalls, row.inputTokens, row.cachedInputTokens, row.outputTokens,
                              row.reasoningTokens, row.costNanos, row.unpricedCalls})
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
