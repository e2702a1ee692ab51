// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/permission_types.h"

WIRE_CODE(CustomRole)
WIRE_CODE(NewCustomRole)
WIRE_CODE(CustomRoleChange)
WIRE_CODE(CustomRoleFilter)
WIRE_CODE(RuleFilter)
WIRE_CODE(BuiltInRole)
WIRE_CODE(PermissionCatalogue)
WIRE_CODE(EffectivePermissions)
WIRE_CODE(ExplainRequest)
WIRE_CODE(SimulateRequest)
WIRE_CODE(PermissionChange)
WIRE_CODE(Simulation)
