// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/outcome.h"
#include "server/jobs/output_hub.h"
#include "server/jobs/retry_policy.h"
#include "server/providers/registry.h"

#include <map>

struct RunnerOptions
{
    RetryPolicy retries;
    std::chrono::milliseconds firstByteTimeout{30'000};
    std::chrono::milliseconds idleTimeout{60'000};
    std::chrono::milliseconds totalTimeout{900'000};
    qsizetype answerLimit = providers::ModelRequest::defaultAnswerLimit; // characters
    std::function<void(providers::ModelRequest &)> adjust; // for tests; usually empty
};

// Makes the provider calls of begun jobs and says what came of them. Everything on the event-loop thread that made it.
class JobRunner
{
public:
    using Ended = std::function<void(Outcome)>; // exactly once for each started job, never inside start()

    JobRunner(providers::Registry &registry, OutputHub &output, RunnerOptions options, Ended ended);

    void start(Assignment assignment);

    enum class Why { Canceled, LeaseLost, Stopping };
    // Stops the call of a job, if there is one; its outcome says what was used until then.
    void stop(const QUuid &jobId, Why why);
    void stopAll(Why why);
    qsizetype running() const { return qsizetype(m_running.size()); }

private:
    struct Running
    {
        Assignment assignment;
        std::shared_ptr<providers::Provider> provider;
        std::unique_ptr<providers::Call> call; // after the provider: gone before it
        qint64 offset = 0; // of the next piece of output
        QDateTime calledAt;
    };

    providers::ModelRequest request(const Assignment &assignment, const providers::Target &target) const;
    void grow(const QUuid &jobId, const QString &delta);
    void succeed(const QUuid &jobId, const providers::ModelAnswer &answer);
    void fail(const QUuid &jobId, const providers::CallError &error);
    void finish(const QUuid &jobId, Outcome outcome);
    Outcome outcome(const Running &running, AttemptState state) const;
    void decide(Outcome &outcome, const providers::CallError &error) const;

    providers::Registry &m_registry;
    OutputHub &m_output;
    const RunnerOptions m_options;
    const Ended m_ended;
    std::map<QUuid, Running> m_running;
};
