// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/jobs/job.h"
#include "shared/usage/token_usage.h"

// SQL of the worker, in a transaction of the tenant: whole batches, no statement for a single job.
namespace RunStore {

// A job that has just been begun with a new attempt.
struct Begun
{
    Job job; // without output
    QUuid attemptId;
    bool wasRunning = false; // an attempt before this one was lost
    QList<PromptMessage> messages;
    ModelParameters parameters;
};

// Puts the jobs that may run into the state running and writes a row for their attempts; the others are not among the
// result.
QList<Begun> begin(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &attempts);

// Attempts of these jobs that still run, except the new ones, are lost: their worker held no lease any more.
void markLost(Transaction &tx, const QList<QUuid> &jobs, const QList<QUuid> &except);

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
};
// Gives the attempts that this settled: each is settled once.
QList<QUuid> settleAttempts(Transaction &tx, const QList<AttemptEnd> &ends);

// What becomes of a job. Tokens and cost are added in any case; the rest only where the state is given and the job
// still runs.
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
// The jobs as they are now, with their output.
QList<Job> settleJobs(Transaction &tx, const QList<JobEnd> &ends);

} // namespace RunStore
