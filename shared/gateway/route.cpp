// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/route.h"

WIRE_CODE(RouteTarget)
WIRE_CODE(GatewayRoute)
WIRE_CODE(NewGatewayRoute)
WIRE_CODE(RouteTargetHealth)
WIRE_CODE(GatewayRouteHealth)
WIRE_CODE(GatewayRouteFilter)
