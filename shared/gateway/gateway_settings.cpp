// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/gateway_settings.h"

WIRE_CODE(GatewaySettings)
