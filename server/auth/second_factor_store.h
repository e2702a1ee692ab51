// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/auth/second_factor.h"

// The second factors of the tenant that the transaction has entered.
namespace SecondFactorStore {

struct Row
{
    QByteArray sealedSecret;
    bool isConfirmed = false;
    std::optional<qint64> lastStep;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"sealedSecret", &T::sealedSecret}, Field{"isConfirmed", &T::isConfirmed},
                          Field{"lastStep", &T::lastStep}};
    }
};
std::optional<Row> lock(Transaction &tx, const QUuid &userId); // stays as it is until the transaction ends

SecondFactor show(Transaction &tx, const QUuid &userId);
// The tenant demands one and this person has none.
bool isMissing(Transaction &tx, const QUuid &userId);

// Takes the place of one that was not confirmed. False when one is.
bool begin(Transaction &tx, const QUuid &userId, const QByteArray &sealedSecret);
void confirm(Transaction &tx, const QUuid &userId);
bool remove(Transaction &tx, const QUuid &userId); // with its recovery codes

// Each code once: false when that step or a later one has been taken.
bool takeStep(Transaction &tx, const QUuid &userId, qint64 step);
// One of the hashes is that of a code that is left.
bool takeRecoveryCode(Transaction &tx, const QUuid &userId, const QList<QByteArray> &hashes);
void replaceRecoveryCodes(Transaction &tx, const QUuid &userId, const QList<QByteArray> &hashes);

} // namespace SecondFactorStore
