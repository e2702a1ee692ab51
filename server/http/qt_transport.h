// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/transport.h"

#include <QTcpSocket>

namespace http {

// A transport on QTcpSocket or QSslSocket: for TLS, and for systems without Unix sockets.
class QtTransport final : public Transport
{
public:
    QtTransport(qintptr descriptor, const QSslConfiguration *tls);
    ~QtTransport() override;

    qint64 read(char *data, qint64 maximum) override;
    void setReading(bool on) override;
    void write(QByteArrayView data) override;
    void flush() override;
    qint64 unsent() const override;
    qint64 sent() const override { return m_written - unsent(); }
    void finishWriting() override;
    void close() override { abort(); }
    void abort() override;
    bool secure() const override { return m_tls; }
    bool ready() const override;

private:
    void closed();

    std::unique_ptr<QTcpSocket> m_socket;
    qint64 m_written = 0;
    bool m_tls = false;
    bool m_reading = true;
    bool m_closed = false;
};

} // namespace http
