// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/output_hub.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <atomic>
#include <chrono>

class Database;
class Listener;

// Brings the output of running jobs to readers in other processes, by NOTIFY. A process with a reader says which job it
// wants; the process that runs it then sends what there is and what comes, twenty times a second at most, on the
// reading process's own channel, so that nobody else hears it. Where nobody elsewhere reads, nothing is sent; in a
// process that has never heard of another worker, not even the wish.
//
//   patio_output_wanted         <what> <process> <job> <job> …
//     here     a worker lives in that process: tell it what you want
//     hello    a process that may have readers: workers answer `here`
//     want     send these from their beginning
//     still    the same wish as before, every ten seconds; a wish ends by itself after thirty
//     done     send these no more
//   patio_output_<process>      <tenant> <job> <attempt> <offset> <text, as base64 of its UTF-16 units, low byte first>
//                               <tenant> <job> <attempt> end
//
// Pieces that get lost with a connection are sent again with the whole text; the hub cuts what it has. Pieces are
// committed before the end of their job is, so that they come first.
class OutputRelay : public QObject
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    OutputRelay(Database &database, OutputHub &hub, Work work, bool hasWorker);
    ~OutputRelay() override;

    QStringList channels() const; // which the listener must have
    void follow(Listener &listener); // of the same thread as this object

    qint64 published() const { return m_published; } // pieces sent to other processes; for metrics, any thread

private:
    using Clock = std::chrono::steady_clock;
    enum class Wish { Here, Hello, Want, Still, Done };
    struct Reader // a process that wants a job that may run here
    {
        int attempt = 0; // of what was sent
        qint64 sent = 0; // UTF-16 units of it
        qint64 number = 0; // of the wish: a new one begins anew
        Clock::time_point until;
    };
    struct Message
    {
        QString channel;
        QString payload;
    };
    struct Progress // of a reader, once the messages have gone out
    {
        QUuid job;
        QString process;
        Reader reader;
    };

    // What is wanted here.
    void watched(const QUuid &job, bool isWatched);
    void tell(Wish wish, const QList<QUuid> &jobs);
    void tellChanges();
    void tellAll(Wish wish);
    void take(const QString &payload);

    // What is wanted elsewhere.
    void hear(const QString &payload);
    void wish(Wish wish, const QString &process, const QList<QUuid> &jobs);
    void grown(const OutputPiece &piece);
    void completed(const QList<QUuid> &jobs);
    void ended(const QUuid &job, int attempt);
    void planFlush(); // any thread
    void flush(); // on a database worker
    bool flushSome();
    bool addPieces(const OutputPiece &whole, QList<Message> &messages, QList<Progress> &progress);
    void sweep();

    bool send(const QList<Message> &messages);

    Database &m_database;
    OutputHub &m_hub;
    const Work m_work;
    const bool m_hasWorker;
    const QString m_process;
    std::atomic<qint64> m_published{0};
    std::atomic<int> m_readerCount{0}; // all wishes of others
    QTimer m_flushTimer, m_renewal, m_sweep; // on this object's thread

    std::mutex m_flushMutex; // the pieces of a job go out one after the other; taken before the hub and m_mutex
    std::mutex m_mutex; // taken last: never held while the hub or the database is used
    bool m_knowsWorkers = false; // other processes
    bool m_tellPlanned = false;
    bool m_flushPlanned = false;
    qint64 m_lastWish = 0;
    QSet<QUuid> m_wanted; // here
    QHash<QUuid, bool> m_changes; // of m_wanted, not told yet
    QHash<QUuid, QHash<QString, Reader>> m_readers; // job → process
    QSet<QUuid> m_grown; // since the last flush, of those with readers
    QHash<QUuid, int> m_ended; // job → attempt
};
