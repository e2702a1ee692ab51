// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/reservations.h"
#include "server/gateway/call_journal.h"
#include "server/gateway/gateway_body_store.h"
#include "server/usage/price_catalogue.h"

#include <condition_variable>
#include <mutex>
#include <thread>

// Brings every call of the gateway into the ledger exactly once, whatever crashes, without making the caller wait for
// the database: begin() and end() write to the journal, and a thread of its own brings what has ended to PostgreSQL, in
// batches, with the price of the time of the call. What a killed process has left is brought there by the next one:
// calls with their ends as they were, calls without as lost, with the cost of their prompts. What was reserved for a
// call is given back with that.
class CallLedger
{
public:
    CallLedger(Database &database, PriceCatalogue &prices, budgets::Reservations &reservations, QString folder);
    ~CallLedger(); // stop()

    void start(); // brings in what was left; blocks on the database, and throws where it fails
    void stop(); // after the last end(); writes everything that it can down

    // Any thread. Throws ApiError::busy when the call cannot be written down, or too many wait for the database: then
    // it must not be made.
    void begin(const CallBegin &begin);
    // Once for each begun call; never throws.
    void end(const QUuid &attemptId, const CallEnd &end);
    // Any thread. Bodies of a call, for those who may read them; written with the next batch, and lost with the
    // process.
    void keep(const QUuid &tenantId, GatewayBodies bodies);

    struct Figures
    {
        qint64 open = 0; // begun and not ended
        qint64 waiting = 0; // ended and not yet in the ledger
        qint64 written = 0; // since the start
    };
    Figures figures() const;

private:
    struct Ended
    {
        CallBegin begin;
        CallEnd end;
    };
    void work();
    enum class Of { ThisRun, FormerRun };
    bool write(const QList<Ended> &calls, Of of); // false: the database is away
    using Bodies = std::vector<std::pair<QUuid, GatewayBodies>>; // by tenant
    bool writeBodies(const Bodies &bodies);
    bool write(const QUuid &tenantId, const QList<Ended> &calls, Of of);
    UsageStore::Call row(const Ended &call) const;

    Database &m_database;
    PriceCatalogue &m_prices;
    budgets::Reservations &m_reservations;
    CallJournal m_journal;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<QUuid, CallBegin> m_open;
    QList<Ended> m_ended;
    Bodies m_bodies;
    qint64 m_bodyBytes = 0; // of those, some
    qint64 m_beingWritten = 0;
    qint64 m_written = 0;
    bool m_isIdle = false; // the thread waits for something to write: it has to be woken
    bool m_stopping = false;
    std::thread m_thread;
};
