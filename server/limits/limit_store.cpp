// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace LimitStore {

QList<GatewayLimit> list(Transaction &tx, const GatewayLimitFilter &filter, const std::optional<QUuid> &before,
                         int limit)
{
    return tx.all<GatewayLimit>(R"(
        SELECT id, subject, subject_id, subject_name, model, kind, amount, NULL::bigint AS used, created_at, revision
        FROM gateway_limit_overview
        WHERE ($1::text IS NULL OR subject = $1)
          AND ($2::uuid IS NULL OR subject_id = $2)
          AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4)",
                                filter.subject, filter.subjectId, before, limit);
}

QList<GatewayLimit> all(Transaction &tx, int most)
{
    return tx.all<GatewayLimit>(R"(
        SELECT id, subject, subject_id, subject_name, model, kind, amount, NULL::bigint AS used, created_at, revision
        FROM gateway_limit_overview
        ORDER BY id
        LIMIT $1)",
                                most);
}

std::optional<GatewayLimit> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<GatewayLimit>(R"(
        SELECT id, subject, subject_id, subject_name, model, kind, amount, NULL::bigint AS used, created_at, revision
        FROM gateway_limit_overview
        WHERE id = $1)",
                                  id);
}

std::optional<GatewayLimit> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM gateway_limits WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

void insert(Transaction &tx, const QUuid &id, const NewGatewayLimit &limit)
try {
    tx.run(R"(
        INSERT INTO gateway_limits (id, subject, key_id, user_id, model, kind, amount)
        VALUES ($1, $2, CASE WHEN $2 = 'key' THEN $3::uuid END, CASE WHEN $2 = 'user' THEN $3::uuid END, $4, $5, $6))",
           id, limit.subject, limit.subjectId, limit.model, limit.kind, limit.amount);
} catch (const pqxx::foreign_key_violation &) {
    throw ApiError::invalid(u"/subjectId"_s, u"names nothing of this tenant"_s);
} catch (const pqxx::unique_violation &) {
    throw ApiError::conflict(u"There is such a limit already: one of this kind for this subject. Change that one."_s);
}

void update(Transaction &tx, const QUuid &id, qint64 amount)
{
    tx.run("UPDATE gateway_limits SET amount = $2 WHERE id = $1", id, amount);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM gateway_limits WHERE id = $1", id); }

qint64 count(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM gateway_limits"); }

} // namespace LimitStore
