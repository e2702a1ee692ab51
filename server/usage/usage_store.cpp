// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_store.h"

#include "server/database/columns.h"

#include <map>
#include <set>

using namespace Qt::StringLiterals;
using database::column;

namespace UsageStore {
namespace {

// One row of usage_days in the making. The map that holds them keeps their keys sorted: all writers lock these rows in
// the same order and cannot wait for each other in a circle.
using DayKey = std::tuple<QString, QString, QUuid, QUuid, QUuid>; // day, model, user, template, key
using Days = std::map<DayKey, UsageRow>;

void add(Days &days, const Call &call)
{
    const QString day = call.calledAt.toUTC().date().toString(Qt::ISODate);
    UsageRow &sum = days[{day, call.model, call.userId.value_or(QUuid()), call.templateId.value_or(QUuid()), call.keyId.value_or(QUuid())}];
    const int sign = call.entry == Entry::Reversal ? -1 : 1;
    sum.userName = call.userName;
    sum.templateName = call.templateName;
    sum.keyName = call.keyName;
    sum.calls += sign;
    sum.failedCalls += call.status == CallStatus::Failed ? sign : 0;
    sum.lostCalls += call.status == CallStatus::Lost ? sign : 0;
    sum.inputTokens += call.usage.input;
    sum.cachedInputTokens += call.usage.cachedInput;
    sum.outputTokens += call.usage.output;
    sum.reasoningTokens += call.usage.reasoning;
    sum.costNanos += call.costNanos.value_or(0);
    sum.unpricedCalls += call.costNanos ? 0 : sign;
}

void addToDays(Transaction &tx, const Days &days)
{
    QList<DayKey> keys;
    QList<UsageRow> sums;
    for (const auto &[key, sum] : days) {
        keys.append(key);
        sums.append(sum);
    }
    tx.run(R"(
        INSERT INTO usage_days AS day (day, model, user_id, template_id, user_name, template_name, calls, failed_calls,
                                       lost_calls, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
                                       cost_nanos, unpriced_calls, key_id, key_name)
        SELECT * FROM unnest($1::date[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[],
                             $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[],
                             $14::bigint[], $15::bigint[], $16::uuid[], $17::text[])
        ON CONFLICT (day, model, user_id, template_id, key_id) DO UPDATE
        SET user_name = excluded.user_name, template_name = excluded.template_name, key_name = excluded.key_name,
            calls = day.calls + excluded.calls, failed_calls = day.failed_calls + excluded.failed_calls,
            lost_calls = day.lost_calls + excluded.lost_calls,
            input_tokens = day.input_tokens + excluded.input_tokens,
            cached_input_tokens = day.cached_input_tokens + excluded.cached_input_tokens,
            output_tokens = day.output_tokens + excluded.output_tokens,
            reasoning_tokens = day.reasoning_tokens + excluded.reasoning_tokens,
            cost_nanos = day.cost_nanos + excluded.cost_nanos,
            unpriced_calls = day.unpriced_calls + excluded.unpriced_calls)",
           column(keys, [](const DayKey &key) { return std::get<0>(key); }),
           column(keys, [](const DayKey &key) { return std::get<1>(key); }),
           column(keys, [](const DayKey &key) { return std::get<2>(key); }),
           column(keys, [](const DayKey &key) { return std::get<3>(key); }), column(sums, &UsageRow::userName),
           column(sums, &UsageRow::templateName), column(sums, &UsageRow::calls), column(sums, &UsageRow::failedCalls),
           column(sums, &UsageRow::lostCalls), column(sums, &UsageRow::inputTokens),
           column(sums, &UsageRow::cachedInputTokens), column(sums, &UsageRow::outputTokens),
           column(sums, &UsageRow::reasoningTokens), column(sums, &UsageRow::costNanos),
           column(sums, &UsageRow::unpricedCalls), column(keys, [](const DayKey &key) { return std::get<4>(key); }),
           column(sums, &UsageRow::keyName));
}

struct Key
{
    QUuid attemptId;
    Entry entry = Entry::Call;

    static constexpr auto fields()
    {
        return std::tuple{Field{"attemptId", &Key::attemptId}, Field{"entry", &Key::entry}};
    }
    friend auto operator<=>(const Key &a, const Key &b)
    {
        return std::tuple(a.attemptId, a.entry) <=> std::tuple(b.attemptId, b.entry);
    }
};

QList<Key> insert(Transaction &tx, const QList<Call> &calls)
{
    const auto usage = [&](qint64 TokenUsage::*kind) {
        return column(calls, [kind](const Call &call) { return call.usage.*kind; });
    };
    return tx.all<Key>(
        R"(
        INSERT INTO usage_events (attempt_id, entry, job_id, called_at, user_id, user_name, template_id, template_name,
                                  template_version, provider, model, status, input_tokens, cached_input_tokens,
                                  cache_write_tokens, cache_write_hour_tokens, output_tokens, reasoning_tokens,
                                  estimated, cost_nanos, first_token_ms, total_ms, key_id, key_name)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::text[], $7::uuid[],
                             $8::text[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::bigint[],
                             $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::boolean[],
                             $20::bigint[], $21::bigint[], $22::bigint[], $23::uuid[], $24::text[])
        ON CONFLICT (attempt_id, entry) DO NOTHING
        RETURNING attempt_id, entry)",
        column(calls, &Call::attemptId), column(calls, &Call::entry), column(calls, &Call::jobId),
        column(calls, &Call::calledAt), column(calls, &Call::userId), column(calls, &Call::userName),
        column(calls, &Call::templateId), column(calls, &Call::templateName), column(calls, &Call::templateVersion),
        column(calls, [](const Call &call) { return call.model.section(u'/', 0, 0); }), column(calls, &Call::model),
        column(calls, &Call::status), usage(&TokenUsage::input), usage(&TokenUsage::cachedInput),
        usage(&TokenUsage::cacheWrite), usage(&TokenUsage::cacheWriteHour), usage(&TokenUsage::output),
        usage(&TokenUsage::reasoning), column(calls, &Call::isEstimated), column(calls, &Call::costNanos),
        column(calls, &Call::firstTokenMs), column(calls, &Call::totalMs), column(calls, &Call::keyId),
        column(calls, &Call::keyName));
}

} // namespace

Call reversal(Call lost)
{
    lost.entry = Entry::Reversal;
    for (qint64 TokenUsage::*kind : {&TokenUsage::input, &TokenUsage::cachedInput, &TokenUsage::cacheWrite,
                                     &TokenUsage::cacheWriteHour, &TokenUsage::output, &TokenUsage::reasoning})
        lost.usage.*kind = -(lost.usage.*kind);
    if (lost.costNanos)
        lost.costNanos = -*lost.costNanos;
    return lost;
}

void record(Transaction &tx, const QList<Call> &calls)
{
    if (calls.isEmpty())
        return;
    const auto inserted = insert(tx, calls);
    const std::set<Key> fresh(inserted.begin(), inserted.end());
    Days days;
    for (const Call &call : calls)
        if (fresh.contains({call.attemptId, call.entry}))
            add(days, call);
    if (!days.empty())
        addToDays(tx, days);
}

// Whole days come from their sums, the rest of the first and last day from the ledger itself.
QList<UsageRow> report(Transaction &tx, const QDateTime &from, const QDateTime &to, const QList<UsageGroup> &groups,
                       const UsageQuery &filter, const database::Fragment &rows)
{
    const auto has = [&](UsageGroup group) { return groups.contains(group); };
    tx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)");
    return tx.allWhere<UsageRow>(R"(
        WITH bounds AS (
            SELECT $1::timestamptz AS first, $2::timestamptz AS last,
                   date_trunc('day', $1::timestamptz - interval '1 millisecond') + interval '1 day' AS first_whole,
                   -- nothing is called in the future: until now means the whole of today
                   CASE WHEN $2::timestamptz >= now() THEN date_trunc('day', now()) + interval '1 day'
                        ELSE date_trunc('day', $2::timestamptz) END AS last_whole
        ), calls AS (
            SELECT day, model, user_id, template_id, key_id, user_name, template_name, key_name, calls, failed_calls, lost_calls,
                   input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, cost_nanos, unpriced_calls
            FROM usage_days, bounds
            WHERE day >= first_whole::date AND day < last_whole::date
              AND ($7::text IS NULL OR model = $7) AND ($8::uuid IS NULL OR user_id = $8)
              AND ($9::uuid IS NULL OR template_id = $9) AND ($10::uuid IS NULL OR key_id = $10)
            UNION ALL
            SELECT called_at::date, model, coalesce(user_id, '00000000-0000-0000-0000-000000000000'),
                   coalesce(template_id, '00000000-0000-0000-0000-000000000000'),
                   coalesce(key_id, '00000000-0000-0000-0000-000000000000'), user_name, template_name, key_name, sign,
                   sign * (status = 'failed')::integer, sign * (status = 'lost')::integer, input_tokens,
                   cached_input_tokens, output_tokens, reasoning_tokens, coalesce(cost_nanos, 0),
                   sign * (cost_nanos IS NULL)::integer
            FROM usage_events, bounds, LATERAL (SELECT CASE entry WHEN 'reversal' THEN -1 ELSE 1 END) AS entries (sign)
            WHERE called_at >= first AND called_at < last
              AND ((called_at < least(first_whole, last)) OR called_at >= greatest(last_whole, first_whole))
              AND ($7::text IS NULL OR model = $7) AND ($8::uuid IS NULL OR user_id = $8)
              AND ($9::uuid IS NULL OR template_id = $9) AND ($10::uuid IS NULL OR key_id = $10)
        ), records AS ( -- as rules speak of them
            SELECT day::text AS day, model, nullif(user_id, '00000000-0000-0000-0000-000000000000') AS user_id, user_name,
                   nullif(template_id, '00000000-0000-0000-0000-000000000000') AS template_id, template_name,
                   nullif(key_id, '00000000-0000-0000-0000-000000000000') AS key_id, key_name, calls,
                   failed_calls, lost_calls, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
                   cost_nanos, unpriced_calls
            FROM calls
        )
        SELECT CASE WHEN $3 THEN day END AS day, CASE WHEN $4 THEN model END AS model,
               CASE WHEN $5 THEN user_id END AS user_id, CASE WHEN $5 THEN max(user_name) END AS user_name,
               CASE WHEN $6 THEN template_id END AS template_id,
               CASE WHEN $6 THEN max(template_name) END AS template_name,
               CASE WHEN $11 THEN key_id END AS key_id, CASE WHEN $11 THEN max(key_name) END AS key_name,
               coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(failed_calls), 0)::bigint AS failed_calls,
               coalesce(sum(lost_calls), 0)::bigint AS lost_calls,
               coalesce(sum(input_tokens), 0)::bigint AS input_tokens,
               coalesce(sum(cached_input_tokens), 0)::bigint AS cached_input_tokens,
               coalesce(sum(output_tokens), 0)::bigint AS output_tokens,
               coalesce(sum(reasoning_tokens), 0)::bigint AS reasoning_tokens,
               coalesce(sum(cost_nanos), 0)::bigint AS cost_nanos,
               coalesce(sum(unpriced_calls), 0)::bigint AS unpriced_calls
        FROM records
        WHERE {where}
        GROUP BY 1, 2, 3, 5, 7
        ORDER BY 1, 2, 4, 6, 8)",
                                 rows, from, to, has(UsageGroup::Day), has(UsageGroup::Model), has(UsageGroup::User),
                                 has(UsageGroup::Template), filter.model, filter.userId, filter.templateId, filter.keyId,
                                 has(UsageGroup::Key));
}

} // namespace UsageStore
