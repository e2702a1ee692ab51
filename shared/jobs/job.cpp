// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/jobs/job.h"

WIRE_CODE(PromptMessage)
WIRE_CODE(GenerateRequest)
WIRE_CODE(GenerateQuery)
WIRE_CODE(JobError)
WIRE_CODE(Job)
WIRE_CODE(Attempt)
WIRE_CODE(UsedTemplate)
WIRE_CODE(JobWait)
WIRE_CODE(JobDetail)
WIRE_CODE(JobFilter)
WIRE_CODE(JobChange)
WIRE_CODE(ReplayRequest)
WIRE_CODE(DiscardRequest)
WIRE_CODE(ModelInfo)
WIRE_CODE(ModelList)
