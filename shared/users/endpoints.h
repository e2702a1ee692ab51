// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/users/user.h"

namespace endpoints::users {

inline constexpr Endpoint<UserFilter, Page<User>> list{Method::Get, "/api/v1/users", Ability::UsersRead, "List users"};
inline constexpr Endpoint<NewUser, User> create{Method::Post, "/api/v1/users", Ability::UsersCreate, "Add a user", 201};
inline constexpr Endpoint<Nothing, User> get{Method::Get, "/api/v1/users/{id}", Ability::UsersRead, "Show one user"};
inline constexpr Endpoint<UserChange, User> update{Method::Patch, "/api/v1/users/{id}", Ability::UsersUpdate,
                                                   "Change a user"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/users/{id}", Ability::UsersDelete,
                                                   "Remove a user", 204};

} // namespace endpoints::users
