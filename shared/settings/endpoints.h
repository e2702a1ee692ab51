// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/settings/settings.h"

namespace endpoints::settings {

inline constexpr Endpoint<Nothing, TenantSettings> get{Method::Get, "/api/v1/settings", Ability::SettingsRead,
                                                       "Show the settings of the tenant"};
inline constexpr Endpoint<TenantSettingsChange, TenantSettings> update{
    Method::Patch, "/api/v1/settings", Ability::SettingsUpdate, "Change the settings of the tenant"};

} // namespace endpoints::settings
