// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/evaluations.h"

// The routes of shared/evaluations/endpoints.h.
void addEvaluationRoutes(http::Router &router, Evaluations &evaluations, const Evaluations::Work &work);
