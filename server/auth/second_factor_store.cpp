// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/second_factor_store.h"

namespace SecondFactorStore {

std::optional<Row> lock(Transaction &tx, const QUuid &userId)
{
    return tx.maybe<Row>(R"(
        SELECT sealed_secret, confirmed_at IS NOT NULL AS is_confirmed, last_step
        FROM second_factors
        WHERE user_id = $1
        FOR UPDATE)",
                         userId);
}

SecondFactor show(Transaction &tx, const QUuid &userId)
{
    return tx.one<SecondFactor>(R"(
        SELECT factor.user_id IS NOT NULL AS enabled, factor.confirmed_at AS enabled_at,
               (SELECT count(*) FROM recovery_codes WHERE user_id = factor.user_id) AS recovery_codes_left,
               tenant_settings.require_second_factor AS required
        FROM tenant_settings
            LEFT JOIN second_factors AS factor ON factor.user_id = $1 AND factor.confirmed_at IS NOT NULL)",
                                userId);
}

bool isMissing(Transaction &tx, const QUuid &userId)
{
    return tx.one<bool>("SELECT second_factor_is_missing($1)", userId);
}

bool begin(Transaction &tx, const QUuid &userId, const QByteArray &sealedSecret)
{
    return tx.run(R"(
        INSERT INTO second_factors (user_id, sealed_secret)
        VALUES ($1, $2)
        ON CONFLICT (user_id) DO UPDATE
        SET sealed_secret = excluded.sealed_secret, created_at = now()
        WHERE second_factors.confirmed_at IS NULL)",
                  userId, sealedSecret)
        == 1;
}

void confirm(Transaction &tx, const QUuid &userId)
{
    tx.run("UPDATE second_factors SET confirmed_at = now() WHERE user_id = $1", userId);
}

bool remove(Transaction &tx, const QUuid &userId)
{
    return tx.run("DELETE FROM second_factors WHERE user_id = $1", userId) == 1;
}

bool takeStep(Transaction &tx, const QUuid &userId, qint64 step)
{
    return tx.run(R"(
        UPDATE second_factors
        SET last_step = $2
        WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2))",
                  userId, step)
        == 1;
}

bool takeRecoveryCode(Transaction &tx, const QUuid &userId, const QList<QByteArray> &hashes)
{
    return tx.run("DELETE FROM recovery_codes WHERE user_id = $1 AND hash = ANY ($2::bytea[])", userId, hashes) == 1;
}

void replaceRecoveryCodes(Transaction &tx, const QUuid &userId, const QList<QByteArray> &hashes)
{
    tx.run("DELETE FROM recovery_codes WHERE user_id = $1", userId);
    tx.run("INSERT INTO recovery_codes (user_id, hash) SELECT $1, unnest($2::bytea[])", userId, hashes);
}

} // namespace SecondFactorStore
