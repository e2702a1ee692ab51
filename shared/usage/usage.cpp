// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/usage.h"

WIRE_CODE(UsageQuery)
WIRE_CODE(UsageRow)
WIRE_CODE(UsageReport)
