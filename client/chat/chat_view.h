// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation_view.h"
#include <QWidget>

class ChannelList;
class ChatHeader;
class Conversation;
class EmptyState;
class MessageComposer;
class QStackedWidget;
class ThreadPane;

// What a person sends. The id is chosen here, so that sent twice it is one message.
struct OutgoingMessage
{
    QUuid clientId;
    QUuid channelId;
    QUuid threadId; // null: in the channel itself
    QUuid quotedId; // null: it answers none
    QUuid editedId; // null: a new one
    QString text;
    QList<QUuid> mentions;
};

// Conversations, the messages of the open one, and a thread beside them. It knows no server: what it shows is put in,
// what a person does comes out as signals.
class ChatView : public QWidget
{
    Q_OBJECT

public:
    explicit ChatView(QWidget *parent = nullptr);

    ChannelList &list() { return *m_list; }
    ChatHeader &header() { return *m_header; }
    ConversationView &view() { return *m_view; }
    MessageComposer &composer() { return *m_composer; }
    ThreadPane &thread() { return *m_thread; }

    void showConversation(const QUuid &channelId, Conversation *conversation);
    void showThread(const QUuid &firstId, Conversation *conversation);
    void closeThread();

Q_SIGNALS:
    void channelOpened(const QUuid &id);
    void sendRequested(const OutgoingMessage &message);
    void threadRequested(const QUuid &messageId);
    void stopRequested(const QUuid &channelId);
    // All but those that are done here: quote, edit, threads.
    void actionRequested(MessageAction action, const QUuid &messageId);
    void reactionToggled(const QUuid &messageId, const QString &emoji);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void connectConversation(ConversationView *view, MessageComposer *composer);
    void act(ConversationView *view, MessageComposer *composer, MessageAction action, const QUuid &id);
    void send(MessageComposer *composer, const QString &text);
    void showEmptiness();

    ChannelList *m_list;
    ChatHeader *m_header;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    ConversationView *m_view;
    MessageComposer *m_composer;
    ThreadPane *m_thread;
    QUuid m_channelId;
    QUuid m_threadId;
};
