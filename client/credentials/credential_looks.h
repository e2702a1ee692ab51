// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/credentials/credential.h"

// How provider keys are named and shown, in the person's language.

StatusLook lookOf(const std::optional<CredentialCheck> &check);
QString shownKind(ProviderKind kind); // "OpenAI", "Anthropic", "Google"
QString shownKey(const Credential &credential); // "sk-…a91c", or that there is none
QString shownAddress(const Credential &credential); // the host's address, or that it is the provider's own
// What the last test said; the server's own words where there is no better sentence for its code.
QString explained(const CredentialCheck &check);
