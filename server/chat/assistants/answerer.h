// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/assistants/asking.h"

#include <QTimer>

#include <atomic>
#include <mutex>
#include <set>

class Database;
class Listener;
struct LoggedEvent;

// Has the questions of messages answered, and brings what came of the jobs into their messages. What is to be done
// stands in the database and nowhere else, each step is one transaction and takes a row that others pass over, so that
// killed servers and several processes change nothing. Belongs to the thread with the event loop that made it; works on
// database workers.
class Answerer
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    Answerer(Database &database, Asking &asking, Work work, std::function<void()> changed);

    static constexpr auto channel = "patio_assistants"; // the payload is the tenant's id
    void follow(Listener &listener); // must live until the listener is gone
    void start(); // with what was left; before it nothing is done
    void stop();

    // Jobs of these tenants may have ended, or their answers may have been deleted; any thread.
    void eventsOf(const QList<LoggedEvent> &events);
    void newsFor(const QList<QUuid> &tenants, bool all);

private:
    void look(const QUuid &tenantId);
    void lookEverywhere();
    void sweep();
    void tick();
    void run(); // where something is due, on a worker
    void step();
    bool serve(const QUuid &tenantId); // whether there is more to do at once
    bool answerOne(const QUuid &tenantId);
    bool finishOne(const QUuid &tenantId);
    void cancelDeleted(const QUuid &tenantId);

    Database &m_database;
    Asking &m_asking;
    const Work m_work;
    const std::function<void()> m_changed;
    QTimer m_timer;
    int m_ticks = 0;
    std::mutex m_mutex;
    std::set<QUuid> m_active; // tenants with questions or answers under way
    std::set<QUuid> m_due; // those of them that there is something new of
    std::atomic<bool> m_isRunning = false;
    std::atomic<bool> m_isStopped = true;
};
