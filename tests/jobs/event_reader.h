// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <functional>
#include <memory>

// One server-sent event.
struct StreamEvent
{
    QByteArray name;
    QJsonObject data;
};

// Reads the answer to a request as a stream of events, as a browser would.
class EventReader
{
public:
    EventReader(QNetworkAccessManager &network, QNetworkRequest request, const QJsonObject &body)
    {
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        request.setRawHeader("Accept", "text/event-stream");
        m_reply.reset(network.post(request, json::print(body)));
        QObject::connect(m_reply.get(), &QNetworkReply::readyRead, m_reply.get(), [this] { read(); });
    }

    bool waitFor(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, 10'000); }
    bool isFinished() const { return m_reply->isFinished(); }
    QByteArray header(const char *name) const { return m_reply->rawHeader(name); }
    void leave() { m_reply->abort(); }

    QList<StreamEvent> events;

private:
    void read()
    {
        m_bytes += m_reply->readAll();
        for (qsizetype end; (end = m_bytes.indexOf("\n\n")) >= 0; m_bytes.remove(0, end + 2)) {
            StreamEvent event;
            for (const QByteArray &line : m_bytes.left(end).split('\n')) {
                if (line.startsWith("event: "))
                    event.name = line.mid(7);
                if (line.startsWith("data: "))
                    event.data = json::object(line.mid(6));
            }
            if (!event.name.isEmpty())
                events.append(event);
        }
    }

    std::unique_ptr<QNetworkReply> m_reply;
    QByteArray m_bytes;
};
