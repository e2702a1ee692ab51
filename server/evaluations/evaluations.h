// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/dataset_service.h"
#include "server/evaluations/evaluation_run_service.h"
#include "server/evaluations/gate_service.h"
#include "server/evaluations/scorer.h"

namespace http {
class Router;
}

// Evaluations, put together: datasets, runs and their scores, gates. Making it touches nothing outside.
class Evaluations
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    // `announce`: events were written.
    Evaluations(Database &database, JobService &jobs, BatchService &batches, Work work, std::function<void()> announce);

    void addRoutes(http::Router &router);

private:
    RunJobs m_jobs;
    const Work m_work;

public:
    DatasetService datasets;
    EvaluationRunService runs;
    GateService gates;
    Scorer scorer;
};
