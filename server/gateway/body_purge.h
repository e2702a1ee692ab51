// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"

#include <QTimer>

#include <chrono>
#include <functional>

// Deletes bodies of calls whose time is over, in small transactions on the database's workers, so that it never holds
// one for long. Several processes share the tenants. Belongs to the thread with the event loop that made it.
class BodyPurge
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    BodyPurge(Database &database, Work work);

    void start(); // now, and every quarter of an hour
    void stop();

    static constexpr auto interval = std::chrono::minutes(15);
    // One round, for the tenants that nobody has gone to since then; blocks on the database.
    static void run(Database &database, std::chrono::seconds since);

private:
    void wake();
    void step(); // on a worker

    Database &m_database;
    const Work m_work;
    QTimer m_timer;
    QList<QUuid> m_tenants; // yet to be gone to; of the one step that runs
    std::atomic<bool> m_isRunning = false;
    std::atomic<bool> m_isStopped = false;
};
