// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_actions.h"

#include "client/jobs/job_looks.h"
#include "shared/jobs/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto undoTime = 8s; // as long as the toast offers it

QString nameOf(const Job &job) { return shortId(job.id) + u" · "_s + shownTemplate(job); }

} // namespace

JobActions::JobActions(Workspace &workspace, JobsFeed &feed, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_feed(feed)
{
}

JobActions::~JobActions() = default;

bool JobActions::mayCancel(const Job &job) const
{
    return !hasEnded(job.state) && m_workspace.session().can(Ability::JobsCancel);
}

bool JobActions::mayRetry(const Job &job) const
{
    const bool retryable =
        job.state == JobState::Failed || job.state == JobState::Canceled || job.state == JobState::Dead;
    return retryable && m_workspace.session().can(Ability::JobsReplay);
}

bool JobActions::mayReplay(const Job &job) const
{
    return hasEnded(job.state) && m_workspace.session().can(Ability::JobsReplay);
}

bool JobActions::mayDiscard(const Job &job) const
{
    return job.state == JobState::Dead && m_workspace.session().can(Ability::JobsDiscard);
}

bool JobActions::mayChange(const Job &job) const
{
    return job.state == JobState::Queued && m_workspace.session().can(Ability::JobsUpdate);
}

void JobActions::showAs(Job job, JobState state)
{
    job.state = state;
    m_feed.showAs(job);
    Q_EMIT changed(job);
}

void JobActions::refused(const Job &before, const QString &what, const ApiError &error, std::function<void()> retry)
{
    m_feed.showAs(before);
    Q_EMIT changed(before);
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = nameOf(before) + u" — "_s + error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
}

void JobActions::cancel(const Job &job)
{
    if (!mayCancel(job))
        return;
    showAs(job, JobState::Canceled);
    m_workspace.api().call(endpoints::jobs::cancel.at(job.id), {}, this, [this, job](const Result<Job> &reply) {
        if (!reply)
            return refused(job, tr("Could not cancel the job"), reply.error(), [this, job] { cancel(job); });
        m_feed.put(*reply);
        Q_EMIT changed(*reply);
        const Job canceled = *reply;
        Q_EMIT toastRequested(
            {.title = tr("Job cancelled"),
             .text = nameOf(job),
             .undo = mayRetry(canceled) ? std::function<void()>([this, canceled] { retry(canceled); }) : nullptr});
    });
}

void JobActions::retry(const Job &job)
{
    if (!mayRetry(job))
        return;
    showAs(job, JobState::Queued);
    m_workspace.api().call(endpoints::jobs::retry.at(job.id), {}, this, [this, job](const Result<Job> &reply) {
        if (!reply)
            return refused(job, tr("Could not retry the job"), reply.error(), [this, job] { retry(job); });
        m_feed.put(*reply);
        Q_EMIT changed(*reply);
        const Job queued = *reply;
        Q_EMIT toastRequested(
            {.tone = Tone::Info, .title = tr("Job queued again"), .text = nameOf(job), .undo = [this, queued] {
                 const Job *now = m_feed.find(queued.id);
                 cancel(now ? *now : queued);
             }});
    });
}

void JobActions::replay(const Job &job, const ReplayRequest &request)
{
    if (!mayReplay(job))
        return;
    m_workspace.api().call(endpoints::jobs::replay.at(job.id), request, this,
                           [this, job, request](const Result<Job> &reply) {
                               if (!reply)
                                   return refused(job, tr("Could not replay the job"), reply.error(),
                                                  [this, job, request] { replay(job, request); });
                               m_feed.put(*reply);
                               const Job fresh = *reply;
                               Q_EMIT made(fresh);
                               Q_EMIT toastRequested({.tone = Tone::Info,
                                                      .title = tr("Replayed as a new job"),
                                                      .text = nameOf(fresh),
                                                      .undo = [this, fresh] {
                                                          const Job *now = m_feed.find(fresh.id);
                                                          cancel(now ? *now : fresh);
                                                      }});
                           });
}

void JobActions::change(const Job &job, const JobChange &change)
{
    if (!mayChange(job) || (!change.priority && !change.runAt))
        return;
    m_workspace.api().call(
        endpoints::jobs::update.at(job.id), change, this, [this, job, change](const Result<Job> &reply) {
            if (!reply)
                return refused(job, tr("Could not change the job"), reply.error(),
                               [this, job, change] { this->change(job, change); });
            m_feed.put(*reply);
            Q_EMIT changed(*reply);
            JobChange back;
            if (change.priority)
                back.priority = job.priority;
            if (change.runAt)
                back.runAt = job.runAt;
            Q_EMIT toastRequested({.tone = Tone::Info,
                                   .title = tr("Job changed"),
                                   .text = nameOf(job),
                                   .undo = [this, changed = *reply, back] { this->change(changed, back); }});
        });
}

void JobActions::runNow(const Job &job)
{
    JobChange now;
    now.runAt = QDateTime::currentDateTimeUtc();
    change(job, now);
}

// ---- several at once

struct JobActions::Group
{
    int left = 0;
    QList<Job> done;
    QList<Job> kept;
    ApiError error; // of the last that was refused
};

void JobActions::cancel(const QList<Job> &jobs) { together(Many::Cancel, jobs); }

void JobActions::retry(const QList<Job> &jobs) { together(Many::Retry, jobs); }

void JobActions::together(Many what, const QList<Job> &jobs)
{
    QList<Job> meant;
    std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(meant),
                 [&](const Job &job) { return what == Many::Cancel ? mayCancel(job) : mayRetry(job); });
    if (meant.size() == 1)
        return what == Many::Cancel ? cancel(meant.first()) : retry(meant.first());
    auto group = std::make_shared<Group>();
    group->left = int(meant.size());
    for (const Job &job : std::as_const(meant)) {
        showAs(job, what == Many::Cancel ? JobState::Canceled : JobState::Queued);
        const auto &endpoint = what == Many::Cancel ? endpoints::jobs::cancel : endpoints::jobs::retry;
        m_workspace.api().call(endpoint.at(job.id), {}, this, [this, what, group, job](const Result<Job> &reply) {
            if (reply) {
                group->done << *reply;
                m_feed.put(*reply);
            } else {
                group->kept << job;
                group->error = reply.error();
                m_feed.showAs(job);
            }
            Q_EMIT changed(reply ? *reply : job);
            if (--group->left == 0)
                groupAnswered(what, *group);
        });
    }
}

void JobActions::groupAnswered(Many what, const Group &group)
{
    const int done = int(group.done.size()), kept = int(group.kept.size());
    const bool cancels = what == Many::Cancel;
    if (kept > 0)
        Q_EMIT toastRequested({.tone = Tone::Danger,
                               .title = cancels ? tr("Could not cancel %1 of %n job(s)", nullptr, done + kept).arg(kept)
                                                : tr("Could not retry %1 of %n job(s)", nullptr, done + kept).arg(kept),
                               .text = group.error.detail,
                               .retry = [this, what, jobs = group.kept] { together(what, jobs); },
                               .details = QString::fromUtf8(json::print(group.error))});
    if (done > 0)
        Q_EMIT toastRequested(
            {.tone = Tone::Info,
             .title = cancels ? tr("%n job(s) cancelled", nullptr, done) : tr("%n job(s) queued again", nullptr, done),
             .undo = [this, what, jobs = group.done] {
                 together(what == Many::Cancel ? Many::Retry : Many::Cancel, jobs);
             }});
}

void JobActions::discard(const Job &job, const QString &reason)
{
    if (!mayDiscard(job) || m_discards.contains(job.id))
        return;
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, job, reason] {
        m_discards.take(job.id)->deleteLater();
        m_workspace.api().call(endpoints::jobs::discard.at(job.id), {reason}, this,
                               [this, job, reason](const Result<Nothing> &reply) {
                                   if (!reply && reply.error().status != 404)
                                       return refused(job, tr("Could not discard the dead letter"), reply.error(),
                                                      [this, job, reason] { discard(job, reason); });
                                   m_feed.drop(job.id);
                               });
    });
    timer->start(undoTime);
    m_discards.insert(job.id, timer);
    m_feed.hide(job.id);
    Q_EMIT toastRequested({.title = tr("Dead letter discarded"), .text = nameOf(job), .undo = [this, job] {
                               if (QTimer *waiting = m_discards.take(job.id)) {
                                   waiting->deleteLater();
                                   m_feed.showAs(job);
                               }
                           }});
}
