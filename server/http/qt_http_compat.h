// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.h"

#include <QAbstractHttpServer>
#include <QHttpServerResponder>

#include <optional>

class QTcpServer;

// Everything that differs between Qt HttpServer 6.4, 6.5–6.7 and 6.8 and newer is in these two files.
namespace http {

// Qt's way to answer one request. It writes the status line and the handler's header fields; framing and body are the
// edge's business, which knows when there may be none (HEAD, 204, 304) and how much the client has read.
class QtResponder
{
public:
    explicit QtResponder(QHttpServerResponder &&responder) : m_responder(std::move(responder)) { }

    // Writes a head to the socket that the request came from. Once.
    void writeHead(int status, const HeaderList &headers);
    // Takes the empty line, and framing fields that Qt added of its own accord, off the end of what writeHead wrote.
    static void openHead(QByteArray &head);

private:
    QHttpServerResponder m_responder;
};

// Qt's HTTP server, which reads the requests that the edge hands it and gives out a responder for each.
class QtHttpServer final : public QAbstractHttpServer
{
public:
    // Serves connections that come from server, which must be listening; takes it over.
    bool serve(QTcpServer *server);

    // The responder for the request that was handed over since the last call, if Qt took it for a complete one.
    std::optional<QtResponder> takeResponder() { return std::exchange(m_responder, std::nullopt); }

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
#elif QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &&responder) override;
#else
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;
#endif

private:
    std::optional<QtResponder> m_responder;
};

} // namespace http
