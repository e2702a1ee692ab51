// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_service.h"

#include "server/audit/audit_log.h"
#include "server/batches/batch_progress.h"
#include "server/database/cursor.h"
#include "server/jobs/job_events.h"
#include "server/jobs/job_store.h"
#include "server/permissions/access.h"
#include "server/queue/queue_store.h"
#include "server/templates/template_store.h"
#include "server/tenants/tenant_limit.h"
#include "shared/error.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 100;
constexpr qsizetype largestMetadata = 16 * 1024; // bytes

ApiError noJob() { return ApiError::notFound(u"The job"_s); }

// The time within an id of version 7 (RFC 9562, section 5.7), so that a job's id and its time never disagree.
QDateTime timeOf(const QUuid &id) { return QDateTime::fromMSecsSinceEpoch(qint64(id.data1) << 16 | id.data2, Qt::UTC); }

Job found(Transaction &tx, const QUuid &id)
{
    const auto job = JobStore::find(tx, id);
    return job ? *job : throw noJob();
}

// One that the caller may read.
Job found(Transaction &tx, const Caller &caller, const QUuid &id)
{
    return Access::readable(caller, Ability::JobsRead, JobStore::find(tx, id), noJob());
}

// A template is used by whoever may read it; for the others there is none.
void checkTemplate(Transaction &tx, const Caller &caller, const GenerateRequest &request)
{
    if (!request.promptTemplate || Access::seesAll(caller, Ability::TemplatesRead))
        return;
    const auto used = TemplateStore::findBySlug(tx, *request.promptTemplate);
    if (!used || !Access::may(caller, Ability::TemplatesRead, *used))
        throw ApiError::invalid(u"/template"_s, u"names no template: “%1”"_s.arg(*request.promptTemplate));
}

// What a queued job waits for; nothing where it is being taken.
std::optional<JobWait> waitOf(Transaction &tx, const Job &job, const QList<RunningLimit> &serverLimits)
{
    const auto place = QueueStore::place(tx, job.id);
    if (!place)
        return std::nullopt;
    if (place->paused)
        return JobWait{WaitReason::Pause, {}, {}};
    if (place->runAt > QDateTime::currentDateTimeUtc())
        return JobWait{WaitReason::Time, {}, {}};
    if (place->planLimit && place->inTenant >= *place->planLimit)
        return JobWait{WaitReason::TenantLimit, {}, place->planLimit};
    const QString provider = job.model.section(u'/', 0, 0);
    const auto isReached = [&](const QString &model, int limit, int inAll, int withProvider, int withModel) {
        return (model.isEmpty() && inAll >= limit) || (model == provider && withProvider >= limit)
            || (model == job.model && withModel >= limit);
    };
    const auto models = place->ownModels.value_or(QList<QString>());
    const auto amounts = place->ownAmounts.value_or(QList<int>());
    for (qsizetype i = 0; i < models.size(); ++i)
        if (isReached(models[i], amounts[i], place->inTenant, place->withProvider, place->withModel))
            return JobWait{WaitReason::OwnLimit, models[i], amounts[i]};
    for (const RunningLimit &limit : serverLimits)
        if (isReached(limit.model, limit.amount, 0, place->allWithProvider, place->allWithModel))
            return JobWait{WaitReason::ServerLimit, limit.model, limit.amount};
    return JobWait{WaitReason::Turn, {}, {}};
}

// Without its output, which is what the model wrote and not what a person changed.
QJsonObject audited(Job job)
{
    job.output.reset();
    return AuditJson::of(job);
}

QString labelOf(const Job &job) { return job.templateName.isEmpty() ? job.model : job.templateName; }

} // namespace

JobService::JobService(Database &database, QueueSignal &signal, CheckModel checkModel, Changed changed,
                       JobServiceOptions options)
    : m_database(database),
      m_signal(signal),
      m_checkModel(std::move(checkModel)),
      m_changed(std::move(changed)),
      m_options(options)
{
}

JobService::Generated JobService::generate(const Caller &caller, const GenerateRequest &request,
                                           const std::optional<Idempotency::Key> &key)
{
    return generate(caller, request, key, Ability::JobsCreate, {});
}

JobService::Generated JobService::generate(const Caller &caller, const GenerateRequest &request,
                                           const std::optional<Idempotency::Key> &key, Ability needed, const Also &also)
{
    checkMetadata(request.metadata);
    const Generated generated = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (!key) {
            const Generated made = findOrMake(tx, caller, request, needed);
            if (also)
                also(tx, made.job);
            return made;
        }
        if (const auto before = Idempotency::madeBefore(tx, caller.userId, *key))
            return Generated{found(tx, *before), false, true};
        const Generated first = findOrMake(tx, caller, request, needed);
        Idempotency::made(tx, caller.userId, *key, first.job.id);
        return first;
    });
    if (generated.isNew) {
        m_signal.added(generated.job.runAt);
        m_changed();
    }
    return generated;
}

JobService::Generated JobService::findOrMake(Transaction &tx, const Caller &caller, const GenerateRequest &request,
                                             Ability needed)
{
    checkTemplate(tx, caller, request);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime dueBy = request.runAt.value_or(now);
    const QDateTime completedSince = now.addSecs(-m_options.cacheAge.count());
    const Generation plan = Generation::plan(tx, caller.tenantId, request);
    if (request.cache == CacheUse::Use) {
        // Mostly it is there, and needs no lock; where it is not, the next look decides.
        auto same = JobStore::findSame(tx, plan.inputHash, dueBy, completedSince);
        if (!same) {
            JobStore::lockInput(tx, plan.inputHash);
            same = JobStore::findSame(tx, plan.inputHash, dueBy, completedSince);
        }
        // What somebody else has asked for is an answer for those who may read it.
        if (same && Access::may(caller, Ability::JobsRead, *same)) {
            same->cacheHit = same->state == JobState::Completed;
            return {*same, false};
        }
    }
    m_checkModel(tx, caller.tenantId, plan.model);
    return {make(tx, caller, request, plan, needed), true};
}

Job JobService::make(Transaction &tx, const Caller &caller, const GenerateRequest &request, const Generation &plan,
                     Ability needed)
{
    Job job;
    job.id = newId();
    job.priority = request.priority;
    job.templateId = plan.templateId;
    job.templateSlug = plan.templateSlug;
    job.templateName = plan.templateName;
    job.templateVersion = plan.templateVersion;
    job.model = plan.model;
    job.userId = caller.userId;
    job.userName = caller.displayName;
    job.maxAttempts = request.maxAttempts.value_or(m_options.maxAttempts);
    job.metadata = request.metadata;
    job.createdAt = timeOf(job.id);
    job.runAt = request.runAt ? std::max(*request.runAt, job.createdAt) : job.createdAt;
    requireRoom(tx, caller, TenantLimit::JobsPerDay);
    requireRoom(tx, caller, TenantLimit::WaitingJobs);
    if (needed == Ability::JobsCreate)
        Access::requireNew(caller, needed, job, request);
    else
        Access::require(caller, needed, job);
    JobStore::insert(tx, job, plan, plan.messages());
    EventLog::append(tx, {jobEvent(job)});
    return job;
}

JobService::Generated JobService::generateIn(Transaction &tx, const Caller &caller, const GenerateRequest &request)
{
    return findOrMake(tx, caller, request, Ability::JobsCreate);
}

void JobService::requireModel(Transaction &tx, const QUuid &tenantId, const QString &model)
{
    m_checkModel(tx, tenantId, model);
}

QList<QUuid> JobService::cancelIn(Transaction &tx, const QList<QUuid> &ids)
{
    QList<QUuid> running;
    QList<NewEvent> events;
    for (const QUuid &id : ids) {
        const bool isRunning = QueueStore::withdraw(tx, id) == QueueStore::Withdrawal::Leased;
        const auto state = JobStore::lock(tx, id);
        if (!state || hasEnded(*state))
            continue;
        JobStore::cancelMany(tx, {id});
        events.append(jobEvent(found(tx, id)));
        if (isRunning)
            running.append(id);
    }
    EventLog::append(tx, events);
    return running;
}

void JobService::checkFilter(const Caller &caller, const JobFilter &filter)
{
    const std::tuple<bool, QString, QList<QString>> given[] = {
        {filter.states.has_value(), u"state"_s, {u"state"_s}},
        {filter.templateId.has_value(), u"templateId"_s, {u"templateId"_s}},
        {filter.model.has_value(), u"model"_s, {u"model"_s}},
        {filter.userId.has_value(), u"userId"_s, {u"userId"_s}},
        {filter.minCostNanos.has_value(), u"minCostNanos"_s, {u"costNanos"_s}},
        {filter.maxCostNanos.has_value(), u"maxCostNanos"_s, {u"costNanos"_s}},
        {filter.batch.has_value(), u"batch"_s, {u"batchId"_s}},
        {filter.scheduled.has_value(), u"scheduled"_s, {u"state"_s, u"runAt"_s, u"attemptCount"_s}},
        {filter.from || filter.to, filter.from ? u"from"_s : u"to"_s, {u"createdAt"_s}},
        {filter.search.has_value(), u"search"_s, {u"model"_s, u"templateSlug"_s, u"templateName"_s}}};
    for (const auto &[isGiven, parameter, fields] : given)
        if (isGiven)
            Access::requireVisible(caller, Ability::JobsRead, parameter, fields);
}

JobStore::Scope JobService::scopeOf(const Caller &caller)
{
    const bool seesTemplates =
        Access::seesAll(caller, Ability::TemplatesRead) && (!caller.policy || !caller.policy->speaksOfFields());
    return {Access::rows<Job>(caller, Ability::JobsRead), seesTemplates};
}

void JobService::checkMetadata(const QJsonObject &metadata)
{
    if (json::print(metadata).size() > largestMetadata)
        throw ApiError::invalid(u"/metadata"_s, u"must be smaller than %1 KiB"_s.arg(largestMetadata / 1024));
}

Page<Job> JobService::list(const Caller &caller, const JobFilter &filter)
{
    checkFilter(caller, filter);
    const int limit = filter.limit.value_or(pageSize);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1)) {
        before = QUuid::fromString(keys->first());
        if (before->isNull())
            cursor::refuse();
    }
    Page<Job> page;
    const JobStore::Scope scope = scopeOf(caller);
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return JobStore::list(tx, filter, limit + 1, before, scope); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

JobDetail JobService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        auto detail = JobStore::findDetail(tx, id);
        if (!detail || !Access::may(caller, Ability::JobsRead, detail->job))
            throw noJob();
        if (detail->job.state == JobState::Queued)
            detail->waitsFor = waitOf(tx, detail->job, m_options.serverLimits);
        return *detail;
    });
}

Job JobService::job(const TenantScope &tenant, const QUuid &id)
{
    return m_database.transaction(tenant, [&](Transaction &tx) { return found(tx, id); });
}

QList<Job> JobService::jobs(const TenantScope &tenant, const QList<QUuid> &ids)
{
    return m_database.transaction(tenant, [&](Transaction &tx) { return JobStore::findMany(tx, ids); });
}

// Runs change(tx), which locks the job, and writes the event of what came of it.
template<class Change>
Job JobService::changed(const Caller &caller, const QUuid &id, Ability ability, const QString &reason, Change &&change)
{
    const Job job = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Job before = found(tx, caller, id);
        Access::require(caller, ability, before);
        change(tx);
        const Job changed = found(tx, id);
        EventLog::append(tx, {jobEvent(changed)});
        BatchProgress::publish(tx, BatchStore::ofJob(tx, id));
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(ability),
                          .subject = {id, labelOf(changed)},
                          .before = audited(before),
                          .after = audited(changed),
                          .reason = reason});
        return changed;
    });
    m_changed();
    return job;
}

Job JobService::update(const Caller &caller, const QUuid &id, const JobChange &change)
{
    if (!change.priority && !change.runAt)
        throw ApiError::invalid(u""_s, u"says nothing to change: give priority or runAt"_s);
    JobChange wanted = change;
    if (change
            .runAt) // the queue looks at the time of the database's transactions, which may have begun a little earlier
        wanted.runAt = std::max(*change.runAt, QDateTime::currentDateTimeUtc());
    const Job job = changed(caller, id, Ability::JobsUpdate, {}, [&](Transaction &tx) {
        Access::requireFields(caller, Ability::JobsUpdate, found(tx, id), change);
        const bool isFree = QueueStore::move(tx, id, wanted.priority, wanted.runAt);
        const auto state = JobStore::lock(tx, id);
        if (!state)
            throw noJob();
        if (!isFree || *state != JobState::Queued)
            throw ApiError::conflict(u"Only a queued job can be changed: this one is %1."_s.arg(
                *state == JobState::Queued ? u"just being taken"_s : QString(json::name(*state))));
        JobStore::move(tx, id, wanted);
    });
    m_signal.added(job.runAt);
    return job;
}

// The row of the queue is locked before that of the job, as the worker does when it settles. A running job keeps its
// row: its worker, or who takes over from it, stops the call, settles the attempt and takes the row away.
Job JobService::cancel(const Caller &caller, const QUuid &id)
{
    bool isRunning = false;
    const Job job = changed(caller, id, Ability::JobsCancel, {}, [&](Transaction &tx) {
        isRunning = QueueStore::withdraw(tx, id) == QueueStore::Withdrawal::Leased;
        const auto state = JobStore::lock(tx, id);
        if (!state)
            throw noJob();
        if (hasEnded(*state))
            throw ApiError::conflict(u"The job has ended already: it is %1."_s.arg(json::name(*state)));
        JobStore::cancelMany(tx, {id});
    });
    if (isRunning)
        m_signal.canceled(id);
    return job;
}

Job JobService::retry(const Caller &caller, const QUuid &id)
{
    const Job job = changed(caller, id, Ability::JobsReplay, {}, [&](Transaction &tx) {
        const auto withdrawal = QueueStore::withdraw(tx, id);
        const auto state = JobStore::lock(tx, id);
        if (!state)
            throw noJob();
        if (!hasEnded(*state) || *state == JobState::Completed)
            throw ApiError::conflict(
                u"Only a failed, canceled or dead job can be tried again: this one is %1."_s.arg(json::name(*state)));
        if (withdrawal == QueueStore::Withdrawal::Leased)
            throw ApiError::conflict(u"The job's last call is still being stopped. Try again in a moment."_s);
        JobStore::requeueMany(tx, {id}, {*state});
    });
    m_signal.added(job.runAt);
    return job;
}

Job JobService::replay(const Caller &caller, const QUuid &id, const ReplayRequest &change)
{
    const JobDetail old = get(caller, id);
    Access::require(caller, Ability::JobsReplay, old.job);
    GenerateRequest request;
    request.cache = CacheUse::Bypass;
    request.priority = old.job.priority;
    request.metadata = old.job.metadata;
    request.model = change.model.value_or(old.job.model);
    request.parameters = change.parameters.value_or(old.parameters);
    if (old.job.templateSlug.isEmpty()) {
        request.messages = change.messages.value_or(old.messages);
        request.version = change.version; // refused with a pointer, and so are variables
        request.variables = change.variables.value_or(QJsonObject());
    } else {
        request.messages = change.messages; // refused with a pointer
        request.promptTemplate = old.job.templateSlug;
        request.version = change.version ? change.version : old.job.templateVersion;
        request.variables = change.variables.value_or(old.variables);
    }
    const auto record = [&](Transaction &tx, const Job &job) {
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::JobsReplay),
                          .subject = {job.id, labelOf(job)},
                          .after = audited(job),
                          .reason = u"Made from the job %1."_s.arg(id.toString(QUuid::WithoutBraces))});
    };
    return generate(caller, request, {}, Ability::JobsReplay, record).job;
}

void JobService::discard(const Caller &caller, const QUuid &id, const DiscardRequest &request)
{
    changed(caller, id, Ability::JobsDiscard, request.reason, [&](Transaction &tx) {
        const auto state = JobStore::lock(tx, id);
        if (!state)
            throw noJob();
        if (*state != JobState::Dead)
            throw ApiError::conflict(u"Only a dead letter can be discarded: this job is %1."_s.arg(json::name(*state)));
        JobStore::discardMany(tx, {id}, request.reason);
    });
}
