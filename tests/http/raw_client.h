// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>

// A client that sends exactly the bytes it is given, for talking to a server in ways that no library would. Blocks;
// each call has its own time limit.
class RawClient
{
public:
    using Time = std::chrono::milliseconds;

    // Connects to 127.0.0.1. receiveBuffer: bytes the kernel may keep for us, 0 for its default.
    explicit RawClient(quint16 port, int receiveBuffer = 0);
    ~RawClient();
    RawClient(RawClient &&other) noexcept;
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;
    RawClient &operator=(RawClient &&other) noexcept;

    bool connected() const { return m_descriptor != -1; }
    // False: the server does not take it, or has closed.
    bool send(const QByteArray &bytes, Time time = Time{5'000});
    void finishSending();
    void close();
    void reset(); // closes with a reset

    // Everything until the server closes, or the time is over (then closed() is false).
    QByteArray receiveAll(Time time = Time{10'000});
    // At least until `marker` has come, or `count` bytes.
    QByteArray receiveUntil(const QByteArray &marker, Time time = Time{10'000});
    QByteArray receive(qsizetype count, Time time = Time{10'000});
    // One answer by its Content-Length or chunks, and no byte more.
    QByteArray receiveAnswer(Time time = Time{10'000}, bool head = false);
    bool closed() const { return m_closed; } // as seen by the last receive

private:
    bool fill(std::chrono::steady_clock::time_point end);

    int m_descriptor = -1;
    bool m_closed = false;
    QByteArray m_received;
};

// The status codes of all answers in a stream of bytes, final ones and interim ones.
QList<int> statusesIn(const QByteArray &stream);
// What follows the empty line.
QByteArray bodyOf(const QByteArray &answer);
// Resident memory of this process, bytes.
qint64 residentMemory();

constexpr qint64 megabyte = 1024 * 1024;

// By how much a server's memory may grow in a test that must not make it grow.
#if defined(__SANITIZE_ADDRESS__)
constexpr qint64 memorySlack = 64 * megabyte; // AddressSanitizer keeps freed memory for a while
#else
constexpr qint64 memorySlack = 12 * megabyte;
#endif
