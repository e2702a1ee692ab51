// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/qt_http_compat.h"
#include "server/http/stand_in_socket.h"

#include <QPointer>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <vector>

namespace http {

// Accepts connections for the guard and, towards Qt HttpServer, pretends to accept stand-in sockets.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    std::function<void(qintptr)> onConnection; // takes over the descriptor
    void adopt(StandInSocket *socket) { addPendingConnection(socket); }

protected:
    void incomingConnection(qintptr descriptor) override { onConnection(descriptor); }
};

// The one door between the edge and Qt HttpServer. A request that the guard has found complete and well-formed goes in
// as a canonical request line; out comes Qt's responder. Header fields and body do not pass: Qt 6.4 loses the order of
// fields and holds a body twice, and what it does not see it cannot misread. For the time of one request it uses a
// stand-in socket, which returns to a pool afterwards, so nothing of Qt's ever points to a real connection.
class QtBridge
{
public:
    class Call
    {
    public:
        ~Call();
        // Status line and fields as Qt writes them, each line ended, ready for more fields. Once.
        QByteArray head(int status, const HeaderList &headers);

    private:
        friend class QtBridge;
        Call(QtBridge &bridge, StandInSocket *socket, QtResponder &&responder);

        QtBridge &m_bridge;
        QPointer<StandInSocket> m_socket;
        std::optional<QtResponder> m_responder;
    };

    QtBridge();
    ~QtBridge();

    Listener &listener() { return *m_listener; }
    bool start(); // when the listener listens

    // Null: Qt does not understand the request.
    std::unique_ptr<Call> submit(QByteArrayView method, QByteArrayView target);

private:
    StandInSocket *take();

    Listener *m_listener; // owned by m_server
    std::unique_ptr<QtHttpServer> m_server;
    std::vector<QPointer<StandInSocket>> m_free;
};

} // namespace http
