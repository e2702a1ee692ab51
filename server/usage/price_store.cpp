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

QList<ModelPrice> allAsOf(Transaction &tx, const QDateTime &moment)
{
    return tx.all<ModelPrice>(R"(
        SELECT provider, model, valid_from, prices, tiers, source, verified, note
        FROM prices
        WHERE created_at <= $1
        ORDER BY provider, model, valid_from)",
                              moment);
}

QList<PriceRow> list(Transaction &tx, const PriceFilter &filter, const std::optional<Position> &after, int limit)
{
    return tx.all<PriceRow>(R"(
        SELECT id, provider, model, valid_from, valid_until, prices, tiers, source, verified, note, created_at
        FROM (SELECT *, lead(valid_from) OVER (PARTITION BY provider, model_key ORDER BY valid_from) AS valid_until
              FROM prices) AS rows
        WHERE ($1::text IS NULL OR provider = $1)
          AND ($2::text IS NULL OR position(lower(replace($2, '.', '-')) IN model_key) > 0)
          AND ($3::timestamptz IS NULL OR (valid_from <= $3 AND (valid_until > $3) IS NOT FALSE))
          AND ($4::text IS NULL OR (provider, model, valid_from) > ($4, $5::text, $6::timestamptz))
        ORDER BY provider, model, valid_from
        LIMIT $7)",
                            filter.provider, filter.search, filter.validAt,
                            after ? std::optional(after->provider) : std::nullopt,
                            after ? std::optional(after->model) : std::nullopt,
                            after ? std::optional(after->validFrom) : std::nullopt, limit);
}

std::optional<PriceRow> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<PriceRow>(R"(
        SELECT id, provider, model, valid_from,
               (SELECT min(later.valid_from)
                FROM prices AS later
                WHERE (later.provider, later.model_key) = (prices.provider, prices.model_key)
                  AND later.valid_from > prices.valid_from) AS valid_until,
               prices, tiers, source, verified, note, created_at
        FROM prices
        WHERE id = $1)",
                              id);
}

QList<PriceRow> atSameMoments(Transaction &tx, const QList<ModelPrice> &prices)
{
    return tx.all<PriceRow>(R"(
        SELECT id, provider, model, valid_from, NULL::timestamptz AS valid_until, prices, tiers, source, verified, note,
               created_at
        FROM prices
        WHERE (provider, model_key, valid_from) IN (
            SELECT given.provider, lower(replace(given.model, '.', '-')), given.valid_from
            FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS given (provider, model, valid_from)))",
                            column(prices, &ModelPrice::provider), column(prices, &ModelPrice::model),
                            column(prices, &ModelPrice::validFrom));
}

bool knows(Transaction &tx, const QString &provider, const QString &model)
{
    return tx.one<bool>(
        "SELECT EXISTS (SELECT FROM prices WHERE provider = $1 AND model_key = lower(replace($2, '.', '-')))", provider,
        model);
}

std::optional<QUuid> insert(Transaction &tx, const ModelPrice &price)
{
    return tx.maybe<QUuid>(R"(
        INSERT INTO prices (provider, model, valid_from, prices, tiers, source, verified, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING
        RETURNING id)",
                           price.provider, price.model, price.validFrom, price.prices, price.tiers, price.source,
                           price.verified, price.note);
}

void update(Transaction &tx, const QUuid &id, const PriceChange &change)
{
    tx.run(R"(
        UPDATE prices
        SET verified = coalesce($2, verified), note = coalesce($3, note), source = coalesce($4, source)
        WHERE id = $1)",
           id, change.verified, change.note, change.source);
}

bool remove(Transaction &tx, const QUuid &id)
{
    return tx.run("DELETE FROM prices WHERE id = $1 AND valid_from > clock_timestamp()", id) == 1;
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

QList<PriceAlias> aliases(Transaction &tx)
{
    return tx.all<PriceAlias>("SELECT id, name, target, note, created_at FROM price_aliases");
}

QList<PriceAlias> aliasesAsOf(Transaction &tx, const QDateTime &moment)
{
    return tx.all<PriceAlias>("SELECT id, name, target, note, created_at FROM price_aliases WHERE created_at <= $1",
                              moment);
}

QList<PriceAlias> listAliases(Transaction &tx, const std::optional<QString> &afterName, int limit)
{
    return tx.all<PriceAlias>(R"(
        SELECT id, name, target, note, created_at
        FROM price_aliases
        WHERE ($1::text IS NULL OR name_key > lower(replace($1, '.', '-')))
        ORDER BY name_key
        LIMIT $2)",
                              afterName, limit);
}

std::optional<PriceAlias> findAlias(Transaction &tx, const QUuid &id)
{
    return tx.maybe<PriceAlias>("SELECT id, name, target, note, created_at FROM price_aliases WHERE id = $1", id);
}

std::optional<QUuid> insertAlias(Transaction &tx, const NewPriceAlias &alias)
{
    return tx.maybe<QUuid>(R"(
        INSERT INTO price_aliases (name, target, note)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        RETURNING id)",
                           alias.name, alias.target, alias.note);
}

bool removeAlias(Transaction &tx, const QUuid &id)
{
    return tx.run("DELETE FROM price_aliases WHERE id = $1", id) == 1;
}

} // namespace PriceStore
