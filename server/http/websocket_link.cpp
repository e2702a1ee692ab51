// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/websocket_link.h"

#include "server/http/guard.h"
#include "server/http/websocket_writing.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

#include <exception>

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcWebSocket, "server.http.websocket")

// RFC 6455, section 4.2.2
QByteArray handshakeAnswer(const QByteArray &key)
{
    const QByteArray accept =
        QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + accept + "\r\n\r\n";
}

} // namespace

WebSocketLink::WebSocketLink(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission)
    : Link(guard, std::move(transport), std::move(admission)),
      m_frames(guard.limits().webSocketMessage, guard.limits().webSocketFragments),
      m_heard(guard.now()),
      m_pinged(guard.now()),
      m_since(guard.now())
{
}

WebSocketLink::~WebSocketLink()
{
    m_guard.forget(*this);
    m_transport->setUser(nullptr);
    tellClosed();
}

void WebSocketLink::start(const Request &request, const QByteArray &early)
{
    sendLater(handshakeAnswer(request.header("Sec-WebSocket-Key")));
    try {
        m_guard.options().onWebSocket(*this, request);
    } catch (const std::exception &error) {
        qCCritical(lcWebSocket, "Taking over a WebSocket failed: %s", error.what());
        return end(int(CloseCode::GoingAway));
    }
    if (m_state != State::Open)
        return;
    m_transport->setReading(true);
    received({early.constData(), std::size_t(early.size())});
}

void WebSocketLink::onReadable()
{
    m_guard.keepUnsentLimit();
    if (m_state == State::Gone)
        return;
    QByteArray &scratch = m_guard.scratch();
    const qint64 n = m_transport->read(scratch.data(), scratch.size());
    if (n < 0)
        return m_transport->close();
    if (m_state != State::Open)
        return discard(n);
    received({scratch.constData(), std::size_t(n)});
    // Somebody who asks (pings) and does not read the answers is not listened to.
    if (m_state == State::Open && m_transport->unsent() > m_guard.limits().unsent)
        m_transport->setReading(false);
}

void WebSocketLink::received(std::string_view bytes)
{
    m_heard = m_guard.now();
    QList<WebSocketMessage> messages;
    const CloseCode code = m_frames.read(bytes, messages);
    for (const WebSocketMessage &message : std::as_const(messages))
        if (m_state == State::Open)
            take(message);
    if (code == CloseCode::None || m_state != State::Open)
        return;
    m_guard.registry().rejected.fetch_add(1, std::memory_order_relaxed);
    end(int(code));
}

void WebSocketLink::take(const WebSocketMessage &message)
{
    QByteArray frame;
    switch (message.opcode) {
    case Opcode::Text:
    case Opcode::Binary:
        if (m_user)
            m_user->onMessage(message.payload);
        break;
    case Opcode::Ping:
        appendFrame(frame, Opcode::Pong, message.payload);
        sendLater(frame);
        break;
    case Opcode::Close: // said back with its code
        appendFrame(frame, Opcode::Close,
                    QByteArrayView(message.payload).first(std::min<qsizetype>(2, message.payload.size())));
        m_transport->write(frame);
        finish();
        break;
    case Opcode::Pong:
    case Opcode::Continuation:
        break;
    }
}

void WebSocketLink::sendText(QByteArrayView text)
{
    QByteArray frame;
    appendFrame(frame, Opcode::Text, text);
    sendLater(frame);
}

void WebSocketLink::sendFrames(QByteArrayView frames) { sendLater(frames); }

void WebSocketLink::sendShared(const QByteArray &frames)
{
    if (m_state != State::Open)
        return;
    m_transport->sendShared(frames);
    countUnsent();
}

// Not flushed at once: many small frames may follow, and a system call for each costs ten times as much.
void WebSocketLink::sendLater(QByteArrayView bytes)
{
    if (m_state != State::Open)
        return;
    m_transport->write(bytes);
    countUnsent();
    if (!std::exchange(m_flushing, true))
        m_guard.flushLater(*this);
}

void WebSocketLink::flushNow()
{
    m_flushing = false;
    if (m_state == State::Gone)
        return;
    flush();
    if (m_state == State::Open && m_user)
        m_user->onSent();
}

void WebSocketLink::onProgress()
{
    if (m_state != State::Open)
        return;
    if (m_transport->unsent() < m_guard.limits().unsent / 2)
        m_transport->setReading(true);
    if (m_user)
        m_user->onSent();
}

void WebSocketLink::drain() { end(int(CloseCode::GoingAway)); }

void WebSocketLink::close(int code, QByteArrayView reason)
{
    if (m_state == State::Open && m_transport->unsent() > m_guard.limits().unsent)
        m_transport->abort(); // a reader that slow would not get to the end
    else
        end(code, reason);
}

void WebSocketLink::end(int code, QByteArrayView reason)
{
    if (m_state != State::Open)
        return;
    m_transport->write(closeFrame(code, reason));
    finish();
}

// Our last frame is written: what still comes is read and dropped, because closing with unread bytes resets the
// connection and could destroy that frame on its way.
void WebSocketLink::finish()
{
    m_state = State::Closing;
    m_since = m_guard.now();
    flush();
    if (m_state == State::Closing)
        m_transport->finishWriting();
    if (m_state == State::Closing)
        m_transport->setReading(true);
    tellClosed();
}

void WebSocketLink::onGone()
{
    if (std::exchange(m_state, State::Gone) == State::Gone)
        return;
    m_guard.retire(*this);
    tellClosed();
}

void WebSocketLink::tellClosed()
{
    if (WebSocket::User *user = std::exchange(m_user, nullptr))
        user->onClosed();
}

void WebSocketLink::tick(qint64 now)
{
    if (m_state == State::Gone)
        return;
    const Limits &limits = m_guard.limits();
    if (readsTooSlowly(now))
        return timedOut();
    if (m_state == State::Closing) {
        if (now - m_since > limits.linger.count() && !m_transport->unsent())
            m_transport->close();
    } else if (now - m_heard > limits.webSocketSilence.count()) {
        countTimeout();
        end(int(CloseCode::GoingAway));
    } else if (now - std::max(m_heard, m_pinged) > limits.webSocketPing.count()) {
        m_pinged = now;
        QByteArray ping;
        appendFrame(ping, Opcode::Ping, {});
        m_transport->write(ping);
        flush();
    }
}

} // namespace http
