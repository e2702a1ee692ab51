// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/websocket.h"
#include "server/live/answer_feed.h"
#include "server/live/broadcast.h"
#include "server/live/live_hub.h"
#include "server/live/live_messages.h"
#include "server/live/live_topics.h"

#include <QObject>
#include <QSet>
#include <QTimer>

// One client of /api/v1/live. It is either live, and gets events as they come, or catching up, and reads them page by
// page from the log: after subscribing, after a break, and after being too slow. So nothing is lost and nothing piles
// up.
class LiveConnection : public QObject, private http::WebSocket::User
{
public:
    LiveConnection(http::WebSocket &socket, QByteArray address, LiveHub &hub); // ends with the socket
    ~LiveConnection() override;

    void offer(live::Broadcast &broadcast);
    void offer(const OutputPiece &piece, const QString &topic, QByteArray &frame); // which the first one makes
    void offer(const OutputPiece &piece, const RunningAnswer &answer);
    void sendAnswersSoFar(const QUuid &channelId);
    void offerPresence(const QString &topic, const QByteArray &frame);
    void endSession(const QUuid &sessionId);

    const std::optional<Caller> &caller() const { return m_caller; }
    const QSet<QString> &topics() const { return m_topics; }
    // Of these, the topics of single records which the caller may read or not.
    static QStringList topicsToLookAt(const QSet<QString> &topics, const Caller &caller);
    // The caller as they are after a change of permissions, and what they may follow now.
    void renewed(const Caller &caller, const LiveHub::Looked &looked);
    void close(int code, const QString &reason);

private:
    void onMessage(const QByteArray &message) override;
    void onSent() override;
    void onClosed() override;
    void handle(const live::ClientMessage &message);
    void authenticate(const live::ClientMessage &message);
    void authenticated(const Caller &caller);
    void handleWaiting();
    QStringList dropTopics(const QStringList &hidden);
    void subscribe(const live::ClientMessage &message);
    void follow(const QSet<QString> &added, std::optional<qint64> after);
    void present(const live::ClientMessage &message);
    void absent(const QString &topic);
    void unsubscribe(const live::ClientMessage &message);
    void catchUp();
    void caughtPage(const LiveHub::Catch &page);
    void setChannels(const LiveHub::Looked &looked);
    QSet<QString> wantedOf(const QSet<QString> &topics) const; // with what follows from them
    bool hasOldChannels(const live::Broadcast &broadcast, qint64 after) const;
    void lookAgain();
    void topicsChanged();
    void backfill(qint64 after, const QSet<QString> &topics, qint64 until);
    void sendOutputSoFar(const QString &topic);
    void watchOutputs(); // of the topics that there are now
    void pass(const QList<LoggedEvent> &events, const QSet<QString> &topics, qint64 after);
    bool isSlow() const;
    void send(const QByteArray &message);
    void sendState(live::ServerMessageType type, qint64 sequence, const std::optional<QStringList> &topics = {});
    void fail(const char *code, const QString &detail);

    http::WebSocket *m_socket; // null: closed
    const QByteArray m_address;
    LiveHub &m_hub;
    std::optional<Caller> m_caller;
    QList<live::ClientMessage> m_waiting; // while the database is asked
    bool m_isAsking = false;
    QSet<QString> m_topics;
    QSet<QString> m_channels; // what follows from the topic "channels"
    qint64 m_channelsAt = -1; // the event as of which these are known
    bool m_isLooking = false; // for them anew; what comes meanwhile is read from the log
    QSet<QString> m_wanted; // the topics and what follows from them
    QSet<QString> m_silent; // of the topics, those whose output is not for this person
    QHash<QString, std::shared_ptr<void>> m_outputs; // topic of a job → what lets its output come
    qint64 m_position = -1; // the last event that was sent or passed over; -1: start with what comes
    bool m_live = false;
    bool m_reading = false;
    bool m_announced = false; // has been told where its subscription starts
    AnswerFeed m_answers;
    QHash<QUuid, qint64> m_outputSent; // job → offset after the last piece sent
    const quint64 m_number; // of this process, for presence
    QSet<QString> m_presentAt; // topics
    std::unique_ptr<QTimer> m_deadline; // for the first message
};
