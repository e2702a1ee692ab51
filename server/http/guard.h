// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/connection.h"
#include "server/http/exchange.h"
#include "server/http/server.h"
#include "server/http/websocket_link.h"

#include <QElapsedTimer>
#include <QSslConfiguration>
#include <QTimer>

#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace http {

// Everything one I/O thread has of the HTTP edge: its listener, its connections, its Qt HttpServer. Between the network
// and Qt stands the guard: it owns each real socket, and Qt sees one complete request at a time.
class Guard
{
public:
    Guard(const ServerOptions &options, Registry &registry, std::shared_ptr<Mailbox> mailbox);
    ~Guard();

    bool listen(qintptr descriptor, QString *error); // takes over a listening socket
    void setTls(const QSslConfiguration &tls) { m_tls = tls; }
    // Stops accepting once what waits in the kernel's queue is accepted; connections end after their next answer, or
    // when they have been idle for `quiet`.
    void drain(std::chrono::milliseconds quiet);
    void abortAll();

    // For connections
    const ServerOptions &options() const { return m_options; }
    const Limits &limits() const { return m_options.limits; }
    Registry &registry() { return m_registry; }
    QtBridge &bridge() { return m_bridge; }
    const std::shared_ptr<Mailbox> &mailbox() const { return m_mailbox; }
    qint64 now() const { return m_now; } // milliseconds, as of the last tick
    bool draining() const { return m_drainQuiet.has_value(); }
    QByteArray &scratch() { return m_scratch; }
    // A link has more unsent bytes than before, or fewer.
    void unsentChanged(qint64 more) { m_unsent += more; }
    // Closes those who read most slowly when all together have too many unsent bytes. To be called where no handler is
    // in the middle of something: at the beginning of an event.
    void keepUnsentLimit()
    {
        if (m_unsent > m_options.limits.unsentTogether)
            closeSlowReaders();
    }
    const QByteArray &date(); // a complete Date field
    qint64 idleTime() const { return m_drainQuiet.value_or(m_options.limits.idle.count()); } // milliseconds
    void wake(Link &link); // it rests no longer
    // Destroys a link from the event loop.
    void retire(Link &link);
    void upgrade(std::unique_ptr<Transport> transport, Registry::Admission admission, const Request &request,
                 const QByteArray &early);
    // Flushes a link when the event loop has nothing else to do first.
    void flushLater(WebSocketLink &link);
    void forget(WebSocketLink &link); // it is being destroyed

private:
    void accept(qintptr descriptor);
    void add(std::unique_ptr<Link> link);
    void stopListening();
    void tick();
    void closeSlowReaders();
    void flushWaiting();
    // The list that it is in.
    std::list<std::unique_ptr<Link>> &listOf(const Link &link) { return link.m_resting ? m_resting : m_links; }

    const ServerOptions m_options;
    Registry &m_registry;
    const std::shared_ptr<Mailbox> m_mailbox;
    QtBridge m_bridge;
    std::optional<QSslConfiguration> m_tls;
    std::list<std::unique_ptr<Link>> m_links; // looked at on each tick
    // Idle for a while, the longest first, so that only the first need be looked at: ten thousand that are kept open
    // cost those who ask nothing.
    std::list<std::unique_ptr<Link>> m_resting;
    std::list<std::unique_ptr<Link>> m_retired;
    std::vector<WebSocketLink *> m_unflushed;
    qint64 m_unsent = 0; // bytes, of all links
    QByteArray m_scratch;
    QByteArray m_date;
    qint64 m_dateSecond = 0;
    QElapsedTimer m_clock;
    qint64 m_now = 0;
    QTimer m_ticker;
    std::optional<qint64> m_drainQuiet; // milliseconds
};

} // namespace http
