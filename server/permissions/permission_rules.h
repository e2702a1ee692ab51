// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/permissions/permission_types.h"
#include "shared/permissions/policy.h"
#include "shared/users/user.h"

// What changes of rules and roles must not do, and how far abilities reach.
namespace PermissionRules {

// What somebody with these roles holds to give: of an owner all that the role has, whatever rules say, so that somebody
// always can undo them.
Abilities heldBy(Transaction &tx, const Caller &caller);

void checkHolds(const Abilities &held, const Abilities &given); // throws 403 naming the first that is missing
// Nobody gives, takes or manages more than they hold, and owners are managed by owners; throws 403 naming the role.
void checkManages(Transaction &tx, const Caller &caller, const QList<Role> &roles, const QList<QUuid> &customRoles);
inline void checkManages(Transaction &tx, const Caller &caller, const User &user)
{
    checkManages(tx, caller, user.roles, user.customRoles);
}
// What rules ask of people is changed by whoever may change rules; throws 403 at /attributes.
void checkAttributes(const Caller &caller, const QJsonObject &before, const QJsonObject &after);
// Throws 422 for names that do not exist: of what the code knows, and of people and roles of the tenant.
void check(Transaction &tx, const RuleInput &rule);
void checkRole(const QList<Ability> &abilities); // throws 422

// Throws 409 when no active owner could change rules any more. The owners stay as they are until the transaction ends.
void keepAnOwner(Transaction &tx);

Reach reachOf(const permissions::Policy &policy, Ability ability);

} // namespace PermissionRules
