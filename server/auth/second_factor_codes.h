// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/second_factor_store.h"
#include "server/security/secret_box.h"

#include <functional>

// Makes and takes the codes of the second factor: those of an authenticator app, and the recovery codes for when the
// app is lost. Each is good once. The secret of the app lies sealed, the recovery codes as hashes. Any thread.
class SecondFactorCodes
{
public:
    using Now = std::function<qint64()>; // seconds since 1970
    SecondFactorCodes(const SecretBox &box, Now now) : m_box(box), m_now(std::move(now)) { }

    struct Owner
    {
        QUuid tenantId;
        QUuid userId;
    };
    QByteArray seal(const Owner &owner, QByteArrayView secret) const;

    // Whether this is a code that was not used before; from now on it is. `factor` was locked in this transaction.
    bool takeAppCode(Transaction &tx, const Owner &owner, const SecondFactorStore::Row &factor,
                     const QString &code) const;
    // The same, also for a recovery code. True for everybody without a second factor.
    bool take(Transaction &tx, const Owner &owner, const QString &code) const;

    // Takes the place of those that were left.
    QList<QString> renewRecoveryCodes(Transaction &tx, const QUuid &userId) const;

private:
    const SecretBox &m_box;
    const Now m_now;
};
