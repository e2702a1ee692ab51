// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/settlement.h"

#include "server/database/columns.h"
#include "server/jobs/job_events.h"
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
    default:
        return UsageStore::CallStatus::Failed;
    }
}

UsageStore::Call ledgerRow(const Outcome &outcome)
{
    UsageStore::Call call;
    call.attemptId = outcome.attempt->id;
    call.jobId = outcome.job.id;
    call.calledAt = outcome.calledAt;
    call.userId = outcome.job.userId;
    call.userName = outcome.job.userName;
    call.templateId = outcome.job.templateId;
    call.templateName = outcome.job.templateName;
    call.templateVersion = outcome.job.templateVersion;
    call.model = outcome.job.model;
    call.status = status(outcome.attempt->state);
    call.usage = outcome.attempt->usage;
    call.isEstimated = outcome.isEstimated;
    call.costNanos = outcome.attempt->costNanos;
    call.firstTokenMs = outcome.attempt->firstTokenMs;
    call.totalMs = outcome.totalMs;
    return call;
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

Begin begin(Database &database, const QUuid &tenantId, const QUuid &leaseId, const QList<QUuid> &jobs)
{
    QList<QUuid> attempts;
    for (qsizetype i = 0; i < jobs.size(); ++i)
        attempts.append(newId());
    return database.transaction({tenantId}, [&](Transaction &tx) {
        Begin begin;
        QList<QUuid> left = jobs, interrupted;
        QList<NewEvent> events;
        const auto begun = RunStore::begin(tx, jobs, attempts);
        for (const RunStore::Begun &one : begun) {
            left.removeOne(one.job.id);
            if (one.wasRunning)
                interrupted.append(one.job.id);
            events.append(jobEvent(one.job));
            begin.assignments.append({tenantId, leaseId, one});
        }
        interrupted += left;
        if (!interrupted.isEmpty())
            RunStore::markLost(tx, interrupted, column(begun, &RunStore::Begun::attemptId));
        if (!left.isEmpty())
            begin.outcomes = leftOut(tx, tenantId, leaseId, left);
        EventLog::append(tx, events);
        return begin;
    });
}

void settle(Database &database, PriceCatalogue &prices, const QUuid &tenantId, QList<Outcome> outcomes)
{
    for (Outcome &outcome : outcomes)
        price(outcome, prices);
    database.transaction({tenantId}, [&](Transaction &tx) {
        const auto held = QueueStore::settle(tx, column(outcomes, [](const Outcome &o) { return o.job.id; }),
                                             column(outcomes, &Outcome::leaseId),
                                             column(outcomes, [](const Outcome &o) { return o.end.runAt; }));
        const QSet<QUuid> ours(held.begin(), held.end());

        QList<RunStore::AttemptEnd> attempts;
        for (const Outcome &outcome : std::as_const(outcomes))
            if (outcome.attempt)
                attempts.append(*outcome.attempt);
        const auto settledNow = RunStore::settleAttempts(tx, attempts);
        const QSet<QUuid> settled(settledNow.begin(), settledNow.end());

        QList<RunStore::JobEnd> ends;
        QList<UsageStore::Call> calls;
        for (Outcome outcome : outcomes) {
            if (!ours.contains(outcome.job.id))
                outcome.end.state.reset();
            const bool isFresh = outcome.attempt && settled.contains(outcome.attempt->id);
            if (isFresh && outcome.wasCalled)
                calls.append(ledgerRow(outcome));
            if (!isFresh) {
                outcome.end.usage = {};
                outcome.end.costNanos.reset();
            }
            if (isFresh || outcome.end.state)
                ends.append(outcome.end);
        }
        EventLog::append(tx, events(RunStore::settleJobs(tx, ends)));
        UsageStore::record(tx, calls); // last: its locks on the sums of the day are held for the shortest time
    });
}

} // namespace Settlement
