// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/answer_store.h"

#include "server/database/columns.h"

using namespace Qt::StringLiterals;
using database::column;

namespace AnswerStore {

QList<QUuid> running(Transaction &tx)
{
    return tx.all<QUuid>("SELECT id FROM evaluation_runs WHERE state = 'running' ORDER BY id");
}

std::optional<Rules> rules(Transaction &tx, const QUuid &run)
{
    return tx.maybe<Rules>("SELECT assertions, pass_score, author_id, author_name FROM evaluation_runs WHERE id = $1",
                           run);
}

QList<Ended> ended(Transaction &tx, const QUuid &run, int limit)
{
    return tx.all<Ended>(R"(
        SELECT a.case_id, a.column_number, a.repeat, state.state, state.output, state.finish_reason, state.error,
               state.cost_nanos,
               (SELECT (extract(epoch FROM t.finished_at - t.started_at) * 1000)::bigint
                FROM attempts AS t
                WHERE t.job_id = a.job_id AND t.state = 'succeeded'
                ORDER BY t.number DESC
                LIMIT 1) AS latency_ms,
               state.input_tokens, state.output_tokens, c.variables, c.expected, c.assertions
        FROM evaluation_answers AS a
        JOIN job_states AS state ON state.job_id = a.job_id
        JOIN evaluation_run_cases AS c ON c.run_id = a.run_id AND c.case_id = a.case_id
        WHERE a.run_id = $1 AND a.stage = 'waiting' AND state.state NOT IN ('queued', 'running')
        LIMIT $2)",
                         run, limit);
}

QList<Judged> judged(Transaction &tx, const QUuid &run, int limit)
{
    return tx.all<Judged>(R"(
        SELECT a.case_id, a.column_number, a.repeat, a.results, c.assertions, judges.list AS judgements
        FROM evaluation_answers AS a
        JOIN evaluation_run_cases AS c ON c.run_id = a.run_id AND c.case_id = a.case_id
        CROSS JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('assertion', j.assertion, 'problem', j.problem,
                                                'state', coalesce(state.state, 'failed'), 'output', state.output,
                                                'jobId', j.job_id,
                                                'costNanos', CASE WHEN j.cache_hit THEN 0
                                                                  ELSE coalesce(state.cost_nanos, 0) END)) AS list,
                   bool_and(coalesce(state.state NOT IN ('queued', 'running'), true)) AS have_ended
            FROM evaluation_judgements AS j LEFT JOIN job_states AS state ON state.job_id = j.job_id
            WHERE j.run_id = a.run_id AND j.case_id = a.case_id AND j.column_number = a.column_number
              AND j.repeat = a.repeat) AS judges
        WHERE a.run_id = $1 AND a.stage = 'judging' AND judges.have_ended
        LIMIT $2)",
                          run, limit);
}

QList<Place> settleEnded(Transaction &tx, const QUuid &run, const QList<Scored> &scored)
{
    return tx.all<Place>(R"(
        UPDATE evaluation_answers AS a
        SET stage = s.stage, outcome = s.outcome, score = s.score, results = s.results, cost_nanos = s.cost_nanos,
            latency_ms = s.latency_ms, input_tokens = s.input_tokens, output_tokens = s.output_tokens,
            finish_reason = s.finish_reason, error = s.error
        FROM jsonb_to_recordset($2::jsonb)
             AS s (case_id uuid, column_number integer, repeat integer, stage text, outcome text, score float8,
                   results jsonb, cost_nanos bigint, latency_ms bigint, input_tokens bigint, output_tokens bigint,
                   finish_reason text, error jsonb)
        WHERE a.run_id = $1 AND a.case_id = s.case_id AND a.column_number = s.column_number AND a.repeat = s.repeat
          AND a.stage = 'waiting'
        RETURNING a.case_id, a.column_number, a.repeat)",
                         run, scored);
}

QList<Place> settleJudged(Transaction &tx, const QUuid &run, const QList<Scored> &scored)
{
    return tx.all<Place>(R"(
        UPDATE evaluation_answers AS a
        SET stage = 'done', outcome = s.outcome, score = s.score, results = s.results,
            judge_cost_nanos = s.judge_cost_nanos
        FROM jsonb_to_recordset($2::jsonb)
             AS s (case_id uuid, column_number integer, repeat integer, outcome text, score float8, results jsonb,
                   judge_cost_nanos bigint)
        WHERE a.run_id = $1 AND a.case_id = s.case_id AND a.column_number = s.column_number AND a.repeat = s.repeat
          AND a.stage = 'judging'
        RETURNING a.case_id, a.column_number, a.repeat)",
                         run, scored);
}

void insertJudgements(Transaction &tx, const QUuid &run, const QList<NewJudgement> &judgements)
{
    tx.run(R"(
        INSERT INTO evaluation_judgements (run_id, case_id, column_number, repeat, assertion, job_id, problem,
                                           cache_hit)
        SELECT $1, case_id, column_number, repeat, assertion, job_id, problem, cache_hit
        FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::uuid[], $7::text[], $8::boolean[])
             AS j (case_id, column_number, repeat, assertion, job_id, problem, cache_hit))",
           run, column(judgements, [](const NewJudgement &j) { return j.place.caseId; }),
           column(judgements, [](const NewJudgement &j) { return j.place.columnNumber; }),
           column(judgements, [](const NewJudgement &j) { return j.place.repeat; }),
           column(judgements, &NewJudgement::assertion), column(judgements, &NewJudgement::jobId),
           column(judgements, &NewJudgement::problem), column(judgements, &NewJudgement::cacheHit));
}

QList<QUuid> openJudges(Transaction &tx, const QUuid &run)
{
    return tx.all<QUuid>(R"(
        SELECT DISTINCT j.job_id
        FROM evaluation_judgements AS j
        JOIN evaluation_answers AS a ON a.run_id = j.run_id AND a.case_id = j.case_id
             AND a.column_number = j.column_number AND a.repeat = j.repeat
        WHERE j.run_id = $1 AND a.stage = 'judging' AND NOT j.cache_hit
          AND j.job_id IS NOT NULL
        ORDER BY 1)",
                         run);
}

std::optional<EvaluationRun> count(Transaction &tx, const QUuid &run)
{
    tx.run(R"(
        UPDATE evaluation_runs
        SET (done, passed, failed, errors, cost_nanos) =
            (SELECT count(*) FILTER (WHERE outcome <> 'pending'), count(*) FILTER (WHERE outcome = 'passed'),
                    count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'error'),
                    coalesce(sum(CASE WHEN cache_hit THEN 0 ELSE coalesce(cost_nanos, 0) END + judge_cost_nanos), 0)
             FROM evaluation_answers WHERE run_id = $1)
        WHERE id = $1)",
           run);
    // Where jobs were canceled by themselves the run says less than it should: no gate takes it.
    tx.run(R"(
        UPDATE evaluation_runs
        SET state = CASE WHEN EXISTS (SELECT FROM evaluation_answers WHERE run_id = $1 AND outcome = 'canceled')
                         THEN 'canceled' ELSE 'completed' END,
            finished_at = now()
        WHERE id = $1 AND state = 'running' AND done = answers)",
           run);
    return tx.maybe<EvaluationRun>(R"(
        SELECT id, name, dataset_id, dataset_name, state, case_count, column_count, repeats, answers, done, passed,
               failed, errors, cost_nanos, baseline_run_id, batch_id, author_id, author_name, created_at, finished_at
        FROM evaluation_runs
        WHERE id = $1)",
                                   run);
}

bool tryLock(Transaction &tx, const QUuid &run)
{
    return tx.one<bool>("SELECT pg_try_advisory_xact_lock(hashtextextended('evaluation ' || $1::uuid, 0))", run);
}

} // namespace AnswerStore
