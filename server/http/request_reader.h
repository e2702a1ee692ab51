// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.h"
#include "server/http/request_parser.h"

#include <string_view>

namespace http {

struct ServerOptions;

// Puts the requests of one connection together, one after the other: head, then body, within the limits. Knows neither
// sockets nor time.
class RequestReader
{
public:
    enum class Result {
        NeedMore,
        BodyFollows, // the head is complete
        Complete,
        Upgrade, // complete, and wants to become a WebSocket
        Refused, // see status(); nothing is read any more
    };

    explicit RequestReader(const ServerOptions &options); // which must outlive it

    // What has been received. The bytes must stay where they are until keepRest(), which copies those that next() has
    // not used; most requests come in one piece and are never copied as a whole.
    void feed(std::string_view bytes);
    Result next();
    void keepRest();
    QByteArray takeRest();

    const RequestHead &head() const { return m_parser.head(); } // until take()
    Request &request() { return m_request; }
    const QByteArray &target() const { return m_target; } // path and query as sent
    Request take(); // a complete one; the next one may follow
    void drop(); // everything; nothing is read any more
    int status() const { return m_status; } // the HTTP status that refuses the request

    qint64 unread() const { return qint64(m_input.size()); } // bytes
    qint64 held() const { return m_kept.size() + m_request.body.size(); } // bytes
    qint64 bodyReceived() const { return m_bodyReceived; } // bytes with chunk sizes

private:
    Result readHead();
    Result readBody();
    Result refuse(int status);

    const ServerOptions &m_options;
    std::string_view m_input; // not used yet: of what was fed, or else the end of m_kept
    QByteArray m_kept;
    HeadParser m_parser;
    ChunkDecoder m_chunks;
    Request m_request;
    QByteArray m_target;
    qint64 m_bodyReceived = 0;
    int m_status = 0;
    bool m_inBody = false;
};

} // namespace http
