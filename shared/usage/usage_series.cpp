// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/usage_series.h"

WIRE_CODE(UsageSeriesQuery)
WIRE_CODE(UsagePoints)
WIRE_CODE(UsageSeries)
WIRE_CODE(UsageSeriesReport)
WIRE_CODE(UsageLatencyQuery)
WIRE_CODE(LatencyPercentiles)
WIRE_CODE(LatencyPoint)
WIRE_CODE(UsageLatencyReport)
