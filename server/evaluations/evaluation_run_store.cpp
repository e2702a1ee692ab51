// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/evaluation_run_store.h"

#include "server/database/columns.h"
#include "server/database/search_text.h"

using namespace Qt::StringLiterals;
using database::column;

namespace EvaluationRunStore {
namespace {

// As it is kept for the run; lists of lists travel as JSON.
struct CaseRow
{
    QUuid id;
    int number = 0;
    QJsonObject variables;
    std::optional<QString> expected;
    QList<QString> tags;
    QList<Assertion> assertions;

    static constexpr auto fields()
    {
        using T = CaseRow;
        return std::tuple{Field{"id", &T::id},
                          Field{"number", &T::number},
                          Field{"variables", &T::variables},
                          Field{"expected", &T::expected},
                          Field{"tags", &T::tags},
                          Field{"assertions", &T::assertions}};
    }
};

} // namespace

void insert(Transaction &tx, const NewRow &row, const QList<Column> &columns, const QList<EvaluationCase> &cases)
{
    const EvaluationRun &run = row.run;
    tx.run(R"(
        INSERT INTO evaluation_runs (id, name, search_text, dataset_id, dataset_name, assertions, pass_score, is_whole,
                                     case_count, column_count, repeats, answers, baseline_run_id, batch_id, author_id,
                                     author_name, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))",
           run.id, run.name, searchText(run.name), run.datasetId, run.datasetName, row.assertions, row.passScore,
           row.isWhole, run.caseCount, run.columnCount, run.repeats, run.answers, run.baselineRunId, run.batchId,
           run.authorId, run.authorName, run.createdAt);
    tx.run(R"(
        INSERT INTO evaluation_columns (run_id, number, template_id, template_slug, template_name, version, model)
        SELECT $1, number, template_id, slug, name, version, model
        FROM unnest($2::integer[], $3::uuid[], $4::text[], $5::text[], $6::integer[], $7::text[])
             AS c (number, template_id, slug, name, version, model))",
           run.id, column(columns, &Column::number), column(columns, &Column::templateId),
           column(columns, &Column::templateSlug), column(columns, &Column::templateName),
           column(columns, &Column::version), column(columns, &Column::model));
    QList<CaseRow> rows;
    for (const EvaluationCase &one : cases)
        rows.append({one.id, one.number, one.variables, one.expected, one.tags, one.assertions});
    tx.run(R"(
        INSERT INTO evaluation_run_cases (run_id, case_id, number, variables, expected, tags, assertions)
        SELECT $1, (value ->> 'id')::uuid, (value ->> 'number')::integer, value -> 'variables', value ->> 'expected',
               ARRAY(SELECT jsonb_array_elements_text(value -> 'tags')), value -> 'assertions'
        FROM jsonb_array_elements($2::jsonb) AS one (value))",
           run.id, rows);
}

void insertAnswers(Transaction &tx, const QUuid &run, const QList<Asked> &asked)
{
    tx.run(R"(
        INSERT INTO evaluation_answers (run_id, case_id, column_number, repeat, job_id, cache_hit)
        SELECT $1, case_id, number, repeat, job_id, cache_hit
        FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::uuid[], $6::boolean[])
             AS a (case_id, number, repeat, job_id, cache_hit))",
           run, column(asked, &Asked::caseId), column(asked, &Asked::column), column(asked, &Asked::repeat),
           column(asked, &Asked::jobId), column(asked, &Asked::cacheHit));
}

QList<EvaluationRun> list(Transaction &tx, const RunFilter &filter, const std::optional<QUuid> &before, int limit,
                          const database::Fragment &templates)
{
    return tx.allWhere<EvaluationRun>(R"(
        SELECT id, name, dataset_id, dataset_name, state, case_count, column_count, repeats, answers, done, passed,
               failed, errors, cost_nanos, baseline_run_id, batch_id, author_id, author_name, created_at, finished_at
        FROM evaluation_runs AS run
        WHERE ($1::uuid IS NULL OR dataset_id = $1)
          AND ($2::uuid IS NULL OR EXISTS (SELECT FROM evaluation_columns AS c
                                           WHERE c.run_id = run.id AND c.template_id = $2))
          AND ($3::text[] IS NULL OR state = ANY ($3)) AND ($4::text IS NULL OR strpos(search_text, $4) > 0)
          AND ($5::uuid IS NULL OR id < $5)
          AND NOT EXISTS (SELECT FROM evaluation_columns AS c
                          WHERE c.run_id = run.id
                            AND c.template_id NOT IN (SELECT id FROM templates WHERE {where}))
        ORDER BY id DESC
        LIMIT $6)",
                                      templates, filter.datasetId, filter.templateId, filter.states,
                                      filter.search ? std::optional(searchText(*filter.search)) : std::nullopt, before,
                                      limit);
}

std::optional<EvaluationRun> find(Transaction &tx, const QUuid &id, const database::Fragment &templates)
{
    const auto found = tx.allWhere<EvaluationRun>(R"(
        SELECT id, name, dataset_id, dataset_name, state, case_count, column_count, repeats, answers, done, passed,
               failed, errors, cost_nanos, baseline_run_id, batch_id, author_id, author_name, created_at, finished_at
        FROM evaluation_runs AS run
        WHERE id = $1
          AND NOT EXISTS (SELECT FROM evaluation_columns AS c
                          WHERE c.run_id = run.id
                            AND c.template_id NOT IN (SELECT id FROM templates WHERE {where})))",
                                                  templates, id);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

std::optional<EvaluationRun> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<EvaluationRun>(R"(
        SELECT id, name, dataset_id, dataset_name, state, case_count, column_count, repeats, answers, done, passed,
               failed, errors, cost_nanos, baseline_run_id, batch_id, author_id, author_name, created_at, finished_at
        FROM evaluation_runs
        WHERE id = $1
        FOR UPDATE)",
                                   id);
}

QList<RunColumn> columns(Transaction &tx, const QUuid &id)
{
    return tx.all<RunColumn>(R"(
        SELECT c.number AS column, c.template_id, c.template_slug, c.template_name, c.version, c.model,
               sums.answers, sums.done, sums.passed, sums.failed, sums.errors, sums.canceled, sums.unscored, sums.score,
               sums.cost_nanos, sums.judge_cost_nanos, sums.latency_ms, sums.input_tokens, sums.output_tokens
        FROM evaluation_columns AS c,
             LATERAL (SELECT count(*)::integer AS answers, count(*) FILTER (WHERE outcome <> 'pending')::integer AS done,
                             count(*) FILTER (WHERE outcome = 'passed')::integer AS passed,
                             count(*) FILTER (WHERE outcome = 'failed')::integer AS failed,
                             count(*) FILTER (WHERE outcome = 'error')::integer AS errors,
                             count(*) FILTER (WHERE outcome = 'canceled')::integer AS canceled,
                             count(*) FILTER (WHERE outcome = 'unscored')::integer AS unscored,
                             avg(CASE outcome WHEN 'error' THEN 0 ELSE score END)
                                 FILTER (WHERE outcome IN ('passed', 'failed', 'error')) AS score,
                             coalesce(sum(cost_nanos) FILTER (WHERE NOT cache_hit), 0)::bigint AS cost_nanos,
                             coalesce(sum(judge_cost_nanos), 0)::bigint AS judge_cost_nanos,
                             avg(latency_ms)::double precision AS latency_ms,
                             coalesce(sum(input_tokens), 0)::bigint AS input_tokens,
                             coalesce(sum(output_tokens), 0)::bigint AS output_tokens
                      FROM evaluation_answers AS a
                      WHERE a.run_id = c.run_id AND a.column_number = c.number) AS sums
        WHERE c.run_id = $1
        ORDER BY c.number)",
                             id);
}

void cancel(Transaction &tx, const QUuid &id)
{
    tx.run("UPDATE evaluation_answers SET stage = 'done', outcome = 'canceled' WHERE run_id = $1 AND stage <> 'done'",
           id);
    tx.run("UPDATE evaluation_runs SET state = 'canceled', finished_at = now() WHERE id = $1", id);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM evaluation_runs WHERE id = $1", id); }

QList<Row> rows(Transaction &tx, const QUuid &run, const std::optional<QString> &tag,
                const std::optional<QList<QUuid>> &ids, int after, int limit)
{
    return tx.all<Row>(R"(
        SELECT case_id, number, variables, expected, tags
        FROM evaluation_run_cases
        WHERE run_id = $1 AND ($2::text IS NULL OR $2 = ANY (tags)) AND ($3::uuid[] IS NULL OR case_id = ANY ($3))
          AND number > $4
        ORDER BY number
        LIMIT $5)",
                       run, tag, ids, after, limit);
}

QList<CaseNumber> numbers(Transaction &tx, const QUuid &run, const std::optional<QString> &tag)
{
    return tx.all<CaseNumber>(R"(
        SELECT case_id, number
        FROM evaluation_run_cases
        WHERE run_id = $1 AND ($2::text IS NULL OR $2 = ANY (tags))
        ORDER BY number)",
                              run, tag);
}

QList<Cell> cells(Transaction &tx, const QUuid &run, const std::optional<QList<QUuid>> &cases)
{
    return tx.all<Cell>(R"(
        SELECT case_id, column_number, answers, done, scored, passed, errors, canceled, unscored, score, cost_nanos,
               latency_ms, input_tokens, output_tokens
        FROM evaluation_cells
        WHERE run_id = $1 AND ($2::uuid[] IS NULL OR case_id = ANY ($2)))",
                        run, cases);
}

QList<QUuid> changedCases(Transaction &tx, const QUuid &run, const QUuid &baseline)
{
    return tx.all<QUuid>(R"(
        SELECT a.case_id
        FROM evaluation_run_cases AS a
        JOIN evaluation_run_cases AS b ON b.case_id = a.case_id
        JOIN evaluation_runs AS run_a ON run_a.id = a.run_id
        JOIN evaluation_runs AS run_b ON run_b.id = b.run_id
        WHERE a.run_id = $1 AND b.run_id = $2
          AND (a.variables, a.expected, a.assertions, run_a.assertions, run_a.pass_score)
              IS DISTINCT FROM (b.variables, b.expected, b.assertions, run_b.assertions, run_b.pass_score))",
                         run, baseline);
}

QList<RunAnswer> answers(Transaction &tx, const QUuid &run, const AnswerFilter &filter, const AnswerPlace &after,
                         int limit)
{
    return tx.all<RunAnswer>(R"(
        SELECT a.column_number AS column, a.case_id, a.repeat, a.job_id, a.outcome, a.score, state.output,
               false AS is_output_hidden, a.results AS assertions, a.cache_hit, a.cost_nanos, a.judge_cost_nanos,
               a.latency_ms, a.input_tokens, a.output_tokens, a.finish_reason, a.error
        FROM evaluation_answers AS a
        JOIN evaluation_run_cases AS c ON c.run_id = a.run_id AND c.case_id = a.case_id
        LEFT JOIN job_states AS state ON state.job_id = a.job_id
        WHERE a.run_id = $1 AND ($2::uuid IS NULL OR a.case_id = $2) AND ($3::integer IS NULL OR a.column_number = $3)
          AND ($4::text[] IS NULL OR a.outcome = ANY ($4))
          AND (c.number, a.column_number, a.repeat) > ($5, $6, $7)
        ORDER BY c.number, a.column_number, a.repeat
        LIMIT $8)",
                             run, filter.caseId, filter.column, filter.outcomes, after.number, after.column,
                             after.repeat, limit);
}

std::optional<QUuid> lastOf(Transaction &tx, const QUuid &dataset, const QUuid &templateId, int version,
                            const std::optional<QString> &model)
{
    return tx.maybe<QUuid>(R"(
        SELECT id
        FROM evaluation_runs AS run
        WHERE dataset_id = $1 AND state = 'completed' AND is_whole
          AND EXISTS (SELECT FROM evaluation_columns AS c
                      WHERE c.run_id = run.id AND c.template_id = $2 AND c.version = $3
                        AND ($4::text IS NULL OR c.model = $4))
        ORDER BY id DESC
        LIMIT 1)",
                           dataset, templateId, version, model);
}

} // namespace EvaluationRunStore
