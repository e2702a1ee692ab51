// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/tenants/tenant.h"

WIRE_CODE(Tenant)
WIRE_CODE(NewTenant)
WIRE_CODE(TenantChange)
WIRE_CODE(TenantFilter)
