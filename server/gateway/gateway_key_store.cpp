// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_key_store.h"

#include "server/database/search_text.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace GatewayKeyStore {

QList<GatewayKey> list(Transaction &tx, const GatewayKeyFilter &filter, const std::optional<QUuid> &before, int limit,
                       const database::Fragment &rows)
{
    const auto search = filter.search ? std::optional(searchText(*filter.search)) : std::nullopt;
    return tx.allWhere<GatewayKey>(R"(
        SELECT id, name, status, owner_id, owner_name, hint, models, expires_at, last_used_at, former_until, revoked_at,
               created_at, revision
        FROM gateway_key_overview
        WHERE ($1::text IS NULL OR position($1 IN search_text) > 0)
          AND ($2::text IS NULL OR status = $2)
          AND ($3::uuid IS NULL OR owner_id = $3)
          AND ($4::uuid IS NULL OR id < $4)
          AND {where}
        ORDER BY id DESC
        LIMIT $5)",
                                   rows, search, filter.status, filter.ownerId, before, limit);
}

std::optional<GatewayKey> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<GatewayKey>(R"(
        SELECT id, name, status, owner_id, owner_name, hint, models, expires_at, last_used_at, former_until, revoked_at,
               created_at, revision
        FROM gateway_key_overview
        WHERE id = $1)",
                                id);
}

std::optional<GatewayKey> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM gateway_keys WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

void insert(Transaction &tx, const QUuid &id, const QString &name, const QUuid &ownerId, const QList<QString> &models,
            const std::optional<QDateTime> &expiresAt, const Secret &secret)
try {
    tx.run(R"(
        INSERT INTO gateway_keys (id, name, search_text, owner_id, models, expires_at, hash, hint)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8))",
           id, name, searchText(name), ownerId, models, expiresAt, secret.hash, secret.hint);
} catch (const pqxx::foreign_key_violation &) {
    throw ApiError::invalid({{u"/ownerId"_s, u"names nobody of this tenant"_s}});
}

void update(Transaction &tx, const GatewayKey &key)
{
    tx.run("UPDATE gateway_keys SET name = $2, search_text = $3, models = $4, expires_at = $5 WHERE id = $1", key.id,
           key.name, searchText(key.name), key.models, key.expiresAt);
}

void rotate(Transaction &tx, const QUuid &id, const Secret &secret, const std::optional<QDateTime> &formerUntil)
{
    tx.run(R"(
        UPDATE gateway_keys
        SET former_hash = CASE WHEN $4::timestamptz IS NOT NULL THEN hash END, former_until = $4, hash = $2, hint = $3
        WHERE id = $1)",
           id, secret.hash, secret.hint, formerUntil);
}

void revoke(Transaction &tx, const QUuid &id)
{
    tx.run("UPDATE gateway_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL", id);
}

qint64 living(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM gateway_keys WHERE revoked_at IS NULL"); }

std::optional<Access> access(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Access>(R"(
        SELECT k.id, k.name, k.hash, k.former_hash, k.former_until, k.models, k.expires_at,
               k.revoked_at IS NOT NULL AS is_revoked, k.owner_id, u.display_name AS owner_name,
               u.status AS owner_status, u.roles AS owner_roles, platform.tenant_is_active() AS tenant_is_active
        FROM gateway_keys AS k JOIN users AS u ON u.id = k.owner_id
        WHERE k.id = $1)",
                            id);
}

void recordUse(Transaction &tx, const QList<QUuid> &keys, const QList<QDateTime> &usedAt)
{
    tx.run(R"(
        INSERT INTO gateway_key_uses AS uses (key_id, used_at)
        SELECT used.key_id, used.at
        FROM unnest($1::uuid[], $2::timestamptz[]) AS used (key_id, at) JOIN gateway_keys AS k ON k.id = used.key_id
        ORDER BY used.key_id
        ON CONFLICT (key_id) DO UPDATE SET used_at = excluded.used_at
        WHERE date_trunc('minute', uses.used_at) < date_trunc('minute', excluded.used_at))",
           keys, usedAt);
}

} // namespace GatewayKeyStore
