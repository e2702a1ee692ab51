// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpSocket>

#include <functional>
#include <limits>

// A program that asks the gateway once over a connection of its own, and may leave in the middle or stop reading. It
// deletes itself after it has said that it is done: with what came, or why nothing did.
class LoadProgram : public QTcpSocket
{
public:
    struct Manner
    {
        qint64 leaveAfter = std::numeric_limits<qint64>::max(); // bytes of the answer
        bool reads = true; // or takes what fits into the kernel's buffers, and no more
    };

    LoadProgram(const QString &address, const QByteArray &path, const QByteArray &body, const QByteArray &secret,
                Manner manner, std::function<void(int status, const QByteArray &answer)> done)
        : m_manner(manner),
          m_done(std::move(done))
    {
        if (!manner.reads)
            setReadBufferSize(1);
        connect(this, &QTcpSocket::connected, this, [this, path, body, secret] {
            write("POST " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: application/json\r\n"
                  + "Authorization: Bearer " + secret + "\r\nContent-Length: " + QByteArray::number(body.size())
                  + "\r\n\r\n" + body);
        });
        connect(this, &QTcpSocket::readyRead, this, [this] {
            if (!m_manner.reads)
                return;
            m_answer += readAll();
            if (m_answer.size() >= m_manner.leaveAfter)
                abort();
        });
        connect(this, &QTcpSocket::disconnected, this, [this] { end(); });
        connect(this, &QTcpSocket::errorOccurred, this, [this] {
            if (state() == UnconnectedState)
                end();
        });
        const qsizetype colon = address.lastIndexOf(u':');
        connectToHost(address.first(colon), quint16(address.sliced(colon + 1).toInt()));
    }

private:
    void end()
    {
        if (!m_done)
            return;
        if (isOpen())
            m_answer += readAll();
        const auto done = std::exchange(m_done, nullptr);
        deleteLater();
        done(m_answer.startsWith("HTTP/1.1 ") ? m_answer.sliced(9, 3).toInt() : 0,
             m_answer.isEmpty() ? errorString().toUtf8() : m_answer);
    }

    const Manner m_manner;
    std::function<void(int, const QByteArray &)> m_done;
    QByteArray m_answer;
};
