// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/live/broadcast.h"

#include <algorithm>

namespace live {

// The connections of one tenant on one I/O thread, and the events on their way to them. They are visited in a circle,
// some at each turn of the event loop, and each gets at once all that it has not had: an event that comes while the one
// before is still going out waits for nobody, and a busy tenant costs fewer calls of the operating system, not more.
template<class Connection> class FanOut
{
public:
    void add(Connection *connection);
    void remove(Connection *connection);
    const std::vector<Connection *> &connections() const { return m_circle; }

    // Consecutive ones, after those of before. False when too much waits already: they are to be read from the log when
    // that is done.
    bool append(const QList<LoggedEvent> &events);
    bool isDone() const { return m_batches.empty(); }
    void advance(int visits); // at most so many

private:
    static constexpr qsizetype mostOnTheWay = 64 * 1024; // bytes, and one event
    static constexpr qsizetype mostWaiting = 4 * 1024 * 1024; // bytes
    struct Batch
    {
        qint64 last; // sequence
        qsizetype bytes;
        quint64 until; // this many visits: everybody has had it
    };

    void setOut();

    std::deque<LoggedEvent> m_waiting;
    qsizetype m_waitingBytes = 0;
    Broadcast m_broadcast; // what somebody has not had
    std::deque<Batch> m_batches; // of m_broadcast
    qsizetype m_bytes = 0; // of all batches
    std::vector<Connection *> m_circle;
    std::size_t m_next = 0; // whose turn it is
    quint64 m_visits = 0;
};

// Last in the circle, so that it does not take the turn of one that was there before.
template<class Connection> void FanOut<Connection>::add(Connection *connection)
{
    m_circle.insert(m_circle.begin() + std::ptrdiff_t(m_next), connection);
    ++m_next;
}

template<class Connection> void FanOut<Connection>::remove(Connection *connection)
{
    const auto found = std::find(m_circle.begin(), m_circle.end(), connection);
    if (found == m_circle.end())
        return;
    if (std::size_t(found - m_circle.begin()) < m_next)
        --m_next;
    m_circle.erase(found);
}

template<class Connection> bool FanOut<Connection>::append(const QList<LoggedEvent> &events)
{
    if (m_waitingBytes > mostWaiting)
        return false;
    for (const LoggedEvent &event : events)
        m_waitingBytes += sizeOf(event);
    m_waiting.insert(m_waiting.end(), events.begin(), events.end());
    setOut();
    return true;
}

// What waits goes on its way as far as there is room.
template<class Connection> void FanOut<Connection>::setOut()
{
    QList<LoggedEvent> fresh;
    qsizetype bytes = 0;
    while (!m_waiting.empty() && m_bytes + bytes < mostOnTheWay) {
        bytes += sizeOf(m_waiting.front());
        fresh.append(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    if (fresh.isEmpty())
        return;
    m_waitingBytes -= bytes;
    m_bytes += bytes;
    m_batches.push_back({fresh.last().sequence, bytes, m_visits + m_circle.size()});
    m_broadcast.append(fresh);
}

template<class Connection> void FanOut<Connection>::advance(int visits)
{
    while (!isDone()) {
        // A circle that has become smaller is through earlier than was foreseen, and one visit more does no harm.
        if (m_circle.empty() || m_batches.front().until <= m_visits) {
            m_broadcast.dropUpTo(m_batches.front().last);
            m_bytes -= m_batches.front().bytes;
            m_batches.pop_front();
            setOut();
            continue;
        }
        if (visits-- == 0)
            return;
        if (m_next >= m_circle.size())
            m_next = 0;
        m_circle[m_next++]->offer(m_broadcast);
        ++m_visits;
    }
}

} // namespace live
