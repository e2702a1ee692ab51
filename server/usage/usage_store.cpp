// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_store.h"

#include "server/database/columns.h"
#include "server/usage/usage_rollup.h"

#include <set>

using namespace Qt::StringLiterals;
using database::column;

namespace UsageStore {
namespace {

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
                                  estimated, cost_nanos, first_token_ms, total_ms, key_id, key_name, cache_hit,
                                  saved_nanos)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::text[], $7::uuid[],
                             $8::text[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::bigint[],
                             $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::boolean[],
                             $20::bigint[], $21::bigint[], $22::bigint[], $23::uuid[], $24::text[],
                             $25::boolean[], $26::bigint[])
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
        column(calls, &Call::keyName), column(calls, &Call::isCacheHit), column(calls, &Call::savedNanos));
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
    if (lost.savedNanos)
        lost.savedNanos = -*lost.savedNanos;
    return lost;
}

void record(Transaction &tx, const QList<Call> &calls)
{
    if (calls.isEmpty())
        return;
    const auto inserted = insert(tx, calls);
    const std::set<Key> fresh(inserted.begin(), inserted.end());
    QList<Call> added;
    for (const Call &call : calls)
        if (fresh.contains({call.attemptId, call.entry}))
            added.append(call);
    UsageRollup::add(tx, added);
}

} // namespace UsageStore
