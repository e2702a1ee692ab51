// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_maker.h"

#include "server/batches/batch_progress.h"
#include "server/database/columns.h"
#include "server/events/event_log.h"
#include "server/jobs/job_events.h"
#include "server/jobs/job_store.h"
#include "server/jobs/run_store.h"
#include "server/permissions/access.h"
#include "server/queue/queue_store.h"
#include "server/tenants/tenant_limit.h"
#include "shared/error.h"
#include "shared/id.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using database::column;

namespace BatchMaker {
namespace {

constexpr qsizetype jobsAtOnce = 2000; // in a statement

// What all rows have in common stands in the batch.
void describe(Batch &batch, const QList<PreparedGeneration> &rows)
{
    const Generation &first = rows.first().plan;
    const auto all = [&](auto &&same) { return std::all_of(rows.begin(), rows.end(), same); };
    if (all([&](const PreparedGeneration &row) { return row.plan.model == first.model; }))
        batch.model = first.model;
    if (!all([&](const PreparedGeneration &row) { return row.plan.templateId == first.templateId; }))
        return;
    batch.templateId = first.templateId;
    batch.templateSlug = first.templateSlug;
    batch.templateName = first.templateName;
    if (all([&](const PreparedGeneration &row) { return row.plan.templateVersion == first.templateVersion; }))
        batch.templateVersion = first.templateVersion;
}

JobStore::NewJob newJob(const Caller &caller, const Batch &batch, const BatchDraft &draft,
                        const PreparedGeneration &row, int maxAttempts)
{
    JobStore::NewJob made{.job = {},
                          .inputHash = row.plan.inputHash,
                          .variables = row.plan.variables,
                          .parameters = row.plan.parameters,
                          .messages = row.messages,
                          .includes = row.plan.includes};
    Job &job = made.job;
    job.id = newId();
    job.priority = draft.priority;
    job.templateId = row.plan.templateId;
    job.templateSlug = row.plan.templateSlug;
    job.templateName = row.plan.templateName;
    job.templateVersion = row.plan.templateVersion;
    job.model = row.plan.model;
    job.userId = caller.userId;
    job.userName = caller.displayName;
    job.batchId = batch.id;
    job.maxAttempts = maxAttempts;
    job.metadata = draft.metadata;
    job.createdAt = batch.createdAt;
    job.runAt = draft.runAt ? std::max(*draft.runAt, job.createdAt) : job.createdAt;
    return made;
}

QHash<QByteArray, Job> there(Transaction &tx, const Caller &caller, const BatchDraft &draft,
                             const QList<PreparedGeneration> &rows, std::chrono::seconds cacheAge)
{
    QSet<QByteArray> hashes;
    for (const PreparedGeneration &row : rows)
        if (row.cache == CacheUse::Use)
            hashes.insert(row.plan.inputHash);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    auto same = JobStore::findSameMany(tx, QList<QByteArray>(hashes.begin(), hashes.end()), draft.runAt.value_or(now),
                                       now.addSecs(-cacheAge.count()));
    for (auto it = same.begin(); it != same.end();)
        it = Access::may(caller, Ability::JobsRead, *it) ? std::next(it) : same.erase(it);
    return same;
}

void count(Batch &batch, JobState state)
{
    int Batch::*const counts[] = {&Batch::queued, &Batch::running,  &Batch::completed,
                                  &Batch::failed, &Batch::canceled, &Batch::dead};
    ++(batch.*counts[std::size_t(state)]);
}

Batch found(Transaction &tx, const QUuid &id)
{
    const auto batch = BatchStore::lock(tx, id);
    return batch ? *batch : throw ApiError::notFound(u"The batch"_s);
}

Batch paused(Transaction &tx, const QUuid &id, BatchState from, BatchState to)
{
    const Batch before = found(tx, id);
    if (before.state == to)
        return before;
    if (before.state != from)
        throw ApiError::conflict(u"The batch has ended: it is %1."_s.arg(json::name(before.state)));
    QueueStore::pauseBatch(tx, id, to == BatchState::Paused);
    BatchStore::setState(tx, id, to, false);
    const Batch after = BatchStore::find(tx, id).value();
    BatchProgress::announce(tx, after, to == BatchState::Paused ? "batch.paused" : "batch.resumed");
    return after;
}

void announceJobs(Transaction &tx, const QList<QUuid> &ids)
{
    const auto now = RunStore::overviews(tx, ids);
    QList<NewEvent> events;
    for (const Job &job : now)
        events.append(jobEvent(job));
    EventLog::append(tx, events);
}

} // namespace

Batch make(Transaction &tx, const Caller &caller, const BatchDraft &draft, const QList<PreparedGeneration> &rows,
           const JobServiceOptions &options, Ability needed, QList<QUuid> *jobs)
{
    Batch batch;
    batch.id = newId();
    batch.kind = draft.kind;
    batch.ownerId = draft.ownerId;
    batch.name = draft.name;
    batch.priority = draft.priority;
    batch.userId = caller.userId;
    batch.userName = caller.displayName;
    batch.rows = int(rows.size());
    batch.createdAt = QDateTime::currentDateTimeUtc();
    describe(batch, rows);

    BatchStore::lockMaking(tx);
    const auto before = there(tx, caller, draft, rows, options.cacheAge);
    const auto states = BatchStore::join(tx, column(before.values(), &Job::id));
    QHash<QByteArray, QUuid> made; // by input
    QList<JobStore::NewJob> news;
    QList<BatchStore::RowJob> leads;
    leads.reserve(rows.size());
    for (const PreparedGeneration &row : rows) {
        const bool shares = row.cache == CacheUse::Use;
        const auto same = shares ? before.constFind(row.plan.inputHash) : before.constEnd();
        const bool isThere = same != before.constEnd()
            && (same->state == JobState::Completed || states.contains(same->id)); // else it ended just now
        const auto twin = shares ? made.constFind(row.plan.inputHash) : made.constEnd();
        if (isThere) {
            leads.append({same->id, true});
            count(batch, states.value(same->id, same->state));
        } else if (twin != made.constEnd()) {
            leads.append({*twin, true});
            count(batch, JobState::Queued);
        } else {
            news.append(newJob(caller, batch, draft, row, draft.maxAttempts.value_or(options.maxAttempts)));
            Access::require(caller, needed, news.last().job);
            leads.append({news.last().job.id, false});
            count(batch, JobState::Queued);
            if (shares)
                made.insert(row.plan.inputHash, news.last().job.id);
        }
        batch.shared += leads.last().isShared;
    }
    if (!news.isEmpty()) {
        requireRoom(tx, caller, TenantLimit::JobsPerDay, news.size());
        requireRoom(tx, caller, TenantLimit::WaitingJobs, news.size());
    }
    if (batch.queued + batch.running == 0) {
        batch.state = BatchState::Completed;
        batch.finishedAt = batch.createdAt;
    } else {
        QueueStore::beginBatch(tx, batch.id);
    }
    BatchStore::insert(tx, batch, leads);
    for (qsizetype from = 0; from < news.size(); from += jobsAtOnce) {
        const auto some = news.mid(from, jobsAtOnce);
        JobStore::insertMany(tx, some);
        EventLog::append(tx, column(some, [](const JobStore::NewJob &one) { return jobEvent(one.job); }));
    }
    BatchProgress::announce(tx, batch, "batch.created");
    if (jobs)
        *jobs = column(leads, &BatchStore::RowJob::jobId);
    return batch;
}

Batch pause(Transaction &tx, const QUuid &id) { return paused(tx, id, BatchState::Running, BatchState::Paused); }

Batch resume(Transaction &tx, const QUuid &id) { return paused(tx, id, BatchState::Paused, BatchState::Running); }

Stopped cancel(Transaction &tx, const QUuid &id)
{
    const Batch before = found(tx, id);
    if (before.state == BatchState::Completed || before.state == BatchState::Canceled)
        return {before, {}};
    // The rows of the queue before those of the jobs, as the worker does.
    const auto queued = QueueStore::withdrawBatch(tx, id);
    const QList<QUuid> all = queued.withdrawn + queued.leased;
    JobStore::cancelMany(tx, all);
    announceJobs(tx, all);
    BatchStore::setState(tx, id, BatchState::Canceled, false);
    BatchProgress::publish(tx, {id});
    return {BatchStore::find(tx, id).value(), queued.leased};
}

int retry(Transaction &tx, const QUuid &id)
{
    (void)found(tx, id);
    const QList<JobState> states{JobState::Failed, JobState::Dead};
    const auto again = JobStore::requeueMany(tx, BatchStore::ownJobs(tx, id, states), states);
    announceJobs(tx, again);
    BatchProgress::publish(tx, {id});
    return int(again.size());
}

} // namespace BatchMaker
