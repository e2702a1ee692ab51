// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_rollup.h"

#include "server/database/columns.h"
#include "server/usage/usage_pieces.h"
#include "shared/usage/latency_histogram.h"
#include "shared/usage/usage.h"

#include <map>

using namespace Qt::StringLiterals;
using database::column;
using namespace UsageCuts;

namespace UsageRollup {
namespace {

constexpr int firstTokens = 128; // is added to their buckets

// One row of usage_sums in the making.
struct Sum
{
    UsageRow figures; // with names
    std::map<int, qint64> latencies;

    void operator+=(const Sum &part)
    {
        for (qint64 UsageRow::*figure : usageFigures)
            figures.*figure += part.figures.*figure;
        for (const auto &[bucket, calls] : part.latencies)
            latencies[bucket] += calls;
    }
};

struct Start
{
    QDateTime at;
    QString model;
    QUuid userId;
    QUuid templateId;
    QUuid keyId;

    friend bool operator<(const Start &a, const Start &b)
    {
        return std::tie(a.at, a.model, a.userId, a.templateId, a.keyId)
            < std::tie(b.at, b.model, b.userId, b.templateId, b.keyId);
    }
};

// The map keeps its keys sorted: all writers lock the rows in the same order and cannot wait for each other in a
// circle.
using Sums = std::map<Start, Sum>;

Sum sumOf(const UsageStore::Call &call)
{
    using UsageStore::CallStatus;
    const int sign = call.entry == UsageStore::Entry::Reversal ? -1 : 1;
    Sum sum;
    UsageRow &row = sum.figures;
    row.userName = call.userName;
    row.templateName = call.templateName;
    row.keyName = call.keyName;
    row.calls = sign;
    row.failedCalls = call.status == CallStatus::Failed ? sign : 0;
    row.lostCalls = call.status == CallStatus::Lost ? sign : 0;
    row.inputTokens = call.usage.input;
    row.cachedInputTokens = call.usage.cachedInput;
    row.cacheWriteTokens = call.usage.cacheWrite;
    row.outputTokens = call.usage.output;
    row.reasoningTokens = call.usage.reasoning;
    row.costNanos = call.costNanos.value_or(0);
    row.unpricedCalls = call.costNanos ? 0 : sign;
    row.cacheHits = call.isCacheHit ? sign : 0;
    row.savedNanos = call.savedNanos.value_or(0);
    if (call.status == CallStatus::Succeeded && !call.isCacheHit) {
        sum.latencies[LatencyHistogram::bucketOf(call.totalMs)] = sign;
        if (call.firstTokenMs)
            sum.latencies[firstTokens + LatencyHistogram::bucketOf(*call.firstTokenMs)] = sign;
    }
    return sum;
}

void add(Sums &sums, const Start &start, const Sum &part)
{
    Sum &sum = sums[start];
    sum += part;
    sum.figures.userName = part.figures.userName; // the last ones seen
    sum.figures.templateName = part.figures.templateName;
    sum.figures.keyName = part.figures.keyName;
}

Sums hoursOf(const QList<UsageStore::Call> &calls)
{
    Sums hours;
    for (const UsageStore::Call &call : calls)
        add(hours,
            {UsagePieces::begin(Period::Hour, call.calledAt), call.model, call.userId.value_or(QUuid()),
             call.templateId.value_or(QUuid()), call.keyId.value_or(QUuid())},
            sumOf(call));
    return hours;
}

// The same by less.
Sums coarser(const Sums &fine, Period period, Cut cut)
{
    Sums sums;
    for (const auto &[start, sum] : fine)
        add(sums,
            {UsagePieces::begin(period, start.at), cut & model ? start.model : u""_s,
             cut & user ? start.userId : QUuid(), cut & prompt ? start.templateId : QUuid(),
             cut & key ? start.keyId : QUuid()},
            sum);
    return sums;
}

QString latencyText(const std::map<int, qint64> &latencies)
{
    QString text = u"{"_s;
    for (const auto &[bucket, calls] : latencies) {
        if (calls == 0)
            continue;
        if (text.size() > 1)
            text += u',';
        text += QString::number(calls * 256 + bucket);
    }
    return text += u'}';
}

// A row for the table.
struct Line
{
    Kept kept;
    Start start;
    UsageRow figures;
    QString latencies;
};

void append(QList<Line> &lines, Kept kept, const Sums &sums)
{
    const auto told = [&](Cut thing, const std::optional<QString> &name) {
        return kept.cut & thing ? name.value_or(QString()) : u""_s;
    };
    for (const auto &[start, sum] : sums) {
        Line line{kept, start, sum.figures, latencyText(sum.latencies)};
        line.figures.userName = told(user, sum.figures.userName);
        line.figures.templateName = told(prompt, sum.figures.templateName);
        line.figures.keyName = told(key, sum.figures.keyName);
        lines.append(line);
    }
}

// Coarse sums are made of the finest ones that have what they need.
QList<Line> linesOf(const QList<UsageStore::Call> &calls)
{
    std::map<std::pair<Period, Cut>, Sums> made;
    const Sums &hours = made[{Period::Hour, all}] = hoursOf(calls);
    const Sums &days = made[{Period::Day, all}] = coarser(hours, Period::Day, all);
    for (const Kept &one : kept)
        if (one.cut != all && one.period != Period::Month)
            made[{one.period, one.cut}] = coarser(one.period == Period::Hour ? hours : days, one.period, one.cut);
    for (const Kept &one : kept)
        if (one.period == Period::Month)
            made[{one.period, one.cut}] = coarser(made[{Period::Day, one.cut}], one.period, one.cut);
    QList<Line> lines;
    for (const auto &[of, sums] : made)
        append(lines, {of.first, of.second}, sums);
    return lines;
}

} // namespace

void add(Transaction &tx, const QList<UsageStore::Call> &calls)
{
    if (calls.isEmpty())
        return;
    const QList<Line> lines = linesOf(calls);
    const auto figure = [&](qint64 UsageRow::*member) {
        return column(lines, [member](const Line &line) { return line.figures.*member; });
    };
    tx.run(R"(
        INSERT INTO usage_sums AS sums (cut, period, start, model, user_id, template_id, key_id, user_name,
                                        template_name, key_name, calls, failed_calls, lost_calls, input_tokens,
                                        cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
                                        cost_nanos, unpriced_calls, cache_hits, saved_nanos, latencies)
        SELECT cut, period, start, model, user_id, template_id, key_id, user_name, template_name, key_name, calls,
               failed_calls, lost_calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
               reasoning_tokens, cost_nanos, unpriced_calls, cache_hits, saved_nanos, latencies::bigint[]
        FROM unnest($1::smallint[], $2::text[], $3::timestamptz[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
                    $8::text[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
                    $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[],
                    $21::bigint[], $22::bigint[], $23::text[])
            AS given (cut, period, start, model, user_id, template_id, key_id, user_name, template_name, key_name, calls,
                      failed_calls, lost_calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
                      reasoning_tokens, cost_nanos, unpriced_calls, cache_hits, saved_nanos, latencies)
        ON CONFLICT (cut, period, start, model, user_id, template_id, key_id) DO UPDATE
        SET user_name = excluded.user_name, template_name = excluded.template_name, key_name = excluded.key_name,
            calls = sums.calls + excluded.calls, failed_calls = sums.failed_calls + excluded.failed_calls,
            lost_calls = sums.lost_calls + excluded.lost_calls,
            input_tokens = sums.input_tokens + excluded.input_tokens,
            cached_input_tokens = sums.cached_input_tokens + excluded.cached_input_tokens,
            cache_write_tokens = sums.cache_write_tokens + excluded.cache_write_tokens,
            output_tokens = sums.output_tokens + excluded.output_tokens,
            reasoning_tokens = sums.reasoning_tokens + excluded.reasoning_tokens,
            cost_nanos = sums.cost_nanos + excluded.cost_nanos,
            unpriced_calls = sums.unpriced_calls + excluded.unpriced_calls,
            cache_hits = sums.cache_hits + excluded.cache_hits,
            saved_nanos = sums.saved_nanos + excluded.saved_nanos,
            latencies = CASE WHEN excluded.latencies = '{}' THEN sums.latencies ELSE coalesce((
                SELECT array_agg(counted.calls * 256 + bucket ORDER BY bucket)
                FROM (SELECT part & 255 AS bucket, sum(part >> 8)::bigint AS calls
                      FROM unnest(sums.latencies || excluded.latencies) AS part
                      GROUP BY 1) AS counted
                WHERE counted.calls <> 0), '{}') END)",
           column(lines, [](const Line &line) { return line.kept.cut; }),
           column(lines, [](const Line &line) { return line.kept.period; }),
           column(lines, [](const Line &line) { return line.start.at; }),
           column(lines, [](const Line &line) { return line.start.model; }),
           column(lines, [](const Line &line) { return line.start.userId; }),
           column(lines, [](const Line &line) { return line.start.templateId; }),
           column(lines, [](const Line &line) { return line.start.keyId; }),
           column(lines, [](const Line &line) { return line.figures.userName; }),
           column(lines, [](const Line &line) { return line.figures.templateName; }),
           column(lines, [](const Line &line) { return line.figures.keyName; }), figure(&UsageRow::calls),
           figure(&UsageRow::failedCalls), figure(&UsageRow::lostCalls), figure(&UsageRow::inputTokens),
           figure(&UsageRow::cachedInputTokens), figure(&UsageRow::cacheWriteTokens), figure(&UsageRow::outputTokens),
           figure(&UsageRow::reasoningTokens), figure(&UsageRow::costNanos), figure(&UsageRow::unpricedCalls),
           figure(&UsageRow::cacheHits), figure(&UsageRow::savedNanos), column(lines, &Line::latencies));
}

} // namespace UsageRollup
