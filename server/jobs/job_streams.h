// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/event_log.h"
#include "server/http/router.h"
#include "server/jobs/job_service.h"
#include "server/jobs/output_hub.h"

// Answers that come when a job ends: POST /generate?wait=30, and its stream of server-sent events.
//
//   event: job     the job as it is now, at first and whenever its state changes
//   event: output  {"jobId", "attempt", "offset", "text"} as it is made; offsets count UTF-16 units within the attempt
//   event: done    the job at its end, with its output; then the stream ends
//
// Nobody's thread waits meanwhile. A client that leaves stops nothing: the job goes on. Any thread.
class JobStreams
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    JobStreams(JobService &service, OutputHub &output, Work work);
    ~JobStreams();

    // On a database worker. Answers now where the job has ended, otherwise when it has or the time is over.
    void answer(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
                const Job &job, std::chrono::seconds wait);
    void stream(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
                const Job &job);

    // Events of this process, and word of events of other processes.
    void deliver(const QList<LoggedEvent> &events);
    void newsFor(const QList<QUuid> &tenants, bool all);

private:
    struct Watcher;
    struct Waiting; // for one answer
    struct Streaming; // server-sent events

    void add(const std::shared_ptr<Watcher> &watcher);
    void remove(const Watcher *watcher);
    void look(const QUuid &tenantId, const QList<QUuid> &jobs);
    void lookNow(const QUuid &tenantId, const QList<QUuid> &jobs);
    QList<std::shared_ptr<Watcher>> watchersOf(const QUuid &jobId) const;
    bool isWatched() const;

    JobService &m_service;
    OutputHub &m_output;
    const Work m_work;
    mutable std::mutex m_mutex;
    QMultiHash<QUuid, std::shared_ptr<Watcher>> m_watchers; // by job
    int m_subscription = 0;
};
