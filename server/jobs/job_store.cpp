// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_store.h"

#include "server/database/columns.h"
#include "server/database/search_text.h"
#include "server/queue/queue_store.h"

#include <QtEndian>

using namespace Qt::StringLiterals;
using database::column;

namespace JobStore {
namespace {

// The smallest id of version 7 made at that time: ids sort by time, so that a range of times is a range of ids.
std::optional<QUuid> firstIdAt(const std::optional<QDateTime> &time)
{
    if (!time)
        return std::nullopt;
    const quint64 millis = quint64(std::max<qint64>(0, time->toMSecsSinceEpoch()));
    return QUuid(uint(millis >> 16), ushort(millis), 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}

struct Inputs
{
    QJsonObject variables;
    QList<PromptMessage> messages;
    ModelParameters parameters;
    QList<UsedTemplate> includes;

    static constexpr auto fields()
    {
        return std::tuple{Field{"variables", &Inputs::variables}, Field{"messages", &Inputs::messages},
                          Field{"parameters", &Inputs::parameters}, Field{"includes", &Inputs::includes}};
    }
};

struct SameRow
{
    QByteArray inputHash;
    QUuid jobId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"inputHash", &SameRow::inputHash}, Field{"jobId", &SameRow::jobId}};
    }
};

} // namespace

void lockInput(Transaction &tx, const QByteArray &inputHash)
{
    tx.run("SELECT pg_advisory_xact_lock($1)", qFromBigEndian<qint64>(inputHash.constData()));
}

std::optional<Job> findSame(Transaction &tx, const QByteArray &inputHash, const QDateTime &dueBy,
                            const QDateTime &completedSince)
{
    return tx.maybe<Job>(R"(
        SELECT overview.*, state.output
        FROM job_overview AS overview JOIN job_states AS state ON state.job_id = overview.id
        WHERE overview.input_hash = $1
          AND (overview.state = 'running'
               OR (overview.state = 'queued'
                   AND (overview.attempt_count > 0 OR overview.run_at <= greatest(overview.created_at, $2)))
               OR (overview.state = 'completed' AND overview.finished_at > $3))
        ORDER BY overview.created_at DESC
        LIMIT 1)",
                         inputHash, dueBy, completedSince);
}

void insert(Transaction &tx, const Job &job, const Generation &generation, const QList<PromptMessage> &messages)
{
    tx.run(R"(
        WITH job AS (
            INSERT INTO jobs (id, priority, template_id, template_slug, template_name, template_version, model, user_id,
                              user_name, input_hash, variables, messages, parameters, metadata, created_at,
                              max_attempts, includes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $17, $18)
        )
        INSERT INTO job_states (job_id, state, run_at, max_attempts)
        VALUES ($1, 'queued', $16, $17))",
           job.id, job.priority, job.templateId, job.templateSlug, job.templateName, job.templateVersion, job.model,
           job.userId, job.userName, generation.inputHash, generation.variables, messages, generation.parameters,
           job.metadata, job.createdAt, job.runAt, job.maxAttempts, generation.includes);
    QueueStore::add(tx, {{job.id, job.priority, job.runAt, job.model, {}}});
}

void insertMany(Transaction &tx, const QList<NewJob> &jobs)
{
    const auto of = [&](auto Job::*member) {
        return column(jobs, [member](const NewJob &one) { return one.job.*member; });
    };
    tx.run(R"(
        WITH given AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::integer[], $7::text[],
                                 $8::uuid[], $9::text[], $10::bytea[], $11::jsonb[], $12::jsonb[], $13::jsonb[],
                                 $14::jsonb[], $15::timestamptz[], $16::timestamptz[], $17::integer[], $18::uuid[],
                                 $19::jsonb[])
                AS given (id, priority, template_id, template_slug, template_name, template_version, model, user_id,
                          user_name, input_hash, variables, messages, parameters, metadata, created_at, run_at,
                          max_attempts, batch_id, includes)
        ), job AS (
            INSERT INTO jobs (id, priority, template_id, template_slug, template_name, template_version, model, user_id,
                              user_name, input_hash, variables, messages, parameters, metadata, created_at,
                              max_attempts, batch_id, includes)
            SELECT id, priority, template_id, template_slug, template_name, template_version, model, user_id,
                   user_name, input_hash, variables, messages, parameters, metadata, created_at, max_attempts, batch_id,
                   includes
            FROM given
        )
        INSERT INTO job_states (job_id, state, run_at, max_attempts, in_batch)
        SELECT id, 'queued', run_at, max_attempts, true FROM given)",
           of(&Job::id), of(&Job::priority), of(&Job::templateId), of(&Job::templateSlug), of(&Job::templateName),
           of(&Job::templateVersion), of(&Job::model), of(&Job::userId), of(&Job::userName),
           column(jobs, &NewJob::inputHash), column(jobs, &NewJob::variables),
           column(jobs, [](const NewJob &one) { return json::document(json::print(one.messages)).toArray(); }),
           column(jobs, [](const NewJob &one) { return json::object(json::print(one.parameters)); }),
           of(&Job::metadata), of(&Job::createdAt), of(&Job::runAt), of(&Job::maxAttempts), of(&Job::batchId),
           column(jobs, [](const NewJob &one) { return json::document(json::print(one.includes)).toArray(); }));
    QueueStore::add(
        tx, column(jobs, [](const NewJob &one) {
            return QueueStore::Entry{one.job.id, one.job.priority, one.job.runAt, one.job.model, one.job.batchId};
        }));
}

QHash<QByteArray, Job> findSameMany(Transaction &tx, const QList<QByteArray> &inputHashes, const QDateTime &dueBy,
                                    const QDateTime &completedSince)
{
    const auto rows = tx.all<SameRow>(R"(
        SELECT given.hash AS input_hash, same.job_id
        FROM unnest($1::bytea[]) AS given (hash)
        CROSS JOIN LATERAL (
            SELECT state.job_id
            FROM jobs AS job JOIN job_states AS state ON state.job_id = job.id
            WHERE job.input_hash = given.hash
              AND (state.state = 'running'
                   OR (state.state = 'queued'
                       AND (state.attempt_count > 0 OR state.run_at <= greatest(job.created_at, $2)))
                   OR (state.state = 'completed' AND state.finished_at > $3))
            ORDER BY job.created_at DESC
            LIMIT 1) AS same)",
                                      inputHashes, dueBy, completedSince);
    const auto jobs =
        tx.all<Job>("SELECT overview.*, NULL::text AS output FROM job_overview AS overview WHERE id = ANY ($1)",
                    column(rows, &SameRow::jobId));
    QHash<QUuid, Job> byId;
    for (const Job &job : jobs)
        byId.insert(job.id, job);
    QHash<QByteArray, Job> same;
    for (const SameRow &row : rows)
        same.insert(row.inputHash, byId.value(row.jobId));
    return same;
}

std::optional<Job> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Job>(R"(
        SELECT overview.*, state.output
        FROM job_overview AS overview JOIN job_states AS state ON state.job_id = overview.id
        WHERE overview.id = $1)",
                         id);
}

QList<Job> findMany(Transaction &tx, const QList<QUuid> &ids)
{
    return tx.all<Job>(R"(
        SELECT overview.*, state.output
        FROM job_overview AS overview JOIN job_states AS state ON state.job_id = overview.id
        WHERE overview.id = ANY ($1))",
                       ids);
}

std::optional<JobDetail> findDetail(Transaction &tx, const QUuid &id)
{
    const auto job = find(tx, id);
    if (!job)
        return std::nullopt;
    const auto inputs = tx.one<Inputs>("SELECT variables, messages, parameters, includes FROM jobs WHERE id = $1", id);
    const auto attempts = tx.all<Attempt>(R"(
        SELECT id, number, state, provider, model, started_at, finished_at, first_token_ms, input_tokens,
               cached_input_tokens, output_tokens, reasoning_tokens, cost_nanos, error, retryable, provider_request_id,
               estimated
        FROM attempts
        WHERE job_id = $1
        ORDER BY number)",
                                          id);
    return JobDetail{*job, inputs.variables, inputs.messages, inputs.parameters, attempts, inputs.includes};
}

// A list and what is done to all that it would show go by the same condition.
#define MATCHES_FILTER                                                                                                 \
    " FROM job_overview AS overview"                                                                                   \
    " WHERE ($1::uuid IS NULL OR overview.id < $1)"                                                                    \
    " AND ($2::uuid IS NULL OR overview.id >= $2)"                                                                     \
    " AND ($3::uuid IS NULL OR overview.id < $3)"                                                                      \
    " AND ($4::text[] IS NULL OR overview.state = ANY ($4))"                                                           \
    " AND ($5::uuid IS NULL OR overview.template_id = $5)"                                                             \
    " AND ($6::text IS NULL OR overview.model = $6)"                                                                   \
    " AND ($7::uuid IS NULL OR overview.user_id = $7)"                                                                 \
    " AND ($8::bigint IS NULL OR overview.cost_nanos >= $8)"                                                           \
    " AND ($9::bigint IS NULL OR overview.cost_nanos <= $9)"                                                           \
    " AND ($10::text IS NULL OR strpos(overview.id::text, $10) > 0 OR strpos(lower(overview.model), $10) > 0"          \
    " OR ($11 AND overview.template_id IN (SELECT id FROM templates WHERE strpos(search_text, $10) > 0))"              \
    " OR strpos(overview.template_slug, $10) > 0 OR strpos(lower(overview.template_name), $10) > 0)"                   \
    " AND ($12::uuid IS NULL OR overview.id IN (SELECT job_id FROM batch_rows WHERE batch_id = $12))"                  \
    " AND ($13::boolean IS NULL"                                                                                       \
    " OR $13 = (overview.state = 'queued' AND overview.attempt_count = 0 AND overview.run_at > now()))"                \
    " AND {where}"                                                                                                     \
    " ORDER BY overview.id DESC"                                                                                       \
    " LIMIT $14"

namespace {

template<class Row>
QList<Row> matching(Transaction &tx, const database::StatementWhere<14> &sql, const JobFilter &filter, int limit,
                    const std::optional<QUuid> &before, const Scope &scope)
{
    // Which index serves depends on what is given, so the plan is made anew each time.
    tx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)");
    const auto search = filter.search ? std::optional(searchText(filter.search->trimmed())) : std::nullopt;
    return tx.allWhere<Row>(sql, scope.rows, before, firstIdAt(filter.from), firstIdAt(filter.to), filter.states,
                            filter.templateId, filter.model, filter.userId, filter.minCostNanos, filter.maxCostNanos,
                            search, scope.searchesTemplates, filter.batch, filter.scheduled, limit);
}

} // namespace

QList<Job> list(Transaction &tx, const JobFilter &filter, int limit, const std::optional<QUuid> &before,
                const Scope &scope)
{
    return matching<Job>(tx, "SELECT overview.*, NULL::text AS output" MATCHES_FILTER, filter, limit, before, scope);
}

QList<QUuid> listIds(Transaction &tx, const JobFilter &filter, int limit, const Scope &scope)
{
    return matching<QUuid>(tx, "SELECT overview.id" MATCHES_FILTER, filter, limit, {}, scope);
}

#undef MATCHES_FILTER

std::optional<JobState> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<JobState>("SELECT state FROM job_states WHERE job_id = $1 FOR UPDATE", id);
}

void cancelMany(Transaction &tx, const QList<QUuid> &ids)
{
    tx.run(R"(
        UPDATE job_states SET state = 'canceled', finished_at = now(), revision = revision + 1
        WHERE job_id = ANY ($1) AND state IN ('queued', 'running'))",
           ids);
}

QList<QUuid> requeueMany(Transaction &tx, const QList<QUuid> &ids, const QList<JobState> &states)
{
    const auto places = tx.all<QueueStore::Entry>(R"(
        UPDATE job_states AS state
        SET state = 'queued', run_at = now(), max_attempts = state.attempt_count + job.max_attempts,
            output = NULL, finish_reason = '', error = NULL, finished_at = NULL, revision = state.revision + 1
        FROM jobs AS job
        WHERE state.job_id = ANY ($1) AND job.id = state.job_id AND state.state = ANY ($2)
          AND NOT EXISTS (SELECT FROM attempts WHERE attempts.job_id = state.job_id AND attempts.state = 'running')
        RETURNING state.job_id, coalesce(state.priority, job.priority) AS priority, state.run_at, job.model,
                  job.batch_id)",
                                                  ids, states);
    QueueStore::add(tx, places);
    return column(places, &QueueStore::Entry::jobId);
}

QList<QUuid> discardMany(Transaction &tx, const QList<QUuid> &ids, const QString &reason)
{
    return tx.all<QUuid>(R"(
        UPDATE job_states
        SET state = 'canceled', error = $2, revision = revision + 1
        WHERE job_id = ANY ($1) AND state = 'dead'
        RETURNING job_id)",
                         ids, JobError{u"discarded"_s, reason});
}

void move(Transaction &tx, const QUuid &id, const JobChange &change)
{
    tx.run(R"(
        UPDATE job_states
        SET priority = coalesce($2, priority), run_at = coalesce($3, run_at), revision = revision + 1
        WHERE job_id = $1)",
           id, change.priority, change.runAt);
}

} // namespace JobStore
