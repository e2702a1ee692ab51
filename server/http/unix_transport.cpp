// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/unix_transport.h"

#include <QEvent>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace http {
namespace {

#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0; // SO_NOSIGPIPE is set instead
#endif

// What the kernel keeps of an answer that it cannot send yet. More only hides from us how slowly the peer reads.
constexpr int keptByKernel = 128 * 1024;

constexpr qsizetype smallestShared = 4096; // less is copied, so that it goes out with its head in one piece
constexpr std::size_t mostAtOnce = 32; // pieces

void prepare(int descriptor)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef TCP_NOTSENT_LOWAT
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &keptByKernel, sizeof keptByKernel);
#endif
#ifdef SO_NOSIGPIPE
    ::setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

} // namespace

bool UnixTransport::Notifier::event(QEvent *event)
{
    if (event->type() != QEvent::SockAct)
        return QSocketNotifier::event(event);
    if (type() == Read) {
        if (m_transport.m_user && !m_transport.m_failed)
            m_transport.m_user->onReadable();
    } else {
        m_transport.sendSome();
    }
    return true;
}

UnixTransport::UnixTransport(int descriptor)
    : m_descriptor(descriptor),
      m_readable(*this, descriptor, QSocketNotifier::Read)
{
    prepare(descriptor);
}

UnixTransport::~UnixTransport()
{
    m_readable.setEnabled(false);
    m_writable.reset();
    ::close(m_descriptor);
}

qint64 UnixTransport::read(char *data, qint64 maximum)
{
    if (m_failed)
        return -1;
    ssize_t n = 0;
    do {
        n = ::recv(m_descriptor, data, std::size_t(maximum), 0);
    } while (n < 0 && errno == EINTR);
    if (n > 0)
        return n;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    m_readable.setEnabled(false); // the end stays readable for ever
    if (n < 0)
        closed();
    return -1;
}

void UnixTransport::setReading(bool on)
{
    if (!m_failed && m_readable.isEnabled() != on)
        m_readable.setEnabled(on);
}

void UnixTransport::write(QByteArrayView data)
{
    if (m_failed || m_finishing || data.isEmpty())
        return;
    if (m_mayAppend)
        m_pieces.last().append(data.data(), data.size());
    else
        m_pieces.append(data.toByteArray());
    m_mayAppend = true;
    m_unsent += data.size();
}

void UnixTransport::writeShared(const QByteArray &data)
{
    if (data.size() < smallestShared)
        return write(data);
    if (!m_failed && !m_finishing)
        keep(data, 0);
}

// A piece that others may hold too; `from`: what the kernel has of it already, of the only piece.
void UnixTransport::keep(const QByteArray &piece, qsizetype from)
{
    m_pieces.append(piece);
    m_mayAppend = false;
    m_sent += from;
    m_unsent += piece.size() - from;
}

void UnixTransport::sendShared(const QByteArray &data)
{
    if (m_failed || m_finishing || data.isEmpty())
        return;
    if (m_unsent > 0) {
        keep(data, 0);
        return flush();
    }
    ssize_t n = 0;
    do {
        n = ::send(m_descriptor, data.constData(), std::size_t(data.size()), sendFlags);
    } while (n < 0 && errno == EINTR);
    if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
        return closed();
    n = std::max<ssize_t>(n, 0);
    m_taken += n;
    if (n == data.size())
        return;
    keep(data, n);
    waitForSpace(true);
}

void UnixTransport::flush()
{
    // While the kernel is full its notifier says when to go on.
    if (!m_writable || !m_writable->isEnabled())
        sendSome();
}

qint64 UnixTransport::sendOnce()
{
    std::array<iovec, mostAtOnce> parts;
    std::size_t count = 0;
    for (qsizetype skipped = m_sent; count < std::min<std::size_t>(parts.size(), std::size_t(m_pieces.size()));) {
        const QByteArray &piece = m_pieces.at(qsizetype(count));
        parts[count++] = {const_cast<char *>(piece.constData()) + skipped, std::size_t(piece.size() - skipped)};
        skipped = 0;
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    return ::sendmsg(m_descriptor, &message, sendFlags);
}

void UnixTransport::take(qint64 bytes)
{
    m_taken += bytes;
    m_unsent -= bytes;
    for (m_sent += bytes; !m_pieces.isEmpty() && m_sent >= m_pieces.first().size();) {
        m_sent -= m_pieces.first().size();
        m_pieces.removeFirst();
    }
    m_mayAppend = m_mayAppend && !m_pieces.isEmpty();
}

void UnixTransport::sendSome()
{
    const qint64 before = m_taken;
    while (!m_failed && m_unsent > 0) {
        const qint64 n = sendOnce();
        if (n >= 0) {
            take(n);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        } else if (errno != EINTR) {
            closed();
            return;
        }
    }
    if (m_unsent == 0) {
        m_pieces = {};
        m_mayAppend = false;
        if (m_finishing)
            ::shutdown(m_descriptor, SHUT_WR);
    } else if (QByteArray &first = m_pieces.first(); first.isDetached() && m_sent > first.size() / 2) {
        first =
            QByteArray(first.constData() + m_sent, first.size() - m_sent); // a copy that holds no more than it needs
        m_sent = 0;
    }
    const bool waited = m_writable && m_writable->isEnabled();
    waitForSpace(m_unsent > 0);
    if (m_taken != before && waited && m_user)
        m_user->onSent();
}

void UnixTransport::waitForSpace(bool on)
{
    if (on && !m_writable)
        m_writable = std::make_unique<Notifier>(*this, m_descriptor, QSocketNotifier::Write);
    else if (m_writable)
        m_writable->setEnabled(on);
}

void UnixTransport::finishWriting()
{
    if (!std::exchange(m_finishing, true) && m_unsent == 0)
        ::shutdown(m_descriptor, SHUT_WR);
}

void UnixTransport::abort()
{
    const linger discard{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &discard, sizeof discard);
    closed();
}

void UnixTransport::closed()
{
    if (std::exchange(m_failed, true))
        return;
    m_readable.setEnabled(false);
    waitForSpace(false);
    m_pieces = {};
    m_sent = 0;
    m_unsent = 0;
    m_mayAppend = false;
    if (m_user)
        m_user->onClosed();
}

} // namespace http
