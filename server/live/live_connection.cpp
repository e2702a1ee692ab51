// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_connection.h"

#include "shared/result.h"

#include <QWebSocket>

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
constexpr auto sessionEndedCode = 4401;

// Which ability a topic needs, by its first part.
struct TopicRule
{
    QLatin1StringView all; // "jobs": every one
    QLatin1StringView prefix; // "job/": one, by id
    Ability needs;
};
constexpr TopicRule rules[] = {{"jobs"_L1, "job/"_L1, Ability::JobsRead},
                               {"credentials"_L1, "credential/"_L1, Ability::CredentialsRead},
                               {"audit"_L1, "audit/"_L1, Ability::AuditRead}};

const TopicRule *ruleOf(const QString &topic)
{
    for (const TopicRule &rule : rules)
        if (topic == rule.all
            || (topic.startsWith(rule.prefix) && !QUuid::fromString(topic.mid(rule.prefix.size())).isNull()))
            return &rule;
    return nullptr;
}

QByteArray eventMessage(const LoggedEvent &event)
{
    QByteArray out = "{\"type\":\"event\",\"sequence\":" + QByteArray::number(event.sequence) + ",\"topic\":";
    json::write(out, event.topic);
    out += ",\"name\":";
    json::write(out, event.name);
    out += ",\"time\":";
    json::write(out, event.createdAt);
    out += ",\"data\":";
    out += event.data;
    out += '}';
    return out;
}

QByteArray outputMessage(const OutputPiece &piece)
{
    QByteArray out = "{\"type\":\"output\",\"jobId\":";
    json::write(out, piece.jobId);
    out += ",\"attempt\":" + QByteArray::number(piece.attempt) + ",\"offset\":" + QByteArray::number(piece.offset)
        + ",\"text\":";
    json::write(out, piece.text);
    out += '}';
    return out;
}

QString jobTopic(const QUuid &jobId) { return u"job/"_s + jobId.toString(QUuid::WithoutBraces); }

} // namespace

LiveConnection::LiveConnection(QWebSocket *socket, QByteArray address, LiveHub &hub)
    : m_socket(socket),
      m_address(std::move(address)),
      m_hub(hub)
{
    socket->setParent(this);
    connect(socket, &QWebSocket::textMessageReceived, this, &LiveConnection::receive);
    connect(socket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &bytes) { receive(QString::fromUtf8(bytes)); });
    connect(socket, &QWebSocket::disconnected, this, &QObject::deleteLater);
    connect(socket, &QWebSocket::bytesWritten, this, [this] {
        if (!m_live && !m_reading && m_announced && m_socket->bytesToWrite() < drainedBelow)
            catchUp();
    });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { close(QWebSocketProtocol::CloseCodePolicyViolated, u"authenticate first"_s); });
    m_deadline.start(authenticateWithin);
}

LiveConnection::~LiveConnection()
{
    if (m_caller)
        m_hub.leave(this, m_caller->tenantId);
}

void LiveConnection::receive(const QString &text)
{
    try {
        const auto message = json::parse<live::ClientMessage>(text.toUtf8(), json::UnknownMembers::Reject);
        if (!m_authenticating)
            return handle(message);
        if (m_waiting.size() == mostWaiting)
            return close(QWebSocketProtocol::CloseCodePolicyViolated,
                         u"too many messages before the answer to authenticate"_s);
        m_waiting.append(message);
    } catch (const std::runtime_error &error) {
        fail("invalid", QString::fromUtf8(error.what()));
    }
}

void LiveConnection::handle(const live::ClientMessage &message)
{
    if (message.type == live::ClientMessageType::Ping)
        return sendState(live::ServerMessageType::Pong, std::max<qint64>(m_position, 0));
    if (message.type == live::ClientMessageType::Authenticate)
        return authenticate(message);
    if (!m_caller)
        return fail("unauthenticated", u"Send an authenticate message first."_s);
    if (!message.topics)
        return fail("invalid", u"/topics is missing"_s);
    message.type == live::ClientMessageType::Subscribe ? subscribe(message) : unsubscribe(message);
}

void LiveConnection::authenticate(const live::ClientMessage &message)
{
    if (!message.token)
        return fail("invalid", u"/token is missing"_s);
    m_authenticating = true;
    const QPointer<LiveConnection> self(this);
    const QPointer<LiveHub> hub(&m_hub);
    const auto answer = [self, hub](const Result<Caller> &result) {
        QMetaObject::invokeMethod(
            hub,
            [self, result] {
                if (!self)
                    return;
                self->m_authenticating = false;
                if (result)
                    self->authenticated(*result);
                else
                    self->fail(result.error().code.toLatin1().constData(), result.error().detail);
                const auto waiting = std::exchange(self->m_waiting, {});
                for (const live::ClientMessage &next : waiting)
                    self->handle(next);
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

void LiveConnection::authenticated(const Caller &caller)
{
    if (m_caller && m_caller->tenantId != caller.tenantId)
        return close(QWebSocketProtocol::CloseCodePolicyViolated, u"the token is of another tenant"_s);
    m_deadline.stop();
    const bool first = !m_caller;
    m_caller = caller;
    if (first)
        m_hub.join(this, caller.tenantId);
    // A renewed token may carry fewer abilities than the one before.
    for (const QString &topic : QSet(m_topics))
        if (!caller.may(ruleOf(topic)->needs))
            m_topics.remove(topic);
    watchOutputs();
    const QPointer<LiveConnection> self(this);
    m_hub.read(caller.tenantId, -1, this, [this](const LiveHub::Catch &page) {
        if (!page.failed)
            m_hub.raiseDispatched(m_caller->tenantId, page.bounds.latest);
        sendState(live::ServerMessageType::Ready, page.bounds.latest);
    });
}

void LiveConnection::subscribe(const live::ClientMessage &message)
{
    QSet<QString> added;
    for (const QString &topic : *message.topics) {
        const TopicRule *rule = ruleOf(topic);
        if (!rule)
            return fail(
                "unknown_topic",
                u"There is no topic “%1”; there are jobs, job/<id>, credentials, credential/<id> and audit."_s.arg(
                    topic));
        if (!m_caller->may(rule->needs))
            return fail("forbidden", u"The topic %1 needs the ability %2."_s.arg(topic, json::name(rule->needs)));
        if (!m_topics.contains(topic))
            added.insert(topic);
    }
    if (m_topics.size() + added.size() > mostTopics)
        return fail("too_many_topics", u"A connection may hold %1 topics."_s.arg(mostTopics));

    const bool first = m_topics.isEmpty() && !m_announced;
    m_topics += added;
    watchOutputs();
    if (first) {
        m_position = message.after.value_or(-1);
        m_live = false;
        catchUp();
    } else {
        sendState(live::ServerMessageType::Subscribed, std::max<qint64>(m_position, 0), added.values());
        if (message.after && *message.after < m_position)
            backfill(*message.after, added, m_position);
    }
    for (const QString &topic : std::as_const(added))
        sendOutputSoFar(topic);
}

void LiveConnection::unsubscribe(const live::ClientMessage &message)
{
    for (const QString &topic : *message.topics) {
        m_topics.remove(topic);
        m_outputSent.remove(QUuid::fromString(topic.section(u'/', 1)));
    }
    watchOutputs();
}

void LiveConnection::watchOutputs()
{
    m_outputs.removeIf(
        [this](const QHash<QString, std::shared_ptr<void>>::iterator &it) { return !m_topics.contains(it.key()); });
    for (const QString &topic : std::as_const(m_topics))
        if (topic.startsWith("job/"_L1) && !m_outputs.contains(topic))
            m_outputs.insert(topic, m_hub.services().watchOutput(QUuid::fromString(topic.mid(4))));
}

void LiveConnection::catchUp()
{
    m_live = false;
    if (m_reading)
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
        for (const LoggedEvent &event : page.events) {
            if (wants(event.topic))
                send(eventMessage(event));
            m_position = event.sequence;
        }
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
    m_hub.read(m_caller->tenantId, after, this, [this, topics, until](const LiveHub::Catch &page) {
        qint64 last = until;
        for (const LoggedEvent &event : page.events) {
            last = event.sequence;
            if (event.sequence <= until && wants(topics, event.topic))
                send(eventMessage(event));
        }
        if (!page.failed && !page.events.isEmpty() && last < until && !isSlow())
            backfill(last, topics, until);
        else if (page.failed || (last < until && isSlow()))
            sendState(live::ServerMessageType::Reload, m_position);
    });
}

bool LiveConnection::wants(const QSet<QString> &topics, const QString &topic)
{
    if (topics.contains(topic))
        return true;
    for (const TopicRule &rule : rules)
        if (topic.startsWith(rule.prefix))
            return topics.contains(rule.all);
    return false;
}

void LiveConnection::offer(const LoggedEvent &event, QString &message)
{
    if (!m_live || event.sequence <= m_position)
        return;
    if (isSlow()) {
        m_live = false; // the rest is read from the log once the reader has read
        return;
    }
    m_position = event.sequence;
    if (!wants(event.topic))
        return;
    if (message.isEmpty())
        message = QString::fromUtf8(eventMessage(event));
    m_socket->sendTextMessage(message);
}

void LiveConnection::offer(const OutputPiece &piece, QString &message)
{
    const QString topic = jobTopic(piece.jobId);
    if (!m_topics.contains(topic) || isSlow())
        return;
    qint64 &sent = m_outputSent[piece.jobId];
    if (piece.offset == 0)
        sent = 0; // a new attempt starts over
    if (piece.offset != sent)
        return piece.offset > sent ? sendOutputSoFar(topic) : void();
    sent = piece.offset + piece.text.size();
    if (message.isEmpty())
        message = QString::fromUtf8(outputMessage(piece));
    m_socket->sendTextMessage(message);
}

void LiveConnection::sendOutputSoFar(const QString &topic)
{
    if (!topic.startsWith("job/"_L1) || isSlow())
        return;
    const QUuid jobId = QUuid::fromString(topic.mid(4));
    const auto soFar = m_hub.services().outputSoFar(m_caller->tenantId, jobId);
    if (!soFar)
        return;
    qint64 &sent = m_outputSent[jobId];
    const qint64 end = soFar->offset + soFar->text.size();
    if (end <= sent)
        return;
    OutputPiece missing = *soFar;
    missing.text = soFar->text.mid(sent - soFar->offset);
    missing.offset = sent;
    sent = end;
    send(outputMessage(missing));
}

void LiveConnection::endSession(const QUuid &sessionId)
{
    if (m_caller && m_caller->sessionId == sessionId)
        close(sessionEndedCode, u"the session has ended"_s);
}

bool LiveConnection::isSlow() const { return m_socket->bytesToWrite() > slowAbove; }

void LiveConnection::send(const QByteArray &message) { m_socket->sendTextMessage(QString::fromUtf8(message)); }

void LiveConnection::sendState(live::ServerMessageType type, qint64 sequence, const QStringList &topics)
{
    QByteArray out = "{\"type\":";
    json::write(out, type);
    out += ",\"sequence\":" + QByteArray::number(sequence);
    if (type == live::ServerMessageType::Subscribed) {
        out += ",\"topics\":";
        json::write(out, QList<QString>(topics));
    }
    send(out += '}');
}

void LiveConnection::fail(const char *code, const QString &detail)
{
    QByteArray out = "{\"type\":\"error\",\"code\":";
    json::write(out, QString::fromLatin1(code));
    out += ",\"detail\":";
    json::write(out, detail);
    send(out += '}');
}

void LiveConnection::close(int code, const QString &reason)
{
    m_socket->close(QWebSocketProtocol::CloseCode(code), reason);
}
