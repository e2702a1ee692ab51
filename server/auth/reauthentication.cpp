// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/reauthentication.h"

#include "server/users/user_store.h"

using namespace Qt::StringLiterals;

namespace {

QHostAddress peerOf(const Caller &caller) { return QHostAddress(QString::fromLatin1(caller.address)); }

} // namespace

void Reauthentication::begin(const Caller &caller, const QString &password)
{
    m_throttle.begin(caller.tenantId.toString(), caller.userId.toString(), peerOf(caller));
    const auto hash = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return UserStore::findPasswordHash(tx, caller.userId); });
    if (!hash || !m_passwords.matches(password, hash->toLatin1()))
        throw ApiError::invalid(u"/password"_s, u"is not your present password"_s);
}

void Reauthentication::succeeded(const Caller &caller)
{
    m_throttle.succeeded(caller.tenantId.toString(), caller.userId.toString(), peerOf(caller));
}
