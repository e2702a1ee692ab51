// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

bool wait(int descriptor, short events, Clock::time_point end)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd entry{.fd = descriptor, .events = events, .revents = 0};
    return left >= 0 && ::poll(&entry, 1, int(left)) > 0;
}

} // namespace

RawClient::RawClient(quint16 port, int receiveBuffer) : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (receiveBuffer)
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        close();
}

RawClient::RawClient(RawClient &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_closed(other.m_closed),
      m_received(other.m_received)
{
}

RawClient &RawClient::operator=(RawClient &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_closed, other.m_closed);
    std::swap(m_received, other.m_received);
    return *this;
}

RawClient::~RawClient() { close(); }

void RawClient::close()
{
    if (m_descriptor != -1)
        ::close(std::exchange(m_descriptor, -1));
}

void RawClient::reset()
{
    const linger discard{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &discard, sizeof discard);
    close();
}

void RawClient::finishSending() { ::shutdown(m_descriptor, SHUT_WR); }

bool RawClient::send(const QByteArray &bytes, Time time)
{
    const auto end = Clock::now() + time;
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t n = ::send(m_descriptor, bytes.constData() + sent, std::size_t(bytes.size() - sent),
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0)
            sent += n;
        else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
            if (!wait(m_descriptor, POLLOUT, end))
                return false;
        } else
            return false;
    }
    return true;
}

bool RawClient::fill(Clock::time_point end)
{
    if (m_closed || !wait(m_descriptor, POLLIN, end))
        return false;
    char buffer[65536];
    const ssize_t n = ::recv(m_descriptor, buffer, sizeof buffer, 0);
    m_closed = n <= 0;
    if (n > 0)
        m_received.append(buffer, n);
    return n > 0;
}

QByteArray RawClient::receiveAll(Time time)
{
    const auto end = Clock::now() + time;
    while (fill(end)) { }
    return std::exchange(m_received, {});
}

QByteArray RawClient::receiveUntil(const QByteArray &marker, Time time)
{
    const auto end = Clock::now() + time;
    qsizetype at = -1;
    while ((at = m_received.indexOf(marker)) < 0 && fill(end)) { }
    const qsizetype take = at < 0 ? m_received.size() : at + marker.size();
    const QByteArray result = m_received.left(take);
    m_received.remove(0, take);
    return result;
}

QByteArray RawClient::receive(qsizetype count, Time time)
{
    const auto end = Clock::now() + time;
    while (m_received.size() < count && fill(end)) { }
    const QByteArray result = m_received.left(count);
    m_received.remove(0, result.size());
    return result;
}

QByteArray RawClient::receiveAnswer(Time time, bool head)
{
    QByteArray answer = receiveUntil("\r\n\r\n", time);
    const QByteArray lower = answer.toLower();
    if (head || answer.startsWith("HTTP/1.1 204") || answer.startsWith("HTTP/1.1 1"))
        return answer;
    if (lower.contains("transfer-encoding: chunked"))
        return answer + receiveUntil("0\r\n\r\n", time);
    const qsizetype length = lower.indexOf("content-length: ");
    if (length < 0)
        return answer;
    return answer + receive(lower.mid(length + 16, lower.indexOf('\r', length) - length - 16).toLongLong(), time);
}

QList<int> statusesIn(const QByteArray &stream)
{
    QList<int> statuses;
    const QByteArray start = "HTTP/1.1 ";
    for (qsizetype at = stream.indexOf(start); at >= 0; at = stream.indexOf(start, at + 1))
        statuses.append(stream.mid(at + start.size(), 3).toInt());
    return statuses;
}

QByteArray bodyOf(const QByteArray &answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : answer.mid(end + 4);
}

qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf("VmRSS:");
    return text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong() * 1024;
}
