// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/users/user_link.h"

// What a user may look like; who may give which role to whom: server/permissions/permission_rules.h. Pure functions;
// all throw ApiError.
namespace UserRules {

enum class Place { PlatformTenant, OtherTenant };
Place placeOf(const QUuid &tenantId);

// Pointers of problems begin with `pointer` ("/owner" for the owner of a new tenant).
void check(const NewUser &input, Place place, const QString &pointer = {});
void check(const NewInvitation &input, Place place);
void check(const UserChange &change, Place place);

// The role of which a tenant always keeps somebody.
Role keptRole(Place place);

} // namespace UserRules
