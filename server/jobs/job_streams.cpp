// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_streams.h"

#include "shared/live/live.h"
#include "shared/permissions/visible.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using http::Exchange;

namespace {

constexpr auto heartbeat = 15s; // proxies close what is silent for long

QByteArray event(const QByteArray &name, const QByteArray &data)
{
    return "event: " + name + "\ndata: " + data + "\n\n";
}

bool hidesOutput(const Caller &caller, const Job &job)
{
    return caller.policy && caller.policy->speaksOfFields()
        && caller.policy->hiddenFields(Ability::JobsRead, permissions::Attributes(job)).contains(u"output"_s);
}

} // namespace

// Somebody who wants to know what becomes of a job. The functions may be called on any thread and act on that of the
// exchange.
struct JobStreams::Watcher : std::enable_shared_from_this<Watcher>
{
    Watcher(const http::Router &router, std::shared_ptr<Exchange> exchange, http::Call call, const Job &job)
        : router(router),
          exchange(std::move(exchange)),
          call(std::move(call)),
          jobId(job.id),
          revision(job.revision)
    {
    }
    virtual ~Watcher() = default;
    virtual bool changed(const Job &job) = 0; // true: it needs to know no more
    // As whoever asked may see it.
    QByteArray text(const Job &job) const { return permissions::printVisible(call.caller.policy.get(), job); }
    virtual void grown(const OutputPiece &) { }

    const http::Router &router;
    const std::shared_ptr<Exchange> exchange;
    const http::Call call;
    const QUuid jobId;
    std::shared_ptr<void> reading; // in the hub; touched by who adds and who removes it
    qint64 revision; // the last one told
};

struct JobStreams::Waiting final : Watcher
{
    using Watcher::Watcher;

    bool changed(const Job &job) override
    {
        if (!hasEnded(job.state))
            return false;
        respond(job);
        return true;
    }
    void respond(const Job &job) const { router.respond(exchange, call, job, hasEnded(job.state) ? 200 : 202); }
};

struct JobStreams::Streaming final : Watcher
{
    Streaming(const http::Router &router, std::shared_ptr<Exchange> exchange, http::Call call, const Job &job,
              OutputHub &output)
        : Watcher(router, std::move(exchange), std::move(call), job),
          output(output),
          isSilent(hidesOutput(this->call.caller, job))
    {
    }

    void begin(const Job &job)
    {
        exchange->post([self = share(), job](Exchange &to) {
            http::HeaderList headers = self->router.commonHeaders(self->call);
            headers.append(std::pair("Content-Type"_ba, "text/event-stream"_ba));
            headers.append(std::pair("Cache-Control"_ba, "no-store"_ba));
            to.beginStream(200, headers);
            to.onDrain([self] { self->catchUp(); });
            to.write(event("job", self->text(job)));
            self->catchUp();
            self->beat();
        });
    }

    bool changed(const Job &job) override
    {
        exchange->post([self = share(), job](Exchange &to) {
            if (std::exchange(self->isDone, hasEnded(job.state)))
                return;
            to.write(event(self->isDone ? "done" : "job", self->text(job)));
            if (self->isDone)
                to.finish();
        });
        return hasEnded(job.state);
    }

    void grown(const OutputPiece &piece) override
    {
        exchange->post([self = share(), piece](Exchange &) { self->send(piece); });
    }

    // A reader that is too slow gets no more pieces until it has read, and then what it missed as one.
    void send(const OutputPiece &piece)
    {
        if (isSilent || isDone || isBehind || piece.attempt < attempt)
            return;
        if (piece.attempt > attempt) {
            attempt = piece.attempt;
            sent = 0;
        }
        if (piece.offset > sent)
            return catchUp();
        const QString fresh = piece.text.mid(sent - piece.offset);
        if (fresh.isEmpty())
            return;
        isBehind = !exchange->write(event("output", json::print(live::Output{jobId, attempt, sent, fresh})));
        sent += fresh.size();
    }

    void catchUp()
    {
        isBehind = false;
        if (const auto whole = output.snapshot(call.caller.tenantId, jobId))
            send(*whole);
    }

    void beat()
    {
        QTimer::singleShot(heartbeat, [weak = std::weak_ptr(share())] {
            const auto self = weak.lock();
            if (!self || self->isDone || !self->exchange->alive())
                return;
            self->exchange->write(": still there\n\n");
            self->beat();
        });
    }

    std::shared_ptr<Streaming> share() { return std::static_pointer_cast<Streaming>(shared_from_this()); }

    OutputHub &output;
    const bool isSilent; // the output is not for whoever asked
    // On the thread of the exchange only:
    int attempt = 0;
    qint64 sent = 0;
    bool isBehind = false;
    bool isDone = false;
};

JobStreams::JobStreams(JobService &service, OutputHub &output, Work work)
    : m_service(service),
      m_output(output),
      m_work(std::move(work))
{
    m_subscription = m_output.subscribe([this](const OutputPiece &piece) {
        const auto watchers = watchersOf(piece.jobId);
        for (const auto &watcher : watchers)
            watcher->grown(piece);
    });
}

JobStreams::~JobStreams() { m_output.unsubscribe(m_subscription); }

void JobStreams::answer(const http::Router &router, const std::shared_ptr<Exchange> &exchange, const http::Call &call,
                        const Job &job, std::chrono::seconds wait)
{
    if (hasEnded(job.state) || wait.count() <= 0)
        return router.respond(exchange, call, job, hasEnded(job.state) ? 200 : 202);
    const auto watcher = std::make_shared<Waiting>(router, exchange, call, job);
    add(watcher);
    exchange->post([this, watcher, wait](Exchange &on) {
        on.setAnswerTime(wait + 30s);
        on.onCancel([this, watcher] { remove(watcher.get()); });
        QTimer::singleShot(wait, [this, weak = std::weak_ptr(watcher)] {
            const auto late = weak.lock();
            if (!late)
                return; // answered
            const auto tell = [this, late] {
                remove(late.get());
                try {
                    late->respond(m_service.job(late->call.caller.scope(), late->jobId));
                } catch (const ApiError &error) {
                    late->router.refuse(late->exchange, late->call, error);
                } catch (const std::exception &) {
                    late->router.refuse(late->exchange, late->call, ApiError::internal());
                }
            };
            if (!m_work(tell)) {
                remove(late.get());
                late->router.refuse(late->exchange, late->call, ApiError::busy(1));
            }
        });
    });
    lookNow(call.caller.tenantId, {job.id}); // it may have ended before it was watched
}

void JobStreams::stream(const http::Router &router, const std::shared_ptr<Exchange> &exchange, const http::Call &call,
                        const Job &job)
{
    const auto watcher = std::make_shared<Streaming>(router, exchange, call, job, m_output);
    watcher->begin(job);
    if (hasEnded(job.state)) {
        watcher->changed(job);
        return;
    }
    watcher->reading = m_output.watch(job.id);
    add(watcher);
    exchange->post([this, watcher](Exchange &on) { on.onCancel([this, watcher] { remove(watcher.get()); }); });
    lookNow(call.caller.tenantId, {job.id});
}

void JobStreams::deliver(const QList<LoggedEvent> &events)
{
    if (!isWatched())
        return;
    std::map<QUuid, QList<QUuid>> changed;
    for (const LoggedEvent &event : events) {
        const QUuid job = QUuid::fromString(event.topic.section(u'/', 1));
        if (event.topic.startsWith("job/"_L1) && !watchersOf(job).isEmpty() && !changed[event.tenantId].contains(job))
            changed[event.tenantId].append(job);
    }
    for (const auto &[tenant, jobs] : changed)
        if (!jobs.isEmpty())
            look(tenant, jobs);
}

void JobStreams::newsFor(const QList<QUuid> &tenants, bool all)
{
    std::map<QUuid, QList<QUuid>> watched;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &watcher : std::as_const(m_watchers))
            if (all || tenants.contains(watcher->call.caller.tenantId))
                watched[watcher->call.caller.tenantId].append(watcher->jobId);
    }
    for (const auto &[tenant, jobs] : watched)
        look(tenant, jobs);
}

void JobStreams::look(const QUuid &tenantId, const QList<QUuid> &jobs)
{
    if (!m_work([this, tenantId, jobs] { lookNow(tenantId, jobs); }))
        qWarning("somebody waits for a job, but the database workers are busy");
}

// Reads the jobs and tells who watches them.
void JobStreams::lookNow(const QUuid &tenantId, const QList<QUuid> &jobs)
{
    QList<Job> now;
    try {
        now = m_service.jobs({tenantId}, jobs);
    } catch (const ApiError &error) {
        qWarning("jobs that somebody waits for could not be read: %ls", qUtf16Printable(error.detail));
    } catch (const std::exception &error) {
        qWarning("jobs that somebody waits for could not be read: %s", error.what());
    }
    for (const Job &job : std::as_const(now)) {
        const auto watchers = watchersOf(job.id);
        for (const auto &watcher : watchers) {
            {
                const std::lock_guard lock(m_mutex); // several look at once: each revision is told once and in order
                if (job.revision <= watcher->revision)
                    continue;
                watcher->revision = job.revision;
            }
            if (watcher->changed(job))
                remove(watcher.get());
        }
    }
}

void JobStreams::add(const std::shared_ptr<Watcher> &watcher)
{
    const std::lock_guard lock(m_mutex);
    m_watchers.insert(watcher->jobId, watcher);
}

void JobStreams::remove(const Watcher *watcher)
{
    std::shared_ptr<Watcher> last; // destroyed outside the lock
    std::shared_ptr<void> reading;
    const std::lock_guard lock(m_mutex);
    for (auto it = m_watchers.find(watcher->jobId); it != m_watchers.end() && it.key() == watcher->jobId; ++it) {
        if (it.value().get() == watcher) {
            last = std::move(it.value());
            reading = std::move(last->reading);
            m_watchers.erase(it);
            return;
        }
    }
}

QList<std::shared_ptr<JobStreams::Watcher>> JobStreams::watchersOf(const QUuid &jobId) const
{
    const std::lock_guard lock(m_mutex);
    return m_watchers.values(jobId);
}

bool JobStreams::isWatched() const
{
    const std::lock_guard lock(m_mutex);
    return !m_watchers.isEmpty();
}
