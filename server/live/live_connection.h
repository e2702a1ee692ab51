// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/live/answer_feed.h"
#include "server/live/live_hub.h"
#include "server/live/live_messages.h"
#include "server/live/live_topics.h"

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

    void offer(live::OfferedEvent &offered);
    void offer(const OutputPiece &piece, QString &message);
    void offer(const OutputPiece &piece, const RunningAnswer &answer);
    void sendAnswersSoFar(const QUuid &channelId);
    void offerPresence(const QString &topic, const QString &message);
    void endSession(const QUuid &sessionId);

    const std::optional<Caller> &caller() const { return m_caller; }
    const QSet<QString> &topics() const { return m_topics; }
    // Of these, the topics of single records which the caller may read or not.
    static QStringList topicsToLookAt(const QSet<QString> &topics, const Caller &caller);
    // The caller as they are after a change of permissions, the topics that they may follow no longer, and those whose
    // output is not for them.
    void renewed(const Caller &caller, const QStringList &hidden, const QSet<QString> &silent);
    void close(int code, const QString &reason);

private:
    void receive(const QString &text);
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
    void watchOutputs(); // of the topics that there are now
    void backfill(qint64 after, const QSet<QString> &topics, qint64 until);
    void sendOutputSoFar(const QString &topic);
    void pass(live::OfferedEvent &offered, const QSet<QString> &topics);
    bool isSlow() const;
    void send(const QByteArray &message);
    void sendState(live::ServerMessageType type, qint64 sequence, const std::optional<QStringList> &topics = {});
    void fail(const char *code, const QString &detail);

    QWebSocket *m_socket;
    const QByteArray m_address;
    LiveHub &m_hub;
    std::optional<Caller> m_caller;
    QList<live::ClientMessage> m_waiting; // while the database is asked
    bool m_isAsking = false;
    QSet<QString> m_topics;
    QSet<QString> m_silent; // of them, those whose output is not for this person
    QHash<QString, std::shared_ptr<void>> m_outputs; // topic of a job → what lets its output come
    qint64 m_position = -1; // the last event that was sent or passed over; -1: start with what comes
    bool m_live = false;
    bool m_reading = false;
    bool m_announced = false; // has been told where its subscription starts
    AnswerFeed m_answers;
    QHash<QUuid, qint64> m_outputSent; // job → offset after the last piece sent
    const quint64 m_number; // of this process, for presence
    QSet<QString> m_presentAt; // topics
    QTimer m_deadline; // for the first message
};
