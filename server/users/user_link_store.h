// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

// One-time links to choose a password, of the users of the tenant that the transaction has entered.
namespace UserLinkStore {

enum class Purpose { Invitation, PasswordReset };

struct Link
{
    QUuid userId;
    Purpose purpose = Purpose::Invitation;
    QByteArray hash;
};
QDateTime put(Transaction &tx, const Link &link, int hours); // until when; in place of the person's last one
bool isGood(Transaction &tx, const Link &link);
bool take(Transaction &tx, const Link &link); // false when it was not good
void remove(Transaction &tx, const QUuid &userId);

} // namespace UserLinkStore

template<> inline constexpr auto enumNames<UserLinkStore::Purpose> = std::to_array({"invitation", "password-reset"});
