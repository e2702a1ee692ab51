// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/signing_key_store.h"

namespace SigningKeyStore {

void takeTurns(Transaction &platform)
{
    constexpr qint64 lock = 7'165'011; // any fixed number that nobody else takes
    platform.run("SELECT pg_advisory_xact_lock($1)", lock);
}

QList<Row> list(Transaction &platform)
{
    return platform.all<Row>(R"(
        SELECT id, public_key, sealed_secret, signs_from, signs_until
        FROM signing_keys
        ORDER BY signs_until DESC
        LIMIT 100)");
}

void insert(Transaction &platform, const Row &row)
{
    platform.run(R"(
        INSERT INTO signing_keys (id, public_key, sealed_secret, signs_from, signs_until)
        VALUES ($1, $2, $3, $4, $5))",
                 row.id, row.publicKey, row.sealedSecret, row.signsFrom, row.signsUntil);
}

void endAt(Transaction &platform, const QDateTime &time)
{
    platform.run("DELETE FROM signing_keys WHERE signs_from >= $1", time);
    platform.run("UPDATE signing_keys SET signs_until = $1 WHERE signs_until > $1", time);
}

void removeEndedBefore(Transaction &platform, const QDateTime &time)
{
    platform.run("DELETE FROM signing_keys WHERE signs_until < $1", time);
}

} // namespace SigningKeyStore
