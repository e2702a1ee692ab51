// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace providers {

struct ServerSentEvent
{
    QByteArray name; // empty: "message"
    QByteArray data; // the data lines joined by \n
};

// Cuts a byte stream into server-sent events (WHATWG HTML, section 9.2.6), whatever the chunks. Lines end in \n, \r\n
// or \r. Comments, `id` and `retry` are skipped, and so is an event that the end of the stream leaves unfinished.
class SseParser
{
public:
    static constexpr qsizetype defaultLimit = 4 * 1024 * 1024;

    // One event, its names and unfinished line together, may have at most `maxEventBytes`.
    explicit SseParser(qsizetype maxEventBytes = defaultLimit) : m_maxEventBytes(maxEventBytes) { }

    // The events that these bytes complete.
    QList<ServerSentEvent> feed(QByteArrayView bytes);

    // An event was too large; nothing is read any more.
    bool isOverflowed() const { return m_overflowed; }

private:
    void endLine(QList<ServerSentEvent> &events);

    qsizetype m_maxEventBytes;
    QByteArray m_line;
    ServerSentEvent m_event;
    bool m_hasData = false;
    bool m_afterReturn = false; // the last byte was \r: a \n that follows belongs to it
    bool m_firstLine = true;
    bool m_overflowed = false;
};

} // namespace providers
