// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/auth/auth.h"
#include "shared/auth/second_factor.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/users/user_link.h"

namespace endpoints::auth {

inline constexpr Endpoint<SignIn, ::SignedIn> login{Method::Post, "/api/v1/auth/login", Ability::Public, "Sign in"};
inline constexpr Endpoint<Refresh, ::SignedIn> refresh{Method::Post, "/api/v1/auth/refresh", Ability::Public,
                                                       "Change a refresh token for new tokens"};
inline constexpr Endpoint<Nothing, Nothing> logout{Method::Post, "/api/v1/auth/logout", Ability::SignedIn,
                                                   "End the session that asks", 204};
inline constexpr Endpoint<FirstOperator, Nothing> firstOperator{Method::Post, "/api/v1/setup", Ability::Public,
                                                                "Make the first operator", 204};
inline constexpr Endpoint<Nothing, Profile> me{Method::Get, "/api/v1/me", Ability::SignedIn, "Show who is signed in"};
inline constexpr Endpoint<ProfileChange, Profile> updateMe{Method::Patch, "/api/v1/me", Ability::SignedIn,
                                                           "Change the own name, language and time zone"};
inline constexpr Endpoint<PasswordChange, Nothing> changePassword{Method::Post,
                                                                  "/api/v1/auth/password",
                                                                  Ability::SignedIn,
                                                                  "Change the own password",
                                                                  204,
                                                                  "Ends the other sessions of this person."};
inline constexpr Endpoint<AcceptInvitation, ::SignedIn> acceptInvitation{
    Method::Post, "/api/v1/auth/invitations/accept", Ability::Public, "Accept an invitation and sign in"};
inline constexpr Endpoint<PasswordReset, Nothing> resetPassword{
    Method::Post,
    "/api/v1/auth/password-reset",
    Ability::Public,
    "Choose another password with a one-time link",
    204,
    "Ends all sessions of this person. A second factor stays on."};
inline constexpr Endpoint<SessionFilter, Page<Session>> sessions{Method::Get, "/api/v1/sessions", Ability::SignedIn,
                                                                 "List sessions"};
inline constexpr Endpoint<Nothing, Nothing> endSession{Method::Delete, "/api/v1/sessions/{id}", Ability::SignedIn,
                                                       "End a session", 204};
inline constexpr Endpoint<Nothing, Nothing, SessionOwner> endSessions{
    Method::Delete,
    "/api/v1/sessions",
    Ability::SignedIn,
    "End all sessions but the one that asks",
    204,
    "The own ones; with userId all of somebody else."};

} // namespace endpoints::auth

namespace endpoints::secondFactor {

inline constexpr Endpoint<Nothing, SecondFactor> show{Method::Get, "/api/v1/auth/totp", Ability::SignedIn,
                                                      "Show the own second factor"};
inline constexpr Endpoint<PasswordAgain, SecondFactorOffer> begin{
    Method::Post,
    "/api/v1/auth/totp",
    Ability::SignedIn,
    "Begin to set up a second factor",
    200,
    "Answers the secret for an authenticator app (RFC 6238). Codes are asked for once the first one has been "
    "confirmed."};
inline constexpr Endpoint<SecondFactorCode, RecoveryCodes> confirm{
    Method::Post,
    "/api/v1/auth/totp/confirm",
    Ability::SignedIn,
    "Turn the second factor on with its first code",
    200,
    "Answers ten recovery codes, which are never shown again, and ends the other sessions of this person."};
inline constexpr Endpoint<PasswordAndCode, RecoveryCodes> renewCodes{
    Method::Post, "/api/v1/auth/totp/recovery-codes",        Ability::SignedIn, "Make new recovery codes",
    200,          "Those that were left are no longer good."};
inline constexpr Endpoint<PasswordAndCode, Nothing> remove{Method::Delete, "/api/v1/auth/totp", Ability::SignedIn,
                                                           "Turn the own second factor off", 204};
inline constexpr Endpoint<Nothing, Nothing> reset{
    Method::Delete,
    "/api/v1/users/{id}/totp",
    Ability::UsersUpdate,
    "Turn off the second factor of somebody who lost the device",
    204,
    "Ends all sessions of that person. Nobody resets that of a person who holds more than they do."};

} // namespace endpoints::secondFactor
