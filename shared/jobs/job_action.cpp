// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/jobs/job_action.h"

WIRE_CODE(JobAction)
WIRE_CODE(ReplayAllRequest)
WIRE_CODE(DiscardAllRequest)
WIRE_CODE(JobActionFilter)
