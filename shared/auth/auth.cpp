// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/auth/auth.h"

WIRE_CODE(SignIn)
WIRE_CODE(Refresh)
WIRE_CODE(FirstOperator)
WIRE_CODE(Profile)
WIRE_CODE(ProfileChange)
WIRE_CODE(SignedIn)
WIRE_CODE(Session)
WIRE_CODE(SessionOwner)
WIRE_CODE(SessionFilter)
