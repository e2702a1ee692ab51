// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/wire_server.h"

#include <QTcpSocket>

WireServer::WireServer()
{
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection())
            incoming(socket);
    });
    connect(&m_upgrader, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *socket = m_upgrader.nextPendingConnection()) {
            socket->setOutgoingFrameSize(16 * 1024 * 1024);
            m_sockets.append(socket);
            connect(socket, &QWebSocket::disconnected, this, [this, socket] {
                m_sockets.removeOne(socket);
                socket->deleteLater();
            });
            connect(socket, &QWebSocket::textMessageReceived, this, [this, socket](const QString &text) {
                if (liveScript)
                    liveScript(*socket, json::object(text.toUtf8()));
            });
        }
    });
    start();
}

WireServer::~WireServer() { stop(); }

QUrl WireServer::url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }

void WireServer::start()
{
    if (!listen(QHostAddress::LocalHost, m_port))
        qFatal("the wire server cannot listen: %s", qPrintable(errorString()));
    m_port = serverPort();
}

void WireServer::stop()
{
    close();
    cutSockets();
    for (const auto &connection : std::exchange(m_connections, {}))
        if (connection)
            connection->abort();
}

void WireServer::cutSockets()
{
    const auto sockets = std::exchange(m_sockets, {});
    for (QWebSocket *socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void WireServer::say(QWebSocket &socket, const QJsonObject &message)
{
    socket.sendTextMessage(QString::fromUtf8(json::print(message)));
}

void WireServer::incoming(QTcpSocket *socket)
{
    m_connections.append(socket);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
        const QByteArray head = socket->peek(8192);
        if (!head.contains("\r\n\r\n"))
            return;
        if (head.toLower().contains("\r\nupgrade: websocket")) {
            socket->disconnect(this);
            socket->disconnect(socket);
            m_connections.removeOne(socket);
            m_upgrader.handleConnection(socket);
            Q_EMIT socket->readyRead(); // what is waiting already
            return;
        }
        readRequests(socket);
    });
}

void WireServer::readRequests(QTcpSocket *socket)
{
    while (socket->state() == QAbstractSocket::ConnectedState && readOne(socket)) { }
}

bool WireServer::readOne(QTcpSocket *socket)
{
    const QByteArray waiting = socket->peek(socket->bytesAvailable());
    const qsizetype end = waiting.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    WireRequest request;
    const auto lines = waiting.first(end).split('\n');
    const auto words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.path = words.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length", "0").toLongLong();
    if (waiting.size() < end + 4 + length)
        return false;
    request.body = waiting.mid(end + 4, length);
    socket->read(end + 4 + length);
    requests.append(request);

    const WireAnswer answer = script ? script(request) : WireAnswer{.status = 404};
    if (answer.way == WireAnswer::Way::Silence)
        return true;
    QByteArray text = "HTTP/1.1 " + QByteArray::number(answer.status)
        + " X\r\nContent-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    if (!answer.body.isEmpty())
        text += "Content-Type: " + answer.contentType + "\r\n";
    for (const auto &[name, value] : answer.headers)
        text += name + ": " + value + "\r\n";
    text += "\r\n" + answer.body;
    if (answer.way == WireAnswer::Way::CutInTheMiddle) {
        socket->write(text.first(text.size() - answer.body.size() / 2));
        socket->flush();
        socket->disconnectFromHost();
        return false;
    }
    if (answer.way == WireAnswer::Way::Held)
        m_held.append({socket, text});
    else
        socket->write(text);
    return true;
}

void WireServer::release()
{
    for (const auto &[socket, text] : std::exchange(m_held, {}))
        if (socket)
            socket->write(text);
}
