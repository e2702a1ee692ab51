// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_runner.h"

#include "shared/error.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using providers::CallError;

namespace {

JobError why(JobRunner::Why reason)
{
    switch (reason) {
    case JobRunner::Why::Canceled:
        return {u"canceled"_s, u"The job was canceled."_s};
    case JobRunner::Why::LeaseLost:
        return {u"lease_lost"_s,
                u"Another worker took the job over, because this one was cut off from the database."_s};
    case JobRunner::Why::Stopping:
        return {u"server_stopping"_s, u"The server was stopped during the call; the job runs again."_s};
    }
    return {};
}

} // namespace

JobRunner::JobRunner(providers::Registry &registry, OutputHub &output, RunnerOptions options, Ended ended)
    : m_registry(registry),
      m_output(output),
      m_options(std::move(options)),
      m_ended(std::move(ended))
{
}

void JobRunner::start(Assignment assignment)
{
    const QUuid id = assignment.begun.job.id;
    Running &running = m_running[id];
    running.assignment = std::move(assignment);
    running.calledAt = QDateTime::currentDateTimeUtc();
    if (const auto &refusal = running.assignment.refusal) {
        CallError error = CallError::make(CallError::QuotaExhausted, refusal->message);
        error.code = refusal->code;
        error.retryable = refusal->code == u"budget_unavailable";
        return fail(id, error);
    }
    try {
        const CredentialBook::Access access = std::exchange(running.assignment.access, nullptr);
        const providers::Target target = m_registry.resolve(running.assignment.begun.job.model,
                                                            access ? *access : QList<providers::TenantProvider>());
        running.provider = target.provider;
        running.call = target.provider->start(request(running.assignment, target),
                                              {.text = [this, id](const QString &delta) { grow(id, delta); },
                                               .done = [this, id](const auto &answer) { succeed(id, answer); },
                                               .failed = [this, id](const auto &error) { fail(id, error); }});
        running.assignment.begun.messages.clear(); // the call has its own copy
    } catch (const ApiError &refusal) {
        const QString reason = refusal.errors.isEmpty() ? refusal.detail : refusal.errors.first().message;
        fail(id, CallError::make(CallError::NotConfigured, reason));
    } catch (const std::exception &) {
        fail(id, CallError::make(CallError::InvalidRequest, u"The call could not be made."_s));
    }
}

providers::ModelRequest JobRunner::request(const Assignment &assignment, const providers::Target &target) const
{
    const ModelParameters &parameters = assignment.begun.parameters;
    providers::ModelRequest request;
    request.model = target.model;
    for (const PromptMessage &message : assignment.begun.messages)
        request.messages.append({QString(json::name(message.role)), message.content});
    request.temperature = parameters.temperature;
    request.topP = parameters.topP;
    request.maxTokens = parameters.maxTokens;
    request.stop = parameters.stop.value_or(QList<QString>());
    request.responseFormat = parameters.responseFormat.value_or(QJsonObject());
    request.apiKey = target.apiKey;
    request.baseUrl = target.baseUrl;
    request.addresses = target.addresses;
    request.firstByteTimeout = m_options.firstByteTimeout;
    request.idleTimeout = m_options.idleTimeout;
    request.callId = assignment.begun.attemptId.toByteArray(QUuid::WithoutBraces);
    request.totalTimeout = m_options.totalTimeout;
    request.answerLimit = m_options.answerLimit;
    if (m_options.adjust)
        m_options.adjust(request);
    return request;
}

void JobRunner::grow(const QUuid &jobId, const QString &delta)
{
    Running &running = m_running.at(jobId);
    const Job &job = running.assignment.begun.job;
    m_output.append({running.assignment.tenantId, jobId, job.attemptCount, running.offset, delta});
    running.offset += delta.size();
}

Outcome JobRunner::outcome(const Running &running, AttemptState state) const
{
    Outcome outcome;
    outcome.tenantId = running.assignment.tenantId;
    outcome.leaseId = running.assignment.leaseId;
    outcome.job = running.assignment.begun.job;
    outcome.end.jobId = outcome.job.id;
    outcome.calledAt = running.calledAt;
    outcome.totalMs = running.calledAt.msecsTo(QDateTime::currentDateTimeUtc());
    outcome.attempt.emplace();
    outcome.attempt->id = running.assignment.begun.attemptId;
    outcome.attempt->jobId = outcome.job.id;
    outcome.attempt->number = outcome.job.attemptCount;
    outcome.attempt->state = state;
    outcome.attempt->finishedAt = QDateTime::currentDateTimeUtc();
    return outcome;
}

void JobRunner::succeed(const QUuid &jobId, const providers::ModelAnswer &answer)
{
    Outcome done = outcome(m_running.at(jobId), AttemptState::Succeeded);
    done.wasCalled = true;
    done.attempt->isEstimated = answer.usageEstimated;
    done.totalMs = answer.totalMs;
    done.attempt->usage = answer.usage;
    done.attempt->firstTokenMs = answer.firstTokenMs;
    done.attempt->providerRequestId = answer.providerRequestId;
    done.end.state = JobState::Completed;
    done.end.output = answer.text;
    done.end.finishReason = answer.finishReason;
    finish(jobId, std::move(done));
}

void JobRunner::fail(const QUuid &jobId, const CallError &error)
{
    Outcome failed = outcome(m_running.at(jobId), AttemptState::Failed);
    failed.wasCalled = error.reachedProvider;
    failed.attempt->isEstimated = error.usageEstimated;
    failed.totalMs = error.totalMs;
    failed.attempt->usage = error.usage.value_or(TokenUsage());
    failed.attempt->firstTokenMs = error.firstTokenMs;
    failed.attempt->error = JobError{error.code, error.message};
    failed.attempt->retryable = error.retryable;
    failed.attempt->providerRequestId = error.providerRequestId;
    failed.end.error = failed.attempt->error;
    decide(failed, error);
    finish(jobId, std::move(failed));
}

// Again later, failed for good, or dead because its attempts are used up.
void JobRunner::decide(Outcome &outcome, const CallError &error) const
{
    if (!error.retryable) {
        outcome.end.state = JobState::Failed;
    } else if (outcome.job.attemptCount >= outcome.job.maxAttempts) {
        outcome.end.state = JobState::Dead;
    } else {
        const double chance = QRandomGenerator::global()->generateDouble();
        const auto pause = m_options.retries.after(outcome.job.attemptCount, error.retryAfter, chance);
        outcome.end.state = JobState::Queued;
        outcome.end.runAt = QDateTime::currentDateTimeUtc().addMSecs(pause.count());
    }
}

void JobRunner::stop(const QUuid &jobId, Why reason)
{
    const auto found = m_running.find(jobId);
    if (found == m_running.end())
        return;
    const providers::Call::Progress progress =
        found->second.call ? found->second.call->progress() : providers::Call::Progress();
    Outcome stopped = outcome(found->second, AttemptState::Canceled);
    stopped.wasCalled = progress.reachedProvider;
    stopped.attempt->isEstimated = true;
    stopped.attempt->usage = progress.usage.value_or(TokenUsage());
    stopped.attempt->error = why(reason);
    // Also where the lease is only thought to be lost: the job is still ours then, and must not leave the queue.
    if (reason == Why::Canceled) {
        if (const auto written = m_output.own(jobId); written && written->attempt == stopped.attempt->number)
            stopped.end.output = written->text;
    } else {
        stopped.end.state = JobState::Queued;
        stopped.end.runAt = QDateTime::currentDateTimeUtc();
        stopped.end.returnsAttempt = true;
    }
    finish(jobId, std::move(stopped));
}

void JobRunner::stopAll(Why reason)
{
    QList<QUuid> ids;
    for (const auto &[id, running] : m_running)
        ids.append(id);
    for (const QUuid &id : ids)
        stop(id, reason);
}

void JobRunner::finish(const QUuid &jobId, Outcome outcome)
{
    outcome.end.usage = outcome.attempt->usage;
    m_running.erase(jobId); // with the call: one that still runs is stopped by this
    m_ended(std::move(outcome));
}
