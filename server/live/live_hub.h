// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/live/fan_out.h"
#include "server/live/live_inbox.h"
#include "server/live/live_service.h"

#include <QObject>
#include <QSet>

class LiveConnection;

// The live connections of one I/O thread. Events of a tenant are taken strictly in the order of their numbers: where
// one is missing, the hub reads on from the database. Everything here runs on that thread.
class LiveHub : public QObject
{
public:
    explicit LiveHub(LiveService &service);
    ~LiveHub() override;

    LiveInbox &inbox() { return m_inbox; } // any thread
    void adopt(http::WebSocket &socket, const QByteArray &address);
    // Consecutive ones of one tenant.
    void dispatch(const QList<LoggedEvent> &events);
    void news(const QList<QUuid> &tenants, bool all);
    void output(const OutputPiece &piece);
    void answersFound(const QUuid &tenantId, const QUuid &channelId);
    void presence(const QUuid &tenantId, const QString &topic, const QByteArray &frame);
    void endSession(const QUuid &sessionId);
    void permissionsChanged(const QList<QUuid> &tenants);

    // For the connections.
    const LiveServices &services() const { return m_service.m_services; }
    PresenceBook &presenceBook() { return m_service.presence(); }
    void join(LiveConnection *connection, const QUuid &tenantId);
    void leave(LiveConnection *connection, const QUuid &tenantId);
    void forget(LiveConnection *connection); // it is being destroyed
    // The last number that this hub has handed out in the tenant, which must have a connection here.
    qint64 dispatched(const QUuid &tenantId) const { return m_tenants[tenantId].dispatched; }
    void raiseDispatched(const QUuid &tenantId, qint64 sequence);

    struct Catch // what a connection reads from the log to come up to date
    {
        EventLog::Bounds bounds;
        QList<LoggedEvent> events;
        bool failed = false;
    };
    // Reads from the log on a worker and calls back on this thread, if `context` still lives.
    void read(const QUuid &tenantId, qint64 after, QObject *context, std::function<void(const Catch &)> done);

    struct Looked // what a caller may follow of single records
    {
        QStringList hidden; // topics whose record they may not read
        QSet<QString> silent; // topics whose record they may read, but not its output
        std::optional<QSet<QString>> channels = {}; // what follows from the topic "channels", where that was asked
        qint64 channelsAt = -1; // the event as of which members were read
    };
    // Asks the database on a worker and calls back on this thread, if `context` still lives; nothing when it is busy.
    void look(const Caller &caller, const QStringList &topics, QObject *context,
              std::function<void(const std::optional<Looked> &)> done);
    // Reads anew what these may do and applies it to them.
    void renew(const QList<LiveConnection *> &connections);

private:
    static Looked lookNow(Database &database, const Caller &caller, const QStringList &topics);
    struct Tenant
    {
        qint64 dispatched = -1; // not known before the first read
        bool reading = false;
        bool moreNews = false;
        bool isBehind = false; // more has come than could be on its way: the log has it
        live::FanOut<LiveConnection> fanOut;
    };

    void send(const QUuid &tenantId, const QList<LoggedEvent> &events);
    void sendOn();
    void readOn(const QUuid &tenantId);

    LiveService &m_service;
    LiveInbox m_inbox{*this};
    QHash<QUuid, Tenant> m_tenants;
    QList<QUuid> m_sending; // tenants with events on their way
    QSet<LiveConnection *> m_all;
};
