// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/settings/settings.h"

WIRE_CODE(TenantSettings)
WIRE_CODE(TenantSettingsChange)
