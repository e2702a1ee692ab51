// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/websocket_link.h"

#include "server/http/guard.h"

#include <QLoggingCategory>
#include <QNetworkRequest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <atomic>
#include <exception>

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcWebSocket, "server.http.websocket")

// Says in the handshake with Qt which link a QWebSocket belongs to. Clients' own fields do not get there.
constexpr char idField[] = "X-Edge-Link";

quint64 nextId()
{
    static std::atomic<quint64> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

} // namespace

WebSocketLink::WebSocketLink(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission,
                             Request request)
    : Link(guard, std::move(transport), std::move(admission)),
      m_id(nextId()),
      m_request(std::move(request)),
      m_socket(new StandInSocket(this)),
      m_frames(guard.limits().webSocketMessage, guard.limits().webSocketFragments),
      m_heard(guard.now()),
      m_pinged(guard.now()),
      m_since(guard.now())
{
    m_socket->setPeer(m_request.peer, m_request.peerPort);
}

WebSocketLink::~WebSocketLink()
{
    m_guard.forget(*this);
    m_transport->setUser(nullptr);
    if (!m_socket)
        return;
    m_socket->setBackend(nullptr);
    m_socket->disconnected();
    m_socket->deleteLater();
}

void WebSocketLink::start(QWebSocketServer &server, QByteArray early)
{
    // Not before somebody listens: a QWebSocket drops messages that arrive when nobody does.
    m_transport->setReading(false);
    m_early = std::move(early);
    server.handleConnection(m_socket);
    m_socket->deliver("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                      + m_request.header("Sec-WebSocket-Key") + "\r\n" + idField + ": " + QByteArray::number(m_id)
                      + "\r\n\r\n");
}

quint64 WebSocketLink::idOf(const QWebSocket &socket) { return socket.request().rawHeader(idField).toULongLong(); }

void WebSocketLink::connected(QWebSocket *socket)
{
    if (m_state != State::Handshake)
        return socket->deleteLater();
    m_state = State::Open;
    const auto largest = quint64(m_guard.limits().webSocketMessage);
    socket->setMaxAllowedIncomingFrameSize(largest);
    socket->setMaxAllowedIncomingMessageSize(largest);
    // One frame for each message: Qt clients before 6.5 refuse text whose frames end inside a character.
    socket->setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
    try {
        m_guard.options().onWebSocket(socket, m_request);
    } catch (const std::exception &error) {
        qCCritical(lcWebSocket, "Taking over a WebSocket failed: %s", error.what());
        return fail(CloseCode::GoingAway);
    }
    m_request = {};
    if (m_state != State::Open)
        return;
    const QByteArray early = std::exchange(m_early, {});
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
    QByteArray frames;
    const CloseCode code = m_frames.read(bytes, frames);
    if (!frames.isEmpty() && m_socket)
        m_socket->deliver(frames);
    if (code != CloseCode::None && m_state == State::Open) {
        m_guard.registry().rejected.fetch_add(1, std::memory_order_relaxed);
        fail(code);
    }
}

// Not flushed at once: a broadcast writes many small frames, and a system call for each costs ten times as much.
void WebSocketLink::onWrite(QByteArrayView data)
{
    if (m_state != State::Handshake && m_state != State::Open)
        return;
    m_transport->write(data);
    countUnsent();
    m_unreported += data.size();
    if (!std::exchange(m_flushing, true))
        m_guard.flushLater(*this);
}

void WebSocketLink::flushNow()
{
    m_flushing = false;
    if (m_state == State::Gone)
        return;
    flush();
    reportSent();
}

void WebSocketLink::onProgress()
{
    reportSent();
    if (m_state == State::Open && m_transport->unsent() < m_guard.limits().unsent / 2)
        m_transport->setReading(true);
}

void WebSocketLink::reportSent()
{
    const qint64 sent = m_unreported - std::min(m_unreported, m_transport->unsent());
    m_unreported -= sent;
    if (sent > 0 && m_socket && m_state == State::Open)
        m_socket->reportSent(sent);
}

void WebSocketLink::drain()
{
    if (m_state == State::Handshake)
        m_transport->abort();
    else
        fail(CloseCode::GoingAway);
}

// Ends the connection from our side, past the QWebSocket.
void WebSocketLink::fail(CloseCode code)
{
    if (m_state == State::Closing || m_state == State::Gone)
        return;
    m_transport->write(WebSocketFrames::closeFrame(code));
    close();
}

// Qt has written its close frame, or has been aborted; there is no telling.
void WebSocketLink::onClose()
{
    if (m_state == State::Closing || m_state == State::Gone)
        return;
    if (m_transport->unsent() > m_guard.limits().unsent)
        m_transport->abort(); // a reader that slow would not get to the end
    else
        close();
}

void WebSocketLink::close()
{
    m_state = State::Closing;
    m_since = m_guard.now();
    flush();
    if (m_state == State::Closing)
        m_transport->finishWriting();
    if (m_state == State::Closing)
        m_transport->setReading(true); // to see the end
    if (m_socket)
        m_socket->disconnected();
}

void WebSocketLink::onGone()
{
    if (std::exchange(m_state, State::Gone) == State::Gone)
        return;
    m_guard.retire(*this);
    if (m_socket)
        m_socket->disconnected();
}

void WebSocketLink::tick(qint64 now)
{
    if (m_state == State::Gone)
        return;
    const Limits &limits = m_guard.limits();
    if (readsTooSlowly(now))
        return timedOut();
    switch (m_state) {
    case State::Handshake:
        if (now - m_since > limits.headTime.count())
            timedOut();
        break;
    case State::Open:
        if (now - m_heard > limits.webSocketSilence.count()) {
            countTimeout();
            fail(CloseCode::GoingAway);
        } else if (now - std::max(m_heard, m_pinged) > limits.webSocketPing.count()) {
            m_pinged = now;
            m_transport->write(WebSocketFrames::pingFrame());
            flush();
        }
        break;
    case State::Closing:
        if (now - m_since > limits.linger.count() && !m_transport->unsent())
            m_transport->close();
        break;
    case State::Gone:
        break;
    }
}

} // namespace http
