// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/gateway_call_row.h"

WIRE_CODE(GatewayCallRow)
WIRE_CODE(GatewayCallFilter)
WIRE_CODE(GatewayCallBodies)
