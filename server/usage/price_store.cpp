// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_store.h"

#include "server/database/columns.h"

using database::column;

namespace PriceStore {

QList<ModelPrice> all(Transaction &tx)
{
    return tx.all<ModelPrice>(R"(
        SELECT provider, model, valid_from, prices, tiers, source, verified, note
        FROM prices
        ORDER BY provider, model, valid_from)");
}

qint64 addMissing(Transaction &tx, const QList<ModelPrice> &prices)
{
    const auto json = [](const auto &value) { return QString::fromUtf8(json::print(value)); };
    return tx.run(R"(
        INSERT INTO prices (provider, model, valid_from, prices, tiers, source, verified, note)
        SELECT given.provider, given.model, given.valid_from, given.prices::jsonb, given.tiers::jsonb, given.source,
               given.verified, given.note
        FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::boolean[],
                    $8::text[])
            AS given (provider, model, valid_from, prices, tiers, source, verified, note)
        ON CONFLICT DO NOTHING)",
                  column(prices, &ModelPrice::provider), column(prices, &ModelPrice::model),
                  column(prices, &ModelPrice::validFrom),
                  column(prices, [&](const ModelPrice &price) { return json(price.prices); }),
                  column(prices, [&](const ModelPrice &price) { return json(price.tiers); }),
                  column(prices, &ModelPrice::source), column(prices, &ModelPrice::verified),
                  column(prices, &ModelPrice::note));
}

} // namespace PriceStore
