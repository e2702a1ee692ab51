// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/rerate_store.h"

namespace RerateStore {

void eachBatch(Transaction &tx, const RerateInput &input, const std::function<void(const QList<Row> &rows)> &take)
{
    tx.run(R"(
        DECLARE rerated NO SCROLL CURSOR FOR
        SELECT attempt_id, entry, called_at, model, user_id, user_name, template_id, template_name, key_id, key_name,
               input_tokens, cached_input_tokens, cache_write_tokens, cache_write_hour_tokens, output_tokens, cost_nanos,
               cache_hit AS is_cache_hit
        FROM usage_events
        WHERE called_at >= $1 AND called_at < $2 AND ($3::text IS NULL OR model = $3)
          AND ($4::uuid IS NULL OR key_id = $4))",
           input.from, input.to, input.model, input.keyId);
    for (;;) {
        const auto batch = tx.all<Row>("FETCH 5000 FROM rerated");
        if (batch.isEmpty())
            break;
        take(batch);
    }
    tx.run("CLOSE rerated");
}

// The columns of the inner query are those that rules speak of, as in the report of usage.
QList<Unpriced> unpriced(Transaction &tx, const QDateTime &since, const database::Fragment &rows)
{
    return tx.allWhere<Unpriced>(R"(
        SELECT model, sum(CASE entry WHEN 'reversal' THEN -1 ELSE 1 END)::bigint AS calls,
               max(called_at) AS last_called_at
        FROM (SELECT entry, called_at, called_at::date::text AS day, model, user_id, user_name, template_id,
                     template_name, key_id, key_name
              FROM usage_events
              WHERE called_at >= $1 AND cost_nanos IS NULL) AS records
        WHERE {where}
        GROUP BY model
        HAVING sum(CASE entry WHEN 'reversal' THEN -1 ELSE 1 END) > 0
        ORDER BY 2 DESC
        LIMIT 500)",
                                 rows, since);
}

QList<QUuid> tenants(Transaction &platform) { return platform.all<QUuid>("SELECT id FROM tenants ORDER BY id"); }

} // namespace RerateStore
