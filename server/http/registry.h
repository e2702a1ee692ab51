// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/limits.h"

#include <QHash>
#include <QHostAddress>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace http {

// What all I/O threads of one server count together. Any thread.
class Registry
{
public:
    explicit Registry(const Limits &limits) : m_limits(limits) { }

    // The right of one connection to exist, given back when destroyed.
    class Admission
    {
    public:
        Admission(Admission &&other) noexcept
            : m_registry(std::exchange(other.m_registry, nullptr)),
              m_peer(other.m_peer)
        {
        }
        Admission &operator=(Admission &&) = delete;
        ~Admission()
        {
            if (m_registry)
                m_registry->leave(m_peer);
        }

    private:
        friend class Registry;
        Admission(Registry *registry, std::array<quint8, 16> peer) : m_registry(registry), m_peer(peer) { }

        Registry *m_registry;
        std::array<quint8, 16> m_peer;
    };

    // Memory that a peer makes us hold, counted against Limits::buffered.
    class Charge
    {
    public:
        explicit Charge(Registry &registry) : m_registry(&registry) { }
        Charge(Charge &&other) noexcept : m_registry(other.m_registry), m_bytes(std::exchange(other.m_bytes, 0)) { }
        Charge &operator=(Charge &&) = delete;
        ~Charge() { clear(); }

        // False: over the limit, and `bytes` is more than everybody may have anyway. Nothing is charged then.
        bool set(qint64 bytes);
        void clear() { m_registry->m_buffered.fetch_sub(std::exchange(m_bytes, 0), std::memory_order_relaxed); }

    private:
        Registry *m_registry;
        qint64 m_bytes = 0;
    };

    // Nothing: too many connections, in all or from this peer.
    std::optional<Admission> admit(const QHostAddress &peer);
    // Waits until no connection is left. False: not in time.
    bool waitUntilEmpty(std::chrono::milliseconds time);

    int open() const { return m_open.load(std::memory_order_relaxed); }
    std::atomic<quint64> accepted{0}, refused{0}, timeouts{0}, rejected{0}, served{0};

private:
    void leave(const std::array<quint8, 16> &peer);

    const Limits m_limits;
    std::atomic<int> m_open{0};
    std::atomic<qint64> m_buffered{0};
    std::mutex m_mutex;
    std::condition_variable m_empty;
    QHash<QByteArray, int> m_peers; // guarded by m_mutex
};

} // namespace http
