// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/link.h"
#include "server/http/message.h"
#include "server/http/websocket.h"
#include "server/http/websocket_frames.h"

namespace http {

// A connection that has become a WebSocket: reads and writes its frames, pings a silent peer, and ends when the peer or
// the user does. Ten thousand that say nothing cost as little as ten thousand connections that ask nothing.
class WebSocketLink final : public Link, public WebSocket
{
public:
    WebSocketLink(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission);
    ~WebSocketLink() override;

    // Answers the handshake and hands the socket over. `early`: what the client has sent after it.
    void start(const Request &request, const QByteArray &early);

    void tick(qint64 now) override;
    void drain() override;
    void flushNow(); // for the guard, after flushLater

    void setUser(WebSocket::User *user) override { m_user = user; }
    void sendText(QByteArrayView text) override;
    void sendFrames(QByteArrayView frames) override;
    void sendShared(const QByteArray &frames) override;
    qint64 unsent() const override { return m_transport->unsent(); }
    void close(int code, QByteArrayView reason) override;
    void abort() override { m_transport->abort(); }

private:
    void onReadable() override;
    void onProgress() override;
    void onGone() override;

    enum class State : quint8 { Open, Closing, Gone };

    void received(std::string_view bytes);
    void take(const WebSocketMessage &message);
    void sendLater(QByteArrayView bytes);
    void end(int code, QByteArrayView reason = {});
    void finish();
    void tellClosed();

    WebSocket::User *m_user = nullptr; // null also once it was told of the end
    WebSocketFrames m_frames;
    State m_state = State::Open;
    bool m_flushing = false; // flush() is going to be called
    qint64 m_heard = 0; // when the peer last sent something
    qint64 m_pinged = 0;
    qint64 m_since = 0; // when closing began
};

} // namespace http
