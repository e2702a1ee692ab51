// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/decision.h"

WIRE_CODE(FailedTest)
WIRE_CODE(TraceStep)
WIRE_CODE(Decision)
