// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_store.h"

#include "server/users/user_store.h"

namespace SessionStore {

void insert(Transaction &tx, const NewSession &session)
{
    tx.run(R"(
        INSERT INTO sessions (id, user_id, refresh_hash, device, address, expires_at)
        VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6)))",
           session.id, session.userId, session.refreshHash, session.device, session.address, session.lifetime);
}

std::optional<Living> findLiving(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Living>(R"(
        WITH living AS (
            SELECT s.id, s.user_id, u.display_name, u.roles, second_factor_is_missing(u.id) AS needs_second_factor
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > now() AND u.status = 'active'
              AND platform.tenant_is_active()
        ), used AS (
            UPDATE sessions SET last_used_at = now()
            WHERE id IN (SELECT id FROM living) AND last_used_at < now() - interval '1 minute'
        )
        SELECT user_id, display_name, roles, needs_second_factor FROM living)",
                            id);
}

std::optional<QUuid> rotate(Transaction &tx, const Rotation &rotation)
{
    return tx.maybe<QUuid>(R"(
        UPDATE sessions s
        SET refresh_hash = $3, address = $4, last_used_at = now(), expires_at = now() + make_interval(secs => $5)
        FROM users u
        WHERE s.id = $1 AND s.refresh_hash = $2 AND s.ended_at IS NULL AND s.expires_at > now()
          AND u.id = s.user_id AND u.status = 'active' AND platform.tenant_is_active()
        RETURNING s.user_id)",
                           rotation.id, rotation.oldHash, rotation.newHash, rotation.address, rotation.lifetime);
}

QList<Session> list(Transaction &tx, const QUuid &userId, const std::optional<QUuid> &before, int limit,
                    const database::Fragment &rows)
{
    return tx.allWhere<Session>(R"(
        SELECT id, user_id, user_name, device, address, created_at, last_used_at, false AS current
        FROM session_overview
        WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) AND {where}
        ORDER BY id DESC
        LIMIT $3)",
                                rows, userId, before, limit);
}

std::optional<Session> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Session>(R"(
        SELECT id, user_id, user_name, device, address, created_at, last_used_at, false AS current
        FROM session_overview
        WHERE id = $1)",
                             id);
}

bool end(Transaction &tx, const QUuid &id, EndReason reason)
{
    return tx.run("UPDATE sessions SET ended_at = now(), end_reason = $2 WHERE id = $1 AND ended_at IS NULL", id,
                  reason)
        == 1;
}

QList<QUuid> endAllOf(Transaction &tx, const QUuid &userId, EndReason reason, const QUuid &except)
{
    return tx.all<QUuid>(R"(
        UPDATE sessions SET ended_at = now(), end_reason = $2
        WHERE user_id = $1 AND ended_at IS NULL AND id <> $3
        RETURNING id)",
                         userId, reason, except);
}

QList<QUuid> endThose(Transaction &tx, const QUuid &userId, EndReason reason, const QUuid &except,
                      const database::Fragment &rows)
{
    return tx.allWhere<QUuid>(R"(
        UPDATE sessions SET ended_at = now(), end_reason = $2
        WHERE ended_at IS NULL AND id <> $3
          AND id IN (SELECT id FROM session_overview WHERE user_id = $1 AND {where})
        RETURNING id)",
                              rows, userId, reason, except);
}

QList<QUuid> endAll(Transaction &tx, EndReason reason)
{
    return tx.all<QUuid>("UPDATE sessions SET ended_at = now(), end_reason = $1 WHERE ended_at IS NULL RETURNING id",
                         reason);
}

QList<QUuid> endBeyond(Transaction &tx, const QUuid &userId, int most)
{
    return tx.all<QUuid>(R"(
        UPDATE sessions SET ended_at = now(), end_reason = $3
        WHERE id IN (SELECT id FROM sessions
                     WHERE user_id = $1 AND ended_at IS NULL
                     ORDER BY last_used_at DESC, id DESC
                     OFFSET $2)
        RETURNING id)",
                         userId, most, EndReason::TooMany);
}

QList<QString> addressesOf(Transaction &tx, const QString &email)
{
    return tx.all<QString>(R"(
        SELECT s.address FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE u.email_folded = $1
        GROUP BY s.address
        ORDER BY max(s.last_used_at) DESC
        LIMIT 200)",
                           UserStore::folded(email));
}

QList<QUuid> livingOf(Transaction &tx, const QUuid &userId)
{
    return tx.all<QUuid>("SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL", userId);
}

QList<QUuid> livingWithoutSecondFactor(Transaction &tx)
{
    return tx.all<QUuid>(R"(
        SELECT s.id FROM sessions s
        WHERE s.ended_at IS NULL
          AND NOT EXISTS (SELECT FROM second_factors f WHERE f.user_id = s.user_id AND f.confirmed_at IS NOT NULL))");
}

void forgetOld(Transaction &tx, const QUuid &userId)
{
    tx.run(R"(
        DELETE FROM sessions
        WHERE user_id = $1 AND least(ended_at, expires_at) < now() - interval '30 days')",
           userId);
}

} // namespace SessionStore
