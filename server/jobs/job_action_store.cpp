// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_action_store.h"

#include "server/events/event_log.h"

using namespace Qt::StringLiterals;

namespace JobActionStore {

void insert(Transaction &tx, const JobAction &action)
{
    tx.run("INSERT INTO job_actions (id, kind, reason, user_id, user_name) VALUES ($1, $2, $3, $4, $5)", action.id,
           action.kind, action.reason, action.userId, action.userName);
}

void choose(Transaction &tx, const QUuid &id, const QList<QUuid> &jobs)
{
    tx.run("INSERT INTO job_action_jobs (action_id, job_id) SELECT $1, job FROM unnest($2::uuid[]) AS job", id, jobs);
}

void begin(Transaction &tx, const QUuid &id, int jobs)
{
    tx.run("UPDATE job_actions SET jobs = $2 WHERE id = $1", id, jobs);
    tx.run("SELECT platform.job_action_begins($1)", id);
}

std::optional<JobAction> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<JobAction>("SELECT * FROM job_actions WHERE id = $1", id);
}

std::optional<JobAction> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<JobAction>("SELECT * FROM job_actions WHERE id = $1 FOR UPDATE", id);
}

QList<JobAction> list(Transaction &tx, const JobActionFilter &filter, int limit, const std::optional<QUuid> &before,
                      const std::optional<QUuid> &userId)
{
    return tx.all<JobAction>(R"(
        SELECT * FROM job_actions
        WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR state = $2) AND ($4::uuid IS NULL OR user_id = $4)
        ORDER BY id DESC
        LIMIT $3)",
                             before, filter.state, limit, userId);
}

QList<QUuid> takeJobs(Transaction &tx, const QUuid &id, int limit)
{
    return tx.all<QUuid>(R"(
        DELETE FROM job_action_jobs
        WHERE action_id = $1 AND job_id IN (
            SELECT job_id FROM job_action_jobs WHERE action_id = $1 ORDER BY job_id LIMIT $2)
        RETURNING job_id)",
                         id, limit);
}

void count(Transaction &tx, const QUuid &id, int done, int skipped)
{
    tx.run("UPDATE job_actions SET done = done + $2, skipped = skipped + $3 WHERE id = $1", id, done, skipped);
}

void end(Transaction &tx, const QUuid &id, JobActionState state)
{
    tx.run("UPDATE job_actions SET state = $2, finished_at = now() WHERE id = $1", id, state);
    tx.run("DELETE FROM job_action_jobs WHERE action_id = $1", id);
    tx.run("SELECT platform.job_action_ends($1)", id);
}

void announce(Transaction &tx, const JobAction &action)
{
    EventLog::append(tx,
                     {{u"job-action/"_s + action.id.toString(QUuid::WithoutBraces),
                       u"jobAction."_s + json::name(action.state), json::print(action)}});
}

std::optional<Taken> take(Transaction &tx)
{
    return tx.maybe<Taken>(R"(
        UPDATE active_job_actions SET taken_until = now() + interval '1 minute'
        WHERE action_id = (SELECT action_id FROM active_job_actions WHERE taken_until < now()
                           ORDER BY taken_until, action_id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING action_id, tenant_id)");
}

void release(Transaction &tx, const QUuid &actionId)
{
    tx.run("UPDATE active_job_actions SET taken_until = '-infinity' WHERE action_id = $1", actionId);
}

} // namespace JobActionStore
