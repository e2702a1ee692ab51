// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <bitset>

// Everything that a role or a rule may allow, as subject.action. Every route names one. Stored by name, so the order is
// free.
enum class Ability {
    Public, // anybody, also without signing in
    SignedIn, // anybody who is signed in, about themselves
    TenantsRead,
    TenantsCreate,
    TenantsUpdate,
    UsersRead,
    UsersCreate,
    UsersUpdate,
    UsersDelete,
    SessionsRead,
    SessionsDelete,
    TemplatesRead,
    TemplatesCreate,
    TemplatesUpdate,
    TemplatesDelete,
    TemplatesPublish,
    JobsRead,
    JobsCreate,
    JobsCancel,
    JobsReplay,
    JobsDiscard,
    UsageRead,
    PricesRead,
    PricesUpdate,
    CredentialsRead,
    CredentialsCreate,
    CredentialsUpdate,
    CredentialsDelete,
    RolesRead,
    RolesCreate,
    RolesUpdate,
    RolesDelete,
    RulesRead,
    RulesCreate,
    RulesUpdate,
    RulesDelete,
    SettingsRead,
    SettingsUpdate,
    AuditRead,
    AuditExport,
    TenantsExport,
    TenantsDelete,
    GatewayKeysRead,
    GatewayKeysCreate,
    GatewayKeysUpdate,
    GatewayKeysDelete,
    GatewayCall,
    Count_
};

template<>
inline constexpr auto enumNames<Ability> = std::to_array({"public",
                                                          "signedIn",
                                                          "tenants.read",
                                                          "tenants.create",
                                                          "tenants.update",
                                                          "users.read",
                                                          "users.create",
                                                          "users.update",
                                                          "users.delete",
                                                          "sessions.read",
                                                          "sessions.delete",
                                                          "templates.read",
                                                          "templates.create",
                                                          "templates.update",
                                                          "templates.delete",
                                                          "templates.publish",
                                                          "jobs.read",
                                                          "jobs.create",
                                                          "jobs.cancel",
                                                          "jobs.replay",
                                                          "jobs.discard",
                                                          "usage.read",
                                                          "prices.read",
                                                          "prices.update",
                                                          "credentials.read",
                                                          "credentials.create",
                                                          "credentials.update",
                                                          "credentials.delete",
                                                          "roles.read",
                                                          "roles.create",
                                                          "roles.update",
                                                          "roles.delete",
                                                          "rules.read",
                                                          "rules.create",
                                                          "rules.update",
                                                          "rules.delete",
                                                          "settings.read",
                                                          "settings.update",
                                                          "audit.read",
                                                          "audit.export",
                                                          "tenants.export",
                                                          "tenants.delete",
                                                          "gatewayKeys.read",
                                                          "gatewayKeys.create",
                                                          "gatewayKeys.update",
                                                          "gatewayKeys.delete",
                                                          "gateway.call"});
static_assert(enumNames<Ability>.size() == std::size_t(Ability::Count_));

using Abilities = std::bitset<std::size_t(Ability::Count_)>;

constexpr std::size_t bit(Ability ability) { return std::size_t(ability); }
