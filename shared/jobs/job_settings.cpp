// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/jobs/job_settings.h"

WIRE_CODE(RunningLimit)
WIRE_CODE(JobSettings)
