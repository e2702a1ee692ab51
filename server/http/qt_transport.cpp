// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/qt_transport.h"

#include <QSslConfiguration>
#include <QSslSocket>

namespace http {
namespace {

constexpr qint64 readBuffer = 16 * 1024;

} // namespace

QtTransport::QtTransport(qintptr descriptor, const QSslConfiguration *tls) : m_tls(tls)
{
    QSslSocket *secured = tls ? new QSslSocket : nullptr;
    m_socket.reset(secured ? secured : new QTcpSocket);
    m_socket->setReadBufferSize(readBuffer);
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, m_socket.get(), [this] {
        if (m_user && m_reading)
            m_user->onReadable();
    });
    const auto sent = [this] {
        if (m_user && !m_closed)
            m_user->onSent();
    };
    if (secured)
        QObject::connect(secured, &QSslSocket::encryptedBytesWritten, secured, sent);
    else
        QObject::connect(m_socket.get(), &QTcpSocket::bytesWritten, m_socket.get(), sent);
    QObject::connect(m_socket.get(), &QTcpSocket::disconnected, m_socket.get(), [this] { closed(); });
    if (!m_socket->setSocketDescriptor(descriptor)) {
        m_closed = true;
        return;
    }
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (secured) {
        secured->setSslConfiguration(*tls);
        secured->startServerEncryption();
    }
}

QtTransport::~QtTransport()
{
    m_user = nullptr;
    m_socket->disconnect();
    m_socket->abort();
}

void QtTransport::closed()
{
    if (!std::exchange(m_closed, true) && m_user)
        m_user->onClosed();
}

bool QtTransport::ready() const { return !m_tls || static_cast<const QSslSocket *>(m_socket.get())->isEncrypted(); }

qint64 QtTransport::read(char *data, qint64 maximum)
{
    const qint64 n = m_socket->read(data, maximum);
    return n < 0 || (n == 0 && m_socket->state() != QAbstractSocket::ConnectedState) ? -1 : n;
}

void QtTransport::setReading(bool on)
{
    if (std::exchange(m_reading, on) == on || !on || !m_socket->bytesAvailable())
        return;
    QMetaObject::invokeMethod(
        m_socket.get(),
        [this] {
            if (m_user && m_reading && m_socket->bytesAvailable())
                m_user->onReadable();
        },
        Qt::QueuedConnection);
}

void QtTransport::write(QByteArrayView data)
{
    m_written += data.size();
    m_socket->write(data.data(), data.size());
}

void QtTransport::flush() { m_socket->flush(); }

qint64 QtTransport::unsent() const
{
    qint64 bytes = m_socket->bytesToWrite();
    if (m_tls)
        bytes += static_cast<const QSslSocket *>(m_socket.get())->encryptedBytesToWrite();
    return bytes;
}

// QTcpSocket has no half-close: it closes after what is unsent.
void QtTransport::finishWriting() { m_socket->disconnectFromHost(); }

void QtTransport::abort()
{
    m_socket->abort();
    closed();
}

} // namespace http
