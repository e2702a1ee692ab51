// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/worker_pool.h"
#include "server/http/mailbox.h"
#include "server/jobs/job_chores.h"
#include "server/jobs/settlement.h"
#include "server/jobs/worker.h"
#include "server/queue/claimer.h"

#include <QTimer>

#include <optional>

class Listener;

// What the worker does, on its event-loop thread. Its work on the database runs on a pool of two threads of its own:
// one takes jobs while the other writes down.
//
//   queue ─claim+begin─► call ─► outcomes ─settle─► written
//            pool       here       here      pool
class WorkerLoop
{
public:
    struct Services
    {
        Database &database;
        QueueSignal &signal;
        OutputHub &output;
        PriceCatalogue &prices;
        budgets::Reservations &reservations;
        CredentialBook &credentials;
        providers::ProviderSettings providers;
        std::function<void()> changed;
    };
    struct Counters
    {
        std::atomic<int> held{0};
        std::atomic<qint64> claimed{0};
        std::atomic<qint64> settled{0};
        std::atomic<qint64> retried{0};
        std::atomic<qint64> dead{0};
    };

    WorkerLoop(Services services, WorkerOptions options, std::shared_ptr<http::Mailbox> mailbox, Counters &counters);
    ~WorkerLoop();

    void wake(); // there may be jobs to take
    void expect(const QDateTime &runAt); // there is a job to take then
    void cancel(const QUuid &jobId);
    void stop(std::chrono::milliseconds grace, std::function<void()> done);

private:
    using Clock = std::chrono::steady_clock;
    struct Claimed
    {
        Clock::time_point at; // of the beginning of its leases, or before
        QUuid lease;
        QList<Settlement::Begin> begun;
        qsizetype count = 0;
        bool mayBeMore = false;
        bool hitLimit = false;
        std::optional<QDateTime> nextTime;
        bool failed = false;
        QSet<QUuid> changedBatches; // the tenants whose
    };
    struct Written
    {
        QList<Outcome> failed; // those that could not be written
        QSet<QUuid> changedBatches;
    };

    struct Renewal
    {
        Clock::time_point at; // as above
        std::optional<QList<QUuid>> held = {}; // those of the jobs asked for; none where it failed
    };

    void claim();
    Claimed claimNow(int limit, bool takesOver, const QHash<QUuid, int> &held); // on the pool
    void adopt(Claimed claimed);
    void ended(Outcome outcome);
    void settle();
    void settled(const QList<Outcome> &done, Written written);
    Written settleNow(const QList<Outcome> &outcomes); // on the pool
    void leasedFrom(Clock::time_point from);
    void renew();
    void renewed(const QList<QUuid> &asked, const Renewal &renewal);
    void finishStopping();
    template<class Task, class Done> void onPool(Task task, Done done);

    Services m_services;
    const WorkerOptions m_options;
    const std::shared_ptr<http::Mailbox> m_mailbox;
    Counters &m_counters;
    providers::HttpTransport m_transport;
    providers::Registry m_registry;
    JobRunner m_runner;
    Claimer m_claimer; // for the claim on the pool
    JobChores m_chores;
    std::unique_ptr<Listener> m_listener;
    struct Held
    {
        QUuid lease;
        QUuid tenant;
    };
    QHash<QUuid, Held> m_held; // by job
    QList<Outcome> m_outcomes; // to be settled
    QTimer m_next; // the time of the next job, or of looking for leases that ran out
    QTimer m_heartbeat;
    QTimer m_retry; // of writing down, after a failure
    QTimer m_leaseEnd; // when no lease could be renewed; runs while there may be calls
    std::optional<QDateTime> m_expected; // the first of the jobs to come that were told of during a claim
    std::optional<Clock::time_point> m_tookOverAt;
    bool m_wanted = false;
    bool m_mayBeMore = false;
    bool m_hitLimit = false; // jobs wait for others to end
    bool m_claiming = false;
    bool m_settling = false;
    bool m_renewing = false;
    std::function<void()> m_stopping; // set: no more is taken
    bool m_graceIsOver = false;
    QTimer m_grace;
    WorkerPool m_pool{2, 100'000}; // last: drained before the rest goes
};
