// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chat/chat_client.h"

#include "shared/id.h"
#include "shared/json/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace {

constexpr int together = 3; // messages of a client on their way at the same time
constexpr int tryAgainAfter = 50; // milliseconds
constexpr int answerWithin = 20'000; // milliseconds

template<class List> auto anyOf(const List &list) { return list[QRandomGenerator::global()->bounded(list.size())]; }

} // namespace

ChatClient::ChatClient(QStringList servers, QByteArray token, QStringList channels)
    : m_servers(std::move(servers)),
      m_token(std::move(token)),
      m_channels(std::move(channels))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { connectSocket(); });
    connect(&m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { hear(json::object(text.toUtf8())); });
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        const auto say = [this](const QJsonObject &message) {
            m_socket.sendTextMessage(QString::fromUtf8(json::print(message)));
        };
        say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(m_token)}});
        QJsonObject subscribe{{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"channels"_s}}};
        if (m_last >= 0)
            subscribe.insert(u"after"_s, m_last);
        say(subscribe);
    });
    connect(&m_socket, &QWebSocket::stateChanged, this, [this](QAbstractSocket::SocketState state) {
        if (state != QAbstractSocket::UnconnectedState)
            return;
        m_follows = false;
        m_again.start(tryAgainAfter);
    });
}

// A socket that goes says that it has closed; what would hear it goes before it.
ChatClient::~ChatClient() { m_socket.disconnect(this); }

QString ChatClient::anyServer() const { return anyOf(m_servers); }

void ChatClient::follow() { connectSocket(); }

void ChatClient::connectSocket() { m_socket.open(QUrl(u"ws://%1/api/v1/live"_s.arg(anyServer()))); }

void ChatClient::cut() { m_socket.abort(); }

void ChatClient::hear(const QJsonObject &message)
{
    const QString type = message[u"type"_s].toString();
    if (type == u"subscribed") {
        m_follows = true;
        if (m_last < 0)
            m_last = message[u"sequence"_s].toInteger();
    } else if (type == u"error" && message[u"code"_s] == u"busy"_s) {
        m_socket.abort();
    } else if (type == u"error" || type == u"reload") {
        m_mistakes.append(QString::fromUtf8(json::print(message)));
    } else if (type == u"event") {
        const qint64 sequence = message[u"sequence"_s].toInteger();
        if (sequence <= m_last)
            m_mistakes.append(u"event %1 after %2"_s.arg(sequence).arg(m_last));
        m_last = sequence;
        if (message[u"name"_s] != u"message.posted"_s)
            return;
        const QJsonObject data = message[u"data"_s].toObject();
        QStringList &seen = m_seen[data[u"channelId"_s].toString()];
        if (data[u"sequence"_s].toInteger() != seen.size() + 1)
            m_mistakes.append(u"message %1 after %2"_s.arg(data[u"sequence"_s].toInteger()).arg(seen.size()));
        seen.append(data[u"id"_s].toString());
    }
}

void ChatClient::send(int count)
{
    m_toSend += count;
    for (int i = 0; i < together; ++i)
        sendNext();
}

void ChatClient::sendNext()
{
    if (m_toSend == 0)
        return;
    --m_toSend;
    const QString clientId = newId().toString(QUuid::WithoutBraces);
    m_open.insert(clientId, 0);
    post(anyOf(m_channels), {{u"clientId"_s, clientId}, {u"text"_s, u"Message "_s + clientId}});
}

void ChatClient::post(const QString &channel, const QJsonObject &body)
{
    const QString clientId = body[u"clientId"_s].toString();
    ++m_open[clientId];
    QNetworkRequest request(QUrl(u"http://%1/api/v1/channels/%2/messages"_s.arg(anyServer(), channel)));
    request.setRawHeader("Authorization", "Bearer " + m_token);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    request.setTransferTimeout(answerWithin);
    QNetworkReply *reply = m_network.post(request, json::print(body));
    connect(reply, &QNetworkReply::finished, this, [this, reply, channel, body, clientId] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        // Of a server that died, the answer may be missing or cut off.
        const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
        const bool isWhole = reply->error() == QNetworkReply::NoError && answer[u"clientId"_s] == clientId;
        if ((status == 201 || status == 200) && isWhole) {
            m_accepted.append({channel, answer[u"sequence"_s].toInteger(), answer[u"id"_s].toString()});
            m_open.remove(clientId);
            sendNext();
            return;
        }
        if (status >= 400 && status < 500 && status != 429)
            m_mistakes.append(u"%1: %2"_s.arg(status).arg(QString::fromUtf8(json::print(answer))));
        else // the server died, or is busy: nobody knows what became of it
            QTimer::singleShot(tryAgainAfter, this, [this, channel, body] { post(channel, body); });
    });
}
