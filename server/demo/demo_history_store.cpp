// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demo_history_store.h"

#include "server/database/columns.h"

using database::column;

namespace DemoHistoryStore {
namespace {

template<class T> QString printed(const T &value) { return QString::fromUtf8(json::print(value)); }

std::optional<QString> printedError(const std::optional<JobError> &error)
{
    return error ? std::optional(printed(*error)) : std::nullopt;
}

void insertJobs(Transaction &tx, const QList<EndedJob> &jobs)
{
    const auto of = [&](auto Job::*member) {
        return column(jobs, [member](const EndedJob &one) { return one.job.*member; });
    };
    tx.run(R"(
        INSERT INTO jobs (id, priority, template_id, template_slug, template_name, template_version, model, user_id,
                          user_name, input_hash, variables, messages, parameters, metadata, created_at, max_attempts)
        SELECT id, 'normal', template_id, template_slug, template_name, template_version, model, user_id, user_name,
               decode(input_hash, 'hex'), variables::jsonb, messages::jsonb, parameters::jsonb, metadata::jsonb,
               created_at, max_attempts
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::uuid[], $8::text[],
                    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::integer[])
            AS given (id, template_id, template_slug, template_name, template_version, model, user_id, user_name,
                      input_hash, variables, messages, parameters, metadata, created_at, max_attempts))",
           of(&Job::id), of(&Job::templateId), of(&Job::templateSlug), of(&Job::templateName),
           of(&Job::templateVersion), of(&Job::model), of(&Job::userId), of(&Job::userName),
           column(jobs, [](const EndedJob &one) { return QString::fromLatin1(one.inputHash.toHex()); }),
           column(jobs, [](const EndedJob &one) { return printed(one.variables); }),
           column(jobs, [](const EndedJob &one) { return printed(one.messages); }),
           column(jobs, [](const EndedJob &one) { return printed(one.parameters); }),
           column(jobs, [](const EndedJob &one) { return printed(one.job.metadata); }), of(&Job::createdAt),
           of(&Job::maxAttempts));
}

void insertStates(Transaction &tx, const QList<EndedJob> &jobs)
{
    const auto of = [&](auto Job::*member) {
        return column(jobs, [member](const EndedJob &one) { return one.job.*member; });
    };
    tx.run(R"(
        INSERT INTO job_states (job_id, state, run_at, attempt_count, max_attempts, input_tokens, output_tokens,
                                cost_nanos, output, finish_reason, error, started_at, finished_at, revision)
        SELECT id, state, run_at, attempt_count, max_attempts, input_tokens, output_tokens, cost_nanos, output,
               finish_reason, error::jsonb, started_at, finished_at, 1 + 2 * attempt_count
        FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::integer[], $5::integer[], $6::bigint[], $7::bigint[],
                    $8::bigint[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
            AS given (id, state, run_at, attempt_count, max_attempts, input_tokens, output_tokens, cost_nanos, output,
                      finish_reason, error, started_at, finished_at))",
           of(&Job::id), of(&Job::state), of(&Job::runAt), of(&Job::attemptCount), of(&Job::maxAttempts),
           of(&Job::inputTokens), of(&Job::outputTokens), of(&Job::costNanos), of(&Job::output), of(&Job::finishReason),
           column(jobs, [](const EndedJob &one) { return printedError(one.job.error); }), of(&Job::startedAt),
           of(&Job::finishedAt));
}

void insertAttempts(Transaction &tx, const QList<EndedJob> &jobs)
{
    QList<QUuid> owners;
    QList<Attempt> all;
    for (const EndedJob &one : jobs) {
        for (const Attempt &attempt : one.attempts) {
            owners.append(one.job.id);
            all.append(attempt);
        }
    }
    tx.run(R"(
        INSERT INTO attempts (id, job_id, number, state, provider, model, started_at, finished_at, settled,
                              first_token_ms, input_tokens, output_tokens, cost_nanos, error, retryable)
        SELECT id, job_id, number, state, provider, model, started_at, finished_at, true, first_token_ms, input_tokens,
               output_tokens, cost_nanos, error::jsonb, retryable
        FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                    $8::timestamptz[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::text[],
                    $14::boolean[])
            AS given (id, job_id, number, state, provider, model, started_at, finished_at, first_token_ms, input_tokens,
                      output_tokens, cost_nanos, error, retryable))",
           column(all, &Attempt::id), owners, column(all, &Attempt::number), column(all, &Attempt::state),
           column(all, &Attempt::provider), column(all, &Attempt::model), column(all, &Attempt::startedAt),
           column(all, &Attempt::finishedAt), column(all, &Attempt::firstTokenMs), column(all, &Attempt::inputTokens),
           column(all, &Attempt::outputTokens), column(all, &Attempt::costNanos),
           column(all, [](const Attempt &one) { return printedError(one.error); }), column(all, &Attempt::retryable));
}

} // namespace

bool hasJobs(Transaction &tx) { return tx.one<bool>("SELECT EXISTS (SELECT FROM jobs)"); }

void insert(Transaction &tx, const QList<EndedJob> &jobs)
{
    insertJobs(tx, jobs);
    insertStates(tx, jobs);
    insertAttempts(tx, jobs);
}

} // namespace DemoHistoryStore
