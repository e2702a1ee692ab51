// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/profile_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/users/user_link_store.h"
#include "server/users/user_rules.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;

SessionOpener::Opened ProfileService::present(Transaction &tx, const Caller &caller) const
{
    const auto opened = SessionOpener::present(tx, caller.tenantId, caller.userId, caller.sessionId);
    return opened ? *opened : throw ApiError::unauthenticated();
}

Profile ProfileService::show(const Caller &caller)
{
    return m_parts.opener.profile(
        m_parts.database.transaction(caller.scope(), [&](Transaction &tx) { return present(tx, caller); }));
}

Profile ProfileService::update(const Caller &caller, qint64 revision, const ProfileChange &change)
{
    const UserChange userChange{
        .displayName = change.displayName, .locale = change.locale, .timeZone = change.timeZone};
    UserRules::check(userChange, UserRules::placeOf(caller.tenantId));
    QList<QUuid> renamed;
    const auto after = m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const User before = present(tx, caller).user;
        if (before.revision != revision || !UserStore::update(tx, before, userChange))
            throw ApiError::changed(u"Your profile"_s);
        renamed = SessionStore::livingOf(tx, caller.userId); // what they make from now on carries the new name
        SessionWatch::announce(tx, renamed);
        const auto after = present(tx, caller);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::UsersUpdate),
                          .subject = {caller.userId, after.user.displayName},
                          .before = AuditJson::of(before),
                          .after = AuditJson::of(after.user)});
        return after;
    });
    m_parts.watch.apply(renamed);
    return m_parts.opener.profile(after);
}

void ProfileService::changePassword(const Caller &caller, const PasswordChange &input)
{
    m_parts.reauthentication.begin(caller, input.password);
    const QString hash = QString::fromLatin1(m_parts.passwords.hash(input.newPassword));
    QList<QUuid> ended;
    m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        UserStore::setPassword(tx, caller.userId, hash);
        UserLinkStore::remove(tx, caller.userId); // a reset that is no longer wanted
        ended = SessionStore::endAllOf(tx, caller.userId, SessionStore::EndReason::PasswordChanged, caller.sessionId);
        SessionWatch::announce(tx, ended);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::UsersUpdate),
                          .subject = {caller.userId, caller.displayName},
                          .reason = u"Changed the own password."_s});
    });
    m_parts.reauthentication.succeeded(caller);
    m_parts.watch.apply(ended);
}
