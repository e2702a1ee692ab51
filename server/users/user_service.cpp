// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/database/cursor.h"
#include "server/permissions/access.h"
#include "server/permissions/permission_rules.h"
#include "server/tenants/tenant_limit.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;

namespace {

ApiError noUser() { return ApiError::notFound(u"The user"_s); }

// Somebody whom the caller may see.
User found(Transaction &tx, const Caller &caller, const QUuid &id)
{
    return Access::readable(caller, Ability::UsersRead, UserStore::find(tx, id), noUser());
}

} // namespace

UserService::UserService(Database &database, const Passwords &passwords, SessionWatch &watch)
    : m_database(database),
      m_passwords(passwords),
      m_watch(watch)
{
}

void UserService::keepSomebody(Transaction &tx, Role role, const QUuid &leaving)
{
    if (UserStore::holdActive(tx, role) == QList{leaving})
        throw ApiError::conflict(
            u"This is the last active user with the role “%1”. Give the role to somebody else first."_s.arg(
                json::name(role)));
}

Page<User> UserService::list(const Caller &caller, const UserFilter &filter)
{
    if (filter.search)
        Access::requireVisible(caller, Ability::UsersRead, u"search"_s, {u"displayName"_s, u"email"_s});
    if (filter.status)
        Access::requireVisible(caller, Ability::UsersRead, u"status"_s, {u"status"_s});
    if (filter.role)
        Access::requireVisible(caller, Ability::UsersRead, u"role"_s, {u"roles"_s});
    if (filter.customRole)
        Access::requireVisible(caller, Ability::UsersRead, u"customRole"_s, {u"customRoles"_s});
    const int limit = filter.limit.value_or(50);
    std::optional<UserStore::Position> after;
    if (const auto keys = cursor::parse(filter.cursor, 2)) {
        after = {keys->at(0), QUuid::fromString(keys->at(1))};
        if (after->id.isNull())
            cursor::refuse();
    }
    // A cursor must not tell what the list leaves out: it then says only whose row the last one was.
    const bool isSilent = Access::mayHide(caller, Ability::UsersRead, {u"displayName"_s, u"email"_s});
    Page<User> page;
    const database::Fragment rows = Access::rows<User>(caller, Ability::UsersRead);
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (after && isSilent && !(after = UserStore::positionOf(tx, after->id)))
            cursor::outdated();
        return UserStore::list(tx, filter, after, limit + 1, rows);
    });
    if (page.items.size() > limit) {
        page.items.removeLast();
        const User &last = page.items.last();
        page.nextCursor = cursor::print(
            {isSilent ? QString() : UserStore::searchTextOf(last.displayName, last.email), last.id.toString()});
    }
    return page;
}

User UserService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) { return found(tx, caller, id); });
}

User UserService::create(const Caller &caller, const NewUser &input)
{
    UserRules::check(input, UserRules::placeOf(caller.tenantId));
    PermissionRules::checkAttributes(caller, {}, input.attributes.value_or(QJsonObject()));
    const QString hash = QString::fromLatin1(m_passwords.hash(input.password));
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        PermissionRules::checkManages(tx, caller, input.roles, input.customRoles.value_or(QList<QUuid>()));
        requireRoom(tx, caller, TenantLimit::Users);
        const User made = UserStore::insert(tx, input, hash);
        Access::requireNew(caller, Ability::UsersCreate, made, input);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::UsersCreate),
                          .subject = {made.id, made.displayName},
                          .after = AuditJson::of(made)});
        return made;
    });
}

User UserService::update(const Caller &caller, const QUuid &id, qint64 revision, const UserChange &change)
{
    const UserRules::Place place = UserRules::placeOf(caller.tenantId);
    UserRules::check(change, place);
    const Role kept = UserRules::keptRole(place);
    QList<QUuid> changed;
    const User after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const User before = found(tx, caller, id);
        Access::require(caller, Ability::UsersUpdate, before);
        Access::requireFields(caller, Ability::UsersUpdate, before, change);
        if (before.revision != revision)
            throw ApiError::changed(u"The user"_s);
        PermissionRules::checkAttributes(caller, before.attributes, change.attributes.value_or(before.attributes));
        PermissionRules::checkManages(tx, caller, before);
        PermissionRules::checkManages(tx, caller, change.roles.value_or(QList<Role>()),
                                      change.customRoles.value_or(QList<QUuid>()));
        const bool leaves = change.status == UserStatus::Suspended || (change.roles && !change.roles->contains(kept));
        if (leaves)
            keepSomebody(tx, kept, id);

        const auto after = UserStore::update(tx, before, change);
        if (!after)
            throw ApiError::changed(u"The user"_s);
        Access::require(caller, Ability::UsersUpdate, *after);
        if (place == UserRules::Place::OtherTenant && (change.attributes || change.customRoles))
            PermissionRules::keepAnOwner(tx); // rules may ask for either
        changed = after->status == UserStatus::Suspended
            ? SessionStore::endAllOf(tx, id, SessionStore::EndReason::Suspended)
            : SessionStore::livingOf(tx, id);
        SessionWatch::announce(tx, changed);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::UsersUpdate),
                          .subject = {id, after->displayName},
                          .before = AuditJson::of(before),
                          .after = AuditJson::of(*after)});
        return *after;
    });
    m_watch.apply(changed);
    return after;
}

void UserService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    const Role kept = UserRules::keptRole(UserRules::placeOf(caller.tenantId));
    QList<QUuid> ended;
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const User before = found(tx, caller, id);
        Access::require(caller, Ability::UsersDelete, before);
        PermissionRules::checkManages(tx, caller, before);
        keepSomebody(tx, kept, id);
        ended = SessionStore::endAllOf(tx, id, SessionStore::EndReason::Ended);
        if (!UserStore::remove(tx, id, revision))
            throw ApiError::changed(u"The user"_s);
        SessionWatch::announce(tx, ended);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::UsersDelete),
                          .subject = {id, before.displayName},
                          .before = AuditJson::of(before)});
    });
    m_watch.apply(ended);
}
