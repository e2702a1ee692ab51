// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/permissions/custom_role.h"
#include "shared/users/user.h"

// How people and their roles are shown.

StatusLook lookOf(UserStatus status);
QString shownRole(Role role);
QString explainedRole(Role role); // in a sentence, what it is for
// All roles of a person, those that the tenant made too, as far as they are known here.
QString shownRoles(const User &user, const QList<CustomRole> &customRoles);
// The roles that may be given in a tenant; in that of the operators there is one.
QList<Role> rolesToGive(bool ofOperators);
