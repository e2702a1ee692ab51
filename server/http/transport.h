// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QtGlobal>

#include <memory>

class QSslConfiguration;

namespace http {

// A connected stream socket, plain or TLS, whose buffers are known to the byte. Used on one thread.
class Transport
{
public:
    // Who uses it. Callbacks never come from within a call to the transport, except onClosed, from read,
    // flush, close and abort. The transport may not be destroyed inside a callback.
    class User
    {
    public:
        virtual ~User() = default;
        virtual void onReadable() = 0; // read() has something, or the peer has finished (read() says -1)
        virtual void onSent() = 0; // unsent() became smaller
        virtual void onClosed() = 0; // broken or aborted; comes once
    };

    virtual ~Transport() = default;
    void setUser(User *user) { m_user = user; }

    // Bytes read; 0: none at the moment; -1: the peer has sent all it wanted to send, or the connection is closed.
    virtual qint64 read(char *data, qint64 maximum) = 0;
    // False: no onReadable from now on, so that the kernel's window closes. True: again.
    virtual void setReading(bool on) = 0;
    virtual void write(QByteArrayView data) = 0; // keeps what the kernel does not take
    // The same for bytes that others hold too, such as a document that many read: kept without a copy where it can be.
    virtual void writeShared(const QByteArray &data) { write(data); }
    // And hands it to the kernel at once: without a copy even where it is short, for what goes to many.
    virtual void sendShared(const QByteArray &data)
    {
        write(data);
        flush();
    }
    virtual void flush() = 0; // hands everything written so far to the kernel, as far as it goes
    virtual qint64 unsent() const = 0;
    virtual qint64 sent() const = 0; // bytes that the kernel has taken, in all
    virtual void finishWriting() = 0; // ends our direction after what is unsent; reading goes on
    virtual void close() = 0; // gives the connection up; what the kernel has taken still goes out
    virtual void abort() = 0; // resets it, so that the peer does not take what it has for everything
    virtual bool secure() const { return false; }
    virtual bool ready() const { return true; } // false: the TLS handshake is not finished

protected:
    User *m_user = nullptr;
};

// Takes over an accepted descriptor, with TLS if a configuration is given.
std::unique_ptr<Transport> makeTransport(qintptr descriptor, const QSslConfiguration *tls);

} // namespace http
