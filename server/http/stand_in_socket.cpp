// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/stand_in_socket.h"

#include <cstring>

namespace http {

StandInSocket::StandInSocket(Backend *backend) : m_backend(backend)
{
    setSocketState(ConnectedState);
    setOpenMode(ReadWrite);
}

StandInSocket::~StandInSocket()
{
    // The base class would close a connection that never was.
    m_backend = nullptr;
    setSocketState(UnconnectedState);
}

void StandInSocket::deliver(const QByteArray &bytes)
{
    if (m_read == m_in.size()) {
        m_in = bytes;
        m_read = 0;
    } else {
        m_in.append(bytes);
    }
    Q_EMIT readyRead();
}

qint64 StandInSocket::bytesAvailable() const { return QIODevice::bytesAvailable() + m_in.size() - m_read; }

void StandInSocket::disconnectFromHost()
{
    if (state() == ConnectedState && m_backend)
        m_backend->onClose();
}

qint64 StandInSocket::readData(char *data, qint64 maximum)
{
    const qint64 n = std::min<qint64>(maximum, m_in.size() - m_read);
    if (n <= 0)
        return 0;
    std::memcpy(data, m_in.constData() + m_read, std::size_t(n));
    m_read += n;
    if (m_read == m_in.size()) {
        m_in = {};
        m_read = 0;
    }
    return n;
}

qint64 StandInSocket::writeData(const char *data, qint64 size)
{
    if (m_backend)
        m_backend->onWrite({data, size});
    return size;
}

} // namespace http
