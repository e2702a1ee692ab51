// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/credentials/credential_store.h"
#include "server/providers/address_policy.h"

#include <QUrl>

// What a provider credential may look like. Pure functions; those that check throw ApiError with pointers.
namespace CredentialRules {

void check(const NewCredential &input, providers::AddressPolicy addresses);
// A key that nobody can read must not be sent where somebody says: with another address it must be given again.
void check(const CredentialChange &change, const CredentialStore::Row &before, providers::AddressPolicy addresses);

// The beginning that says whose key it is, and the end that tells it from others: "sk-…a91c". Of a short key nothing.
QString hint(const QString &key);

} // namespace CredentialRules
