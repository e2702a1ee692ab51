// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace http {

// A QTcpSocket without a socket: what Qt's own protocol classes are given instead of the real one. They read what
// deliver() puts in; what they write goes to the Backend.
class StandInSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    class Backend
    {
    public:
        virtual ~Backend() = default;
        virtual void onWrite(QByteArrayView data) = 0;
        virtual qint64 unsent() const = 0;
        virtual void onClose() = 0; // Qt wants to end the connection
    };

    explicit StandInSocket(Backend *backend);
    ~StandInSocket() override;

    // Without a backend, writes go nowhere.
    void setBackend(Backend *backend) { m_backend = backend; }
    void deliver(const QByteArray &bytes); // may emit readyRead

    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override { return m_backend ? m_backend->unsent() : 0; }
    bool isSequential() const override { return true; }
    void disconnectFromHost() override;
    void close() override { disconnectFromHost(); }

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 readLineData(char *data, qint64 maximum) override { return readData(data, maximum); }
    qint64 writeData(const char *data, qint64 size) override;

private:
    Backend *m_backend;
    QByteArray m_in; // [m_read, size) is unread
    qsizetype m_read = 0;
};

} // namespace http
