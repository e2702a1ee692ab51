// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_action_step.h"

#include "server/batches/batch_store.h"
#include "server/events/event_log.h"
#include "server/jobs/job_action_store.h"
#include "server/jobs/job_events.h"
#include "server/jobs/run_store.h"

namespace JobActionStep {
namespace {

constexpr int jobsAtOnce = 500;

QList<QUuid> apply(Transaction &tx, const JobAction &action, const QList<QUuid> &jobs)
{
    if (action.kind == JobActionKind::Discard)
        return JobStore::discardMany(tx, jobs, action.reason);
    return JobStore::requeueMany(tx, jobs, {JobState::Failed, JobState::Canceled, JobState::Dead});
}

Result step(Transaction &tx, const JobActionStore::Taken &taken)
{
    Result result{.didSomething = true, .hasQueued = false, .tenantsWithBatches = {}};
    const auto action = JobActionStore::lock(tx, taken.actionId);
    if (!action || action->state != JobActionState::Running)
        return result;
    const auto jobs = JobActionStore::takeJobs(tx, action->id, jobsAtOnce);
    const auto done = apply(tx, *action, jobs);
    QList<NewEvent> events;
    for (const Job &job : RunStore::overviews(tx, done)) {
        events.append(jobEvent(job));
        if (job.batchId)
            result.tenantsWithBatches.insert(taken.tenantId);
    }
    EventLog::append(tx, events);
    JobActionStore::count(tx, action->id, int(done.size()), int(jobs.size() - done.size()));
    if (jobs.size() < jobsAtOnce)
        JobActionStore::end(tx, action->id, JobActionState::Completed);
    JobActionStore::announce(tx, JobActionStore::find(tx, action->id).value());
    result.hasQueued = action->kind == JobActionKind::Replay && !done.isEmpty();
    return result;
}

} // namespace

Result run(Database &database)
{
    const auto taken = database.platform([](Transaction &tx) { return JobActionStore::take(tx); });
    if (!taken)
        return {};
    const Result result = database.transaction({taken->tenantId}, [&](Transaction &tx) { return step(tx, *taken); });
    database.platform([&](Transaction &tx) { JobActionStore::release(tx, taken->actionId); });
    return result;
}

} // namespace JobActionStep
