// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace UserStore {

QString folded(const QString &text) { return text.trimmed().normalized(QString::NormalizationForm_KC).toCaseFolded(); }

std::optional<Credentials> findCredentials(Transaction &tx, const QString &email)
{
    return tx.maybe<Credentials>(R"(
        SELECT id, email, display_name, status, roles, password_hash
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

QList<User> list(Transaction &tx, const UserFilter &filter, const std::optional<Position> &after, int limit)
{
    const auto search = filter.search ? std::optional(folded(*filter.search)) : std::nullopt;
    return tx.all<User>(R"(
        SELECT id, email, display_name, status, roles, locale, time_zone, created_at, last_sign_in_at, revision
        FROM users
        WHERE ($1::text IS NULL OR position($1 IN name_folded) > 0 OR position($1 IN email_folded) > 0)
          AND ($2::text IS NULL OR status = $2)
          AND ($3::text IS NULL OR (name_folded, id) > ($3, $4::uuid))
        ORDER BY name_folded, id
        LIMIT $5)",
                        search, filter.status, after ? std::optional(after->nameFolded) : std::nullopt,
                        after ? std::optional(after->id) : std::nullopt, limit);
}

std::optional<User> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<User>(R"(
        SELECT id, email, display_name, status, roles, locale, time_zone, created_at, last_sign_in_at, revision
        FROM users
        WHERE id = $1)",
                          id);
}

User insert(Transaction &tx, const NewUser &input, const QString &passwordHash)
try {
    return tx.one<User>(R"(
        INSERT INTO users (email, email_folded, display_name, name_folded, password_hash, roles)
        VALUES ($1, $2, $3, $4, $5, $6)
        RETURNING id, email, display_name, status, roles, locale, time_zone, created_at, last_sign_in_at, revision)",
                        input.email.trimmed(), folded(input.email), input.displayName.trimmed(),
                        folded(input.displayName), passwordHash, input.roles);
} catch (const pqxx::unique_violation &) {
    throw ApiError::conflict(u"There is already a user with the e-mail address %1."_s.arg(input.email.trimmed()));
}

std::optional<User> update(Transaction &tx, const QUuid &id, qint64 revision, const UserChange &change)
{
    const auto name = change.displayName ? std::optional(change.displayName->trimmed()) : std::nullopt;
    return tx.maybe<User>(R"(
        UPDATE users
        SET display_name = coalesce($3, display_name), name_folded = coalesce($4, name_folded),
            status = coalesce($5, status), roles = coalesce($6::text[], roles),
            locale = coalesce($7, locale), time_zone = coalesce($8, time_zone)
        WHERE id = $1 AND revision = $2
        RETURNING id, email, display_name, status, roles, locale, time_zone, created_at, last_sign_in_at, revision)",
                          id, revision, name, name ? std::optional(folded(*name)) : std::nullopt, change.status,
                          change.roles, change.locale, change.timeZone);
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
