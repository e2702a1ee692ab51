// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/output_text.h"
#include "shared/live/live.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <functional>
#include <vector>

// The live connection of one account (the messages are in shared/live/live.h). It comes back by itself after a break
// and then asks for everything after the last event it saw, so that handlers see each event once and in order.
//
//   Offline ──open──► Reconnecting ──ready──► Live
//      ▲                   ▲  │                 │ broken, or silent for two heartbeats
//      │                   └──┼─────────────────┘
//      └── after some tries ──┘   and still trying: 1, 2, 4, 8, 15, 30, 30 … seconds, ± 20 %
//
// GUI thread only.
class LiveClient : public QObject
{
    Q_OBJECT

public:
    enum class State { Offline, Reconnecting, Live };
    Q_ENUM(State)

    using EventHandler = std::function<void(const live::Event &)>;
    using OutputHandler = std::function<void(const live::Output &)>;

    explicit LiveClient(QObject *parent = nullptr);
    ~LiveClient() override;

    // `server` is the http or https address. Without a token each try asks for one (tokenNeeded) instead of connecting.
    void open(const QUrl &server, qint64 lastSequence);
    void setToken(const QByteArray &accessToken); // signs in, or again on the open connection when it was renewed
    void close();
    void retryNow();

    // Handlers end with their receiver, or at unsubscribe. Output comes as new text only, in order and without gaps.
    void subscribe(const QString &topic, QObject *receiver, EventHandler onEvent, OutputHandler onOutput = {});
    void unsubscribe(const QString &topic, QObject *receiver);

    // Says what the person does at a topic that is followed; see live.h. Said again at intervals and after a break,
    // until `Gone` or the end of the subscription.
    void sayPresence(const QString &topic, live::Activity activity);

    State state() const { return m_state; }
    int latencyMs() const { return m_latencyMs; } // of the last heartbeat; -1: not known
    qint64 lastSequence() const { return m_lastSequence; }
    std::optional<int> secondsToNextTry() const; // while waiting between tries

Q_SIGNALS:
    void stateChanged(LiveClient::State state, int latencyMs);
    // Something may have been missed for good: load lists anew. Also at the first connection, which has no last event.
    void reload();
    // The server has taken note of these topics: what is asked for from now on is no older than their next event.
    void subscribed(const QStringList &topics);
    void reconnected(); // after a break
    void presenceChanged(const live::Presence &presence); // who is at a topic that is followed
    void answerGrew(const live::Answer &answer); // a piece of what an assistant writes in a channel that is followed
    void permissionsChanged(); // what the person may do is no longer what it was
    void sequenceChanged(qint64 lastSequence);
    void tokenNeeded(); // there is no access token, or it is no longer good: get one and call setToken()

private:
    struct Subscription
    {
        QString topic;
        QPointer<QObject> receiver;
        EventHandler onEvent;
        OutputHandler onOutput;
    };

    void connectNow();
    void scheduleRetry();
    void connected();
    void disconnected();
    void received(const QString &text);
    void ready();
    void dispatch(const live::Event &event);
    void dispatch(const live::Output &output);
    void refused(const QString &code);
    void heartbeat();
    void sendPresence(const QString &topic);
    void send(const live::ClientMessage &message);
    void sendSubscribe(const QList<QString> &topics);
    void setState(State state);
    void seen(qint64 sequence);
    void dropSubscriptions(const std::function<bool(const Subscription &)> &ended);
    QList<QString> topics() const;

    QWebSocket m_socket;
    QTimer m_retry;
    QTimer m_heartbeat;
    QElapsedTimer m_pingSent;
    QUrl m_server;
    QByteArray m_token;
    State m_state = State::Offline;
    bool m_hasBeenLive = false;
    bool m_wanted = false;
    bool m_ready = false; // authenticated on this connection
    bool m_subscribed = false; // something, on this connection
    bool m_awaitingBaseline = false; // subscribed without a last event
    int m_tries = 0;
    int m_silentHeartbeats = 0;
    int m_latencyMs = -1;
    qint64 m_lastSequence = -1; // -1: no event is known yet
    std::vector<Subscription> m_subscriptions;
    QHash<QUuid, OutputText> m_outputs;
    QHash<QString, live::Activity> m_presence; // by topic
};
