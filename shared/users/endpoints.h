// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/users/user_link.h"

namespace endpoints::users {

inline constexpr Endpoint<UserFilter, Page<User>> list{Method::Get, "/api/v1/users", Ability::UsersRead, "List users"};
inline constexpr Endpoint<NewUser, User> create{Method::Post, "/api/v1/users", Ability::UsersCreate, "Add a user", 201};
inline constexpr Endpoint<Nothing, User> get{Method::Get, "/api/v1/users/{id}", Ability::UsersRead, "Show one user"};
inline constexpr Endpoint<UserChange, User> update{Method::Patch, "/api/v1/users/{id}", Ability::UsersUpdate,
                                                   "Change a user"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/users/{id}", Ability::UsersDelete,
                                                   "Remove a user", 204};

inline constexpr Endpoint<NewInvitation, UserLink> invite{
    Method::Post,
    "/api/v1/users/invitations",
    Ability::UsersCreate,
    "Invite somebody",
    201,
    "Answers a one-time token, good for seven days, with which the person chooses a name and a password. The server "
    "sends no mail: pass the token on. It is never shown again."};
inline constexpr Endpoint<Nothing, UserLink> renewInvitation{
    Method::Post, "/api/v1/users/{id}/invitation",    Ability::UsersCreate, "Make a new token for an invitation",
    201,          "The one before is no longer good."};
inline constexpr Endpoint<Nothing, Nothing> revokeInvitation{Method::Delete,
                                                             "/api/v1/users/{id}/invitation",
                                                             Ability::UsersCreate,
                                                             "Take an invitation back",
                                                             204,
                                                             "The invited person is removed again."};
inline constexpr Endpoint<Nothing, UserLink> offerPasswordReset{
    Method::Post,
    "/api/v1/users/{id}/password-reset",
    Ability::UsersUpdate,
    "Let somebody choose another password",
    201,
    "Answers a one-time token, good for a day. The server sends no mail: pass the token on. It is never shown again."};

} // namespace endpoints::users
