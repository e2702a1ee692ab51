// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_counts.h"

#include "shared/jobs/endpoints.h"

namespace {

constexpr int countedAtMost = 1000; // one page; shown as "999+" from there on

} // namespace

JobCounts::JobCounts(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    connect(&workspace.live(), &LiveClient::reload, this, &JobCounts::reload);
}

void JobCounts::reload()
{
    count({JobState::Queued, JobState::Running}, &JobCounts::m_running);
    count({JobState::Dead}, &JobCounts::m_dead);
}

void JobCounts::count(const QList<JobState> &states, QSet<QUuid> JobCounts::*into)
{
    m_workspace.api().call(endpoints::jobs::list, {.states = states, .limit = countedAtMost}, this,
                           [this, into](const Result<Page<Job>> &page) {
                               if (!page)
                                   return; // the list itself says what is wrong
                               (this->*into).clear();
                               for (const Job &job : page->items)
                                   (this->*into).insert(job.id);
                               Q_EMIT changed();
                           });
}

void JobCounts::note(const Job &job)
{
    const auto before = std::pair(running(), dead());
    hasEnded(job.state) ? (void)m_running.remove(job.id) : (void)m_running.insert(job.id);
    job.state == JobState::Dead ? (void)m_dead.insert(job.id) : (void)m_dead.remove(job.id);
    if (before != std::pair(running(), dead()))
        Q_EMIT changed();
}

void JobCounts::forget(const QUuid &id)
{
    if (m_running.remove(id) || m_dead.remove(id))
        Q_EMIT changed();
}
