// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/websocket.h"

#include <QObject>

#include <functional>

// The server's side of a WebSocket in tests, made of functions. Sends back what it gets, if it is not told otherwise.
// Deletes itself when the socket is closed.
class SocketUser final : public QObject, public http::WebSocket::User
{
public:
    explicit SocketUser(http::WebSocket &taken) : socket(&taken) { taken.setUser(this); }

    http::WebSocket *socket; // null: closed
    std::function<void(const QByteArray &)> received = [this](const QByteArray &message) { socket->sendText(message); };
    std::function<void()> sent = [] {};
    std::function<void()> closed = [] {};

private:
    void onMessage(const QByteArray &message) override { received(message); }
    void onSent() override { sent(); }
    void onClosed() override
    {
        socket = nullptr;
        closed();
        deleteLater();
    }
};
