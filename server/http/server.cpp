// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"

#include "server/http/io_thread.h"
#include "server/http/registry.h"
#include "server/http/sockets.h"
#include "server/http/tls.h"

#include <QLoggingCategory>

#include <algorithm>

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcServer, "server.http")

constexpr qint64 ownDescriptors = 512; // for everything that is not a connection: database, providers, files

int threadCount(int wanted)
{
    if (!sockets::canShareListeners())
        return 1;
    return wanted > 0 ? wanted : std::max(2, QThread::idealThreadCount() / 2);
}

} // namespace

Server::Server(ServerOptions options) : m_options(std::move(options)) { }

Server::~Server() { stop(); }

bool Server::start(QString *error)
{
    const qint64 descriptors = sockets::raiseDescriptorLimit();
    if (descriptors > 0 && m_options.limits.connections > descriptors - ownDescriptors) {
        m_options.limits.connections = int(std::max<qint64>(descriptors - ownDescriptors, descriptors / 2));
        qCWarning(lcServer, "At most %d connections: the limit of open files is %lld (ulimit -n, LimitNOFILE=)",
                  m_options.limits.connections, static_cast<long long>(descriptors));
    }
    std::optional<QSslConfiguration> tls;
    if (m_options.tls) {
        tls = loadTls(*m_options.tls, error);
        if (!tls)
            return false;
    }
    m_registry = std::make_unique<Registry>(m_options.limits);
    m_port = m_options.port;
    const int threads = threadCount(m_options.threads);
    ServerOptions share = m_options;
    share.limits.unsentTogether /= threads;
    for (int i = 0; i < threads; ++i) {
        const qintptr listener = sockets::listenOn(m_options.address, &m_port, error);
        if (listener == -1) {
            stop();
            return false;
        }
        m_threads.push_back(std::make_unique<IoThread>(share, *m_registry, tls));
        if (!m_threads.back()->start(listener, error)) {
            stop();
            return false;
        }
    }
    return true;
}

bool Server::reloadTls(QString *error)
{
    if (!m_options.tls)
        return true;
    const std::optional<QSslConfiguration> tls = loadTls(*m_options.tls, error);
    if (!tls)
        return false;
    for (const auto &thread : m_threads)
        thread->post([tls = *tls](Guard &guard) { guard.setTls(tls); });
    return true;
}

void Server::drain(std::chrono::milliseconds grace)
{
    if (m_threads.empty())
        return;
    const auto quiet = std::min(grace / 4, std::chrono::milliseconds(500));
    for (const auto &thread : m_threads)
        thread->post([quiet](Guard &guard) { guard.drain(quiet); });
    const auto end = std::chrono::steady_clock::now() + grace;
    // Listening goes on for `quiet`, so that nobody who is just connecting is turned away with a reset.
    std::this_thread::sleep_for(quiet);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (!m_registry->waitUntilEmpty(left)) {
        qCWarning(lcServer, "Cut %d connections that did not finish within %lld ms", m_registry->open(),
                  static_cast<long long>(grace.count()));
        for (const auto &thread : m_threads)
            thread->post([](Guard &guard) { guard.abortAll(); });
    }
}

void Server::stop() { m_threads.clear(); }

Counters Server::counters() const
{
    if (!m_registry)
        return {};
    return {.open = m_registry->open(),
            .accepted = m_registry->accepted.load(std::memory_order_relaxed),
            .refused = m_registry->refused.load(std::memory_order_relaxed),
            .timeouts = m_registry->timeouts.load(std::memory_order_relaxed),
            .rejected = m_registry->rejected.load(std::memory_order_relaxed),
            .served = m_registry->served.load(std::memory_order_relaxed)};
}

} // namespace http
