// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/users/user_link.h"

// The users of the tenant that the transaction has entered.
namespace UserStore {

// Text for comparing without regard to case, composition and outer spaces, in every script.
QString folded(const QString &text);

// What lists are searched and sorted by.
QString searchTextOf(const QString &displayName, const QString &email);

// What sign-in needs; never leaves the server.
struct Credentials
{
    QUuid id;
    QString email;
    QString displayName;
    UserStatus status = UserStatus::Invited;
    QList<Role> roles;
    std::optional<QString> passwordHash;
    bool hasSecondFactor = false;

    static constexpr auto fields()
    {
        using T = Credentials;
        return std::tuple{Field{"id", &T::id},
                          Field{"email", &T::email},
                          Field{"displayName", &T::displayName},
                          Field{"status", &T::status},
                          Field{"roles", &T::roles},
                          Field{"passwordHash", &T::passwordHash},
                          Field{"hasSecondFactor", &T::hasSecondFactor}};
    }
};
std::optional<Credentials> findCredentials(Transaction &tx, const QString &email);
// Notes the sign-in and keeps the row as it is until the transaction ends. False when the user was suspended, removed
// or given another password since the credentials were read.
bool recordSignIn(Transaction &tx, const Credentials &seen, const std::optional<QString> &newHash);

struct Position // in the list
{
    QString searchText;
    QUuid id;
};
std::optional<Position> positionOf(Transaction &tx, const QUuid &id);
// `rows`: of them, those that are to be seen.
QList<User> list(Transaction &tx, const UserFilter &filter, const std::optional<Position> &after, int limit,
                 const database::Fragment &rows);
std::optional<User> find(Transaction &tx, const QUuid &id);
// As they are in this transaction: what a caller carries may be a moment old. Throws 401 when the user is gone.
QList<Role> rolesOf(Transaction &tx, const QUuid &id);
// All three throw 422 at /customRoles where one does not exist, these two 409 when the e-mail address is taken.
User insert(Transaction &tx, const NewUser &input, const QString &passwordHash);
User insertInvited(Transaction &tx, const NewInvitation &input); // without a password
// Takes an invited person in and notes the sign-in. False for anybody else.
bool activate(Transaction &tx, const User &invited, const QString &displayName, const QString &passwordHash);
// Nothing when the user has been changed or removed since `before` was read.
std::optional<User> update(Transaction &tx, const User &before, const UserChange &change);
std::optional<QString> findPasswordHash(Transaction &tx, const QUuid &id);
void setPassword(Transaction &tx, const QUuid &id, const QString &passwordHash);
bool remove(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision);
// Active users with the role; they stay as they are until the transaction ends.
QList<QUuid> holdActive(Transaction &tx, Role role);

} // namespace UserStore
