// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_pieces.h"
#include "server/usage/usage_selection.h"
#include "server/usage/usage_service.h"
#include "shared/usage/latency_histogram.h"

using namespace Qt::StringLiterals;
using UsageCuts::Period;
using UsageReader::Selection;

namespace {

constexpr int mostDaysByHour = 31;

// What a series tells of each thing.
QList<QString> fieldsOf(UsageSplit split)
{
    static const QList<QString> fields[] = {{},
                                            {u"model"_s},
                                            {u"userId"_s, u"userName"_s},
                                            {u"templateId"_s, u"templateName"_s},
                                            {u"keyId"_s, u"keyName"_s}};
    return fields[std::size_t(split)];
}

QList<QString> fieldsOf(UsageRanking measure)
{
    static const QList<QString> fields[] = {{u"costNanos"_s},
                                            {u"calls"_s},
                                            {u"inputTokens"_s, u"outputTokens"_s},
                                            {u"failedCalls"_s, u"lostCalls"_s},
                                            {u"savedNanos"_s}};
    return fields[std::size_t(measure)];
}

UsageRanking measureOf(const Caller &caller, const UsageSeriesQuery &query)
{
    if (query.rankBy)
        Access::requireVisible(caller, Ability::UsageRead, u"rankBy"_s, fieldsOf(*query.rankBy));
    const bool hidesCosts = Access::mayHide(caller, Ability::UsageRead, fieldsOf(UsageRanking::Cost));
    return query.rankBy.value_or(hidesCosts ? UsageRanking::Calls : UsageRanking::Cost);
}

QDateTime begin(UsageBucket bucket, const QDateTime &at)
{
    switch (bucket) {
    case UsageBucket::Hour:
        return UsagePieces::begin(Period::Hour, at);
    case UsageBucket::Day:
        return UsagePieces::begin(Period::Day, at);
    case UsageBucket::Week: {
        const QDateTime day = UsagePieces::begin(Period::Day, at);
        return day.addDays(Qt::Monday - day.date().dayOfWeek());
    }
    case UsageBucket::Month:
        break;
    }
    return UsagePieces::begin(Period::Month, at);
}

QDateTime next(UsageBucket bucket, const QDateTime &begin)
{
    if (bucket == UsageBucket::Week)
        return begin.addDays(7);
    return UsagePieces::next(bucket == UsageBucket::Hour      ? Period::Hour
                                 : bucket == UsageBucket::Day ? Period::Day
                                                              : Period::Month,
                             begin);
}

// Makes the span one of whole days, or hours.
void round(Selection &selection, UsageBucket bucket)
{
    const Period period = bucket == UsageBucket::Hour ? Period::Hour : Period::Day;
    if (period == Period::Hour && selection.from.daysTo(selection.to) > mostDaysByHour)
        throw ApiError::invalid(
            u"/bucket"_s, u"must be a day or more where /from is more than %1 days before /to"_s.arg(mostDaysByHour));
    selection.from = UsagePieces::begin(period, selection.from);
    selection.to = UsagePieces::roundedUp(period, selection.to);
}

QList<QDateTime> startsOf(const Selection &selection, UsageBucket bucket)
{
    QList<QDateTime> starts;
    for (QDateTime start = begin(bucket, selection.from); start < selection.to; start = next(bucket, start))
        starts.append(start);
    return starts;
}

UsageRow named(UsageSplit split, const UsageReader::Largest &of)
{
    UsageRow row;
    const auto name = of.id ? std::optional(of.name) : std::nullopt;
    switch (split) {
    case UsageSplit::None:
        break;
    case UsageSplit::Model:
        row.model = of.model;
        break;
    case UsageSplit::User:
        row.userId = of.id;
        row.userName = name;
        break;
    case UsageSplit::Template:
        row.templateId = of.id;
        row.templateName = name;
        break;
    case UsageSplit::Key:
        row.keyId = of.id;
        row.keyName = name;
        break;
    }
    return row;
}

// Series in the making, all with a number for each start.
class SeriesBuilder
{
public:
    explicit SeriesBuilder(const QList<QDateTime> &starts) : m_starts(starts) { }

    UsageSeries empty() const
    {
        UsageSeries series;
        for (QList<qint64> UsagePoints::*figure : usagePointFigures)
            (series.points.*figure).resize(m_starts.size()); // zeros
        return series;
    }

    void add(UsageSeries &series, const UsageReader::Point &point, int sign = 1) const
    {
        const auto at = std::lower_bound(m_starts.begin(), m_starts.end(), point.start) - m_starts.begin();
        if (at == m_starts.size())
            return;
        for (std::size_t i = 0; i < usageFigures.size(); ++i) {
            const qint64 figure = sign * point.figures.at(qsizetype(i));
            (series.points.*usagePointFigures[i])[at] += figure;
            series.total.*usageFigures[i] += figure;
        }
    }

private:
    const QList<QDateTime> &m_starts;
};

// The points of each of the largest, and what is left of all of them.
QList<UsageSeries> split(const SeriesBuilder &builder, UsageSplit by, const QList<UsageReader::Largest> &largest,
                         const QList<UsageReader::Point> &points, UsageSeries all)
{
    QList<UsageSeries> series;
    std::map<std::pair<QString, QUuid>, qsizetype> numbers;
    for (const UsageReader::Largest &one : largest) {
        numbers[{one.model.value_or(QString()), one.id.value_or(QUuid())}] = series.size();
        series.append(builder.empty());
        series.last().total = named(by, one);
    }
    for (const UsageReader::Point &point : points) {
        const auto found = numbers.find({point.model.value_or(QString()), point.id.value_or(QUuid())});
        if (found == numbers.end())
            continue;
        builder.add(series[found->second], point);
        builder.add(all, point, -1);
    }
    if (!largest.isEmpty() && largest.first().found > largest.size()) {
        all.others = true;
        series.append(all);
    }
    return series;
}

LatencyPercentiles percentiles(const LatencyHistogram &histogram)
{
    return {histogram.percentile(0.5), histogram.percentile(0.95), histogram.percentile(0.99)};
}

struct Histograms
{
    LatencyHistogram total;
    LatencyHistogram firstToken;

    void add(const UsageReader::LatencyCount &count)
    {
        (count.isFirstToken ? firstToken : total).add(count.bucket, count.calls);
    }
    LatencyPoint point(const std::optional<QDateTime> &start, bool hidesCalls) const
    {
        return {start, hidesCalls ? std::nullopt : std::optional(total.calls()), percentiles(total),
                percentiles(firstToken)};
    }
};

// Several statements that see the same rows.
void seeOneMoment(Transaction &tx) { tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"); }

} // namespace

UsageSeriesReport UsageService::series(const Caller &caller, const UsageSeriesQuery &query)
{
    Selection selection = UsageSelection::of(caller, query);
    Access::requireVisible(caller, Ability::UsageRead, u"splitBy"_s, fieldsOf(query.splitBy));
    const UsageRanking measure = measureOf(caller, query);
    round(selection, query.bucket);
    UsageSeriesReport report;
    report.from = selection.from;
    report.to = selection.to;
    report.bucket = query.bucket;
    report.starts = startsOf(selection, query.bucket);
    UsageSelection::untilNow(selection);
    const SeriesBuilder builder(report.starts);
    QList<UsageReader::Point> all, points;
    QList<UsageReader::Largest> largest;
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        seeOneMoment(tx);
        all = UsageReader::points(tx, selection, query.bucket);
        if (query.splitBy == UsageSplit::None || all.isEmpty())
            return;
        largest = UsageReader::largest(tx, selection, query.splitBy, measure, query.top);
        points = UsageReader::points(tx, selection, query.bucket, query.splitBy, largest);
    });
    if (all.isEmpty())
        return report;
    UsageSeries sum = builder.empty();
    for (const UsageReader::Point &point : std::as_const(all))
        builder.add(sum, point);
    report.total = sum.total;
    report.seriesCount = largest.isEmpty() ? 1 : int(largest.first().found);
    if (query.splitBy == UsageSplit::None)
        report.series = {sum};
    else
        report.series = split(builder, query.splitBy, largest, points, sum);
    return report;
}

UsageLatencyReport UsageService::latency(const Caller &caller, const UsageLatencyQuery &query)
{
    Selection selection = UsageSelection::of(caller, query);
    round(selection, query.bucket);
    const auto counts = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return UsageReader::latencies(tx, selection, query.bucket); });
    Histograms all;
    std::map<QDateTime, Histograms> byStart;
    for (const UsageReader::LatencyCount &count : counts) {
        all.add(count);
        byStart[count.start].add(count);
    }
    const bool hidesCalls = Access::mayHide(caller, Ability::UsageRead, {u"calls"_s});
    UsageLatencyReport report;
    report.from = selection.from;
    report.to = selection.to;
    report.bucket = query.bucket;
    report.all = all.point(std::nullopt, hidesCalls);
    for (const auto &[start, histograms] : byStart)
        report.points.append(histograms.point(start, hidesCalls));
    return report;
}
