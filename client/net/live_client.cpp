// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/live_client.h"

#include "shared/json/json.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

Q_LOGGING_CATEGORY(lcLive, "client.live")

using namespace std::chrono_literals;

namespace {

constexpr auto heartbeatPeriod = 20s;
constexpr int heartbeatsUntilDead = 2;
constexpr std::array retrySeconds{1, 2, 4, 8, 15, 30};
constexpr int triesUntilOffline = 3;
// Larger than any message, because Qt 6.4 refuses a text whose frames part inside a character.
constexpr quint64 largestMessage = 16 * 1024 * 1024;

QUrl socketAddress(QUrl server)
{
    server.setScheme(server.scheme() == QLatin1StringView("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    server.setPath(QString::fromLatin1(live::path));
    return server;
}

QString jobTopic(const QUuid &job) { return QStringLiteral("job/") + job.toString(QUuid::WithoutBraces); }

// Whether a subscriber of `subscribed` wants an event of `topic` about the job `id`.
bool covers(const QString &subscribed, const QString &topic, const QString &id)
{
    return subscribed == topic || subscribed == QStringLiteral("job/") + id
        || topic.startsWith(subscribed.chopped(1) + u'/') // "jobs" is every "job/…"
        || topic.startsWith(subscribed + u'/') // "audit" is every "audit/…"
        // What only this person is told about their channels.
        || (subscribed == QLatin1StringView("channels") && topic.startsWith(QLatin1StringView("chat-person/")));
}

} // namespace

LiveClient::LiveClient(QObject *parent) : QObject(parent)
{
    m_socket.setOutgoingFrameSize(largestMessage);
    m_socket.setMaxAllowedIncomingFrameSize(largestMessage);
    m_socket.setMaxAllowedIncomingMessageSize(largestMessage);
    connect(&m_socket, &QWebSocket::connected, this, &LiveClient::connected);
    connect(&m_socket, &QWebSocket::disconnected, this, &LiveClient::disconnected);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &LiveClient::received);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LiveClient::connectNow);
    m_heartbeat.setInterval(heartbeatPeriod);
    connect(&m_heartbeat, &QTimer::timeout, this, &LiveClient::heartbeat);
}

LiveClient::~LiveClient()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

void LiveClient::open(const QUrl &server, qint64 lastSequence)
{
    m_server = server;
    m_lastSequence = lastSequence;
    m_wanted = true;
    m_tries = 0;
    setState(State::Reconnecting);
    connectNow();
}

void LiveClient::setToken(const QByteArray &accessToken)
{
    m_token = accessToken;
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        send({.type = live::ClientMessageType::Authenticate, .token = QString::fromLatin1(m_token)});
    else
        retryNow();
}

void LiveClient::close()
{
    m_wanted = false;
    m_token.clear();
    m_retry.stop();
    m_heartbeat.stop();
    m_socket.close();
    setState(State::Offline);
}

void LiveClient::retryNow()
{
    if (m_wanted && m_socket.state() == QAbstractSocket::UnconnectedState)
        connectNow();
}

void LiveClient::connectNow()
{
    m_retry.stop();
    if (!m_wanted || m_socket.state() != QAbstractSocket::UnconnectedState)
        return;
    if (m_token.isEmpty()) {
        scheduleRetry();
        return Q_EMIT tokenNeeded();
    }
    m_socket.open(socketAddress(m_server));
    // A server that takes the connection and then says nothing is as good as none.
    m_silentHeartbeats = 0;
    m_heartbeat.start();
}

void LiveClient::connected()
{
    m_ready = m_subscribed = m_awaitingBaseline = false;
    send({.type = live::ClientMessageType::Authenticate, .token = QString::fromLatin1(m_token)});
}

void LiveClient::disconnected()
{
    m_heartbeat.stop();
    m_ready = false;
    m_latencyMs = -1;
    if (m_wanted)
        scheduleRetry();
}

void LiveClient::scheduleRetry()
{
    const int seconds = retrySeconds[std::min<std::size_t>(m_tries, retrySeconds.size() - 1)];
    const double jitter = 0.8 + QRandomGenerator::global()->bounded(0.4);
    m_retry.start(std::chrono::milliseconds(qint64(seconds * 1000 * jitter)));
    ++m_tries;
    setState(m_tries > triesUntilOffline ? State::Offline : State::Reconnecting);
}

std::optional<int> LiveClient::secondsToNextTry() const
{
    return m_retry.isActive() ? std::optional((m_retry.remainingTime() + 999) / 1000) : std::nullopt;
}

void LiveClient::heartbeat()
{
    if (++m_silentHeartbeats >= heartbeatsUntilDead)
        return m_socket.abort(); // also ends a connection that is still being made
    if (m_ready) {
        m_pingSent.start();
        send({.type = live::ClientMessageType::Ping});
        for (const QString &topic : m_presence.keys())
            sendPresence(topic);
    }
}

void LiveClient::received(const QString &text)
{
    m_silentHeartbeats = 0;
    try {
        const QJsonObject message = json::object(text.toUtf8());
        const auto type = json::fromValue<live::ServerMessageType>(message.value(QStringLiteral("type")),
                                                                   json::UnknownMembers::Ignore);
        const qint64 sequence = message.value(QStringLiteral("sequence")).toInteger(-1);
        switch (type) {
        case live::ServerMessageType::Ready:
            return ready();
        case live::ServerMessageType::Subscribed:
            if (std::exchange(m_awaitingBaseline, false)) {
                seen(sequence);
                Q_EMIT reload();
            }
            for (const QString &topic : m_presence.keys())
                sendPresence(topic);
            return Q_EMIT subscribed(message.value(QStringLiteral("topics")).toVariant().toStringList());
        case live::ServerMessageType::Reload:
            m_lastSequence = sequence;
            Q_EMIT sequenceChanged(sequence);
            Q_EMIT reload();
            return;
        case live::ServerMessageType::Event:
            return dispatch(json::fromValue<live::Event>(message, json::UnknownMembers::Ignore));
        case live::ServerMessageType::Output:
            return dispatch(json::fromValue<live::Output>(message, json::UnknownMembers::Ignore));
        case live::ServerMessageType::Answer:
            return Q_EMIT answerGrew(json::fromValue<live::Answer>(message, json::UnknownMembers::Ignore));
        case live::ServerMessageType::Presence:
            return Q_EMIT presenceChanged(json::fromValue<live::Presence>(message, json::UnknownMembers::Ignore));
        case live::ServerMessageType::Permissions:
            Q_EMIT permissionsChanged();
            sendSubscribe(topics());
            return Q_EMIT reload();
        case live::ServerMessageType::Pong:
            m_latencyMs = m_pingSent.isValid() ? int(m_pingSent.elapsed()) : -1;
            return Q_EMIT stateChanged(m_state, m_latencyMs);
        case live::ServerMessageType::Error:
            return refused(message.value(QStringLiteral("code")).toString());
        }
    } catch (const std::runtime_error &error) {
        // From a newer server, or a broken one: say so and go on with what is understood.
        qCWarning(lcLive, "message not understood: %s", error.what());
    }
}

void LiveClient::ready()
{
    if (std::exchange(m_ready, true))
        return; // signed in again with a renewed token
    m_tries = 0;
    m_outputs.clear();
    setState(State::Live);
    if (std::exchange(m_hasBeenLive, true))
        Q_EMIT reconnected();
    m_heartbeat.start();
    m_pingSent.start();
    send({.type = live::ClientMessageType::Ping});
    sendSubscribe(topics());
}

void LiveClient::sendSubscribe(const QList<QString> &topics)
{
    if (topics.isEmpty() || !m_ready)
        return;
    m_awaitingBaseline = m_awaitingBaseline || m_lastSequence < 0;
    // Only the first subscription of a connection asks for the past: later ones would get it out of order, and whoever
    // adds a topic loads its state afterwards.
    const bool first = !std::exchange(m_subscribed, true);
    const auto after = first && m_lastSequence >= 0 ? std::optional(m_lastSequence) : std::nullopt;
    send({.type = live::ClientMessageType::Subscribe, .topics = topics, .after = after});
}

void LiveClient::refused(const QString &code)
{
    qCWarning(lcLive, "refused: %s", qUtf8Printable(code));
    if (code != QLatin1StringView("unauthenticated"))
        return;
    m_token.clear();
    Q_EMIT tokenNeeded();
}

void LiveClient::seen(qint64 sequence)
{
    if (sequence <= m_lastSequence)
        return;
    m_lastSequence = sequence;
    Q_EMIT sequenceChanged(sequence);
}

void LiveClient::dispatch(const live::Event &event)
{
    if (event.sequence <= m_lastSequence)
        return; // seen before the break
    seen(event.sequence);
    const QString id = event.data.value(QStringLiteral("id")).toString();
    const auto subscriptions = m_subscriptions; // handlers may subscribe and unsubscribe
    for (const Subscription &subscription : subscriptions)
        if (subscription.receiver && subscription.onEvent && covers(subscription.topic, event.topic, id))
            subscription.onEvent(event);
}

void LiveClient::dispatch(const live::Output &output)
{
    OutputText &text = m_outputs[output.jobId];
    const bool hadGap = text.hasGap();
    const auto fresh = text.add(output);
    const QString topic = jobTopic(output.jobId);
    if (text.hasGap() && !hadGap) { // asks for the text from its start, once
        send({.type = live::ClientMessageType::Unsubscribe, .topics = QList<QString>{topic}});
        sendSubscribe({topic});
    }
    if (!fresh)
        return;
    const auto subscriptions = m_subscriptions;
    for (const Subscription &subscription : subscriptions)
        if (subscription.receiver && subscription.onOutput && subscription.topic == topic)
            subscription.onOutput(*fresh);
}

void LiveClient::subscribe(const QString &topic, QObject *receiver, EventHandler onEvent, OutputHandler onOutput)
{
    const bool known = topics().contains(topic);
    m_subscriptions.push_back({topic, receiver, std::move(onEvent), std::move(onOutput)});
    connect(receiver, &QObject::destroyed, this, [this](QObject *gone) {
        dropSubscriptions([gone](const Subscription &s) { return !s.receiver || s.receiver == gone; });
    });
    if (!known)
        sendSubscribe({topic});
}

void LiveClient::unsubscribe(const QString &topic, QObject *receiver)
{
    dropSubscriptions([&](const Subscription &s) { return s.topic == topic && s.receiver == receiver; });
}

void LiveClient::sayPresence(const QString &topic, live::Activity activity)
{
    if (activity == live::Activity::Gone) {
        if (m_presence.remove(topic) && m_ready)
            send({.type = live::ClientMessageType::Presence, .topic = topic, .activity = activity});
        return;
    }
    const auto before = m_presence.constFind(topic);
    if (before != m_presence.constEnd() && *before == activity)
        return;
    m_presence.insert(topic, activity);
    sendPresence(topic);
}

void LiveClient::sendPresence(const QString &topic)
{
    if (m_ready)
        send({.type = live::ClientMessageType::Presence, .topic = topic, .activity = m_presence.value(topic)});
}

void LiveClient::dropSubscriptions(const std::function<bool(const Subscription &)> &ended)
{
    const auto before = topics();
    std::erase_if(m_subscriptions, ended);
    QList<QString> over;
    const auto remaining = topics();
    std::copy_if(before.begin(), before.end(), std::back_inserter(over),
                 [&](const QString &topic) { return !remaining.contains(topic); });
    if (over.isEmpty())
        return;
    for (const QString &topic : over) {
        m_presence.remove(topic);
        if (topic.startsWith(QStringLiteral("job/")))
            m_outputs.remove(QUuid::fromString(topic.mid(4)));
    }
    if (m_ready)
        send({.type = live::ClientMessageType::Unsubscribe, .topics = over});
}

QList<QString> LiveClient::topics() const
{
    QList<QString> all;
    for (const Subscription &subscription : m_subscriptions)
        if (!all.contains(subscription.topic))
            all.append(subscription.topic);
    return all;
}

void LiveClient::send(const live::ClientMessage &message)
{
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.sendTextMessage(QString::fromUtf8(json::print(message)));
}

void LiveClient::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state, m_latencyMs);
}
