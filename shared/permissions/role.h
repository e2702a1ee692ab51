// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/ability.h"

#include <QList>

// The roles that the code knows. `operator` exists in the platform tenant only; the others in every other tenant.
enum class Role { Owner, Admin, PromptEngineer, Agent, Finance, Viewer, Service, Operator };
template<>
inline constexpr auto enumNames<Role> = std::to_array({"owner", "admin", "prompt-engineer", "agent", "finance",
                                                       "viewer", "service", "operator"});

// What everybody who is signed in may do, about themselves.
Abilities ownAbilities();

// What a built-in role allows. Public and SignedIn are always among it.
Abilities abilitiesOf(Role role);
Abilities abilitiesOf(const QList<Role> &roles); // of any of them
