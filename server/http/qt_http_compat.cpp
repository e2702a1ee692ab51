// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/qt_http_compat.h"

#include <QHttpServerRequest>
#include <QTcpServer>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif

namespace http {

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
void QtResponder::writeHead(int status, const HeaderList &headers)
{
    QHttpHeaders fields;
    for (const auto &[name, value] : headers)
        fields.append(name, value);
    m_responder.write(QByteArray(), fields, QHttpServerResponder::StatusCode(status));
}

void QtResponder::openHead(QByteArray &head)
{
    constexpr QByteArrayView last = "Content-Length: 0\r\n\r\n"; // in this or another case
    if (head.size() >= last.size() && equalsIgnoringCase(QByteArrayView(head).last(last.size()), last))
        head.chop(last.size());
}
#else
void QtResponder::writeHead(int status, const HeaderList &headers)
{
    m_responder.writeStatusLine(QHttpServerResponder::StatusCode(status));
    for (const auto &[name, value] : headers)
        m_responder.writeHeader(name, value);
    m_responder.writeBody("", 0);
}

void QtResponder::openHead(QByteArray &head)
{
    if (head.endsWith("\r\n\r\n"))
        head.chop(2);
}
#endif

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
bool QtHttpServer::serve(QTcpServer *server) { return bind(server); }

void QtHttpServer::missingHandler(const QHttpServerRequest &, QHttpServerResponder &) { }
#else
bool QtHttpServer::serve(QTcpServer *server)
{
    bind(server);
    return server->isListening();
}
#endif

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
bool QtHttpServer::handleRequest(const QHttpServerRequest &, QHttpServerResponder &responder)
{
    m_responder.emplace(std::move(responder));
    return true;
}
#else
bool QtHttpServer::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    m_responder.emplace(makeResponder(request, socket));
    return true;
}

void QtHttpServer::missingHandler(const QHttpServerRequest &, QTcpSocket *) { }
#endif

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0) && QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
void QtHttpServer::missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) { }
#endif

} // namespace http
