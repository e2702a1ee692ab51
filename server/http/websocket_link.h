// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/link.h"
#include "server/http/message.h"
#include "server/http/stand_in_socket.h"
#include "server/http/websocket_frames.h"

#include <QPointer>

class QWebSocket;
class QWebSocketServer;

namespace http {

// A connection that has become a WebSocket: looks at every frame that comes in, and lets a QWebSocket on a stand-in
// socket do the rest. Pings a silent peer, and ends when the peer or the QWebSocket does.
class WebSocketLink final : public Link, private StandInSocket::Backend
{
public:
    WebSocketLink(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission, Request request);
    ~WebSocketLink() override;

    // Begins with the handshake. `early`: what the client has sent after it.
    void start(QWebSocketServer &server, QByteArray early);
    // The handshake is done.
    void connected(QWebSocket *socket);
    // The link that this socket was made for.
    static quint64 idOf(const QWebSocket &socket);
    quint64 id() const { return m_id; }

    void tick(qint64 now) override;
    void drain() override;
    void flushNow(); // for the guard, after flushLater

private:
    void onReadable() override;
    void onProgress() override;
    void onGone() override;

    enum class State { Handshake, Open, Closing, Gone };

    void received(std::string_view bytes);
    void fail(CloseCode code);
    void close();
    void reportSent();

    void onWrite(QByteArrayView data) override;
    qint64 unsent() const override { return m_transport->unsent(); }
    void onClose() override;

    const quint64 m_id;
    Request m_request;
    QPointer<StandInSocket> m_socket;
    WebSocketFrames m_frames;
    QByteArray m_early;
    State m_state = State::Handshake;
    bool m_flushing = false; // flush() is going to be called
    qint64 m_unreported = 0; // written by Qt, not yet said to be sent
    qint64 m_heard = 0; // when the peer last sent something
    qint64 m_pinged = 0;
    qint64 m_since = 0;
};

} // namespace http
