// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/link.h"

#include "server/http/guard.h"

namespace http {
namespace {

constexpr qint64 mostDiscarded = 4 * 1024 * 1024;

} // namespace

Link::Link(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission)
    : m_guard(guard),
      m_transport(std::move(transport)),
      m_admission(std::move(admission)),
      m_watchedSince(guard.now())
{
    m_transport->setUser(this);
}

Link::~Link() { account(0); }

void Link::account(qint64 unsent)
{
    const qint64 before = std::exchange(m_accounted, unsent);
    if (unsent != before)
        m_guard.unsentChanged(unsent - before);
}

void Link::flush()
{
    m_transport->flush();
    countUnsent();
}

void Link::onSent()
{
    countUnsent();
    onProgress();
}

void Link::onClosed()
{
    account(0);
    onGone();
}

void Link::wake()
{
    if (m_resting)
        m_guard.wake(*this);
}

bool Link::readsTooSlowly(qint64 now)
{
    if (!m_transport->unsent()) {
        m_watchedSince = now;
        m_sentBefore = m_transport->sent();
        return false;
    }
    const Limits &limits = m_guard.limits();
    const qint64 time = now - m_watchedSince;
    if (time < limits.readTime.count())
        return false;
    const qint64 sent = m_transport->sent();
    const qint64 before = std::exchange(m_sentBefore, sent);
    m_watchedSince = now;
    return (sent - before) * 1000 < time * limits.readBytesPerSecond || sent == before;
}

qint64 Link::expectedReadingTime(qint64 now) const
{
    // As if every reader had begun well: one that has just been sent much is not yet a slow one.
    constexpr qint64 headStartBytes = 16 * 1024;
    constexpr qint64 headStartTime = 100;
    const qint64 sent = m_transport->sent() - m_sentBefore;
    return m_transport->unsent() * (now - m_watchedSince + headStartTime) / (sent + headStartBytes);
}

void Link::timedOut()
{
    countTimeout();
    m_transport->abort();
}

void Link::countTimeout() { m_guard.registry().timeouts.fetch_add(1, std::memory_order_relaxed); }

void Link::discard(qint64 bytes)
{
    m_discarded += bytes;
    if (m_discarded > mostDiscarded)
        m_transport->abort();
}

} // namespace http
