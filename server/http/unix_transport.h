// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/transport.h"

#include <QList>
#include <QSocketNotifier>

namespace http {

// A plain transport directly on a Unix socket: an idle connection costs some hundred bytes instead of the buffers of a
// QTcpSocket, and a half-closed one is seen as such.
class UnixTransport final : public Transport
{
public:
    explicit UnixTransport(int descriptor);
    ~UnixTransport() override;

    qint64 read(char *data, qint64 maximum) override;
    void setReading(bool on) override;
    void write(QByteArrayView data) override;
    void writeShared(const QByteArray &data) override;
    void sendShared(const QByteArray &data) override;
    void flush() override;
    qint64 unsent() const override { return m_unsent; }
    qint64 sent() const override { return m_taken; }
    void finishWriting() override;
    void close() override { closed(); }
    void abort() override;

private:
    class Notifier final : public QSocketNotifier
    {
    public:
        Notifier(UnixTransport &transport, int descriptor, Type type)
            : QSocketNotifier(descriptor, type),
              m_transport(transport)
        {
        }

    protected:
        bool event(QEvent *event) override;

    private:
        UnixTransport &m_transport;
    };

    void keep(const QByteArray &piece, qsizetype from);
    void sendSome();
    qint64 sendOnce(); // bytes taken; below 0: errno says why
    void take(qint64 bytes);
    void waitForSpace(bool on);
    void closed();

    int m_descriptor;
    QList<QByteArray> m_pieces; // what is unsent, of the first what comes after m_sent
    qsizetype m_sent = 0;
    qint64 m_unsent = 0;
    bool m_mayAppend = false; // to the last piece, which is ours alone
    qint64 m_taken = 0;
    bool m_finishing = false;
    bool m_failed = false;
    Notifier m_readable;
    std::unique_ptr<Notifier> m_writable; // made when first needed
};

} // namespace http
