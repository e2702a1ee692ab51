// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/role_store.h"

#include "server/database/search_text.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace RoleStore {
namespace {

[[noreturn]] void refuseName(const QString &name)
{
    ApiError error = ApiError::conflict(u"There is already a role called “%1”."_s.arg(name.trimmed()));
    error.errors = {{u"/name"_s, u"is taken"_s}};
    throw error;
}

} // namespace

QString folded(const QString &name) { return searchText(name.trimmed()); }

QList<CustomRole> list(Transaction &tx, const CustomRoleFilter &filter, const std::optional<Position> &after, int limit)
{
    const auto search = filter.search ? std::optional(folded(*filter.search)) : std::nullopt;
    return tx.all<CustomRole>(R"(
        SELECT id, name, description, abilities, created_at, updated_at, revision,
               (SELECT count(*) FROM user_roles WHERE role_id = roles.id) AS people
        FROM roles
        WHERE ($1::text IS NULL OR position($1 IN name_folded) > 0)
          AND ($2::text IS NULL OR (name_folded, id) > ($2, $3::uuid))
        ORDER BY name_folded, id
        LIMIT $4)",
                              search, after ? std::optional(after->name) : std::nullopt,
                              after ? std::optional(after->id) : std::nullopt, limit);
}

QList<CustomRole> all(Transaction &tx)
{
    return tx.all<CustomRole>(R"(
        SELECT id, name, description, abilities, created_at, updated_at, revision, 0::bigint AS people
        FROM roles
        ORDER BY name_folded, id)");
}

std::optional<CustomRole> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<CustomRole>(R"(
        SELECT id, name, description, abilities, created_at, updated_at, revision,
               (SELECT count(*) FROM user_roles WHERE role_id = roles.id) AS people
        FROM roles
        WHERE id = $1)",
                                id);
}

CustomRole insert(Transaction &tx, const NewCustomRole &input)
try {
    return tx.one<CustomRole>(R"(
        INSERT INTO roles (name, name_folded, description, abilities)
        VALUES ($1, $2, $3, $4)
        RETURNING id, name, description, abilities, created_at, updated_at, revision, 0::bigint AS people)",
                              input.name.trimmed(), folded(input.name), input.description.value_or(QString()),
                              input.abilities);
} catch (const pqxx::unique_violation &) {
    refuseName(input.name);
}

std::optional<CustomRole> update(Transaction &tx, const CustomRole &before, const CustomRoleChange &change)
{
    const QString name = change.name.value_or(before.name).trimmed();
    try {
        return tx.maybe<CustomRole>(R"(
            UPDATE roles
            SET name = $3, name_folded = $4, description = $5, abilities = $6
            WHERE id = $1 AND revision = $2
            RETURNING id, name, description, abilities, created_at, updated_at, revision,
                      (SELECT count(*) FROM user_roles WHERE role_id = roles.id) AS people)",
                                    before.id, before.revision, name, folded(name),
                                    change.description.value_or(before.description),
                                    change.abilities.value_or(before.abilities));
    } catch (const pqxx::unique_violation &) {
        refuseName(name);
    }
}

bool remove(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    return tx.run("DELETE FROM roles WHERE id = $1 AND ($2::bigint IS NULL OR revision = $2)", id, revision) == 1;
}

QList<CustomRole> rolesOf(Transaction &tx, const QUuid &userId)
{
    return tx.all<CustomRole>(R"(
        SELECT id, name, description, abilities, created_at, updated_at, revision, 0::bigint AS people
        FROM roles
        WHERE id IN (SELECT role_id FROM user_roles WHERE user_id = $1)
        ORDER BY name_folded, id)",
                              userId);
}

void setRolesOf(Transaction &tx, const QUuid &userId, const QList<QUuid> &roles)
try {
    tx.run("DELETE FROM user_roles WHERE user_id = $1 AND role_id <> ALL ($2::uuid[])", userId, roles);
    tx.run(R"(
        INSERT INTO user_roles (user_id, role_id)
        SELECT $1, role FROM unnest($2::uuid[]) AS role
        ON CONFLICT DO NOTHING)",
           userId, roles);
} catch (const pqxx::foreign_key_violation &) {
    throw ApiError::invalid(
        {{u"/customRoles"_s, u"names a role that does not exist: choose from GET /api/v1/roles"_s}});
}

} // namespace RoleStore
