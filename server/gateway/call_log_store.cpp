// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_log_store.h"

namespace CallLogStore {

QList<GatewayCallRow> list(Transaction &tx, const GatewayCallFilter &filter, const std::optional<Place> &before,
                           int limit)
{
    // Which part of the index serves depends on what is given, so the plan is made anew each time.
    tx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)");
    return tx.all<GatewayCallRow>(
        R"(
        SELECT event.attempt_id AS id, event.called_at, event.model, event.status, event.key_id, event.key_name,
               event.user_id, event.user_name, event.input_tokens, event.cached_input_tokens, event.output_tokens,
               event.cost_nanos, event.estimated AS is_estimated, event.cache_hit AS is_cache_hit, event.first_token_ms,
               event.total_ms,
               EXISTS (SELECT FROM kept_gateway_bodies AS bodies WHERE bodies.attempt_id = event.attempt_id)
                   AS has_bodies
        FROM usage_events AS event
        WHERE event.entry <> 'reversal'
          AND NOT (event.status = 'lost'
                   AND EXISTS (SELECT FROM usage_events AS other
                               WHERE other.attempt_id = event.attempt_id AND other.entry = 'correction'))
          AND ($1::timestamptz IS NULL OR event.called_at >= $1)
          AND ($2::timestamptz IS NULL OR event.called_at < $2)
          AND ($3::text IS NULL OR event.model = $3)
          AND ($4::text IS NULL OR event.status = $4)
          AND ($5::uuid IS NULL OR event.key_id = $5)
          AND ($6::uuid IS NULL OR event.user_id = $6)
          AND ($7::timestamptz IS NULL OR (event.called_at, event.attempt_id) < ($7, $8::uuid))
        ORDER BY event.called_at DESC, event.attempt_id DESC
        LIMIT $9)",
        filter.from, filter.to, filter.model, filter.status, filter.keyId, filter.userId,
        before ? std::optional(before->calledAt) : std::nullopt, before ? std::optional(before->id) : std::nullopt,
        limit);
}

std::optional<GatewayCallRow> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<GatewayCallRow>(R"(
        SELECT event.attempt_id AS id, event.called_at, event.model, event.status, event.key_id, event.key_name,
               event.user_id, event.user_name, event.input_tokens, event.cached_input_tokens, event.output_tokens,
               event.cost_nanos, event.estimated AS is_estimated, event.cache_hit AS is_cache_hit, event.first_token_ms,
               event.total_ms,
               EXISTS (SELECT FROM kept_gateway_bodies AS bodies WHERE bodies.attempt_id = event.attempt_id)
                   AS has_bodies
        FROM usage_events AS event
        WHERE event.attempt_id = $1 AND event.entry <> 'reversal'
        ORDER BY event.entry = 'correction' DESC
        LIMIT 1)",
                                    id);
}

} // namespace CallLogStore
