// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/event_log.h"
#include "shared/jobs/job.h"

// The event that a job has become what it is now: topic "job/<id>", name "job.completed" and so on, with the job
// itself. A long output is left out; who needs it asks for the job.
NewEvent jobEvent(const Job &job);
