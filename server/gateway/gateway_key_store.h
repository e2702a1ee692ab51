// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/fragment.h"
#include "server/database/transaction.h"
#include "shared/gateway/gateway_key.h"
#include "shared/users/user.h"

// SQL of the gateway keys, in a transaction of the tenant.
namespace GatewayKeyStore {

// `rows`: those that are to be seen. The newest first, below the key `before`.
QList<GatewayKey> list(Transaction &tx, const GatewayKeyFilter &filter, const std::optional<QUuid> &before, int limit,
                       const database::Fragment &rows);
std::optional<GatewayKey> find(Transaction &tx, const QUuid &id);
std::optional<GatewayKey> lock(Transaction &tx, const QUuid &id); // until the transaction ends

struct Secret
{
    QByteArray hash;
    QString hint;
};
// Throws ApiError::invalid at /ownerId where there is no such person.
void insert(Transaction &tx, const QUuid &id, const QString &name, const QUuid &ownerId, const QList<QString> &models,
            const std::optional<QDateTime> &expiresAt, const Secret &secret);
void update(Transaction &tx, const GatewayKey &key);
// The secret until now stays good until then; with nothing it is gone.
void rotate(Transaction &tx, const QUuid &id, const Secret &secret, const std::optional<QDateTime> &formerUntil);
void revoke(Transaction &tx, const QUuid &id);
qint64 living(Transaction &tx); // not revoked

// What a call needs to know. The owner's rights come from the policy book.
struct Access
{
    QUuid id;
    QString name;
    QByteArray hash;
    std::optional<QByteArray> formerHash;
    std::optional<QDateTime> formerUntil;
    QList<QString> models;
    std::optional<QDateTime> expiresAt;
    bool isRevoked = false;
    QUuid ownerId;
    QString ownerName;
    UserStatus ownerStatus = UserStatus::Active;
    QList<Role> ownerRoles;
    bool tenantIsActive = true;

    static constexpr auto fields()
    {
        using T = Access;
        return std::tuple{Field{"id", &T::id},
                          Field{"name", &T::name},
                          Field{"hash", &T::hash},
                          Field{"formerHash", &T::formerHash},
                          Field{"formerUntil", &T::formerUntil},
                          Field{"models", &T::models},
                          Field{"expiresAt", &T::expiresAt},
                          Field{"isRevoked", &T::isRevoked},
                          Field{"ownerId", &T::ownerId},
                          Field{"ownerName", &T::ownerName},
                          Field{"ownerStatus", &T::ownerStatus},
                          Field{"ownerRoles", &T::ownerRoles},
                          Field{"tenantIsActive", &T::tenantIsActive}};
    }
};
std::optional<Access> access(Transaction &tx, const QUuid &id);

// Writes down when keys were used last, where the minute has changed.
void recordUse(Transaction &tx, const QList<QUuid> &keys, const QList<QDateTime> &usedAt);

} // namespace GatewayKeyStore
