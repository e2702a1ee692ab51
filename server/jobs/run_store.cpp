// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/run_store.h"

#include "server/database/columns.h"
#include "shared/usage/token_estimate.h"

#include <QHash>

using namespace Qt::StringLiterals;
using database::column;

namespace RunStore {
namespace {

struct BegunRow
{
    QUuid jobId;
    QUuid attemptId;
    bool wasRunning = false;
    bool inBatch = false;
    QList<PromptMessage> messages;
    ModelParameters parameters;

    static constexpr auto fields()
    {
        using T = BegunRow;
        return std::tuple{Field{"jobId", &T::jobId},           Field{"attemptId", &T::attemptId},
                          Field{"wasRunning", &T::wasRunning}, Field{"inBatch", &T::inBatch},
                          Field{"messages", &T::messages},     Field{"parameters", &T::parameters}};
    }
};

struct LostRow
{
    QUuid id;
    QUuid jobId;
    int number = 1;
    QDateTime startedAt;
    qint64 inputTokens = 0;
    std::optional<qint64> costNanos;
    QString model;
    QList<PromptMessage> messages;

    static constexpr auto fields()
    {
        using T = LostRow;
        return std::tuple{Field{"id", &T::id},
                          Field{"jobId", &T::jobId},
                          Field{"number", &T::number},
                          Field{"startedAt", &T::startedAt},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"costNanos", &T::costNanos},
                          Field{"model", &T::model},
                          Field{"messages", &T::messages}};
    }
    LostAttempt attempt() const { return {id, jobId, number, startedAt, inputTokens, costNanos}; }
};

qint64 estimateInput(const QList<PromptMessage> &messages)
{
    qint64 tokens = 0;
    for (const PromptMessage &message : messages)
        tokens += tokensForEachMessage + estimateTokens(message.content);
    return tokens;
}

// Before rows of attempts are touched that another transaction may want as well: everybody comes by the job first.
void lockStates(Transaction &tx, const QList<QUuid> &jobs)
{
    tx.run("SELECT FROM job_states WHERE job_id = ANY ($1) ORDER BY job_id FOR UPDATE", jobs);
}

// PostgreSQL keeps no U+0000 and no half of a surrogate pair, but a model may say anything.
QString storable(const QString &text)
{
    if (!text.contains(u'\0') && text.isValidUtf16())
        return text;
    QString clean = QString::fromUtf8(text.toUtf8());
    return clean.replace(u'\0', QChar::ReplacementCharacter);
}

std::optional<QString> errorText(const std::optional<JobError> &error)
{
    if (!error)
        return std::nullopt;
    return QString::fromUtf8(json::print(JobError{error->code, storable(error->message)}));
}

} // namespace

QHash<QUuid, Job> overviews(Transaction &tx, const QList<QUuid> &ids)
{
    QHash<QUuid, Job> jobs;
    const auto rows =
        tx.all<Job>("SELECT overview.*, NULL::text AS output FROM job_overview AS overview WHERE id = ANY ($1)", ids);
    for (const Job &job : rows)
        jobs.insert(job.id, job);
    return jobs;
}

QList<Begun> begin(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &attempts)
{
    const auto rows = tx.all<BegunRow>(R"(
        WITH held AS MATERIALIZED ( -- nobody but the holder of the lease makes a job running, so that this stays true
            SELECT state.job_id, state.state = 'running' AS was_running, given.attempt_id
            FROM unnest($1::uuid[], $2::uuid[]) AS given (job_id, attempt_id)
            JOIN job_states AS state ON state.job_id = given.job_id
        ), begun AS (
            UPDATE job_states AS state
            SET state = 'running', attempt_count = state.attempt_count + 1, error = NULL,
                started_at = coalesce(state.started_at, now()), revision = state.revision + 1
            FROM held
            WHERE state.job_id = held.job_id AND state.state IN ('queued', 'running')
              AND state.attempt_count < state.max_attempts
            RETURNING state.job_id, state.attempt_count, held.attempt_id, held.was_running, state.in_batch
        ), written AS (
            INSERT INTO attempts (id, job_id, number, provider, model, started_at)
            SELECT begun.attempt_id, begun.job_id, begun.attempt_count, split_part(job.model, '/', 1),
                   substr(job.model, strpos(job.model, '/') + 1), now()
            FROM begun JOIN jobs AS job ON job.id = begun.job_id
        )
        SELECT begun.job_id, begun.attempt_id, begun.was_running, begun.in_batch, job.messages, job.parameters
        FROM begun JOIN jobs AS job ON job.id = begun.job_id)",
                                       jobs, attempts);
    const auto now = overviews(tx, column(rows, &BegunRow::jobId));
    QList<Begun> begun;
    begun.reserve(rows.size());
    for (const BegunRow &row : rows)
        begun.append({now.value(row.jobId), row.attemptId, row.wasRunning, row.inBatch, row.messages, row.parameters});
    return begun;
}

QList<LostAttempt> markLost(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &except,
                            const CostOfPrompt &cost)
{
    lockStates(tx, jobs);
    const auto rows = tx.all<LostRow>(
        R"(
        UPDATE attempts AS attempt
        SET state = 'lost', finished_at = now(), error = $3, estimated = true
        FROM jobs AS job
        WHERE attempt.job_id = ANY ($1) AND attempt.state = 'running' AND attempt.id <> ALL ($2)
          AND job.id = attempt.job_id
        RETURNING attempt.id, attempt.job_id, attempt.number, attempt.started_at, attempt.input_tokens,
                  attempt.cost_nanos, job.model, job.messages)",
        jobs, except,
        JobError{u"worker_lost"_s, u"The server that made this call stopped before it could record the end of it."_s});
    QList<LostAttempt> lost;
    for (const LostRow &row : rows) {
        LostAttempt attempt = row.attempt();
        attempt.inputTokens = estimateInput(row.messages);
        attempt.costNanos = cost(row.model, attempt.inputTokens, attempt.startedAt);
        lost.append(attempt);
    }
    if (lost.isEmpty())
        return lost;
    // Of a job, one attempt runs at a time.
    tx.run(R"(
        WITH lost AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::integer[], $3::bigint[], $4::bigint[])
                AS given (job_id, number, input_tokens, cost_nanos)
        ), estimated AS (
            UPDATE attempts AS attempt
            SET input_tokens = lost.input_tokens, cost_nanos = lost.cost_nanos
            FROM lost
            WHERE attempt.job_id = lost.job_id AND attempt.number = lost.number
        )
        UPDATE job_states AS state
        SET input_tokens = state.input_tokens + lost.input_tokens,
            cost_nanos = CASE WHEN lost.cost_nanos IS NULL THEN state.cost_nanos
                              ELSE coalesce(state.cost_nanos, 0) + lost.cost_nanos END,
            revision = state.revision + 1
        FROM lost
        WHERE state.job_id = lost.job_id)",
           column(lost, &LostAttempt::jobId), column(lost, &LostAttempt::number),
           column(lost, &LostAttempt::inputTokens), column(lost, &LostAttempt::costNanos));
    return lost;
}

QHash<QUuid, LostAttempt> lostAmong(Transaction &tx, const QList<AttemptEnd> &ends)
{
    QHash<QUuid, LostAttempt> lost;
    if (ends.isEmpty())
        return lost;
    lockStates(tx, column(ends, &AttemptEnd::jobId));
    const auto rows = tx.all<LostRow>(R"(
        SELECT attempt.id, attempt.job_id, attempt.number, attempt.started_at, attempt.input_tokens, attempt.cost_nanos,
               '' AS model, '[]'::jsonb AS messages
        FROM unnest($1::uuid[], $2::integer[], $3::uuid[]) AS ended (job_id, number, id)
        JOIN attempts AS attempt ON attempt.job_id = ended.job_id AND attempt.number = ended.number
                                    AND attempt.id = ended.id
        WHERE attempt.state = 'lost' AND NOT attempt.settled)",
                                      column(ends, &AttemptEnd::jobId), column(ends, &AttemptEnd::number),
                                      column(ends, &AttemptEnd::id));
    for (const LostRow &row : rows)
        lost.insert(row.id, row.attempt());
    return lost;
}

QList<QUuid> notEnded(Transaction &tx, const QList<QUuid> &jobs)
{
    return tx.all<QUuid>("SELECT job_id FROM job_states WHERE job_id = ANY ($1) AND state IN ('queued', 'running')",
                         jobs);
}

QList<QUuid> settleAttempts(Transaction &tx, const QList<AttemptEnd> &ends)
{
    if (ends.isEmpty())
        return {};
    const auto usage = [&](qint64 TokenUsage::*kind) {
        return column(ends, [kind](const AttemptEnd &end) { return end.usage.*kind; });
    };
    return tx.all<QUuid>(
        R"(
        UPDATE attempts AS attempt
        SET state = ended.state, finished_at = ended.finished_at, settled = true, first_token_ms = ended.first_token_ms,
            input_tokens = ended.input, cached_input_tokens = ended.cached, output_tokens = ended.output,
            reasoning_tokens = ended.reasoning, cost_nanos = ended.cost, error = ended.error::jsonb,
            retryable = ended.retryable, provider_request_id = ended.request_id, estimated = ended.estimated
        FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bigint[], $7::bigint[],
                    $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::boolean[], $14::text[],
                    $15::boolean[])
            AS ended (job_id, number, id, state, finished_at, first_token_ms, input, cached, output, reasoning, cost,
                      error, retryable, request_id, estimated)
        WHERE attempt.job_id = ended.job_id AND attempt.number = ended.number AND attempt.id = ended.id
          AND NOT attempt.settled
        RETURNING attempt.id)",
        column(ends, &AttemptEnd::jobId), column(ends, &AttemptEnd::number), column(ends, &AttemptEnd::id),
        column(ends, &AttemptEnd::state), column(ends, &AttemptEnd::finishedAt),
        column(ends, &AttemptEnd::firstTokenMs), usage(&TokenUsage::input), usage(&TokenUsage::cachedInput),
        usage(&TokenUsage::output), usage(&TokenUsage::reasoning), column(ends, &AttemptEnd::costNanos),
        column(ends, [](const AttemptEnd &end) { return errorText(end.error); }), column(ends, &AttemptEnd::retryable),
        column(ends, [](const AttemptEnd &end) { return storable(end.providerRequestId); }),
        column(ends, &AttemptEnd::isEstimated));
}

Settled settleJobs(Transaction &tx, const QList<JobEnd> &ends)
{
    if (ends.isEmpty())
        return {};
    const auto usage = [&](qint64 TokenUsage::*kind) {
        return column(ends, [kind](const JobEnd &end) { return end.usage.*kind; });
    };
    const auto ids = column(ends, &JobEnd::jobId);
    // The states are read as they are after the update by the next statement: what it returns must be what is there.
    Settled settled;
    settled.changesBatches = tx.one<bool>(
        R"(
        WITH settled AS (
        UPDATE job_states AS state
        SET state = CASE WHEN applies THEN ended.state ELSE state.state END,
            run_at = CASE WHEN applies THEN coalesce(ended.run_at, state.run_at) ELSE state.run_at END,
            output = CASE WHEN applies OR keeps THEN ended.output ELSE state.output END,
            finish_reason = CASE WHEN applies THEN ended.finish_reason ELSE state.finish_reason END,
            error = CASE WHEN applies THEN ended.error::jsonb ELSE state.error END,
            finished_at = CASE WHEN applies AND ended.state <> 'queued' THEN now() ELSE state.finished_at END,
            max_attempts = state.max_attempts + (applies AND ended.returns_attempt)::integer,
            input_tokens = state.input_tokens + ended.input,
            cached_input_tokens = state.cached_input_tokens + ended.cached,
            output_tokens = state.output_tokens + ended.output_tokens,
            reasoning_tokens = state.reasoning_tokens + ended.reasoning,
            cost_nanos = CASE WHEN ended.cost IS NULL THEN state.cost_nanos
                              ELSE coalesce(state.cost_nanos, 0) + ended.cost END,
            revision = state.revision + 1
        FROM (
            -- The lease is held and its row locked, so that nobody changes a running job meanwhile.
            SELECT given.*, now.state = 'running' AND given.state IS NOT NULL AS applies,
                   now.state = 'canceled' AND given.state IS NULL AND given.output IS NOT NULL AS keeps
            FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                        $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::boolean[])
                AS given (job_id, state, run_at, output, finish_reason, error, input, cached, output_tokens, reasoning,
                          cost, returns_attempt)
            JOIN job_states AS now ON now.job_id = given.job_id) AS ended
        WHERE state.job_id = ended.job_id
        RETURNING state.in_batch)
        SELECT coalesce(bool_or(in_batch), false) FROM settled)",
        ids, column(ends, &JobEnd::state), column(ends, &JobEnd::runAt),
        column(ends,
               [](const JobEnd &end) { return end.output ? std::optional(storable(*end.output)) : std::nullopt; }),
        column(ends, [](const JobEnd &end) { return storable(end.finishReason); }),
        column(ends, [](const JobEnd &end) { return errorText(end.error); }), usage(&TokenUsage::input),
        usage(&TokenUsage::cachedInput), usage(&TokenUsage::output), usage(&TokenUsage::reasoning),
        column(ends, &JobEnd::costNanos), column(ends, &JobEnd::returnsAttempt));
    auto now = overviews(tx, ids);
    for (const JobEnd &end : ends) {
        Job &job = now[end.jobId];
        if (job.state == JobState::Completed)
            job.output = end.output;
        settled.jobs.append(job);
    }
    return settled;
}

} // namespace RunStore
