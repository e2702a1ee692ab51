// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_store.h"

#include "server/database/search_text.h"
#include "server/queue/queue_store.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

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

    static constexpr auto fields()
    {
        return std::tuple{Field{"variables", &Inputs::variables}, Field{"messages", &Inputs::messages},
                          Field{"parameters", &Inputs::parameters}};
    }
};

struct Place
{
    JobPriority priority = JobPriority::Normal;
    QDateTime runAt;

    static constexpr auto fields()
    {
        return std::tuple{Field{"priority", &Place::priority}, Field{"runAt", &Place::runAt}};
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
                              max_attempts)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $17)
        )
        INSERT INTO job_states (job_id, state, run_at, max_attempts)
        VALUES ($1, 'queued', $16, $17))",
           job.id, job.priority, job.templateId, job.templateSlug, job.templateName, job.templateVersion, job.model,
           job.userId, job.userName, generation.inputHash, generation.variables, messages, generation.parameters,
           job.metadata, job.createdAt, job.runAt, job.maxAttempts);
    QueueStore::add(tx, {job.id}, {job.priority}, {job.runAt});
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
    const auto inputs = tx.one<Inputs>("SELECT variables, messages, parameters FROM jobs WHERE id = $1", id);
    const auto attempts = tx.all<Attempt>(R"(
        SELECT id, number, state, provider, model, started_at, finished_at, first_token_ms, input_tokens,
               cached_input_tokens, output_tokens, reasoning_tokens, cost_nanos, error, retryable, provider_request_id,
               estimated
        FROM attempts
        WHERE job_id = $1
        ORDER BY number)",
                                          id);
    return JobDetail{*job, inputs.variables, inputs.messages, inputs.parameters, attempts};
}

QList<Job> list(Transaction &tx, const JobFilter &filter, int limit, const std::optional<QUuid> &before,
                const Scope &scope)
{
    // Which index serves depends on what is given, so the plan is made anew each time.
    tx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)");
    const auto search = filter.search ? std::optional(searchText(filter.search->trimmed())) : std::nullopt;
    return tx.allWhere<Job>(R"(
        SELECT overview.*, NULL::text AS output
        FROM job_overview AS overview
        WHERE ($1::uuid IS NULL OR overview.id < $1)
          AND ($2::uuid IS NULL OR overview.id >= $2)
          AND ($3::uuid IS NULL OR overview.id < $3)
          AND ($4::text[] IS NULL OR overview.state = ANY ($4))
          AND ($5::uuid IS NULL OR overview.template_id = $5)
          AND ($6::text IS NULL OR overview.model = $6)
          AND ($7::uuid IS NULL OR overview.user_id = $7)
          AND ($8::bigint IS NULL OR overview.cost_nanos >= $8)
          AND ($9::bigint IS NULL OR overview.cost_nanos <= $9)
          AND ($10::text IS NULL OR strpos(overview.id::text, $10) > 0 OR strpos(lower(overview.model), $10) > 0
               OR ($11 AND overview.template_id IN (SELECT id FROM templates WHERE strpos(search_text, $10) > 0))
               OR strpos(overview.template_slug, $10) > 0 OR strpos(lower(overview.template_name), $10) > 0)
          AND {where}
        ORDER BY overview.id DESC
        LIMIT $12)",
                            scope.rows, before, firstIdAt(filter.from), firstIdAt(filter.to), filter.states,
                            filter.templateId, filter.model, filter.userId, filter.minCostNanos, filter.maxCostNanos,
                            search, scope.searchesTemplates, limit);
}

std::optional<JobState> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<JobState>("SELECT state FROM job_states WHERE job_id = $1 FOR UPDATE", id);
}

void cancel(Transaction &tx, const QUuid &id)
{
    tx.run("UPDATE job_states SET state = 'canceled', finished_at = now(), revision = revision + 1 WHERE job_id = $1",
           id);
}

void requeue(Transaction &tx, const QUuid &id)
{
    const auto place = tx.one<Place>(R"(
        UPDATE job_states AS state
        SET state = 'queued', run_at = now(), max_attempts = state.attempt_count + job.max_attempts,
            output = NULL, finish_reason = '', error = NULL, finished_at = NULL, revision = state.revision + 1
        FROM jobs AS job
        WHERE state.job_id = $1 AND job.id = state.job_id
        RETURNING job.priority, state.run_at)",
                                     id);
    QueueStore::add(tx, {id}, {place.priority}, {place.runAt});
}

void discard(Transaction &tx, const QUuid &id, const QString &reason)
{
    tx.run(R"(
        UPDATE job_states
        SET state = 'canceled', error = $2, revision = revision + 1
        WHERE job_id = $1)",
           id, JobError{u"discarded"_s, reason});
}

} // namespace JobStore
