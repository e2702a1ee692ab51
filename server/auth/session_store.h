// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/auth/auth.h"

// The sessions of the tenant that the transaction has entered. One that has ended stays ended.
namespace SessionStore {

enum class EndReason { SignedOut, Ended, TokenReused, Suspended, TooMany, SecondFactor, PasswordChanged };

struct NewSession
{
    QUuid id;
    QUuid userId;
    QByteArray refreshHash;
    QString device;
    QString address;
    int lifetime = 0; // seconds without use
};
void insert(Transaction &tx, const NewSession &session);

// Who uses a session that has not ended, of an active user in an active tenant.
struct Living
{
    QUuid userId;
    QString displayName;
    QList<Role> roles;
    bool needsSecondFactor = false;

    static constexpr auto fields()
    {
        using T = Living;
        return std::tuple{Field{"userId", &T::userId}, Field{"displayName", &T::displayName}, Field{"roles", &T::roles},
                          Field{"needsSecondFactor", &T::needsSecondFactor}};
    }
};
// Also notes the use, to the minute.
std::optional<Living> findLiving(Transaction &tx, const QUuid &id);

struct Rotation
{
    QUuid id;
    QByteArray oldHash;
    QByteArray newHash;
    QString address;
    int lifetime = 0; // seconds without use
};
// Takes the new refresh token for the old one and says whose it is; nothing when the session has ended or the old token
// is not the one that is good now.
std::optional<QUuid> rotate(Transaction &tx, const Rotation &rotation);

// Those that have not ended. `rows`: of them, those that are to be seen.
QList<Session> list(Transaction &tx, const QUuid &userId, const std::optional<QUuid> &before, int limit,
                    const database::Fragment &rows);
std::optional<Session> find(Transaction &tx, const QUuid &id); // one that has not ended
bool end(Transaction &tx, const QUuid &id, EndReason reason); // false when it had ended
QList<QUuid> endAllOf(Transaction &tx, const QUuid &userId, EndReason reason, const QUuid &except = {});
QList<QUuid> endThose(Transaction &tx, const QUuid &userId, EndReason reason, const QUuid &except,
                      const database::Fragment &rows);
QList<QUuid> endAll(Transaction &tx, EndReason reason);
// Those of one user beyond the given number, the longest unused first.
QList<QUuid> endBeyond(Transaction &tx, const QUuid &userId, int most);
// From where the person with this e-mail address has had sessions in the last month or so; the 200 latest.
QList<QString> addressesOf(Transaction &tx, const QString &email);
QList<QUuid> livingOf(Transaction &tx, const QUuid &userId);
QList<QUuid> livingWithoutSecondFactor(Transaction &tx); // of whoever has none
void forgetOld(Transaction &tx, const QUuid &userId); // rows that ended a month ago

} // namespace SessionStore

template<>
inline constexpr auto enumNames<SessionStore::EndReason> = std::to_array({"signed-out", "ended", "token-reused",
                                                                          "suspended", "too-many", "second-factor",
                                                                          "password-changed"});
