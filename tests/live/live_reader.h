// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QList>
#include <QTest>
#include <QWebSocket>

// A plain client of the live protocol for tests: keeps all that it hears, in order.
class LiveReader : public QObject
{
public:
    explicit LiveReader(const QUrl &url) : m_url(url)
    {
        connect(&m_socket, &QWebSocket::textMessageReceived, this,
                [this](const QString &text) { heard.append(json::object(text.toUtf8())); });
        m_socket.open(url);
    }

    void say(const QJsonObject &message) { m_socket.sendTextMessage(QString::fromUtf8(json::print(message))); }
    void abort() { m_socket.abort(); }
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    int closeCode() const { return m_socket.closeCode(); }

    QList<QJsonObject> of(const QString &type) const
    {
        QList<QJsonObject> list;
        for (const QJsonObject &message : heard)
            if (message.value(QStringLiteral("type")).toString() == type)
                list.append(message);
        return list;
    }

    QList<QJsonObject> heard;

private:
    const QUrl m_url;
    QWebSocket m_socket;
};
