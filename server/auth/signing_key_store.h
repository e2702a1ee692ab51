// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

#include <QDateTime>

// platform.signing_keys. In platform transactions.
namespace SigningKeyStore {

struct Row
{
    QString id;
    QByteArray publicKey;
    QByteArray sealedSecret;
    QDateTime signsFrom;
    QDateTime signsUntil;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"id", &T::id}, Field{"publicKey", &T::publicKey},
                          Field{"sealedSecret", &T::sealedSecret}, Field{"signsFrom", &T::signsFrom},
                          Field{"signsUntil", &T::signsUntil}};
    }
};

void takeTurns(Transaction &platform); // one process at a time until the transaction ends
QList<Row> list(Transaction &platform); // the one that signs longest first
void insert(Transaction &platform, const Row &row);
// No key signs from then on; those that would only have begun to are removed.
void endAt(Transaction &platform, const QDateTime &time);
void removeEndedBefore(Transaction &platform, const QDateTime &time);

} // namespace SigningKeyStore
