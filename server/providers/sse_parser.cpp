// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/sse_parser.h"

#include <algorithm>

namespace providers {

QList<ServerSentEvent> SseParser::feed(QByteArrayView bytes)
{
    QList<ServerSentEvent> events;
    const char *at = bytes.begin();
    const char *const end = bytes.end();
    while (at != end && !m_overflowed) {
        if (m_afterReturn && *at == '\n') {
            m_afterReturn = false;
            ++at;
            continue;
        }
        m_afterReturn = false;
        const char *const stop = std::find_if(at, end, [](char c) { return c == '\n' || c == '\r'; });
        if (m_line.size() + m_event.name.size() + m_event.data.size() + (stop - at) > m_maxEventBytes) {
            m_overflowed = true;
            m_line = {};
            m_event = {};
            break;
        }
        m_line.append(at, stop - at);
        if (stop == end)
            break;
        m_afterReturn = *stop == '\r';
        at = stop + 1;
        endLine(events);
    }
    return events;
}

void SseParser::endLine(QList<ServerSentEvent> &events)
{
    QByteArrayView line = m_line;
    if (m_firstLine && line.startsWith("\xEF\xBB\xBF"))
        line = line.sliced(3);
    m_firstLine = false;

    if (line.isEmpty()) {
        if (m_hasData)
            events.append(std::move(m_event));
        m_event = {};
        m_hasData = false;
    } else {
        const qsizetype colon = line.indexOf(':');
        const QByteArrayView name = colon < 0 ? line : line.first(colon);
        QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
        if (value.startsWith(' '))
            value = value.sliced(1);
        if (name == "data") {
            if (m_hasData)
                m_event.data += '\n';
            m_event.data.append(value);
            m_hasData = true;
        } else if (name == "event") {
            m_event.name = value.toByteArray();
        }
    }
    m_line.resize(0); // keeps its memory for the next line
}

} // namespace providers
