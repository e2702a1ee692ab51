// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/users/user.h"

WIRE_CODE(User)
WIRE_CODE(NewUser)
WIRE_CODE(UserChange)
WIRE_CODE(UserFilter)
