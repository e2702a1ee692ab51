// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/registry.h"

#include <algorithm>

namespace http {
namespace {

constexpr qint64 fairShare = 4 * 1024; // even when the others have used up everything

// An IPv4 address, or the /64 network of an IPv6 address: one customer usually has all of it.
std::array<quint8, 16> network(const QHostAddress &address)
{
    bool isV4 = false;
    address.toIPv4Address(&isV4);
    const Q_IPV6ADDR bytes = address.toIPv6Address(); // IPv4 as ::ffff:a.b.c.d
    std::array<quint8, 16> result{};
    std::copy_n(bytes.c, isV4 ? 16 : 8, result.begin());
    return result;
}

QByteArray key(const std::array<quint8, 16> &peer)
{
    return {reinterpret_cast<const char *>(peer.data()), qsizetype(peer.size())};
}

constexpr std::array<quint8, 16> uncounted{};

} // namespace

bool Registry::Charge::set(qint64 bytes)
{
    if (bytes < fairShare)
        bytes = 0; // not worth an atomic operation for every small request
    const qint64 more = bytes - m_bytes;
    if (!more)
        return true;
    const qint64 before = m_registry->m_buffered.fetch_add(more, std::memory_order_relaxed);
    if (more > 0 && before + more > m_registry->m_limits.buffered) {
        m_registry->m_buffered.fetch_sub(more, std::memory_order_relaxed);
        return false;
    }
    m_bytes = bytes;
    return true;
}

std::optional<Registry::Admission> Registry::admit(const QHostAddress &address)
{
    const bool counted = m_limits.countLoopback || !address.isLoopback();
    const std::array<quint8, 16> peer = counted ? network(address) : uncounted;
    const std::lock_guard lock(m_mutex);
    if (open() >= m_limits.connections || (counted && m_peers.value(key(peer)) >= m_limits.connectionsPerPeer)) {
        refused.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    if (counted)
        ++m_peers[key(peer)];
    m_open.fetch_add(1, std::memory_order_relaxed);
    accepted.fetch_add(1, std::memory_order_relaxed);
    return Admission(this, peer);
}

void Registry::leave(const std::array<quint8, 16> &peer)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_peers.find(key(peer)); found != m_peers.end() && --*found == 0)
        m_peers.erase(found);
    if (m_open.fetch_sub(1, std::memory_order_relaxed) == 1)
        m_empty.notify_all();
}

bool Registry::waitUntilEmpty(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return m_empty.wait_for(lock, time, [this] { return open() == 0; });
}

} // namespace http
