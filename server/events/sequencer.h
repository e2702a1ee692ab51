// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/event_log.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

// Numbers committed events, in a thread of its own. Every process runs one; the database lets one work at a time.
class Sequencer
{
public:
    // Told of each batch after it was committed, in order; on the sequencer's thread.
    using Deliver = std::function<void(const QList<LoggedEvent> &)>;

    // The name of this process goes along with each notification, so that it can tell its own from those of others.
    Sequencer(Database &database, QString process, Deliver deliver);
    ~Sequencer();

    // Something was committed with events. Cheap; any thread. Without it they are found within a second.
    void wake();

private:
    void run();
    bool waitForWork(); // false: stop
    void forgetOld();

    Database &m_database;
    const QString m_process;
    const Deliver m_deliver;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = true; // what a process before this one left behind
    bool m_stopping = false;
    std::chrono::steady_clock::time_point m_nextForget = std::chrono::steady_clock::now();
    std::thread m_thread;
};
