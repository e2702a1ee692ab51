// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_link_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/permissions/access.h"
#include "server/permissions/permission_rules.h"
#include "server/tenants/tenant_limit.h"
#include "server/tenants/tenant_store.h"
#include "server/users/user_rules.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;
using UserLinkStore::Purpose;

namespace {

constexpr int hoursOf(Purpose purpose) { return purpose == Purpose::Invitation ? 7 * 24 : 24; }

ApiError linkRefused()
{
    return ApiError::make(403, "link_refused",
                          u"This link is wrong, was used, or is too old. Ask whoever sent it for a new one."_s);
}

// Somebody whom the caller may manage, in that status.
User managed(Transaction &tx, const Caller &caller, Ability ability, const QUuid &userId, UserStatus status,
             const QString &otherwise)
{
    const User user =
        Access::readable(caller, Ability::UsersRead, UserStore::find(tx, userId), ApiError::notFound(u"The user"_s));
    Access::require(caller, ability, user);
    PermissionRules::checkManages(tx, caller, user);
    if (user.status != status)
        throw ApiError::conflict(otherwise.arg(user.displayName));
    return user;
}

void record(Transaction &tx, const Caller &caller, Ability ability, const User &user,
            const std::optional<QJsonObject> &before, const std::optional<QJsonObject> &after, const QString &reason)
{
    AuditLog::record(tx, caller,
                     {.action = AuditLog::actionOf(ability),
                      .subject = {user.id, user.displayName},
                      .before = before,
                      .after = after,
                      .reason = reason});
}

User invited(Transaction &tx, const Caller &caller, const QUuid &userId)
{
    return managed(tx, caller, Ability::UsersCreate, userId, UserStatus::Invited, u"%1 has no open invitation."_s);
}

} // namespace

UserLink UserLinkService::made(Transaction &tx, const QUuid &tenantId, const User &user, Purpose purpose) const
{
    const auto token = m_parts.tokens.make(tenantId, user.id);
    const QDateTime expiresAt = UserLinkStore::put(tx, {user.id, purpose, token.hash}, hoursOf(purpose));
    return {.user = user, .token = token.text, .expiresAt = expiresAt};
}

UserLink UserLinkService::invite(const Caller &caller, const NewInvitation &input)
{
    UserRules::check(input, UserRules::placeOf(caller.tenantId));
    return m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        PermissionRules::checkAttributes(caller, {}, input.attributes.value_or(QJsonObject()));
        PermissionRules::checkManages(tx, caller, input.roles, input.customRoles.value_or(QList<QUuid>()));
        requireRoom(tx, caller, TenantLimit::Users);
        const User user = UserStore::insertInvited(tx, input);
        Access::requireNew(caller, Ability::UsersCreate, user, input);
        record(tx, caller, Ability::UsersCreate, user, {}, AuditJson::of(user), u"Invited."_s);
        return made(tx, caller.tenantId, user, Purpose::Invitation);
    });
}

UserLink UserLinkService::renewInvitation(const Caller &caller, const QUuid &userId)
{
    return m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const User user = invited(tx, caller, userId);
        record(tx, caller, Ability::UsersUpdate, user, {}, {}, u"Made a new link for the invitation."_s);
        return made(tx, caller.tenantId, user, Purpose::Invitation);
    });
}

void UserLinkService::revokeInvitation(const Caller &caller, const QUuid &userId)
{
    m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const User user = invited(tx, caller, userId);
        if (!UserStore::remove(tx, user.id, user.revision))
            throw ApiError::changed(u"The user"_s); // has just accepted
        record(tx, caller, Ability::UsersDelete, user, AuditJson::of(user), {}, u"Took the invitation back."_s);
    });
}

UserLink UserLinkService::offerReset(const Caller &caller, const QUuid &userId)
{
    if (userId == caller.userId)
        throw ApiError::conflict(u"Change your own password with the present one: POST /api/v1/auth/password."_s);
    return m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const User user = managed(tx, caller, Ability::UsersUpdate, userId, UserStatus::Active,
                                  u"%1 is not active. Renew the invitation, or end the suspension first."_s);
        record(tx, caller, Ability::UsersUpdate, user, {}, {}, u"Made a link to choose another password."_s);
        return made(tx, caller.tenantId, user, Purpose::PasswordReset);
    });
}

// Takes the link and runs change(tx, who, user, hash of the password) in one transaction, in which the caller becomes
// the person of the link. A made-up link costs no hash, and of several at once with the same one, one goes on.
template<class Change>
auto UserLinkService::withLink(const QString &text, Purpose purpose, const QString &password, Caller where,
                               Change &&change)
try {
    const auto token = m_parts.tokens.read(text);
    if (!token)
        throw linkRefused();
    where.tenantId = token->tenantId;
    const UserLinkStore::Link link{token->id, purpose, token->hash};
    if (!m_parts.database.transaction(where.scope(), [&](Transaction &tx) { return UserLinkStore::isGood(tx, link); }))
        throw linkRefused();
    const QString hash = QString::fromLatin1(m_parts.passwords.hash(password));
    return m_parts.database.transaction(where.scope(), [&](Transaction &tx) {
        const bool taken = tx.one<bool>("SELECT platform.hold_active_tenant()") && UserLinkStore::take(tx, link);
        const auto user = taken ? UserStore::find(tx, link.userId) : std::nullopt;
        if (!user)
            throw linkRefused();
        where.userId = user->id;
        where.displayName = user->displayName;
        return change(tx, where, *user, hash);
    });
} catch (const ApiError &error) {
    if (error.status == 404) // the tenant is gone
        throw linkRefused();
    throw;
}

::SignedIn UserLinkService::accept(const AcceptInvitation &input, const Caller &where)
{
    const auto opened = withLink(input.token, Purpose::Invitation, input.password, where,
                                 [&](Transaction &tx, Caller who, const User &user, const QString &hash) {
                                     if (!UserStore::activate(tx, user, input.displayName, hash))
                                         throw linkRefused(); // suspended meanwhile
                                     const auto after = UserStore::find(tx, user.id).value();
                                     who.displayName = after.displayName;
                                     record(tx, who, Ability::UsersUpdate, after, AuditJson::of(user),
                                            AuditJson::of(after), u"Accepted the invitation."_s);
                                     return m_parts.opener.open(tx, who, input.device.value_or(QString()));
                                 });
    return m_parts.opener.signedIn(opened.value());
}

void UserLinkService::reset(const PasswordReset &input, const Caller &where)
{
    const QList<QUuid> ended =
        withLink(input.token, Purpose::PasswordReset, input.password, where,
                 [](Transaction &tx, const Caller &who, const User &user, const QString &hash) {
                     if (user.status != UserStatus::Active)
                         throw linkRefused();
                     UserStore::setPassword(tx, user.id, hash);
                     const auto ended = SessionStore::endAllOf(tx, user.id, SessionStore::EndReason::PasswordChanged);
                     SessionWatch::announce(tx, ended);
                     record(tx, who, Ability::UsersUpdate, user, {}, {}, u"Chose another password with a link."_s);
                     return ended;
                 });
    m_parts.watch.apply(ended);
}
