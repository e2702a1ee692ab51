// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_book.h"
#include "client/chat/chat_place.h"

// What was typed and not sent: kept on this machine at once, and on the server a moment later, so that it is there on
// the person's other machines. What is typed here and not yet there is never replaced by what comes from there.
class ChatDrafts : public QObject
{
    Q_OBJECT

public:
    ChatDrafts(Workspace &workspace, ChannelBook &channels, QObject *parent = nullptr);

    QString text(const ChatPlace &place) const;
    void keep(const ChatPlace &place, const QString &text);

Q_SIGNALS:
    void changed(const ChatPlace &place, const QString &before); // on another machine

private:
    struct Kept
    {
        QString text;
        bool isSent = false; // the server has this text
        bool isOnServer = false; // or an older one
    };
    std::optional<Kept> kept(const ChatPlace &place) const;
    void put(const ChatPlace &place, const Kept &kept);
    void follow();
    void loadPage(const std::optional<QString> &cursor);
    void heard(const ChannelDraftNews &news);
    void sendLater(const ChatPlace &place);
    void sendAll();
    void send(const ChatPlace &place);

    Workspace &m_workspace;
    QHash<QString, ChatPlace> m_waiting; // by key
    QTimer m_send;
    CallHandle m_call;
    bool m_follows = false;
};
