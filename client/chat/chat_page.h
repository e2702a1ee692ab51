// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_rows.h"
#include "client/chat/chat_account.h"
#include "client/chat/chat_actions.h"
#include "client/chat/chat_feed.h"
#include "client/chat/chat_presence.h"
#include "client/chat/chat_view.h"
#include "client/shell/page_widget.h"

class Banner;
class ChannelDialog;
class ProgressLine;
class TemplateLibrary;

// Conversations with people and assistants, joined with the server: what is shown comes from the feeds, what a person
// does goes to the outbox and the actions.
class ChatPage : public PageWidget
{
    Q_OBJECT

public:
    ChatPage(Workspace &workspace, ChatAccount &account, TemplateLibrary &library, QWidget *parent = nullptr);
    ~ChatPage() override;

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void openObject(const QString &id) override; // of a channel or a message
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

    ChatView &view() { return *m_view; }
    ChatFeed &feed() { return m_feed; }
    ChatFeed &threadFeed() { return m_threadFeed; }
    void openChannel(const QUuid &id);
    void openThread(const QUuid &messageId);
    void showAssistants();

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    // chat_page.cpp: what is shown
    void build();
    void connectFeeds();
    void visit(const QUuid &id); // a public channel that the person has not joined
    void showEntry(const ChannelEntry &entry);
    void loadMembers();
    void noteRead(qint64 sequence);
    void noteGrowth();
    bool isLooking() const; // the person sees the conversation now
    const ChannelEntry *current() const;
    // chat_page_looks.cpp: what is said around it, and what is kept
    void renewList();
    void renewHeader();
    void renewComposer();
    void renewTemplates(); // that can be written with
    void putTemplate(MessageComposer &composer, const QUuid &id, const QString &name);
    void renewTyping();
    void renewNotice();
    void renewDraft(const ChatPlace &place, const QString &before);
    void closeThread();
    // chat_page_messages.cpp: what is done to messages
    void connectView();
    void send(const OutgoingMessage &message);
    void act(MessageAction action, const QUuid &id);
    bool permits(const ConversationMessage &message, MessageAction action) const;
    void markUnreadFrom(const ChatMessage &message);
    const ChatMessage *find(const QUuid &id) const;
    const ChatMessage *currentMessage() const; // that the keyboard is at
    void jumpTo(const ChatMessage &message);
    void showJumped();
    void copyLink(const QUuid &id) const;
    // chat_page_commands.cpp: what is done to channels, and the keys
    void openNew(ChannelSection section);
    void browse();
    void talkTo(const QUuid &assistantId);
    void search(bool everywhere);
    void showPins();
    void leaveChannel();
    void readAll();
    void saveChannel(const NewChannel &input, ChannelDialog *dialog);
    // chat_page_details.cpp: the channel that is open
    void showDetails();
    void changeChannel(const ChannelChange &change, std::function<void(const Result<Channel> &)> done);
    void editChannel();
    void addPeople();

    Workspace &m_workspace;
    ChatAccount &m_account;
    TemplateLibrary &m_library;
    bool m_hasAskedForTemplates = false;
    ChannelBook &m_channels;
    ChannelRows m_rows;
    ChatFeed m_feed;
    ChatFeed m_threadFeed;
    ChatPresence m_presence;
    ChatActions m_actions;
    std::optional<ChannelEntry> m_visited; // a channel that is shown without being a member
    QList<ChannelMember> m_members; // of the channel that is open
    CallHandle m_membersCall;
    std::optional<ApiError> m_problem;
    std::optional<ChatMessage> m_jump; // to be shown as soon as it is loaded

    ProgressLine *m_progress;
    Banner *m_banner;
    ChatView *m_view;
};
