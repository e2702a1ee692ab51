// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/worker.h"

#include "server/http/epoll_dispatcher.h"
#include "server/jobs/worker_loop.h"

#include <QThread>

#include <future>

struct Worker::Parts
{
    Parts(WorkerLoop::Services services, WorkerOptions options)
        : services(std::move(services)),
          options(std::move(options))
    {
    }

    WorkerLoop::Services services;
    WorkerOptions options;
    WorkerLoop::Counters counters;
    QThread thread;
    std::shared_ptr<http::Mailbox> mailbox; // made and closed on the thread
    std::unique_ptr<WorkerLoop> loop; // made and destroyed on the thread
};

Worker::Worker(Database &database, QueueSignal &signal, OutputHub &output, PriceCatalogue &prices,
               budgets::Reservations &reservations, CredentialBook &credentials, providers::ProviderSettings providers,
               std::function<void()> changed, WorkerOptions options)
    : m_parts(std::make_unique<Parts>(WorkerLoop::Services{database, signal, output, prices, reservations, credentials,
                                                           std::move(providers), std::move(changed)},
                                      std::move(options)))
{
    m_parts->thread.setObjectName(QStringLiteral("jobs"));
}

Worker::~Worker() { stop(std::chrono::milliseconds(0)); }

void Worker::start()
{
    Parts &parts = *m_parts;
    if (auto dispatcher = http::makeEventDispatcher())
        parts.thread.setEventDispatcher(dispatcher.release());
    std::promise<void> started;
    auto *starter = new QObject;
    starter->moveToThread(&parts.thread);
    QObject::connect(&parts.thread, &QThread::started, starter, [&parts, &started, starter] {
        parts.mailbox = std::make_shared<http::Mailbox>();
        parts.loop = std::make_unique<WorkerLoop>(parts.services, parts.options, parts.mailbox, parts.counters);
        starter->deleteLater();
        started.set_value();
    });
    // Runs on the thread itself, when its event loop has ended.
    QObject::connect(&parts.thread, &QThread::finished, [&parts] {
        parts.loop.reset();
        parts.mailbox->close();
    });
    parts.thread.start();
    started.get_future().wait();
    parts.services.signal.setListener(
        {.added =
             [&parts](const QDateTime &runAt) { parts.mailbox->post([&parts, runAt] { parts.loop->expect(runAt); }); },
         .canceled = [&parts](const QUuid &job) { parts.mailbox->post([&parts, job] { parts.loop->cancel(job); }); }});
}

void Worker::stop(std::chrono::milliseconds grace)
{
    Parts &parts = *m_parts;
    if (!parts.thread.isRunning())
        return;
    parts.services.signal.setListener({});
    std::promise<void> stopped;
    parts.mailbox->post([&parts, &stopped, grace] { parts.loop->stop(grace, [&stopped] { stopped.set_value(); }); });
    stopped.get_future().wait();
    parts.thread.quit();
    parts.thread.wait();
}

Worker::Figures Worker::figures() const
{
    const WorkerLoop::Counters &counters = m_parts->counters;
    return {counters.held, counters.claimed, counters.settled, counters.retried, counters.dead};
}
