// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_store.h"

#include "server/database/columns.h"
#include "server/database/search_text.h"

using namespace Qt::StringLiterals;
using database::column;

namespace BatchStore {
namespace {

struct JoinedRow
{
    QUuid jobId;
    JobState state = JobState::Queued;

    static constexpr auto fields()
    {
        return std::tuple{Field{"jobId", &JoinedRow::jobId}, Field{"state", &JoinedRow::state}};
    }
};

} // namespace

void lockMaking(Transaction &tx) { tx.run("SELECT pg_advisory_xact_lock(hashtext(current_schema), 100)"); }

void insert(Transaction &tx, const Batch &batch, const QList<RowJob> &rows)
{
    tx.run(R"(
        INSERT INTO batches (id, kind, owner_id, name, state, priority, template_id, template_slug, template_name,
                             template_version, model, user_id, user_name, rows, shared, queued, running, completed,
                             created_at, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))",
           batch.id, batch.kind, batch.ownerId, batch.name, batch.state, batch.priority, batch.templateId,
           batch.templateSlug, batch.templateName, batch.templateVersion, batch.model, batch.userId, batch.userName,
           batch.rows, batch.shared, batch.queued, batch.running, batch.completed, batch.createdAt, batch.finishedAt);
    tx.run(R"(
        INSERT INTO batch_rows (batch_id, number, job_id, shared)
        SELECT $1, given.number, given.job_id, given.shared
        FROM unnest($2::uuid[], $3::boolean[]) WITH ORDINALITY AS given (job_id, shared, number))",
           batch.id, column(rows, &RowJob::jobId), column(rows, &RowJob::isShared));
}

QHash<QUuid, JobState> join(Transaction &tx, const QList<QUuid> &jobs)
{
    const auto rows = tx.all<JoinedRow>(R"(
        WITH joined AS MATERIALIZED (
            SELECT job_id FROM job_states
            WHERE job_id = ANY ($1) AND state IN ('queued', 'running')
            ORDER BY job_id FOR UPDATE
        )
        UPDATE job_states AS state SET in_batch = true
        FROM joined WHERE state.job_id = joined.job_id
        RETURNING state.job_id, state.state)",
                                        jobs);
    QHash<QUuid, JobState> states;
    for (const JoinedRow &row : rows)
        states.insert(row.jobId, row.state);
    return states;
}

std::optional<Batch> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Batch>("SELECT * FROM batch_overview WHERE id = $1", id);
}

QList<Batch> ofOwner(Transaction &tx, const QUuid &ownerId)
{
    return tx.all<Batch>("SELECT * FROM batch_overview WHERE owner_id = $1 ORDER BY id", ownerId);
}

std::optional<Batch> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM batches WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

QList<Batch> list(Transaction &tx, const BatchFilter &filter, int limit, const std::optional<QUuid> &before,
                  const database::Fragment &rows)
{
    const auto search = filter.search ? std::optional(filter.search->trimmed().toLower()) : std::nullopt;
    return tx.allWhere<Batch>(R"(
        SELECT * FROM batch_overview AS overview
        WHERE ($1::uuid IS NULL OR overview.id < $1)
          AND ($2::text[] IS NULL OR overview.state = ANY ($2))
          AND ($3::text IS NULL OR overview.kind = $3)
          AND ($4::uuid IS NULL OR overview.template_id = $4)
          AND ($5::uuid IS NULL OR overview.user_id = $5)
          AND ($6::text IS NULL OR strpos(lower(overview.name), $6) > 0)
          AND {where}
        ORDER BY overview.id DESC
        LIMIT $7)",
                              rows, before, filter.states, filter.kind, filter.templateId, filter.userId, search,
                              limit);
}

QList<Row> rows(Transaction &tx, const QUuid &id, const BatchRowFilter &filter, int limit, int after,
                const database::Fragment &jobs)
{
    return tx.allWhere<Row>(R"(
        SELECT batch_row.row_number AS number, batch_row.row_job AS job_id, batch_row.is_shared AS shared,
               (SELECT job.variables FROM jobs AS job WHERE job.id = batch_row.row_job) AS variables
        FROM (SELECT number AS row_number, job_id AS row_job, shared AS is_shared
              FROM batch_rows WHERE batch_id = $1 AND number > $2) AS batch_row
        JOIN job_overview AS overview ON overview.id = batch_row.row_job
        WHERE ($3::text[] IS NULL OR overview.state = ANY ($3)) AND {where}
        ORDER BY batch_row.row_number
        LIMIT $4)",
                            jobs, id, after, filter.states, limit);
}

QList<QUuid> ownJobs(Transaction &tx, const QUuid &id, const QList<JobState> &states)
{
    return tx.all<QUuid>(R"(
        SELECT state.job_id
        FROM batch_rows AS own
        JOIN jobs AS job ON job.id = own.job_id AND job.batch_id = own.batch_id
        JOIN job_states AS state ON state.job_id = own.job_id
        WHERE own.batch_id = $1 AND NOT own.shared AND state.state = ANY ($2)
        ORDER BY state.job_id)",
                         id, states);
}

QList<QUuid> ofJob(Transaction &tx, const QUuid &jobId)
{
    return tx.all<QUuid>("SELECT DISTINCT batch_id FROM batch_rows WHERE job_id = $1 ORDER BY batch_id LIMIT 1000",
                         jobId);
}

QList<QUuid> changed(Transaction &tx, int limit)
{
    return tx.all<QUuid>("SELECT DISTINCT batch_id FROM batch_deltas ORDER BY batch_id LIMIT $1", limit);
}

void addChanges(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM batches WHERE id = $1 FOR UPDATE", id);
    tx.run(R"(
        WITH gone AS (
            DELETE FROM batch_deltas WHERE batch_id = $1 RETURNING *
        ), since AS (
            SELECT sum((to_state = 'queued')::integer - (from_state = 'queued')::integer) AS queued,
                   sum((to_state = 'running')::integer - (from_state = 'running')::integer) AS running,
                   sum((to_state = 'completed')::integer - (from_state = 'completed')::integer) AS completed,
                   sum((to_state = 'failed')::integer - (from_state = 'failed')::integer) AS failed,
                   sum((to_state = 'canceled')::integer - (from_state = 'canceled')::integer) AS canceled,
                   sum((to_state = 'dead')::integer - (from_state = 'dead')::integer) AS dead,
                   sum(input_tokens) AS input_tokens, sum(cached_input_tokens) AS cached_input_tokens,
                   sum(output_tokens) AS output_tokens, sum(reasoning_tokens) AS reasoning_tokens,
                   sum(cost_nanos) AS cost_nanos, count(*) AS changes
            FROM gone
        )
        UPDATE batches AS batch
        SET queued = batch.queued + since.queued, running = batch.running + since.running,
            completed = batch.completed + since.completed, failed = batch.failed + since.failed,
            canceled = batch.canceled + since.canceled, dead = batch.dead + since.dead,
            input_tokens = batch.input_tokens + since.input_tokens,
            cached_input_tokens = batch.cached_input_tokens + since.cached_input_tokens,
            output_tokens = batch.output_tokens + since.output_tokens,
            reasoning_tokens = batch.reasoning_tokens + since.reasoning_tokens,
            cost_nanos = CASE WHEN batch.cost_nanos IS NOT NULL OR since.cost_nanos IS NOT NULL
                              THEN coalesce(batch.cost_nanos, 0) + coalesce(since.cost_nanos, 0) END
        FROM since WHERE batch.id = $1 AND since.changes > 0)",
           id);
}

void setState(Transaction &tx, const QUuid &id, BatchState state, bool isFinished)
{
    tx.run(R"(
        UPDATE batches SET state = $2, finished_at = CASE WHEN $3::boolean THEN coalesce(finished_at, now()) END
        WHERE id = $1)",
           id, state, isFinished);
}

} // namespace BatchStore
