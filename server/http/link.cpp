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
      m_admission(std::move(admission))
{
    m_transport->setUser(this);
}

bool Link::stalled(qint64 now)
{
    const qint64 unsent = m_transport->unsent();
    if (unsent != m_lastUnsent || !unsent) {
        m_lastUnsent = unsent;
        m_stalledSince = now;
        return false;
    }
    return now - m_stalledSince > m_guard.limits().writeStall.count();
}

void Link::countTimeout() { m_guard.registry().timeouts.fetch_add(1, std::memory_order_relaxed); }

void Link::discard(qint64 bytes)
{
    m_discarded += bytes;
    if (m_discarded > mostDiscarded)
        m_transport->abort();
}

} // namespace http
