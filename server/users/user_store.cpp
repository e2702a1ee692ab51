// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_store.h"

#include "server/database/search_text.h"
#include "server/permissions/role_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace UserStore {

QString folded(const QString &text) { return text.trimmed().normalized(QString::NormalizationForm_KC).toCaseFolded(); }

QString searchTextOf(const QString &displayName, const QString &email)
{
    return searchText(displayName.trimmed() + u' ' + email.trimmed());
}

std::optional<Credentials> findCredentials(Transaction &tx, const QString &email)
{
    return tx.maybe<Credentials>(R"(
        SELECT id, email, display_name, status, roles, password_hash,
               EXISTS (SELECT FROM second_factors WHERE user_id = users.id AND confirmed_at IS NOT NULL)
                   AS has_second_factor
        FROM users
        WHERE email_folded = $1)",
                                 folded(email));
}

bool recordSignIn(Transaction &tx, const Credentials &seen, const std::optional<QString> &newHash)
{
    return tx.run(R"(
        UPDATE users
        SET last_sign_in_at = now(), password_hash = coalesce($3, password_hash)
        WHERE id = $1 AND password_hash = $2 AND status = 'active')",
                  seen.id, seen.passwordHash, newHash)
        == 1;
}

std::optional<Position> positionOf(Transaction &tx, const QUuid &id)
{
    const auto text = tx.maybe<QString>("SELECT search_text FROM users WHERE id = $1", id);
    return text ? std::optional(Position{*text, id}) : std::nullopt;
}

QList<User> list(Transaction &tx, const UserFilter &filter, const std::optional<Position> &after, int limit,
                 const database::Fragment &rows)
{
    const auto search = filter.search ? std::optional(searchText(*filter.search)) : std::nullopt;
    return tx.allWhere<User>(R"(
        SELECT id, email, display_name, status, roles, custom_roles, attributes, locale, time_zone, created_at,
               last_sign_in_at, revision
        FROM user_overview
        WHERE ($1::text IS NULL OR position($1 IN search_text) > 0)
          AND ($2::text IS NULL OR status = $2)
          AND ($3::text IS NULL OR $3 = ANY (roles))
          AND ($4::uuid IS NULL OR id IN (SELECT user_id FROM user_roles WHERE role_id = $4))
          AND ($5::text IS NULL OR (search_text, id) > ($5, $6::uuid))
          AND {where}
        ORDER BY search_text, id
        LIMIT $7)",
                             rows, search, filter.status, filter.role, filter.customRole,
                             after ? std::optional(after->searchText) : std::nullopt,
                             after ? std::optional(after->id) : std::nullopt, limit);
}

std::optional<User> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<User>(R"(
        SELECT id, email, display_name, status, roles, custom_roles, attributes, locale, time_zone, created_at,
               last_sign_in_at, revision
        FROM user_overview
        WHERE id = $1)",
                          id);
}

namespace {

User made(Transaction &tx, const std::optional<QList<QUuid>> &customRoles, const QUuid &id)
{
    if (customRoles)
        RoleStore::setRolesOf(tx, id, *customRoles);
    return find(tx, id).value();
}

} // namespace

QList<Role> rolesOf(Transaction &tx, const QUuid &id)
{
    const auto user = find(tx, id);
    return user ? user->roles : throw ApiError::unauthenticated();
}

User insert(Transaction &tx, const NewUser &input, const QString &passwordHash)
try {
    return made(tx, input.customRoles,
                tx.one<QUuid>(R"(
        INSERT INTO users (email, email_folded, display_name, search_text, password_hash, roles, attributes)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        RETURNING id)",
                              input.email.trimmed(), folded(input.email), input.displayName.trimmed(),
                              searchTextOf(input.displayName, input.email), passwordHash, input.roles,
                              input.attributes.value_or(QJsonObject())));
} catch (const pqxx::unique_violation &) {
    throw ApiError::conflict(u"There is already a user with the e-mail address %1."_s.arg(input.email.trimmed()));
}

User insertInvited(Transaction &tx, const NewInvitation &input)
try {
    const QString email = input.email.trimmed();
    QString name = input.displayName.value_or(QString()).trimmed();
    if (name.isEmpty())
        name = email.section(u'@', 0, 0).left(120);
    return made(tx, input.customRoles,
                tx.one<QUuid>(R"(
        INSERT INTO users (email, email_folded, display_name, search_text, status, roles, attributes)
        VALUES ($1, $2, $3, $4, 'invited', $5, $6)
        RETURNING id)",
                              email, folded(email), name, searchTextOf(name, email), input.roles,
                              input.attributes.value_or(QJsonObject())));
} catch (const pqxx::unique_violation &) {
    throw ApiError::conflict(u"There is already a user with the e-mail address %1."_s.arg(input.email.trimmed()));
}

bool activate(Transaction &tx, const User &invited, const QString &displayName, const QString &passwordHash)
{
    const QString name = displayName.trimmed();
    return tx.run(R"(
        UPDATE users
        SET status = 'active', display_name = $2, search_text = $3, password_hash = $4, last_sign_in_at = now()
        WHERE id = $1 AND status = 'invited')",
                  invited.id, name, searchTextOf(name, invited.email), passwordHash)
        == 1;
}

std::optional<User> update(Transaction &tx, const User &before, const UserChange &change)
{
    const QString name = change.displayName.value_or(before.displayName).trimmed();
    const bool isChanged = tx.run(R"(
        UPDATE users
        SET display_name = $3, search_text = $4, status = $5, roles = $6, attributes = $7, locale = $8, time_zone = $9
        WHERE id = $1 AND revision = $2)",
                                  before.id, before.revision, name, searchTextOf(name, before.email),
                                  change.status.value_or(before.status), change.roles.value_or(before.roles),
                                  change.attributes.value_or(before.attributes), change.locale.value_or(before.locale),
                                  change.timeZone.value_or(before.timeZone))
        == 1;
    if (!isChanged)
        return std::nullopt;
    if (change.customRoles)
        RoleStore::setRolesOf(tx, before.id, *change.customRoles);
    return find(tx, before.id);
}

std::optional<QString> findPasswordHash(Transaction &tx, const QUuid &id)
{
    return tx.maybe<QString>("SELECT password_hash FROM users WHERE id = $1 AND password_hash IS NOT NULL", id);
}

void setPassword(Transaction &tx, const QUuid &id, const QString &passwordHash)
{
    tx.run("UPDATE users SET password_hash = $2 WHERE id = $1", id, passwordHash);
}

bool remove(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    return tx.run("DELETE FROM users WHERE id = $1 AND ($2::bigint IS NULL OR revision = $2)", id, revision) == 1;
}

QList<QUuid> holdActive(Transaction &tx, Role role)
{
    return tx.all<QUuid>(R"(
        SELECT id FROM users
        WHERE $1 = ANY (roles) AND status = 'active'
        ORDER BY id
        FOR UPDATE)",
                         role);
}

} // namespace UserStore
