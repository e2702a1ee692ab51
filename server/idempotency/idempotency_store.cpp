// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/idempotency/idempotency_store.h"

namespace IdempotencyStore {

void forgetExpired(Transaction &tx)
{
    tx.run(R"(
        DELETE FROM idempotency_keys
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys
                                WHERE started_at < now() - interval '24 hours'
                                ORDER BY started_at
                                LIMIT 100
                                FOR UPDATE SKIP LOCKED)))");
}

bool insert(Transaction &tx, const QUuid &userId, const QString &key, const QByteArray &requestHash)
{
    return tx.run(R"(
        INSERT INTO idempotency_keys (user_id, key, request_hash)
        VALUES ($1, $2, $3)
        ON CONFLICT (user_id, key) DO NOTHING)",
                  userId, key, requestHash)
        == 1;
}

std::optional<Row> find(Transaction &tx, const QUuid &userId, const QString &key)
{
    return tx.maybe<Row>(R"(
        SELECT request_hash, started_at < now() - interval '5 minutes' AS is_old, status, content_type, etag, body,
               made
        FROM idempotency_keys
        WHERE user_id = $1 AND key = $2)",
                         userId, key);
}

void save(Transaction &tx, const QUuid &userId, const QString &key, const Saved &answer)
{
    tx.run(R"(
        UPDATE idempotency_keys SET status = $3, content_type = $4, etag = $5, body = $6
        WHERE user_id = $1 AND key = $2)",
           userId, key, answer.status, QString::fromLatin1(answer.contentType), QString::fromLatin1(answer.etag),
           answer.body);
}

void setMade(Transaction &tx, const QUuid &userId, const QString &key, const QUuid &made)
{
    tx.run("UPDATE idempotency_keys SET made = $3 WHERE user_id = $1 AND key = $2", userId, key, made);
}

void remove(Transaction &tx, const QUuid &userId, const QString &key)
{
    tx.run("DELETE FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND status IS NULL", userId, key);
}

} // namespace IdempotencyStore
