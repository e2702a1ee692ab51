// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_action_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/jobs/job_action_store.h"
#include "server/jobs/job_service.h"
#include "server/permissions/access.h"
#include "shared/error.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

ApiError noAction() { return ApiError::notFound(u"What was to be done to many jobs"_s); }

QString titleOf(const JobAction &action)
{
    return (action.kind == JobActionKind::Replay ? u"%1 jobs queued again"_s : u"%1 jobs discarded"_s).arg(action.jobs);
}

// Who may not read all jobs sees only what they do themselves.
std::optional<QUuid> whose(const Caller &caller)
{
    return Access::seesAll(caller, Ability::JobsRead) ? std::nullopt : std::optional(caller.userId);
}

void checkFilter(JobFilter &filter, const QList<JobState> &possible)
{
    if (filter.limit)
        throw ApiError::invalid(u"/filter/limit"_s, u"must be absent: all that match are meant"_s);
    if (filter.cursor)
        throw ApiError::invalid(u"/filter/cursor"_s, u"must be absent: all that match are meant"_s);
    if (!filter.states || filter.states->isEmpty())
        filter.states = {JobState::Dead};
    for (const JobState state : *filter.states)
        if (!possible.contains(state))
            throw ApiError::invalid(u"/filter/state"_s, u"must not be %1 here"_s.arg(json::name(state)));
}

} // namespace

JobAction JobActionService::begin(const Caller &caller, JobAction action, JobFilter filter, Ability needed)
{
    JobService::checkFilter(caller, filter);
    action.id = newId();
    action.userId = caller.userId;
    action.userName = caller.displayName;
    const JobAction begun = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        // Those that the caller may both read and do this to.
        JobStore::Scope scope = JobService::scopeOf(caller);
        if (!Access::seesAll(caller, needed))
            scope.rows.append({" AND ", Access::rows<Job>(caller, needed)});
        const auto jobs = JobStore::listIds(tx, filter, mostActionJobs, scope);
        JobActionStore::insert(tx, action);
        JobActionStore::choose(tx, action.id, jobs);
        JobActionStore::begin(tx, action.id, int(jobs.size()));
        const JobAction now = JobActionStore::find(tx, action.id).value();
        JobActionStore::announce(tx, now);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(needed),
                          .subject = {now.id, titleOf(now)},
                          .after = AuditJson::of(now),
                          .reason = action.reason});
        return now;
    });
    m_changed();
    return begun;
}

JobAction JobActionService::replay(const Caller &caller, const ReplayAllRequest &request)
{
    JobFilter filter = request.filter;
    checkFilter(filter, {JobState::Failed, JobState::Canceled, JobState::Dead});
    JobAction action;
    action.kind = JobActionKind::Replay;
    return begin(caller, action, filter, Ability::JobsReplay);
}

JobAction JobActionService::discard(const Caller &caller, const DiscardAllRequest &request)
{
    JobFilter filter = request.filter;
    checkFilter(filter, {JobState::Dead});
    JobAction action;
    action.kind = JobActionKind::Discard;
    action.reason = request.reason;
    return begin(caller, action, filter, Ability::JobsDiscard);
}

Page<JobAction> JobActionService::list(const Caller &caller, const JobActionFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<JobAction> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return JobActionStore::list(tx, filter, limit + 1, before, whose(caller));
    });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

JobAction JobActionService::get(const Caller &caller, const QUuid &id)
{
    const auto action =
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return JobActionStore::find(tx, id); });
    const auto user = whose(caller);
    return action && (!user || action->userId == user) ? *action : throw noAction();
}

JobAction JobActionService::cancel(const Caller &caller, const QUuid &id)
{
    const JobAction canceled = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto before = JobActionStore::lock(tx, id);
        if (!before)
            throw noAction();
        const Ability needed = before->kind == JobActionKind::Replay ? Ability::JobsReplay : Ability::JobsDiscard;
        if (!caller.may(needed))
            throw ApiError::forbidden(u"This needs the ability %1."_s.arg(json::name(needed)));
        if (before->state != JobActionState::Running)
            throw ApiError::conflict(u"It has ended already: it is %1."_s.arg(json::name(before->state)));
        JobActionStore::end(tx, id, JobActionState::Canceled);
        const JobAction now = JobActionStore::find(tx, id).value();
        JobActionStore::announce(tx, now);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(needed),
                          .subject = {id, titleOf(now)},
                          .before = AuditJson::of(*before),
                          .after = AuditJson::of(now),
                          .reason = u"Stopped."_s});
        return now;
    });
    m_changed();
    return canceled;
}
