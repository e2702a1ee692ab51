// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/settlement.h"

#include "server/database/columns.h"
#include "server/jobs/job_events.h"
#include "server/usage/usage_rollup.h"
#include "server/usage/usage_store.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using database::column;

namespace Settlement {
namespace {

Outcome withoutCall(const QUuid &tenantId, const QUuid &leaseId, const QUuid &jobId)
{
    Outcome outcome;
    outcome.tenantId = tenantId;
    outcome.leaseId = leaseId;
    outcome.job.id = jobId;
    outcome.end.jobId = jobId;
    return outcome;
}

// The jobs that begin() has left out.
QList<Outcome> leftOut(Transaction &tx, const QUuid &tenantId, const QUuid &leaseId, const QList<QUuid> &jobs)
{
    QList<Outcome> outcomes;
    const auto exhausted = RunStore::notEnded(tx, jobs);
    for (const QUuid &id : jobs) {
        Outcome outcome = withoutCall(tenantId, leaseId, id);
        if (exhausted.contains(id)) {
            outcome.end.state = JobState::Dead;
            outcome.end.error = JobError{
                u"worker_lost"_s, u"The server stopped during each attempt, so that the job may be the cause of it."_s};
        }
        outcomes.append(outcome);
    }
    return outcomes;
}

UsageStore::CallStatus status(AttemptState state)
{
    switch (state) {
    case AttemptState::Succeeded:
        return UsageStore::CallStatus::Succeeded;
    case AttemptState::Canceled:
        return UsageStore::CallStatus::Canceled;
    case AttemptState::Lost:
        return UsageStore::CallStatus::Lost;
    default:
        return UsageStore::CallStatus::Failed;
    }
}

UsageStore::Call callOf(const Job &job)
{
    UsageStore::Call call;
    call.jobId = job.id;
    call.userId = job.userId;
    call.userName = job.userName;
    call.templateId = job.templateId;
    call.templateName = job.templateName;
    call.templateVersion = job.templateVersion;
    call.model = job.model;
    return call;
}

UsageStore::Call ledgerRow(const Outcome &outcome)
{
    UsageStore::Call call = callOf(outcome.job);
    call.attemptId = outcome.attempt->id;
    call.calledAt = outcome.calledAt;
    call.status = status(outcome.attempt->state);
    call.usage = outcome.attempt->usage;
    call.isEstimated = outcome.attempt->isEstimated;
    call.costNanos = outcome.attempt->costNanos;
    call.firstTokenMs = outcome.attempt->firstTokenMs;
    call.totalMs = outcome.totalMs;
    return call;
}

// Whether the call was made, and whether it came to an end, nobody knows: it counts as made, and for as much as is sure
// to be charged then.
UsageStore::Call ledgerRow(const Job &job, const RunStore::LostAttempt &lost)
{
    UsageStore::Call call = callOf(job);
    call.attemptId = lost.id;
    call.calledAt = lost.startedAt;
    call.status = UsageStore::CallStatus::Lost;
    call.usage.input = lost.inputTokens;
    call.isEstimated = true;
    call.costNanos = lost.costNanos;
    return call;
}

// The end of a call that was taken for lost: what is true stands in the place of the estimate, in the ledger and in the
// sums of the job.
void correct(Outcome &outcome, const RunStore::LostAttempt &lost, QList<UsageStore::Call> &calls)
{
    calls.append(UsageStore::reversal(ledgerRow(outcome.job, lost)));
    if (outcome.wasCalled) {
        calls.append(ledgerRow(outcome));
        calls.last().entry = UsageStore::Entry::Correction;
    }
    outcome.end.usage.input -= lost.inputTokens;
    if (outcome.end.costNanos || lost.costNanos)
        outcome.end.costNanos = outcome.end.costNanos.value_or(0) - lost.costNanos.value_or(0);
}

// A call that never reached the provider costs nothing; one without tokens neither, whatever the price.
void price(Outcome &outcome, PriceCatalogue &prices)
{
    if (!outcome.wasCalled)
        return;
    outcome.attempt->costNanos = outcome.attempt->usage == TokenUsage()
        ? std::optional<qint64>(0)
        : prices.costNanos(outcome.job.model, outcome.attempt->usage, outcome.calledAt);
    outcome.end.costNanos = outcome.attempt->costNanos;
}

QList<NewEvent> events(const QList<Job> &jobs)
{
    QList<NewEvent> events;
    events.reserve(jobs.size());
    for (const Job &job : jobs)
        events.append(jobEvent(job));
    return events;
}

} // namespace

Begin begin(Database &database, PriceCatalogue &prices, const QUuid &tenantId, const QUuid &leaseId,
            const QList<QUuid> &jobs)
{
    const auto book = prices.current();
    const auto costOfPrompt = [&](const QString &model, qint64 tokens, const QDateTime &at) {
        TokenUsage usage;
        usage.input = tokens;
        return book->costNanos(model, usage, at);
    };
    QList<QUuid> attempts;
    for (qsizetype i = 0; i < jobs.size(); ++i)
        attempts.append(newId());
    return database.transaction({tenantId}, [&](Transaction &tx) {
        Begin begin;
        QList<QUuid> left = jobs, interrupted;
        auto begun = RunStore::begin(tx, jobs, attempts);
        for (const RunStore::Begun &one : std::as_const(begun)) {
            left.removeOne(one.job.id);
            begin.changesBatches = begin.changesBatches || one.isInBatch;
            if (one.wasRunning)
                interrupted.append(one.job.id);
        }
        interrupted += left;
        QList<RunStore::LostAttempt> lost;
        QHash<QUuid, Job> changed;
        if (!interrupted.isEmpty()) {
            lost = RunStore::markLost(tx, interrupted, column(begun, &RunStore::Begun::attemptId), costOfPrompt);
            changed = RunStore::overviews(tx, column(lost, &RunStore::LostAttempt::jobId));
        }
        QList<NewEvent> events;
        for (RunStore::Begun &one : begun) {
            one.job = changed.value(one.job.id, one.job);
            events.append(jobEvent(one.job));
            begin.assignments.append({tenantId, leaseId, one});
        }
        for (const Job &job : std::as_const(changed))
            if (hasEnded(job.state)) // canceled, and then its worker died
                events.append(jobEvent(job));
        if (!left.isEmpty())
            begin.outcomes = leftOut(tx, tenantId, leaseId, left);
        EventLog::append(tx, events);
        QList<UsageStore::Call> calls;
        for (const RunStore::LostAttempt &one : std::as_const(lost))
            calls.append(ledgerRow(changed.value(one.jobId), one));
        UsageStore::record(tx, calls);
        return begin;
    });
}

bool settle(Database &database, PriceCatalogue &prices, budgets::Reservations &reservations, const QUuid &tenantId,
            QList<Outcome> outcomes)
{
    QList<budgets::Spent> spent;
    bool changesBatches = false;
    for (Outcome &outcome : outcomes)
        price(outcome, prices);
    bool isTimeToSum = false;
    database.transaction({tenantId}, [&](Transaction &tx) {
        const auto held = QueueStore::settle(tx, column(outcomes, [](const Outcome &o) { return o.job.id; }),
                                             column(outcomes, &Outcome::leaseId),
                                             column(outcomes, [](const Outcome &o) { return o.end.runAt; }));
        const QSet<QUuid> ours(held.begin(), held.end());

        QList<RunStore::AttemptEnd> attempts, late;
        for (const Outcome &outcome : std::as_const(outcomes)) {
            if (!outcome.attempt)
                continue;
            attempts.append(*outcome.attempt);
            if (!ours.contains(outcome.job.id))
                late.append(*outcome.attempt);
        }
        const auto lost = RunStore::lostAmong(tx, late);
        const auto settledNow = RunStore::settleAttempts(tx, attempts);
        const QSet<QUuid> settled(settledNow.begin(), settledNow.end());

        QList<RunStore::JobEnd> ends;
        QList<UsageStore::Call> calls;
        spent.clear();
        for (Outcome outcome : outcomes) {
            if (!ours.contains(outcome.job.id)) {
                outcome.end.state.reset();
                outcome.end.output.reset();
            }
            const bool isFresh = outcome.attempt && settled.contains(outcome.attempt->id);
            if (outcome.attempt)
                spent.append({outcome.attempt->id, isFresh ? outcome.end.costNanos : std::optional<qint64>(0)});
            if (isFresh && lost.contains(outcome.attempt->id))
                correct(outcome, lost[outcome.attempt->id], calls);
            else if (isFresh && outcome.wasCalled)
                calls.append(ledgerRow(outcome));
            if (!isFresh) {
                outcome.end.usage = {};
                outcome.end.costNanos.reset();
            }
            if (isFresh || outcome.end.state)
                ends.append(outcome.end);
        }
        const auto now = RunStore::settleJobs(tx, ends);
        changesBatches = now.changesBatches;
        EventLog::append(tx, events(now.jobs));
        // Last: what it adds to budgets is locked for the shortest time.
        isTimeToSum = UsageStore::record(tx, calls).isTimeToSum;
        reservations.settle(tx, spent);
    });
    reservations.settled(spent);
    if (isTimeToSum)
        UsageRollup::sumUp(database, tenantId);
    return changesBatches;
}

} // namespace Settlement
