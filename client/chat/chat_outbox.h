// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/chat_place.h"
#include "client/chat/conversation_message.h"
#include "client/session/workspace.h"

// A message that the server has not confirmed yet, as it is kept on disk.
struct OutgoingMessage
{
    QUuid channelId;
    NewMessage message;
    qint64 number = 0; // in the order of writing
    QDateTime createdAt;
    QString error; // why the server refused it; empty: it waits or is on its way

    static constexpr auto fields()
    {
        using T = OutgoingMessage;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"message", &T::message}, Field{"number", &T::number},
                          Field{"createdAt", &T::createdAt}, Field{"error", &T::error}};
    }

    const QUuid &id() const { return message.clientId; }
    ChatPlace place() const { return {channelId, message.threadId}; }
};

// Sends messages, each channel's in the order in which they were written. They are on disk before they are sent and
// stay there until the server has said what became of them: after a break, or a crash, they are sent again, which their
// client id makes harmless. What the server refuses waits for the person: retry or discard.
class ChatOutbox : public QObject
{
    Q_OBJECT

public:
    explicit ChatOutbox(Workspace &workspace, QObject *parent = nullptr);
    ~ChatOutbox() override;

    static constexpr qsizetype mostMessages = 1000;
    bool isFull() const { return m_messages.size() >= mostMessages; }

    // False: it is full, and nothing was taken.
    bool send(const ChatPlace &place, const QString &text, const QList<QUuid> &mentions, bool mentionsEveryone,
              const std::optional<QUuid> &replyToId);
    void retry(const QUuid &clientId);
    void discard(const QUuid &clientId); // one that is not on its way
    QList<OutgoingMessage> of(const ChatPlace &place) const; // in order
    const OutgoingMessage *find(const QUuid &clientId) const;
    ConversationMessage shown(const OutgoingMessage &message) const;
    int waiting() const; // without those that were refused

Q_SIGNALS:
    void changed(const OutgoingMessage &message); // new, on its way, waiting or refused
    void sent(const ChatMessage &message);
    void discarded(const OutgoingMessage &message);

private:
    void sendWaiting();
    void sendNextOf(const QUuid &channelId);
    void answered(const OutgoingMessage &message, const Result<ChatMessage> &reply);
    void keep(const OutgoingMessage &message);
    void forget(const QUuid &clientId);
    OutgoingMessage *messageOf(const QUuid &clientId);

    Workspace &m_workspace;
    QList<OutgoingMessage> m_messages; // in order
    QHash<QUuid, QUuid> m_onTheWay; // by channel: one of each
    QTimer m_tryAgain;
    int m_tries = 0; // since the server last answered
};
