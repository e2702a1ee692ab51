// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/refusal.h"

WIRE_CODE(GatewayRefusal)
WIRE_CODE(GatewayRefusalFilter)
