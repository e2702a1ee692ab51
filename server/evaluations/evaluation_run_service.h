// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/run_jobs.h"
#include "server/evaluations/run_matrix.h"
#include "shared/http/page.h"

// Evaluation runs for those who start and read them; the Scorer judges their answers. A run is shown to whoever may
// read all of its templates, outputs to whoever may read their jobs. Any thread; blocks on the database.
class EvaluationRunService
{
public:
    EvaluationRunService(Database &database, RunJobs &jobs, std::function<void()> changed)
        : m_database(database),
          m_jobs(jobs),
          m_changed(std::move(changed))
    {
    }

    Page<EvaluationRun> list(const Caller &caller, const RunFilter &filter);
    RunDetail get(const Caller &caller, const QUuid &id);
    RunDetail start(const Caller &caller, const NewRun &input);
    RunDetail cancel(const Caller &caller, const QUuid &id);
    void remove(const Caller &caller, const QUuid &id);

    Page<RunRow> matrix(const Caller &caller, const QUuid &id, const MatrixFilter &filter);
    Page<RunAnswer> answers(const Caller &caller, const QUuid &id, const AnswerFilter &filter);
    RunComparison comparison(const Caller &caller, const QUuid &id, const ComparisonQuery &query);

private:
    Database &m_database;
    RunJobs &m_jobs;
    const std::function<void()> m_changed;
};

// The event of a run on the topic evaluation/<id>.
struct NewEvent evaluationEvent(const EvaluationRun &run, const char *what);
