// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_store.h"

#include "server/database/columns.h"

using database::column;

namespace UsageStore {
Call reversal(Call lost)
{
    lost.entry = Entry::Reversal;
    for (qint64 TokenUsage::*kind : {&TokenUsage::input, &TokenUsage::cachedInput, &TokenUsage::cacheWrite,
                                     &TokenUsage::cacheWriteHour, &TokenUsage::output, &TokenUsage::reasoning})
        lost.usage.*kind = -(lost.usage.*kind);
    if (lost.costNanos)
        lost.costNanos = -*lost.costNanos;
    if (lost.savedNanos)
        lost.savedNanos = -*lost.savedNanos;
    return lost;
}

Recorded record(Transaction &tx, const QList<Call> &calls)
{
    if (calls.isEmpty())
        return {};
    const auto usage = [&](qint64 TokenUsage::*kind) {
        return column(calls, [kind](const Call &call) { return call.usage.*kind; });
    };
    return tx.one<Recorded>(
        R"(
        WITH made AS (
            INSERT INTO usage_unsummed (calls) VALUES (cardinality($1::uuid[])) RETURNING batch
        ), written AS (
            INSERT INTO usage_events (attempt_id, entry, job_id, called_at, user_id, user_name, template_id,
                                      template_name, template_version, provider, model, status, input_tokens,
                                      cached_input_tokens, cache_write_tokens, cache_write_hour_tokens, output_tokens,
                                      reasoning_tokens, estimated, cost_nanos, first_token_ms, total_ms, key_id,
                                      key_name, cache_hit, saved_nanos, batch)
            SELECT given.*, made.batch
            FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::text[], $7::uuid[],
                        $8::text[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[],
                        $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::boolean[], $20::bigint[],
                        $21::bigint[], $22::bigint[], $23::uuid[], $24::text[], $25::boolean[], $26::bigint[]) AS given,
                 made
            ON CONFLICT (attempt_id, entry) DO NOTHING
            RETURNING 1
        )
        SELECT (SELECT coalesce(sum(calls), 0) >= 10000 OR count(*) >= 500 FROM usage_unsummed) AS is_time_to_sum,
               (SELECT batch FROM made) AS batch, (SELECT count(*) FROM written) AS rows)",
        column(calls, &Call::attemptId), column(calls, &Call::entry), column(calls, &Call::jobId),
        column(calls, &Call::calledAt), column(calls, &Call::userId), column(calls, &Call::userName),
        column(calls, &Call::templateId), column(calls, &Call::templateName), column(calls, &Call::templateVersion),
        column(calls, [](const Call &call) { return call.model.section(u'/', 0, 0); }), column(calls, &Call::model),
        column(calls, &Call::status), usage(&TokenUsage::input), usage(&TokenUsage::cachedInput),
        usage(&TokenUsage::cacheWrite), usage(&TokenUsage::cacheWriteHour), usage(&TokenUsage::output),
        usage(&TokenUsage::reasoning), column(calls, &Call::isEstimated), column(calls, &Call::costNanos),
        column(calls, &Call::firstTokenMs), column(calls, &Call::totalMs), column(calls, &Call::keyId),
        column(calls, &Call::keyName), column(calls, &Call::isCacheHit), column(calls, &Call::savedNanos));
}

QSet<QUuid> recordedIn(Transaction &tx, qint64 batch, const QList<QUuid> &attempts)
{
    const auto found = tx.all<QUuid>("SELECT attempt_id FROM usage_events WHERE attempt_id = ANY ($1) AND batch = $2",
                                     attempts, batch);
    return {found.begin(), found.end()};
}

} // namespace UsageStore
