// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/credentials/credential.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

namespace endpoints::credentials {

inline constexpr Endpoint<Nothing, Page<Credential>> list{Method::Get, "/api/v1/credentials", Ability::CredentialsRead,
                                                          "List the tenant's provider keys, masked"};
inline constexpr Endpoint<NewCredential, Credential> create{
    Method::Post,
    "/api/v1/credentials",
    Ability::CredentialsCreate,
    "Add a provider key",
    201,
    "The key is sealed and never shown again. It goes before the server's own key of that provider."};
inline constexpr Endpoint<Nothing, Credential> get{Method::Get, "/api/v1/credentials/{id}", Ability::CredentialsRead,
                                                   "Show a provider key, masked"};
inline constexpr Endpoint<CredentialChange, Credential> update{
    Method::Patch, "/api/v1/credentials/{id}", Ability::CredentialsUpdate, "Replace a provider key or its address"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/credentials/{id}",
                                                   Ability::CredentialsDelete, "Remove a provider key", 204};
inline constexpr Endpoint<Nothing, CredentialCheck> test{
    Method::Post,
    "/api/v1/credentials/{id}/test",
    Ability::CredentialsUpdate,
    "Test a provider key",
    200,
    "Asks the provider for its list of models and says in words what is wrong. Costs nothing. The models that it names "
    "are offered to the tenant where it has an address of its own."};

} // namespace endpoints::credentials
