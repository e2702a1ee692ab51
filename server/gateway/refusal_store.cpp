// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/refusal_store.h"

#include "server/database/columns.h"

using database::column;

namespace RefusalStore {

void add(Transaction &tx, const QList<GatewayRefusal> &refusals)
{
    tx.run(R"(
        INSERT INTO gateway_refusals AS row (minute, key_id, decided_by, decided_by_id, model, decided_by_name, key_name,
                                             user_name, detail, last_at, calls)
        SELECT * FROM unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                             $8::text[], $9::text[], $10::timestamptz[], $11::bigint[])
        ON CONFLICT (minute, key_id, decided_by, decided_by_id, model) DO UPDATE
        SET calls = row.calls + excluded.calls, last_at = excluded.last_at, detail = excluded.detail,
            decided_by_name = excluded.decided_by_name)",
           column(refusals, &GatewayRefusal::minute), column(refusals, &GatewayRefusal::keyId),
           column(refusals, &GatewayRefusal::by),
           column(refusals, [](const GatewayRefusal &row) { return row.decidedById.value_or(QUuid()); }),
           column(refusals, &GatewayRefusal::model), column(refusals, &GatewayRefusal::decidedByName),
           column(refusals, &GatewayRefusal::keyName), column(refusals, &GatewayRefusal::userName),
           column(refusals, &GatewayRefusal::detail), column(refusals, &GatewayRefusal::lastAt),
           column(refusals, &GatewayRefusal::calls));
}

QList<GatewayRefusal> list(Transaction &tx, const GatewayRefusalFilter &filter, const std::optional<Place> &after,
                           int limit)
{
    const Place place = after.value_or(Place());
    return tx.all<GatewayRefusal>(R"(
        SELECT minute, last_at, decided_by AS by, nullif(decided_by_id, '00000000-0000-0000-0000-000000000000') AS decided_by_id,
               decided_by_name, detail, model, key_id, key_name, user_name, calls
        FROM gateway_refusals
        WHERE ($1::text IS NULL OR decided_by = $1) AND ($2::uuid IS NULL OR key_id = $2)
          AND ($3::uuid IS NULL OR decided_by_id = $3)
          AND (NOT $4 OR (minute, key_id, decided_by, decided_by_id, model) < ($5, $6, $7, $8, $9))
        ORDER BY minute DESC, key_id DESC, decided_by DESC, decided_by_id DESC, model DESC
        LIMIT $10)",
                                  filter.by, filter.keyId, filter.decidedById, after.has_value(),
                                  after ? std::optional(place.minute) : std::nullopt, place.keyId, place.by,
                                  place.decidedById, place.model, limit);
}

} // namespace RefusalStore
