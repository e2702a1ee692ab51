// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/limits.h"

#include <QByteArray>

#include <cstdint>
#include <string_view>
#include <vector>

// A strict HTTP/1.1 request parser (RFC 9110, RFC 9112) that never guesses where a request ends: whatever two servers
// could understand differently is refused. Knows bytes only, no sockets. The result does not depend on how the bytes
// were cut into pieces.
namespace http {

enum class ParseResult { NeedMore, Complete, Refused };

enum class Framing { None, Length, Chunked };

// The head of one request. Positions point into the buffer that was parsed, see HeadParser::text.
struct RequestHead
{
    struct Span
    {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    struct Field
    {
        Span name;
        Span value;
    };

    Span method;
    Span target;
    int minorVersion = 1; // HTTP/1.x
    std::vector<Field> fields;
    Framing framing = Framing::None;
    qint64 contentLength = 0; // with Framing::Length
    bool keepAlive = true;
    bool expectContinue = false;
    bool upgradeToWebSocket = false;
    qsizetype size = 0; // bytes from the start of the buffer to the end of the head
};

// Reads one head. Call parse with everything received of this request so far (it may have moved in memory, but must
// begin at the same byte); finished lines are not looked at twice, so a head sent byte by byte costs linear time.
class HeadParser
{
public:
    explicit HeadParser(const Limits &limits) : m_limits(&limits) { }

    ParseResult parse(std::string_view buffer);
    const RequestHead &head() const { return m_head; }
    int status() const { return m_status; } // after Refused: the HTTP status that says why
    void reset();

    static std::string_view text(std::string_view buffer, RequestHead::Span span)
    {
        return buffer.substr(span.begin, span.size);
    }

private:
    ParseResult refuse(int status);
    ParseResult requestLine(std::string_view line, std::uint32_t begin);
    ParseResult field(std::string_view line, std::uint32_t begin);
    ParseResult known(std::string_view name, std::string_view value);
    ParseResult connection(std::string_view value);
    ParseResult contentLength(std::string_view value);
    ParseResult finish();

    const Limits *m_limits;
    RequestHead m_head;
    std::size_t m_line = 0; // where the current line begins
    std::size_t m_scanned = 0; // no line feed before this
    int m_status = 0;
    int m_emptyLines = 0;
    bool m_started = false;
    bool m_hasHost = false;
    bool m_hasLength = false;
    bool m_hasTransferEncoding = false;
    bool m_connectionClose = false;
    bool m_connectionKeepAlive = false;
    bool m_connectionUpgrade = false;
};

// Takes the chunked transfer coding off a body. Extensions and trailer fields are checked and dropped.
class ChunkDecoder
{
public:
    // maximum: the largest decoded body.
    explicit ChunkDecoder(qint64 maximum = 0) : m_maximum(maximum) { }

    // Consumes from input, tells how much in used, and appends what it decoded to body.
    ParseResult decode(std::string_view input, std::size_t &used, QByteArray &body);
    int status() const { return m_status; }

private:
    enum class State { Size, Data, AfterData, Trailer, Done };

    ParseResult refuse(int status);
    ParseResult size(std::string_view line);
    ParseResult trailer(std::string_view line);

    qint64 m_maximum;
    qint64 m_decoded = 0;
    qint64 m_left = 0; // of the current chunk
    qsizetype m_overhead = 0; // extension and trailer bytes so far
    State m_state = State::Size;
    int m_status = 0;
};

} // namespace http
