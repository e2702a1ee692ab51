// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/tenants/tenant.h"

#include "shared/tenants/erasure.h"
#include "shared/tenants/own_tenant.h"
#include "shared/tenants/plan.h"

WIRE_CODE(Tenant)
WIRE_CODE(NewTenant)
WIRE_CODE(TenantChange)
WIRE_CODE(TenantFilter)
WIRE_CODE(TenantLimits)
WIRE_CODE(TenantUse)
WIRE_CODE(OwnTenant)
WIRE_CODE(OwnTenantChange)
WIRE_CODE(Plan)
WIRE_CODE(NewPlan)
WIRE_CODE(PlanChange)
WIRE_CODE(PlanList)
WIRE_CODE(Erasure)
WIRE_CODE(ErasureFilter)
WIRE_CODE(EraseQuery)
