// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

// The idempotency keys of the tenant that the transaction has entered.
namespace IdempotencyStore {

struct Saved
{
    int status = 0;
    QByteArray contentType;
    QByteArray etag;
    QByteArray body;
};

struct Row
{
    QByteArray requestHash;
    bool isOld = false; // started so long ago that nobody can still be at it
    std::optional<int> status;
    std::optional<QString> contentType;
    std::optional<QString> etag;
    std::optional<QByteArray> body;
    std::optional<QUuid> made;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"requestHash", &T::requestHash},
                          Field{"isOld", &T::isOld},
                          Field{"status", &T::status},
                          Field{"contentType", &T::contentType},
                          Field{"etag", &T::etag},
                          Field{"body", &T::body},
                          Field{"made", &T::made}};
    }
};

void forgetExpired(Transaction &tx); // some of them
bool insert(Transaction &tx, const QUuid &userId, const QString &key, const QByteArray &requestHash); // false: is there
std::optional<Row> find(Transaction &tx, const QUuid &userId, const QString &key);
void save(Transaction &tx, const QUuid &userId, const QString &key, const Saved &answer);
void setMade(Transaction &tx, const QUuid &userId, const QString &key, const QUuid &made);
void remove(Transaction &tx, const QUuid &userId, const QString &key);

} // namespace IdempotencyStore
