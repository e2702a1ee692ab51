// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>

#include <utility>

// What travels between the HTTP edge and a handler. Plain values that own their bytes: they may go to any thread.
namespace http {

using HeaderList = QList<std::pair<QByteArray, QByteArray>>;

// One complete request. The edge has already checked framing, sizes and characters; nothing is decoded yet.
struct Request
{
    QByteArray method; // as sent, case-sensitive
    QByteArray path; // raw, percent-encoding untouched, without the query; begins with '/' ("*" for OPTIONS *)
    QByteArray query; // raw, without the question mark
    HeaderList headers;
    QByteArray body;
    QHostAddress peer;
    quint16 peerPort = 0;
    bool secure = false; // came over TLS

    // The first field of that name, compared without regard to case; empty if there is none.
    QByteArray header(QByteArrayView name) const;
    // What the body is, such as "application/json": in small letters and without parameters; empty where it is not
    // said.
    QByteArray mediaType() const;
};

// One complete answer. Content-Length, Connection, Date and the security headers are the edge's; a handler that names
// Cache-Control or Content-Security-Policy itself replaces the edge's default.
struct Response
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    HeaderList headers;
};

// ASCII comparison without regard to case, as header names are compared.
bool equalsIgnoringCase(QByteArrayView left, QByteArrayView right);

// An RFC 9457 answer that the edge makes by itself, for example {413, "body_too_large", "…"}.
Response problem(int status, QByteArrayView code, QByteArrayView detail);

// "Not Found" for 404; "Unknown" for a number without a registered phrase (RFC 9110, section 15).
QByteArrayView reasonPhrase(int status);

} // namespace http
