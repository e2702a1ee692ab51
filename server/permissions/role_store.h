// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/permissions/custom_role.h"

// The custom roles of the tenant that the transaction has entered, and who has them.
namespace RoleStore {

struct Position // in the list
{
    QString name; // folded
    QUuid id;
};
QString folded(const QString &name);
QList<CustomRole> list(Transaction &tx, const CustomRoleFilter &filter, const std::optional<Position> &after,
                       int limit);
QList<CustomRole> all(Transaction &tx); // there are at most `most`
std::optional<CustomRole> find(Transaction &tx, const QUuid &id);
CustomRole insert(Transaction &tx, const NewCustomRole &input); // throws 409 when the name is taken
// Nothing when the role has been changed or removed since `before` was read; throws 409 when the name is taken.
std::optional<CustomRole> update(Transaction &tx, const CustomRole &before, const CustomRoleChange &change);
bool remove(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision);

// Those of one person; and the given ones instead of them, which must exist.
QList<CustomRole> rolesOf(Transaction &tx, const QUuid &userId);
void setRolesOf(Transaction &tx, const QUuid &userId, const QList<QUuid> &roles); // throws 422 at /customRoles

constexpr int most = 200; // of one tenant

} // namespace RoleStore
