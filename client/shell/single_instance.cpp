// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/single_instance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QLocalSocket>
#include <QTimer>

namespace {

constexpr int patience = 250; // ms
constexpr qint64 longest = 64 * 1024; // bytes of arguments

} // namespace

SingleInstance::SingleInstance(const QString &profileFolder, QObject *parent) : QObject(parent)
{
    const QByteArray who = (QDir::homePath() + u'|' + QDir(profileFolder).absolutePath()).toUtf8();
    m_name = QStringLiteral("patio-")
        + QString::fromLatin1(QCryptographicHash::hash(who, QCryptographicHash::Sha256).toHex().left(16));
}

bool SingleInstance::handOver(const QStringList &arguments) const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(patience))
        return false;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << arguments;
    socket.write(bytes);
    const bool sent = socket.waitForBytesWritten(patience);
    socket.disconnectFromServer();
    return sent;
}

bool SingleInstance::listen()
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::receive);
    if (m_server.listen(m_name))
        return true;
    // Nobody answered in handOver(): the name is left from an instance that was killed.
    QLocalServer::removeServer(m_name);
    return m_server.listen(m_name);
}

void SingleInstance::receive()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            QStringList arguments;
            QDataStream stream(socket->read(longest));
            stream >> arguments;
            socket->deleteLater();
            if (stream.status() == QDataStream::Ok)
                Q_EMIT started(arguments);
        });
        QTimer::singleShot(4 * patience, socket, &QLocalSocket::abort); // one that connects and says nothing
    }
}
