// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/live/live_hub.h"
#include "shared/live/live.h"

#include <QObject>
#include <QSet>
#include <QTimer>

// One client of /api/v1/live. It is either live, and gets events as they come, or catching up, and reads them page by
// page from the log: after subscribing, after a break, and after being too slow. So nothing is lost and nothing piles
// up.
class LiveConnection : public QObject
{
public:
    LiveConnection(QWebSocket *socket, QByteArray address, LiveHub &hub); // owns the socket
    ~LiveConnection() override;

    void offer(const LoggedEvent &event, QString &message);
    void offer(const OutputPiece &piece, QString &message);
    void endSession(const QUuid &sessionId);

private:
    void receive(const QString &text);
    void handle(const live::ClientMessage &message);
    void authenticate(const live::ClientMessage &message);
    void authenticated(const Caller &caller);
    void subscribe(const live::ClientMessage &message);
    void unsubscribe(const live::ClientMessage &message);
    void catchUp();
    void caughtPage(const LiveHub::Catch &page);
    void watchOutputs(); // of the topics that there are now
    void backfill(qint64 after, const QSet<QString> &topics, qint64 until);
    void sendOutputSoFar(const QString &topic);
    bool wants(const QString &topic) const { return wants(m_topics, topic); }
    static bool wants(const QSet<QString> &topics, const QString &topic);
    bool isSlow() const;
    void send(const QByteArray &message);
    void sendState(live::ServerMessageType type, qint64 sequence, const QStringList &topics = {});
    void fail(const char *code, const QString &detail);
    void close(int code, const QString &reason);

    QWebSocket *m_socket;
    const QByteArray m_address;
    LiveHub &m_hub;
    std::optional<Caller> m_caller;
    QList<live::ClientMessage> m_waiting; // while the token is being checked
    bool m_authenticating = false;
    QSet<QString> m_topics;
    QHash<QString, std::shared_ptr<void>> m_outputs; // topic of a job → what lets its output come
    qint64 m_position = -1; // the last event that was sent or passed over; -1: start with what comes
    bool m_live = false;
    bool m_reading = false;
    bool m_announced = false; // has been told where its subscription starts
    QHash<QUuid, qint64> m_outputSent; // job → offset after the last piece sent
    QTimer m_deadline; // for the first message
};
