// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/chat_place.h"
#include "client/chat/conversation_message.h"
#include "client/session/workspace.h"

// A message that the server has not confirmed yet, as it is kept on disk.
struct UnsentMessage
{
    QUuid channelId;
    NewMessage message;
    qint64 number = 0; // in the order of writing
    QDateTime createdAt;
    QString error; // why the server refused it; empty: it waits or is on its way

    static constexpr auto fields()
    {
        using T = UnsentMessage;
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
    bool send(const QUuid &channelId, const NewMessage &message);
    void retry(const QUuid &clientId);
    void discard(const QUuid &clientId); // one that is not on its way
    QList<UnsentMessage> of(const ChatPlace &place) const; // in order
    const UnsentMessage *find(const QUuid &clientId) const;
    ConversationMessage shown(const UnsentMessage &message) const;
    int waiting() const; // without those that were refused

Q_SIGNALS:
    void changed(const UnsentMessage &message); // new, on its way, waiting or refused
    void sent(const ChatMessage &message);
    void discarded(const UnsentMessage &message);

private:
    void sendWaiting();
    void sendNextOf(const QUuid &channelId);
    void answered(const UnsentMessage &message, const Result<ChatMessage> &reply);
    void keep(const UnsentMessage &message);
    void forget(const QUuid &clientId);
    UnsentMessage *messageOf(const QUuid &clientId);

    Workspace &m_workspace;
    QList<UnsentMessage> m_messages; // in order
    QHash<QUuid, QUuid> m_onTheWay; // by channel: one of each
    QTimer m_tryAgain;
    int m_tries = 0; // since the server last answered
};
