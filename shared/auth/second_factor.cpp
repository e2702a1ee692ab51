// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/auth/second_factor.h"

WIRE_CODE(SecondFactor)
WIRE_CODE(PasswordAgain)
WIRE_CODE(SecondFactorOffer)
WIRE_CODE(SecondFactorCode)
WIRE_CODE(PasswordAndCode)
WIRE_CODE(RecoveryCodes)
