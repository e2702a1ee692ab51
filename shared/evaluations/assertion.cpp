// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/assertion.h"

WIRE_CODE(Assertion)
WIRE_CODE(AssertionResult)
