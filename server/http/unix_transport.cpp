// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/unix_transport.h"

#include <QEvent>

#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
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
    if (!m_failed && !m_finishing)
        m_out.append(data.data(), data.size());
}

void UnixTransport::flush()
{
    // While the kernel is full its notifier says when to go on.
    if (!m_writable || !m_writable->isEnabled())
        sendSome();
}

void UnixTransport::sendSome()
{
    const qsizetype before = m_sent;
    while (!m_failed && m_sent < m_out.size()) {
        const ssize_t n =
            ::send(m_descriptor, m_out.constData() + m_sent, std::size_t(m_out.size() - m_sent), sendFlags);
        if (n >= 0) {
            m_sent += n;
            m_taken += n;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        } else if (errno != EINTR) {
            closed();
            return;
        }
    }
    const bool moved = m_sent != before;
    if (m_sent == m_out.size()) {
        m_out = {};
        m_sent = 0;
        if (m_finishing)
            ::shutdown(m_descriptor, SHUT_WR);
    } else if (m_sent > m_out.size() / 2) {
        m_out =
            QByteArray(m_out.constData() + m_sent, m_out.size() - m_sent); // a copy that holds no more than it needs
        m_sent = 0;
    }
    const bool waited = m_writable && m_writable->isEnabled();
    waitForSpace(!m_out.isEmpty());
    if (moved && waited && m_user)
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
    if (!std::exchange(m_finishing, true) && m_out.isEmpty())
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
    m_out = {};
    m_sent = 0;
    if (m_user)
        m_user->onClosed();
}

} // namespace http
