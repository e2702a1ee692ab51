// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_connection.h"

#include "shared/result.h"

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto authenticateWithin = 10s;
// Unsent bytes; from there on the log keeps what is missing. Who reads nothing at all is cut off by the edge.
constexpr qint64 slowAbove = 256 * 1024;
constexpr qint64 drainedBelow = 64 * 1024; // unsent bytes
constexpr qsizetype mostTopics = 500;
constexpr qsizetype mostWaiting = 16;
constexpr qint64 furthestBehind = 100'000; // events; more than that is loaded anew
constexpr int policyViolationCode = 1008;
constexpr int sessionEndedCode = 4401;

std::atomic<quint64> connectionCount{0};

} // namespace

LiveConnection::LiveConnection(http::WebSocket &socket, QByteArray address, LiveHub &hub)
    : m_socket(&socket),
      m_address(std::move(address)),
      m_hub(hub),
      m_answers(hub.services()),
      m_number(++connectionCount),
      m_deadline(std::make_unique<QTimer>())
{
    socket.setUser(this);
    m_deadline->setSingleShot(true);
    connect(m_deadline.get(), &QTimer::timeout, this, [this] { close(policyViolationCode, u"authenticate first"_s); });
    m_deadline->start(authenticateWithin);
}

LiveConnection::~LiveConnection()
{
    for (const QString &topic : QSet(m_presentAt))
        absent(topic);
    if (m_caller)
        m_hub.leave(this, m_caller->tenantId);
    m_hub.forget(this);
    if (!m_socket)
        return;
    m_socket->setUser(nullptr);
    m_socket->abort();
}

void LiveConnection::onMessage(const QByteArray &text)
{
    try {
        const auto message = json::parse<live::ClientMessage>(text, json::UnknownMembers::Reject);
        if (!m_isAsking)
            return handle(message);
        if (m_waiting.size() == mostWaiting)
            return close(policyViolationCode, u"too many messages before the answer to authenticate"_s);
        m_waiting.append(message);
    } catch (const std::runtime_error &error) {
        fail("invalid", QString::fromUtf8(error.what()));
    }
}

void LiveConnection::onSent()
{
    if (!m_live && !m_reading && m_announced && m_socket->unsent() < drainedBelow)
        catchUp();
}

void LiveConnection::onClosed()
{
    m_socket = nullptr;
    deleteLater();
}

void LiveConnection::handle(const live::ClientMessage &message)
{
    if (message.type == live::ClientMessageType::Ping)
        return sendState(live::ServerMessageType::Pong, std::max<qint64>(m_position, 0));
    if (message.type == live::ClientMessageType::Authenticate)
        return authenticate(message);
    if (!m_caller)
        return fail("unauthenticated", u"Send an authenticate message first."_s);
    if (message.type == live::ClientMessageType::Presence)
        return present(message);
    if (!message.topics)
        return fail("invalid", u"/topics is missing"_s);
    message.type == live::ClientMessageType::Subscribe ? subscribe(message) : unsubscribe(message);
}

void LiveConnection::authenticate(const live::ClientMessage &message)
{
    if (!message.token)
        return fail("invalid", u"/token is missing"_s);
    m_isAsking = true;
    const QPointer<LiveConnection> self(this);
    const QPointer<LiveHub> hub(&m_hub);
    const auto answer = [self, hub](const Result<Caller> &result) {
        QMetaObject::invokeMethod(
            hub,
            [self, result] {
                if (!self)
                    return;
                self->m_isAsking = false;
                if (result)
                    self->authenticated(*result);
                else
                    self->fail(result.error().code.toLatin1().constData(), result.error().detail);
                self->handleWaiting();
            },
            Qt::QueuedConnection);
    };
    const auto &authenticate = m_hub.services().authenticate;
    const bool taken =
        m_hub.services().work([authenticate, answer, token = message.token->toLatin1(), address = m_address] {
            try {
                answer(authenticate(token, address));
            } catch (const ApiError &error) {
                answer(error);
            } catch (const std::exception &) {
                answer(ApiError::internal());
            }
        });
    if (!taken)
        answer(ApiError::busy(1));
}

void LiveConnection::handleWaiting()
{
    while (!m_waiting.isEmpty() && !m_isAsking)
        handle(m_waiting.takeFirst());
}

void LiveConnection::authenticated(const Caller &caller)
{
    if (m_caller && m_caller->tenantId != caller.tenantId)
        return close(policyViolationCode, u"the token is of another tenant"_s);
    m_deadline.reset();
    const bool first = !m_caller;
    m_caller = caller;
    if (first)
        m_hub.join(this, caller.tenantId);
    m_hub.read(caller.tenantId, -1, this, [this](const LiveHub::Catch &page) {
        if (!page.failed)
            m_hub.raiseDispatched(m_caller->tenantId, page.bounds.latest);
        sendState(live::ServerMessageType::Ready, page.bounds.latest);
    });
    // A renewed token may carry fewer abilities than the one before; and what it carries may have changed on the way.
    dropTopics({});
    if (!m_hub.services().isCurrent(caller))
        m_hub.renew({this});
}

void LiveConnection::renewed(const Caller &caller, const LiveHub::Looked &looked)
{
    m_caller = caller;
    m_answers.permissionsChanged();
    m_silent = looked.silent;
    setChannels(looked);
    const QStringList lost = dropTopics(looked.hidden);
    sendState(live::ServerMessageType::Permissions, std::max<qint64>(m_position, 0), lost);
    if (!m_hub.services().isCurrent(caller))
        m_hub.renew({this});
}

// Those that the caller may not follow any more, and the given ones.
QStringList LiveConnection::dropTopics(const QStringList &hidden)
{
    QStringList lost;
    for (const QString &topic : QSet(m_topics))
        if (hidden.contains(topic) || !m_caller->may(live::ruleOf(topic)->needs)) {
            m_topics.remove(topic);
            absent(topic);
            lost.append(topic);
        }
    topicsChanged();
    return lost;
}

// Who asked first may be answered last.
void LiveConnection::setChannels(const LiveHub::Looked &looked)
{
    if (looked.channelsAt < m_channelsAt || (m_topics.contains(live::allChannels) && !looked.channels))
        return;
    m_channelsAt = looked.channelsAt;
    if (looked.channels)
        m_channels = *looked.channels;
}

QSet<QString> LiveConnection::wantedOf(const QSet<QString> &topics) const
{
    return topics.contains(live::allChannels) ? topics + m_channels : topics;
}

void LiveConnection::topicsChanged()
{
    m_wanted = wantedOf(m_topics);
    watchOutputs();
}

bool LiveConnection::hasOldChannels(const live::Broadcast &broadcast, qint64 after) const
{
    return m_channelsAt >= 0
        && broadcast.changesChannelsOf(live::ownTopic(m_caller->userId), std::max(after, m_channelsAt));
}

// The person came into a channel or left one: from here on the log is read as somebody who is in the new ones.
void LiveConnection::lookAgain()
{
    m_live = false;
    if (m_isLooking)
        return;
    m_isLooking = true;
    m_hub.look(*m_caller, topicsToLookAt(m_topics, *m_caller), this,
               [this](const std::optional<LiveHub::Looked> &looked) {
                   m_isLooking = false;
                   if (!looked) {
                       QTimer::singleShot(200ms, this, [this] { lookAgain(); });
                       return;
                   }
                   setChannels(*looked);
                   if (const QStringList lost = dropTopics(looked->hidden); !lost.isEmpty())
                       sendState(live::ServerMessageType::Permissions, std::max<qint64>(m_position, 0), lost);
                   catchUp();
               });
}

QStringList LiveConnection::topicsToLookAt(const QSet<QString> &topics, const Caller &caller)
{
    QStringList list;
    for (const QString &topic : topics)
        if (live::isOfChannels(topic)
            || (!live::recordOf(topic).isNull() && live::differs(caller, *live::ruleOf(topic))))
            list.append(topic);
    return list;
}

void LiveConnection::subscribe(const live::ClientMessage &message)
{
    QSet<QString> added;
    for (const QString &topic : *message.topics) {
        const live::TopicRule *rule = live::ruleOf(topic);
        if (!rule)
            return fail(
                "unknown_topic",
                u"There is no topic “%1”; there are jobs, job/<id>, credentials, credential/<id>, budgets, budget/<id>, templates, template/<id>, channels, channel/<id> and audit."_s
                    .arg(topic));
        if (!m_caller->may(rule->needs))
            fail("forbidden", u"The topic %1 needs the ability %2."_s.arg(topic, json::name(rule->needs)));
        else if (!m_topics.contains(topic))
            added.insert(topic);
    }
    if (added.isEmpty() && !std::any_of(message.topics->begin(), message.topics->end(), [this](const QString &topic) {
            return m_topics.contains(topic);
        }))
        return;
    if (m_topics.size() + added.size() > mostTopics)
        return fail("too_many_topics", u"A connection may hold %1 topics."_s.arg(mostTopics));
    const QStringList unsure = topicsToLookAt(added, *m_caller);
    if (unsure.isEmpty())
        return follow(added, message.after);
    // Whether these records may be read is asked of the database; what comes meanwhile waits.
    m_isAsking = true;
    m_hub.look(*m_caller, unsure, this, [this, added, message](const std::optional<LiveHub::Looked> &looked) {
        m_isAsking = false;
        if (!looked) {
            fail("busy", u"The server is busy: subscribe again in a moment."_s);
        } else {
            m_silent += looked->silent;
            setChannels(*looked);
            if (looked->channels && looked->channelsAt < m_channelsAt)
                m_channels = *looked->channels; // for want of newer ones, which follow
            for (const QString &topic : looked->hidden)
                fail("forbidden", u"There is no %1 that you may read."_s.arg(topic));
            const QSet<QString> visible = added - QSet(looked->hidden.begin(), looked->hidden.end());
            if (!visible.isEmpty())
                follow(visible, message.after);
            if (looked->channelsAt >= 0 && looked->channelsAt < std::max(m_position, m_channelsAt))
                lookAgain(); // what has come meanwhile was not looked at for these
        }
        handleWaiting();
    });
}

void LiveConnection::follow(const QSet<QString> &added, std::optional<qint64> after)
{
    const bool first = m_topics.isEmpty() && !m_announced;
    m_topics += added;
    topicsChanged();
    if (first) {
        m_position = after.value_or(-1);
        m_live = false;
        catchUp();
    } else {
        sendState(live::ServerMessageType::Subscribed, std::max<qint64>(m_position, 0), added.values());
        if (after && *after < m_position)
            backfill(*after, wantedOf(added), m_position);
    }
    for (const QString &topic : added) {
        sendOutputSoFar(topic);
        if (live::hasPresence(topic))
            m_hub.presenceBook().show(m_caller->tenantId, topic);
    }
}

void LiveConnection::unsubscribe(const live::ClientMessage &message)
{
    for (const QString &topic : *message.topics) {
        m_topics.remove(topic);
        absent(topic);
        m_silent.remove(topic);
        m_outputSent.remove(live::recordOf(topic));
    }
    topicsChanged();
}

void LiveConnection::catchUp()
{
    m_live = false;
    if (m_reading || m_isLooking)
        return;
    m_reading = true;
    m_hub.read(m_caller->tenantId, m_position, this, [this](const LiveHub::Catch &page) {
        m_reading = false;
        if (page.failed)
            QTimer::singleShot(1s, this, [this] { catchUp(); });
        else
            caughtPage(page);
    });
}

void LiveConnection::caughtPage(const LiveHub::Catch &page)
{
    const QUuid tenantId = m_caller->tenantId;
    m_hub.raiseDispatched(tenantId, page.bounds.latest);
    if (m_position < 0)
        m_position = page.bounds.latest;
    if (!m_announced) {
        m_announced = true;
        sendState(live::ServerMessageType::Subscribed, page.bounds.latest, m_topics.values());
    }
    const bool isGone = m_position + 1 < page.bounds.oldest || m_position > page.bounds.latest;
    if (isGone || page.bounds.latest - m_position > furthestBehind) {
        m_position = page.bounds.latest;
        sendState(live::ServerMessageType::Reload, m_position);
    } else {
        if (m_isLooking)
            return;
        if (!page.events.isEmpty() && hasOldChannels(live::Broadcast(page.events), m_position))
            return lookAgain();
        pass(page.events, m_wanted, m_position);
        if (!page.events.isEmpty())
            m_position = page.events.last().sequence;
    }
    if (isSlow())
        return; // goes on when the reader has read
    if (m_position < m_hub.dispatched(tenantId) || m_position < page.bounds.latest)
        return catchUp();
    m_live = true;
    for (const QString &topic : std::as_const(m_topics))
        sendOutputSoFar(topic);
}

// Topics that were added later and ask for the past get it alone: the others have had theirs.
void LiveConnection::backfill(qint64 after, const QSet<QString> &topics, qint64 until)
{
    m_hub.read(m_caller->tenantId, after, this, [this, after, topics, until](const LiveHub::Catch &page) {
        const qint64 last = page.events.isEmpty() ? until : page.events.last().sequence;
        const auto isBefore = [until](const LoggedEvent &event) { return event.sequence <= until; };
        const auto end = std::partition_point(page.events.begin(), page.events.end(), isBefore);
        pass(page.events.first(end - page.events.begin()), topics, after);
        if (!page.failed && !page.events.isEmpty() && last < until && !isSlow())
            backfill(last, topics, until);
        else if (page.failed || (last < until && isSlow()))
            sendState(live::ServerMessageType::Reload, m_position);
    });
}

void LiveConnection::offer(live::Broadcast &broadcast)
{
    if (!m_live || broadcast.last() <= m_position)
        return;
    if (isSlow()) {
        m_live = false; // the rest is read from the log once the reader has read
        return;
    }
    if (hasOldChannels(broadcast, m_position))
        return lookAgain();
    const QByteArray frames = broadcast.framesFor(*m_caller, m_wanted, m_position);
    m_position = broadcast.last();
    if (!frames.isEmpty())
        m_socket->sendShared(frames);
}

// Sends them where they are wanted and their records may be read, without the fields that may not.
void LiveConnection::pass(const QList<LoggedEvent> &events, const QSet<QString> &topics, qint64 after)
{
    if (events.isEmpty() || !m_socket)
        return;
    live::Broadcast broadcast(events);
    if (const QByteArray frames = broadcast.framesFor(*m_caller, topics, after); !frames.isEmpty())
        m_socket->sendShared(frames);
}

void LiveConnection::endSession(const QUuid &sessionId)
{
    if (m_caller && m_caller->sessionId == sessionId)
        close(sessionEndedCode, u"the session has ended"_s);
}

bool LiveConnection::isSlow() const { return !m_socket || m_socket->unsent() > slowAbove; }

void LiveConnection::send(const QByteArray &message)
{
    if (m_socket)
        m_socket->sendText(message);
}

void LiveConnection::sendState(live::ServerMessageType type, qint64 sequence, const std::optional<QStringList> &topics)
{
    send(live::stateMessage(type, sequence, topics));
}

void LiveConnection::fail(const char *code, const QString &detail) { send(live::errorMessage(code, detail)); }

void LiveConnection::close(int code, const QString &reason)
{
    if (m_socket)
        m_socket->close(code, reason.toUtf8());
}
