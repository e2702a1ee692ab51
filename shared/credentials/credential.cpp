// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/credentials/credential.h"

WIRE_CODE(Credential)
WIRE_CODE(CredentialCheck)
WIRE_CODE(NewCredential)
WIRE_CODE(CredentialChange)
