// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/tenants/erasure.h"
#include "shared/tenants/own_tenant.h"
#include "shared/tenants/plan.h"

namespace endpoints::tenants {

inline constexpr Endpoint<TenantFilter, Page<Tenant>> list{Method::Get, "/api/v1/tenants", Ability::TenantsRead,
                                                           "List tenants"};
inline constexpr Endpoint<NewTenant, Tenant> create{Method::Post, "/api/v1/tenants", Ability::TenantsCreate,
                                                    "Make a tenant", 201};
inline constexpr Endpoint<Nothing, Tenant> get{Method::Get, "/api/v1/tenants/{id}", Ability::TenantsRead,
                                               "Show one tenant"};
inline constexpr Endpoint<Nothing, TenantUse> use{Method::Get, "/api/v1/tenants/{id}/use", Ability::TenantsRead,
                                                  "Show how much a tenant has of what can be limited"};
inline constexpr Endpoint<TenantChange, Tenant> update{Method::Patch, "/api/v1/tenants/{id}", Ability::TenantsUpdate,
                                                       "Change a tenant"};

inline constexpr Endpoint<Nothing, Nothing> exported{
    Method::Get,
    "/api/v1/tenants/{id}/export",
    Ability::TenantsExport,
    "Export all that is kept of a tenant",
    200,
    "JSON Lines: what it is, then a line for each row, as of one moment, then a receipt with the number of rows of "
    "each "
    "table and the SHA-256 of all lines before it. Hashes of passwords, tokens and codes, and sealed secrets are left "
    "out."};
inline constexpr Endpoint<Nothing, Erasure, EraseQuery> erase{
    Method::Delete,
    "/api/v1/tenants/{id}",
    Ability::TenantsDelete,
    "Erase a suspended tenant and all that is kept of it",
    200,
    "Cannot be undone. Answers with a receipt. Where it was cut off, erase the tenant again."};
inline constexpr Endpoint<ErasureFilter, Page<Erasure>> erasures{Method::Get, "/api/v1/erasures", Ability::TenantsRead,
                                                                 "List the receipts of erased tenants, newest first"};

inline constexpr Endpoint<Nothing, OwnTenant> own{Method::Get, "/api/v1/tenant", Ability::SettingsRead,
                                                  "Show the own tenant, its limits and what it uses of them"};
inline constexpr Endpoint<OwnTenantChange, OwnTenant> updateOwn{
    Method::Patch, "/api/v1/tenant", Ability::SettingsUpdate, "Change name and theme of the own tenant"};

inline constexpr Endpoint<Nothing, PlanList> listPlans{Method::Get, "/api/v1/plans", Ability::TenantsRead,
                                                       "List plans"};
inline constexpr Endpoint<NewPlan, Plan> createPlan{Method::Post, "/api/v1/plans", Ability::TenantsUpdate,
                                                    "Make a plan", 201};
inline constexpr Endpoint<Nothing, Plan> getPlan{Method::Get, "/api/v1/plans/{name}", Ability::TenantsRead,
                                                 "Show one plan"};
inline constexpr Endpoint<PlanChange, Plan> replacePlan{
    Method::Put,
    "/api/v1/plans/{name}",
    Ability::TenantsUpdate,
    "Replace what a plan allows",
    200,
    "Counts for all of its tenants in every process within a second. Nothing is taken away from who has more already."};
inline constexpr Endpoint<Nothing, Nothing> removePlan{Method::Delete, "/api/v1/plans/{name}", Ability::TenantsUpdate,
                                                       "Remove a plan that no tenant is on", 204};

} // namespace endpoints::tenants
