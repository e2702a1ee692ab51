// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_run.h"

#include "shared/jobs/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString topicOf(const QUuid &job) { return u"job/"_s + job.toString(QUuid::WithoutBraces); }

} // namespace

TemplateRun::TemplateRun(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_poll.setInterval(2s);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (!isConnected())
            ask();
    });
    // The job may have ended before the server knew that somebody listens.
    connect(&m_workspace.live(), &LiveClient::subscribed, this, [this](const QStringList &topics) {
        if (m_active && m_job && topics.contains(topicOf(m_job->id)))
            ask();
    });
    connect(&m_workspace.live(), &LiveClient::reload, this, [this] {
        if (m_active)
            ask();
    });
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, [this] {
        if (m_active)
            Q_EMIT changed();
    });
}

void TemplateRun::forget()
{
    m_call.cancel();
    m_poll.stop();
    if (m_job)
        m_workspace.live().unsubscribe(topicOf(m_job->id), this);
    m_job.reset();
    m_output.clear();
    m_elapsedMs = 0;
    m_firstTokenMs = -1;
    m_active = m_stopWanted = m_askAgain = false;
    Q_EMIT cleared();
    Q_EMIT changed();
}

void TemplateRun::start(const GenerateRequest &request)
{
    forget();
    m_active = true;
    m_clock.start();
    Q_EMIT changed();
    m_call = m_workspace.api().call(endpoints::jobs::generate, request, this, [this](const Result<Job> &reply) {
        if (!reply) {
            ended();
            return Q_EMIT failed(reply.error());
        }
        follow(reply->id);
        update(*reply, false);
        if (m_stopWanted)
            stop();
    });
}

void TemplateRun::follow(const QUuid &jobId)
{
    m_workspace.live().subscribe(
        topicOf(jobId), this,
        [this](const live::Event &event) {
            try {
                update(json::fromValue<Job>(event.data, json::UnknownMembers::Lenient), false);
            } catch (const json::InvalidError &) {
                ask();
            }
        },
        [this](const live::Output &piece) {
            if (!m_active)
                return; // the whole text is known
            if (piece.offset == 0 && !m_output.isEmpty()) {
                m_output.clear();
                Q_EMIT outputReset();
            }
            if (m_firstTokenMs < 0)
                m_firstTokenMs = m_clock.elapsed();
            m_output += piece.text;
            Q_EMIT outputGrew(piece.text);
        });
    m_poll.start();
}

void TemplateRun::update(const Job &job, bool isWhole)
{
    if (m_job && (job.id != m_job->id || job.revision < m_job->revision))
        return;
    m_job = job;
    if (!hasEnded(job.state))
        return Q_EMIT changed();
    if (job.state == JobState::Completed && !job.output && !isWhole)
        return ask(); // events and lists come without the text
    if (job.output && *job.output != m_output) {
        m_output = *job.output;
        Q_EMIT outputKnown(m_output);
    }
    ended();
}

void TemplateRun::ask()
{
    if (!m_job)
        return;
    if (m_call.isPending()) {
        m_askAgain = true;
        return;
    }
    m_askAgain = false;
    m_call =
        m_workspace.api().call(endpoints::jobs::get.at(m_job->id), {}, this, [this](const Result<JobDetail> &reply) {
            if (reply)
                update(reply->job, true);
            else if (reply.error().status != 0) // a dead network comes back
                Q_EMIT failed(reply.error());
            if (m_active && m_askAgain)
                ask();
        });
}

bool TemplateRun::isConnected() const { return m_workspace.live().state() == LiveClient::State::Live; }

void TemplateRun::stop()
{
    if (!m_active)
        return;
    if (!m_job) {
        m_stopWanted = true;
        return;
    }
    m_workspace.api().call(endpoints::jobs::cancel.at(m_job->id), {}, this, [this](const Result<Job> &reply) {
        if (reply)
            update(*reply, false);
        else if (reply.error().status != 409) // it has just ended by itself
            Q_EMIT failed(reply.error());
    });
}

void TemplateRun::ended()
{
    m_poll.stop();
    if (std::exchange(m_active, false))
        m_elapsedMs = m_clock.elapsed();
    if (m_job)
        m_workspace.live().unsubscribe(topicOf(m_job->id), this);
    Q_EMIT changed();
}
