// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/auth/auth.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

namespace endpoints::auth {

inline constexpr Endpoint<SignIn, ::SignedIn> login{Method::Post, "/api/v1/auth/login", Ability::Public, "Sign in"};
inline constexpr Endpoint<Refresh, ::SignedIn> refresh{Method::Post, "/api/v1/auth/refresh", Ability::Public,
                                                       "Change a refresh token for new tokens"};
inline constexpr Endpoint<Nothing, Nothing> logout{Method::Post, "/api/v1/auth/logout", Ability::SignedIn,
                                                   "End the session that asks", 204};
inline constexpr Endpoint<FirstOperator, Nothing> firstOperator{Method::Post, "/api/v1/setup", Ability::Public,
                                                                "Make the first operator", 204};
inline constexpr Endpoint<Nothing, Profile> me{Method::Get, "/api/v1/me", Ability::SignedIn, "Show who is signed in"};
inline constexpr Endpoint<SessionFilter, Page<Session>> sessions{Method::Get, "/api/v1/sessions", Ability::SignedIn,
                                                                 "List sessions"};
inline constexpr Endpoint<Nothing, Nothing> endSession{Method::Delete, "/api/v1/sessions/{id}", Ability::SignedIn,
                                                       "End a session", 204};

} // namespace endpoints::auth
