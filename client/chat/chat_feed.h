// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/chat_outbox.h"
#include "client/chat/conversation.h"
#include "client/net/output_text.h"
#include "shared/http/page.h"

// Fills the conversation of one channel or thread: at once from the cache, then from the server page by page, then by
// what the live connection tells, in the order of the channel's sequence. What is missing in between is asked for.
// One's own messages that are not sent yet stand at the end.
class ChatFeed : public QObject
{
    Q_OBJECT

public:
    ChatFeed(Workspace &workspace, ChatOutbox &outbox, QObject *parent = nullptr);
    ~ChatFeed() override;

    Conversation &conversation() { return m_conversation; }
    const ChatPlace &place() const { return m_place; }
    // `unread`: how many the person has not read, so that the first page holds the first of them; `readSequence` as in
    // Conversation.
    void open(const ChatPlace &place, int unread = 0, qint64 readSequence = -1);
    void close();
    void reload();
    void loadOlder(); // the page before; nothing when one is under way or all is there
    bool reachFurther(); // a long page before, to get to a message; false: all that can be is loaded. Then loaded()
    bool isLoading() const { return m_call.isPending() || m_missing.isPending(); }
    bool showsCache() const { return m_showsCache; } // until the server has answered for this place
    QDateTime asOf() const;

    const ChatMessage *find(const QUuid &id) const;
    qint64 newest() const { return m_newest; } // sequence up to which all of the channel is known
    bool isWriting() const; // an assistant's answer streams
    QUuid writingMessage() const;
    void take(const ChatMessage &message); // what the server has said of a message
    void showDeleted(const QUuid &id, bool isDeleted); // before the server has confirmed it

    static constexpr int mostMessages = 20'000; // loaded at once

Q_SIGNALS:
    void loadingChanged();
    void loaded(); // the first page of this place, or one before it, is there
    void failed(const ApiError &error);
    void grew(); // newest() has

private:
    void showCached();
    void loadNewest();
    bool mayLoadOlder() const;
    void loadBefore(int limit);
    void loadMissing();
    void missingArrived(const Page<ChatMessage> &page);
    void arrived(const QList<ChatMessage> &newestFirst, bool hasMore);
    void received(const live::Event &event);
    void posted(const ChatMessage &message);
    void countReplies(const QList<ChatMessage> &messages, qint64 after);
    void countReply(const ChatMessage &reply, int by);
    void showLater();
    void grewBy(const live::Answer &piece);
    bool isNewer(const ChatMessage &message) const;
    void show(const ChatMessage &message);
    ConversationMessage rowOf(const ChatMessage &message) const;
    void showUnsent(const UnsentMessage &message);
    void remember(const QList<ChatMessage> &messages);
    QUuid me() const { return m_workspace.session().profile().userId; }
    QString cacheKind() const;

    Workspace &m_workspace;
    ChatOutbox &m_outbox;
    Conversation m_conversation;
    ChatPlace m_place;
    QHash<QUuid, ChatMessage> m_messages; // those of the conversation that the server has
    struct Answer
    {
        OutputText pieces;
        QString text;
    };
    QHash<QUuid, Answer> m_answers; // that stream, also those whose message is not there yet; by job
    QList<ChatMessage> m_later; // posted while something before them is asked for
    CallHandle m_call;
    CallHandle m_missing;
    qint64 m_newest = 0;
    qint64 m_oldest = 0;
    int m_firstPage = 0;
    bool m_showsCache = false;
};
