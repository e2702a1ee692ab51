// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_link_store.h"

namespace UserLinkStore {

QDateTime put(Transaction &tx, const Link &link, int hours)
{
    return tx.one<QDateTime>(R"(
        INSERT INTO user_links (user_id, purpose, hash, expires_at)
        VALUES ($1, $2, $3, now() + make_interval(hours => $4))
        ON CONFLICT (user_id) DO UPDATE
        SET purpose = excluded.purpose, hash = excluded.hash, expires_at = excluded.expires_at, created_at = now()
        RETURNING expires_at)",
                             link.userId, link.purpose, link.hash, hours);
}

bool isGood(Transaction &tx, const Link &link)
{
    return tx.one<bool>(R"(
        SELECT EXISTS (SELECT FROM user_links
                       WHERE user_id = $1 AND purpose = $2 AND hash = $3 AND expires_at > now()))",
                        link.userId, link.purpose, link.hash);
}

bool take(Transaction &tx, const Link &link)
{
    return tx.run("DELETE FROM user_links WHERE user_id = $1 AND purpose = $2 AND hash = $3 AND expires_at > now()",
                  link.userId, link.purpose, link.hash)
        == 1;
}

void remove(Transaction &tx, const QUuid &userId) { tx.run("DELETE FROM user_links WHERE user_id = $1", userId); }

} // namespace UserLinkStore
