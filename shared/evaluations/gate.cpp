// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/gate.h"

WIRE_CODE(Gate)
WIRE_CODE(NewGate)
WIRE_CODE(GateChange)
WIRE_CODE(GateFilter)
WIRE_CODE(GateCheck)
WIRE_CODE(GateChecks)
WIRE_CODE(GateCheckQuery)
