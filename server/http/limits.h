// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace http {

// What one peer, and all peers together, may cost. Each limit has its own answer, named beside it. Sizes are bytes.
struct Limits
{
    using Time = std::chrono::milliseconds;

    // Request head
    qsizetype requestLine = 8 * 1024; // 414
    qsizetype head = 32 * 1024; // request line and header fields together: 431
    int headerFields = 100; // 431
    Time headTime = Time{5'000}; // from the first byte to the blank line, and for a TLS handshake: 408, closed

    // Request body
    qint64 body = 1024 * 1024; // where no route allows another size: 413
    Time bodyGrace = Time{5'000}; // before the minimum rate counts
    qint64 bodyBytesPerSecond = 1024; // slower than that after the grace: 408, closed
    qint64 buffered = 64 * 1024 * 1024; // request bytes held for all connections together: 503, closed

    // Answers
    Time answerTime = Time{120'000}; // until a handler answers or begins to stream: 504, closed
    qint64 unsent = 256 * 1024; // a connection with more than this unsent is not read any further
    Time readTime = Time{15'000}; // a peer that leaves something unsent
    qint64 readBytesPerSecond = 1024; // and reads more slowly than this over that time: closed
    qint64 unsentTogether =
        64 * 1024 * 1024; // of all connections together, split among the I/O threads: the slowest readers are closed

    // Connections
    int connections = 16'000; // 503, closed
    int connectionsPerPeer = 1000; // by IPv4 address or IPv6 /64 network: 503, closed
    bool countLoopback = false; // connections from this machine (a reverse proxy) count for their own address as well
    Time idle = Time{60'000}; // between requests: closed
    Time linger = Time{2'000}; // how long a connection that we close may take to read our last answer

    // WebSockets
    qint64 webSocketMessage = 64 * 1024; // incoming, all fragments together: closed with 1009
    int webSocketFragments = 1024; // of one incoming message: closed with 1008
    Time webSocketPing = Time{30'000}; // a silent peer is pinged after this
    Time webSocketSilence = Time{75'000}; // and closed after this: 1001
};

} // namespace http
