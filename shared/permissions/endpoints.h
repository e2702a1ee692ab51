// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/permissions/permission_types.h"

namespace endpoints::permissions {

inline constexpr Endpoint<Nothing, EffectivePermissions> mine{
    Method::Get,
    "/api/v1/tenants/permissions",
    Ability::SignedIn,
    "Show what the caller may do",
    200,
    "The caller's roles and rules in the form that the evaluator reads, and what follows from them at this moment."};
inline constexpr Endpoint<Nothing, PermissionCatalogue> catalogue{
    Method::Get, "/api/v1/permissions/catalogue", Ability::RulesRead,
    "Show subjects, actions, attributes and built-in roles"};
inline constexpr Endpoint<ExplainRequest, Decision> explain{
    Method::Post,
    "/api/v1/permissions/explain",
    Ability::RulesRead,
    "Say whether somebody may do something, and why",
    200,
    "Answers with every role and rule that was looked at, which matched, which decided, and what in a condition did "
    "not "
    "hold. Without a record: whether there is any to which they may."};
inline constexpr Endpoint<SimulateRequest, Simulation> simulate{
    Method::Post,
    "/api/v1/permissions/simulate",
    Ability::RulesRead,
    "Say what a draft of a rule would change",
    200,
    "For every active user: which abilities they would gain or lose, wholly or on some records. Saves nothing."};

inline constexpr Endpoint<CustomRoleFilter, Page<CustomRole>> listRoles{Method::Get, "/api/v1/roles",
                                                                        Ability::RolesRead, "List custom roles"};
inline constexpr Endpoint<NewCustomRole, CustomRole> createRole{Method::Post, "/api/v1/roles", Ability::RolesCreate,
                                                                "Make a custom role", 201};
inline constexpr Endpoint<Nothing, CustomRole> getRole{Method::Get, "/api/v1/roles/{id}", Ability::RolesRead,
                                                       "Show one custom role"};
inline constexpr Endpoint<CustomRoleChange, CustomRole> updateRole{Method::Patch, "/api/v1/roles/{id}",
                                                                   Ability::RolesUpdate, "Change a custom role"};
inline constexpr Endpoint<Nothing, Nothing> removeRole{Method::Delete,
                                                       "/api/v1/roles/{id}",
                                                       Ability::RolesDelete,
                                                       "Remove a custom role",
                                                       204,
                                                       "Whoever has it loses what only it allowed."};

inline constexpr Endpoint<RuleFilter, Page<Rule>> listRules{Method::Get, "/api/v1/rules", Ability::RulesRead,
                                                            "List rules"};
inline constexpr Endpoint<RuleInput, Rule> createRule{Method::Post,
                                                      "/api/v1/rules",
                                                      Ability::RulesCreate,
                                                      "Add a rule",
                                                      201,
                                                      "Takes effect in every process within a second."};
inline constexpr Endpoint<Nothing, Rule> getRule{Method::Get, "/api/v1/rules/{id}", Ability::RulesRead,
                                                 "Show one rule"};
inline constexpr Endpoint<RuleInput, Rule> replaceRule{Method::Put,
                                                       "/api/v1/rules/{id}",
                                                       Ability::RulesUpdate,
                                                       "Replace a rule",
                                                       200,
                                                       "Takes effect in every process within a second."};
inline constexpr Endpoint<Nothing, Nothing> removeRule{Method::Delete, "/api/v1/rules/{id}", Ability::RulesDelete,
                                                       "Remove a rule", 204};

} // namespace endpoints::permissions
