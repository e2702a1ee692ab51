// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/tenants/tenant.h"

namespace endpoints::tenants {

inline constexpr Endpoint<TenantFilter, Page<Tenant>> list{Method::Get, "/api/v1/tenants", Ability::TenantsRead,
                                                           "List tenants"};
inline constexpr Endpoint<NewTenant, Tenant> create{Method::Post, "/api/v1/tenants", Ability::TenantsCreate,
                                                    "Make a tenant", 201};
inline constexpr Endpoint<Nothing, Tenant> get{Method::Get, "/api/v1/tenants/{id}", Ability::TenantsRead,
                                               "Show one tenant"};
inline constexpr Endpoint<TenantChange, Tenant> update{Method::Patch, "/api/v1/tenants/{id}", Ability::TenantsUpdate,
                                                       "Change a tenant"};

} // namespace endpoints::tenants
