// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/usage.h"

// Usage over time, for charts. Hours, days, weeks (from Monday) and months are those of UTC, like the days of the
// ledger's sums, so that a chart and an invoice agree wherever they are read.

enum class UsageBucket { Hour, Day, Week, Month };
template<> inline constexpr auto enumNames<UsageBucket> = std::to_array({"hour", "day", "week", "month"});

enum class UsageSplit { None, Model, User, Template, Key };
template<> inline constexpr auto enumNames<UsageSplit> = std::to_array({"none", "model", "user", "template", "key"});

// By what the largest series are found.
enum class UsageRanking { Cost, Calls, Tokens, Failures, Savings };
template<>
inline constexpr auto enumNames<UsageRanking> = std::to_array({"cost", "calls", "tokens", "failures", "savings"});

struct UsageSeriesQuery
{
    std::optional<QDateTime> from; // absent: 30 days before `to`
    std::optional<QDateTime> to; // absent: now
    UsageBucket bucket = UsageBucket::Day;
    UsageSplit splitBy = UsageSplit::None;
    int top = 8;
    std::optional<UsageRanking> rankBy; // absent: cost, or calls for who may not see costs
    std::optional<QString> model;
    std::optional<QUuid> userId;
    std::optional<QUuid> templateId;
    std::optional<QUuid> keyId;

    static constexpr auto fields()
    {
        using T = UsageSeriesQuery;
        return std::tuple{
            Field{"from",
                  &T::from,
                  {.doc = "First moment, 30 days before `to` when absent; begins with its whole day, or hour where "
                          "`bucket` is hour"}},
            Field{"to", &T::to, {.doc = "Moment after the last, now when absent; ends with its whole day or hour"}},
            Field{"bucket",
                  &T::bucket,
                  {.doc = "What one point sums, in UTC; weeks begin on Monday, the first and last of weeks and months "
                          "hold only what lies between `from` and `to`",
                   .hasDefault = true}},
            Field{"splitBy", &T::splitBy, {.doc = "What each series is of", .hasDefault = true}},
            Field{"top",
                  &T::top,
                  {.doc = "How many series; the rest is summed in one more",
                   .minimum = 1,
                   .maximum = 50,
                   .hasDefault = true}},
            Field{
                "rankBy",
                &T::rankBy,
                {.doc = "What the largest series have most of; cost when absent, or calls for who may not see costs"}},
            Field{"model", &T::model, {.maxLength = 200}},
            Field{"userId", &T::userId},
            Field{"templateId", &T::templateId},
            Field{"keyId", &T::keyId}};
    }
};

// The figures of UsageRow, a number for each of the report's `starts`.
struct UsagePoints
{
    QList<qint64> calls;
    QList<qint64> failedCalls;
    QList<qint64> lostCalls;
    QList<qint64> inputTokens;
    QList<qint64> cachedInputTokens;
    QList<qint64> outputTokens;
    QList<qint64> reasoningTokens;
    QList<qint64> costNanos;
    QList<qint64> unpricedCalls;
    QList<qint64> cacheWriteTokens;
    QList<qint64> cacheHits;
    QList<qint64> savedNanos;

    static constexpr auto fields()
    {
        using T = UsagePoints;
        return std::tuple{Field{"calls", &T::calls},
                          Field{"failedCalls", &T::failedCalls},
                          Field{"lostCalls", &T::lostCalls},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"cachedInputTokens", &T::cachedInputTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"reasoningTokens", &T::reasoningTokens},
                          Field{"costNanos", &T::costNanos},
                          Field{"unpricedCalls", &T::unpricedCalls},
                          Field{"cacheWriteTokens", &T::cacheWriteTokens},
                          Field{"cacheHits", &T::cacheHits},
                          Field{"savedNanos", &T::savedNanos}};
    }
};

// In the order of usageFigures.
inline constexpr auto usagePointFigures = std::to_array<QList<qint64> UsagePoints::*>(
    {&UsagePoints::calls, &UsagePoints::failedCalls, &UsagePoints::lostCalls, &UsagePoints::inputTokens,
     &UsagePoints::cachedInputTokens, &UsagePoints::outputTokens, &UsagePoints::reasoningTokens,
     &UsagePoints::costNanos, &UsagePoints::unpricedCalls, &UsagePoints::cacheWriteTokens, &UsagePoints::cacheHits,
     &UsagePoints::savedNanos});
static_assert(usagePointFigures.size() == usageFigures.size());

struct UsageSeries
{
    bool others = false; // the sum of those that are not among the largest
    UsageRow total; // with what the series is of; the ids are absent where a call had none
    UsagePoints points;

    static constexpr auto fields()
    {
        using T = UsageSeries;
        return std::tuple{
            Field{"others", &T::others, {.doc = "The sum of what is not among the largest; always the last"}},
            Field{"total", &T::total, {.doc = "With what the series is of; without an id: the calls that had none"}},
            Field{"points", &T::points}};
    }
};

struct UsageSeriesReport
{
    QDateTime from;
    QDateTime to;
    UsageBucket bucket = UsageBucket::Day;
    QList<QDateTime> starts; // of the buckets, without gaps
    QList<UsageSeries> series; // the largest first; none without calls
    int seriesCount = 0; // also those within the others
    UsageRow total;

    static constexpr auto fields()
    {
        using T = UsageSeriesReport;
        return std::tuple{
            Field{"from", &T::from},
            Field{"to", &T::to},
            Field{"bucket", &T::bucket},
            Field{"starts", &T::starts, {.doc = "When each bucket begins, without gaps"}},
            Field{"series", &T::series, {.doc = "The largest first; none where there were no calls"}},
            Field{"seriesCount", &T::seriesCount, {.doc = "How many there are, with those among the others"}},
            Field{"total", &T::total}};
    }
};

struct UsageLatencyQuery
{
    std::optional<QDateTime> from;
    std::optional<QDateTime> to;
    UsageBucket bucket = UsageBucket::Day;
    std::optional<QString> model;
    std::optional<QUuid> userId;
    std::optional<QUuid> templateId;
    std::optional<QUuid> keyId;

    static constexpr auto fields()
    {
        using T = UsageLatencyQuery;
        return std::tuple{Field{"from", &T::from, {.doc = "As of the series"}},
                          Field{"to", &T::to, {.doc = "As of the series"}},
                          Field{"bucket", &T::bucket, {.doc = "As of the series", .hasDefault = true}},
                          Field{"model", &T::model, {.maxLength = 200}},
                          Field{"userId", &T::userId},
                          Field{"templateId", &T::templateId},
                          Field{"keyId", &T::keyId}};
    }
};

// In milliseconds, at most 9.1 % and half a millisecond beside the exact ones; absent without calls.
struct LatencyPercentiles
{
    std::optional<qint64> p50;
    std::optional<qint64> p95;
    std::optional<qint64> p99;

    static constexpr auto fields()
    {
        using T = LatencyPercentiles;
        return std::tuple{Field{"p50", &T::p50}, Field{"p95", &T::p95}, Field{"p99", &T::p99}};
    }
};

struct LatencyPoint
{
    std::optional<QDateTime> start; // absent: of all
    std::optional<qint64> calls; // that were measured; absent for who may not see counts of calls
    LatencyPercentiles total; // of whole calls
    LatencyPercentiles firstToken; // of those that were streamed

    static constexpr auto fields()
    {
        using T = LatencyPoint;
        return std::tuple{Field{"start", &T::start}, Field{"calls", &T::calls}, Field{"total", &T::total},
                          Field{"firstToken", &T::firstToken}};
    }
};

// Of calls that succeeded. What failed, was canceled or came from the cache would only hide how long providers take.
struct UsageLatencyReport
{
    QDateTime from;
    QDateTime to;
    UsageBucket bucket = UsageBucket::Day;
    LatencyPoint all;
    QList<LatencyPoint> points; // of buckets with calls

    static constexpr auto fields()
    {
        using T = UsageLatencyReport;
        return std::tuple{Field{"from", &T::from}, Field{"to", &T::to}, Field{"bucket", &T::bucket},
                          Field{"all", &T::all},
                          Field{"points", &T::points, {.doc = "Of buckets with calls, in the order of time"}}};
    }
};

WIRE_TYPE(UsageSeriesQuery)
WIRE_TYPE(UsagePoints)
WIRE_TYPE(UsageSeries)
WIRE_TYPE(UsageSeriesReport)
WIRE_TYPE(UsageLatencyQuery)
WIRE_TYPE(LatencyPercentiles)
WIRE_TYPE(LatencyPoint)
WIRE_TYPE(UsageLatencyReport)
