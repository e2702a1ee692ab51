// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/database/worker_pool.h"
#include "server/http/mailbox.h"

#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

// What the worker does beside jobs, on its event-loop thread, with one connection to the database: it tells how far
// batches are, a few times a second while they change, and does the steps of what is done to many jobs. What a process
// that was killed has left is found by others within a minute.
class JobChores
{
public:
    static constexpr auto actionsChannel = "patio_job_actions"; // something is to be done; no payload

    // `changed` is told after commits that wrote events, `queued` after those that queued jobs; any thread.
    JobChores(Database &database, std::function<void()> changed, std::function<void()> queued,
              std::shared_ptr<http::Mailbox> mailbox);
    ~JobChores();

    void batchesChanged(const QSet<QUuid> &tenants);
    void actionsWaiting();
    void stop(); // begins nothing more

private:
    struct Done
    {
        QSet<QUuid> unpublished; // tenants that have more
        bool hasMoreActions = false;
    };
    void run();
    Done runNow(QSet<QUuid> tenants, bool sweeps, bool acts); // on the pool

    Database &m_database;
    const std::function<void()> m_changed, m_queued;
    const std::shared_ptr<http::Mailbox> m_mailbox;
    QSet<QUuid> m_tenants; // with batches that have changed
    QTimer m_soon; // what has gathered until then is done together
    QTimer m_sweep;
    bool m_sweeps = true;
    bool m_acts = true;
    bool m_isRunning = false;
    bool m_isStopped = false;
    WorkerPool m_pool{1, 1000}; // last: drained before the rest goes
};
