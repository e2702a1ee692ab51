// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/answer_store.h"
#include "server/evaluations/run_jobs.h"

#include <QTimer>

#include <set>

class Listener;
struct LoggedEvent;

// Judges the answers of evaluation runs once their jobs have ended. What is to be judged stands in the database and
// nowhere else, so that a run goes on where a killed server has left it; a job that ends twice, or a process that
// judges beside this one, changes nothing. Events tell how far a run is, a few times a second at most. Belongs to the
// thread with the event loop that made it; works on database workers, in small steps.
class Scorer
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    Scorer(Database &database, RunJobs &jobs, Work work, std::function<void()> changed);

    static constexpr auto channel = "patio_evaluations"; // the payload is the tenant's id
    void follow(Listener &listener); // must live until the listener is gone
    void start(); // with what was left
    void stop();

    // Jobs of these tenants may have ended; any thread.
    void eventsOf(const QList<LoggedEvent> &events);
    void newsFor(const QList<QUuid> &tenants, bool all);

private:
    void look(const QUuid &tenantId);
    void tick();
    void step(); // on a worker
    bool scoreTenant(const QUuid &tenantId); // whether there is more to do at once
    bool scoreEnded(const QUuid &tenantId, const QUuid &run, const AnswerStore::Rules &rules);
    bool scoreJudged(const QUuid &tenantId, const QUuid &run, const AnswerStore::Rules &rules);
    void tell(Transaction &tx, const QUuid &run);

    Database &m_database;
    RunJobs &m_jobs;
    const Work m_work;
    const std::function<void()> m_changed;
    QTimer m_timer;
    int m_rounds = 0;
    std::mutex m_mutex;
    std::set<QUuid> m_active; // tenants with runs under way
    std::set<QUuid> m_due; // those of them that there is something new of
    std::atomic<bool> m_isRunning = false;
    std::atomic<bool> m_isStopped = false;
};
