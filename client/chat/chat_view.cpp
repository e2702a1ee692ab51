// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_view.h"

#include "client/chat/channel_list.h"
#include "client/chat/chat_header.h"
#include "client/chat/chat_looks.h"
#include "client/chat/conversation.h"
#include "client/chat/message_composer.h"
#include "client/chat/thread_pane.h"
#include "client/design/theme.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QStackedWidget>

ChatView::ChatView(QWidget *parent)
    : QWidget(parent),
      m_list(new ChannelList),
      m_header(new ChatHeader),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState),
      m_view(new ConversationView({})),
      m_composer(new MessageComposer),
      m_thread(new ThreadPane)
{
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_list->setFixedWidth(px(Length::RailWide));
    auto *middle = layout::box(layout::tight(layout::column({m_header, layout::wide(m_stack), m_composer})));
    auto *beside = layout::line(Qt::Vertical);
    m_thread->hide();
    m_thread->setFixedWidth(px(Length::DetailPreferred));
    auto *threadSide = layout::box(layout::tight(layout::row({layout::line(Qt::Vertical), m_thread})));
    threadSide->hide();
    setLayout(layout::tight(layout::row({m_list, beside, layout::wide(middle), threadSide})));
    connect(m_list, &ChannelList::opened, this, &ChatView::channelOpened);
    connect(m_thread, &ThreadPane::closed, this, &ChatView::closeThread);
    connectConversation(m_view, m_composer);
    connectConversation(m_thread->view(), m_thread->composer());
    retranslate();
}

void ChatView::connectConversation(ConversationView *view, MessageComposer *composer)
{
    connect(view, &ConversationView::actionRequested, this,
            [this, view, composer](MessageAction action, const QUuid &id) { act(view, composer, action, id); });
    connect(view, &ConversationView::reactionToggled, this, &ChatView::reactionToggled);
    connect(composer, &MessageComposer::sendRequested, this,
            [this, composer](const QString &text) { send(composer, text); });
    connect(composer, &MessageComposer::stopRequested, this, [this] { Q_EMIT stopRequested(m_channelId); });
    connect(composer, &MessageComposer::editLastRequested, this, [this, view, composer] {
        const Conversation *conversation = view->conversation();
        const int row = conversation ? conversation->lastOwnRow() : -1;
        if (view->permits(row, MessageAction::Edit))
            act(view, composer, MessageAction::Edit, conversation->at(row).id);
    });
}

void ChatView::act(ConversationView *view, MessageComposer *composer, MessageAction action, const QUuid &id)
{
    const int row = view->conversation()->rowOf(id);
    if (row < 0)
        return;
    const ConversationMessage &message = view->conversation()->at(row);
    switch (action) {
    case MessageAction::Quote:
        return composer->beginQuote(id, message.authorName, chatLooks::firstLine(message.text));
    case MessageAction::Edit:
        return composer->beginEdit(id, message.text);
    case MessageAction::OpenThread:
        if (view != m_thread->view()) // a thread has none inside
            Q_EMIT threadRequested(id);
        return;
    default:
        Q_EMIT actionRequested(action, id);
    }
}

void ChatView::send(MessageComposer *composer, const QString &text)
{
    OutgoingMessage message;
    message.clientId = QUuid::createUuid();
    message.channelId = m_channelId;
    message.threadId = composer == m_composer ? QUuid() : m_threadId;
    message.quotedId = composer->quotedId();
    message.editedId = composer->editedId();
    message.text = text;
    message.mentions = composer->mentions();
    composer->clear();
    Q_EMIT sendRequested(message);
}

void ChatView::showConversation(const QUuid &channelId, Conversation *conversation)
{
    if (m_view->conversation())
        m_view->conversation()->disconnect(this);
    m_channelId = channelId;
    m_list->setCurrent(channelId);
    m_composer->endContext();
    m_view->setConversation(conversation);
    closeThread();
    if (conversation) {
        connect(conversation, &Conversation::wasReset, this, &ChatView::showEmptiness);
        connect(conversation, &Conversation::inserted, this, &ChatView::showEmptiness);
        connect(conversation, &Conversation::removed, this, &ChatView::showEmptiness);
    }
    showEmptiness();
}

void ChatView::showEmptiness()
{
    const Conversation *conversation = m_view->conversation();
    const bool isEmpty = !conversation || conversation->count() == 0;
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_view);
    m_composer->setVisible(conversation);
    m_header->setVisible(conversation);
    if (!conversation)
        m_empty->show(QStringLiteral("messages-square"), tr("No conversation is open"),
                      tr("Choose one on the left, or begin a new one."));
    else if (isEmpty)
        m_empty->show(QStringLiteral("messages-square"), tr("Say hello"),
                      tr("Nobody has written here yet. Mention an assistant with @ to ask it something."));
}

void ChatView::showThread(const QUuid &firstId, Conversation *conversation)
{
    m_threadId = firstId;
    m_thread->view()->setConversation(conversation);
    m_thread->parentWidget()->show();
    m_thread->show();
    m_thread->composer()->setFocus();
}

void ChatView::closeThread()
{
    m_threadId = {};
    m_thread->view()->setConversation(nullptr);
    m_thread->parentWidget()->hide();
}

void ChatView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ChatView::retranslate()
{
    m_view->setAccessibleName(tr("Messages"));
    showEmptiness();
}
