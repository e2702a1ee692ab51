// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/jobs/job.h"
#include "shared/usage/token_usage.h"

#include <QHash>

#include <functional>

// SQL of the worker, in a transaction of the tenant: whole batches, no statement for a single job.
namespace RunStore {

// A job that has just been begun with a new attempt.
struct Begun
{
    Job job; // without output
    QUuid attemptId;
    bool wasRunning = false; // an attempt before this one was lost
    bool isInBatch = false;
    QList<PromptMessage> messages;
    ModelParameters parameters;
};

// Puts the jobs that may run into the state running and writes a row for their attempts; the others are not among the
// result.
QList<Begun> begin(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &attempts);

// An attempt whose worker held no lease any more. Its call may have been made or not, and its answer may have come:
// what is known of its cost is what the prompt costs.
struct LostAttempt
{
    QUuid id;
    QUuid jobId;
    int number = 1;
    QDateTime startedAt;
    qint64 inputTokens = 0; // estimated
    std::optional<qint64> costNanos;
};
// Attempts of these jobs that still run, except the new ones, are lost. Gives them with the cost that `cost` says,
// which is written to them and added to the sums of their jobs.
using CostOfPrompt = std::function<std::optional<qint64>(const QString &model, qint64 tokens, const QDateTime &at)>;
QList<LostAttempt> markLost(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &except,
                            const CostOfPrompt &cost);

// The jobs as they are now, without output; those that are there.
QHash<QUuid, Job> overviews(Transaction &tx, const QList<QUuid> &jobs);

// Of these jobs, those that have not ended: they have used up their attempts, since begin() left them out.
QList<QUuid> notEnded(Transaction &tx, const QList<QUuid> &jobs);

// How an attempt ended.
struct AttemptEnd
{
    QUuid id;
    QUuid jobId;
    int number = 1;
    AttemptState state = AttemptState::Succeeded;
    QDateTime finishedAt;
    std::optional<qint64> firstTokenMs;
    TokenUsage usage;
    std::optional<qint64> costNanos;
    std::optional<JobError> error;
    bool retryable = false;
    QString providerRequestId;
    bool isEstimated = false; // the tokens were counted here
};
// Of these attempts, those that were taken for lost meanwhile. They stay as they are until the transaction ends.
QHash<QUuid, LostAttempt> lostAmong(Transaction &tx, const QList<AttemptEnd> &ends);
// Gives the attempts that this settled: each is settled once.
QList<QUuid> settleAttempts(Transaction &tx, const QList<AttemptEnd> &ends);

// What becomes of a job. Tokens and cost are added in any case; the rest only where the state is given and the job
// still runs. An output without a state is what a canceled job had written until then, and stays with it.
struct JobEnd
{
    QUuid jobId;
    std::optional<JobState> state;
    std::optional<QDateTime> runAt; // of the next attempt, with the state queued
    std::optional<QString> output;
    QString finishReason;
    std::optional<JobError> error;
    TokenUsage usage;
    std::optional<qint64> costNanos;
    bool returnsAttempt = false; // the attempt was cut off by us: it does not count
};
struct Settled
{
    QList<Job> jobs; // as they are now, with their output
    bool changesBatches = false;
};
Settled settleJobs(Transaction &tx, const QList<JobEnd> &ends);

} // namespace RunStore
