// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>

struct WireRequest
{
    QByteArray method;
    QByteArray path; // with its query
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

struct WireAnswer
{
    int status = 200;
    QByteArray body = {};
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    enum class Way { Whole, Silence, CutInTheMiddle, Held } way = Way::Whole; // held: until release()
};

// The other end of the wire for tests of the client's network code: real sockets on a free port of this machine,
// HTTP/1.1 answered by `script`, WebSockets handed to the test. Knows nothing about Patio but its bytes.
class WireServer : public QTcpServer
{
    Q_OBJECT

public:
    WireServer();
    ~WireServer() override;

    QUrl url() const;
    void stop(); // closes the port and every connection
    void start(); // on the same port again

    std::function<WireAnswer(const WireRequest &)> script;
    std::function<void(QWebSocket &, const QJsonObject &)> liveScript;
    QList<WireRequest> requests;

    QList<QWebSocket *> sockets() const { return m_sockets; }
    static void say(QWebSocket &socket, const QJsonObject &message);
    void cutSockets();
    bool holds() const { return !m_held.isEmpty(); }
    void release(); // sends the answers that were held

private:
    void incoming(QTcpSocket *socket);
    void readRequests(QTcpSocket *socket);
    bool readOne(QTcpSocket *socket);

    QWebSocketServer m_upgrader{QStringLiteral("wire"), QWebSocketServer::NonSecureMode};
    QList<QWebSocket *> m_sockets;
    QList<QPointer<QTcpSocket>> m_connections;
    QList<std::pair<QPointer<QTcpSocket>, QByteArray>> m_held;
    quint16 m_port = 0;
};
