// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

#include <functional>
#include <mutex>
#include <string>

class Database;

// Tells workers that jobs have come or should stop: in this process at once, in others by NOTIFY. Where this process
// has a worker, others need to know only of what it cannot take. A notification in the transaction that adds a job
// would let all of them commit one after another, so it goes out afterwards in a transaction of its own, one at a time,
// for all that have come meanwhile. What gets lost with a crash is found by the workers' timers. Any thread.
class QueueSignal
{
public:
    static constexpr auto addedChannel = "patio_queue"; // the payload is the process
    static constexpr auto canceledChannel = "patio_cancel"; // the payload is the job's id

    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    QueueSignal(Database &database, Work work);

    struct Listener
    {
        std::function<void(const QDateTime &runAt)> added;
        std::function<void(const QUuid &job)> canceled;
    };
    // The worker of this process; none when empty. Called on any thread.
    void setListener(Listener listener);

    bool isOwn(const QString &payload) const { return payload == m_process; }

    void added(const QDateTime &runAt); // a job that is to run then
    void tellOthers(); // the worker of this process leaves jobs in the queue
    void canceled(const QUuid &job);

private:
    void send();

    Database &m_database;
    const Work m_work;
    const QString m_process;
    std::mutex m_mutex;
    Listener m_listener;
    bool m_sending = false;
    bool m_pendingAdded = false;
    QList<QUuid> m_pendingCanceled;
};
