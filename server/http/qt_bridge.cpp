// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/qt_bridge.h"

namespace http {
namespace {

// Where Qt's output goes: up to the empty line into a head, and nowhere else.
class Capture final : public StandInSocket::Backend
{
public:
    void onWrite(QByteArrayView data) override
    {
        if (!m_complete)
            m_head.append(data.data(), data.size());
        m_complete = m_complete || m_head.endsWith("\r\n\r\n");
    }
    qint64 unsent() const override { return 0; }
    void onClose() override { }
    QByteArray take() { return std::move(m_head); }

private:
    QByteArray m_head;
    bool m_complete = false;
};

} // namespace

QtBridge::Call::Call(QtBridge &bridge, StandInSocket *socket, QtResponder &&responder)
    : m_bridge(bridge),
      m_socket(socket),
      m_responder(std::move(responder))
{
}

QtBridge::Call::~Call()
{
    m_responder.reset(); // newer versions tell the socket's owner that the request is over
    if (m_socket)
        m_bridge.m_free.push_back(m_socket);
}

QByteArray QtBridge::Call::head(int status, const HeaderList &headers)
{
    Capture capture;
    if (m_socket && m_responder) {
        m_socket->setBackend(&capture);
        m_responder->writeHead(status, headers);
        m_socket->setBackend(nullptr);
    }
    QByteArray head = capture.take();
    QtResponder::openHead(head);
    return head;
}

QtBridge::QtBridge() : m_listener(new Listener), m_server(std::make_unique<QtHttpServer>())
{
    m_listener->setParent(m_server.get());
}

QtBridge::~QtBridge()
{
    for (const auto &socket : m_free)
        delete socket.data();
}

bool QtBridge::start() { return m_server->serve(m_listener); }

StandInSocket *QtBridge::take()
{
    while (!m_free.empty()) {
        const QPointer<StandInSocket> socket = m_free.back();
        m_free.pop_back();
        if (socket)
            return socket;
    }
    auto *socket = new StandInSocket(nullptr);
    m_listener->adopt(socket);
    return socket;
}

std::unique_ptr<QtBridge::Call> QtBridge::submit(QByteArrayView method, QByteArrayView target)
{
    constexpr QByteArrayView rest = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    QByteArray request;
    request.reserve(method.size() + 1 + target.size() + rest.size());
    request.append(method).append(' ').append(target).append(rest);

    const QPointer<StandInSocket> socket = take();
    m_server->takeResponder();
    socket->deliver(request);
    std::optional<QtResponder> responder = m_server->takeResponder();
    if (!responder || !socket) {
        if (socket)
            socket->deleteLater(); // whatever Qt is waiting for, the next request must not be it
        return nullptr;
    }
    return std::unique_ptr<Call>(new Call(*this, socket, std::move(*responder)));
}

} // namespace http
