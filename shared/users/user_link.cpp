// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/users/user_link.h"

WIRE_CODE(NewInvitation)
WIRE_CODE(UserLink)
WIRE_CODE(AcceptInvitation)
WIRE_CODE(PasswordReset)
WIRE_CODE(PasswordChange)
