// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QTimer>
#include <QWebSocket>

// One person who reads and writes in channels through whichever of several servers answers: resends what was not
// accepted, and reads on after each break from where it was.
class ChatClient : public QObject
{
public:
    ChatClient(QStringList servers, QByteArray token, QStringList channels);
    ~ChatClient() override;

    void follow(); // from now on
    void send(int count); // messages, some at a time, in random channels
    void cut(); // its socket breaks

    bool isFollowing() const { return m_follows; }
    int accepted() const { return int(m_accepted.size()); }
    bool isDone() const { return m_toSend == 0 && m_open.isEmpty(); }
    const QStringList &mistakes() const { return m_mistakes; }

    struct Accepted
    {
        QString channel;
        qint64 sequence = 0;
        QString id;
    };
    const QList<Accepted> &acceptedOnes() const { return m_accepted; }
    // The ids of messages that came, by channel, in the order in which they came.
    const QHash<QString, QStringList> &seen() const { return m_seen; }

private:
    void connectSocket();
    void hear(const QJsonObject &message);
    void sendNext();
    void post(const QString &channel, const QJsonObject &body);
    QString anyServer() const;

    const QStringList m_servers; // host:port
    const QByteArray m_token;
    const QStringList m_channels; // ids
    QNetworkAccessManager m_network;
    QWebSocket m_socket;
    QTimer m_again; // when to connect again
    bool m_follows = false;
    qint64 m_last = -1; // event
    int m_toSend = 0;
    QHash<QString, int> m_open; // client ids on their way → how often they were sent
    QList<Accepted> m_accepted;
    QHash<QString, QStringList> m_seen;
    QStringList m_mistakes;
};
