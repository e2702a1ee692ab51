// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/events/event_log.h"
#include "server/live/output_piece.h"
#include "server/live/presence_book.h"
#include "server/live/running_answer.h"

#include <QHash>
#include <QPointer>

#include <functional>
#include <memory>
#include <mutex>

class LiveHub;
class QThread;
class Listener;

namespace http {
class WebSocket;
}

// What the live connections need of the rest of the server.
struct LiveServices
{
    std::function<bool(std::function<void()>)> work; // on a database worker; false when its queue is full
    std::function<Caller(const QByteArray &token, const QByteArray &address)>
        authenticate; // on a worker; throws ApiError
    // The same caller as they are now; on a worker; throws ApiError.
    std::function<Caller(const Caller &)> renew;
    std::function<bool(const Caller &)> isCurrent; // whether nothing of what they may do has changed since; any thread
    std::function<std::optional<OutputPiece>(const QUuid &tenantId, const QUuid &jobId)> outputSoFar; // any thread
    // Lets the output of a job come here, wherever it runs, until the result is destroyed. Any thread.
    std::function<std::shared_ptr<void>(const QUuid &jobId)> watchOutput;
    // The same for the answers of assistants in a channel. All three: any thread.
    std::function<std::shared_ptr<void>(const QUuid &tenantId, const QUuid &channelId)> watchAnswers;
    std::function<std::optional<RunningAnswer>(const QUuid &jobId)> answerOf; // in a channel that is watched
    std::function<QList<RunningAnswer>(const QUuid &channelId)> answersIn;
};

// The WebSocket side of the server (shared/live/live.h). Each I/O thread has a hub with the sockets of that thread;
// events are handed once to each hub, never to each socket. Any thread may call it.
class LiveService
{
public:
    LiveService(Database &database, LiveServices services);
    ~LiveService();

    void adopt(http::WebSocket &socket, const QByteArray &address); // on the socket's thread
    void deliver(const QList<LoggedEvent> &events); // numbered just now, in order, by this process
    void newsFor(const QList<QUuid> &tenants, bool all); // another process has numbered events of these
    void output(const OutputPiece &piece);
    void answersFound(const QUuid &tenantId, const QUuid &channelId); // some of their output may be here already
    void endSession(const QUuid &sessionId); // closes its sockets
    void permissionsChanged(const QList<QUuid> &tenants); // takes topics from those who may not follow them any more

    void follow(Listener &listener); // of other processes: who is where
    PresenceBook &presence() { return m_presence; }

    int connections() const; // for metrics

private:
    friend class LiveHub;
    template<class Function> void eachHub(Function function);

    Database &m_database;
    const LiveServices m_services;
    PresenceBook m_presence;
    mutable std::mutex m_mutex;
    QHash<QThread *, LiveHub *> m_hubs;
    std::atomic<int> m_connections{0};
};
