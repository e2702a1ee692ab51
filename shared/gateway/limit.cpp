// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/limit.h"

WIRE_CODE(GatewayLimit)
WIRE_CODE(NewGatewayLimit)
WIRE_CODE(GatewayLimitChange)
WIRE_CODE(GatewayLimitFilter)
