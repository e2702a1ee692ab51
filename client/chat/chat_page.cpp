// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_page.h"

#include "client/chat/channel_list.h"
#include "client/chat/chat_header.h"
#include "client/chat/chat_looks.h"
#include "client/chat/composer_edit.h"
#include "client/chat/message_composer.h"
#include "client/chat/thread_pane.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/chat/endpoints.h"

#include <QApplication>
#include <QBoxLayout>
#include <QListView>

using namespace Qt::StringLiterals;

ChatPage::ChatPage(Workspace &workspace, ChatAccount &account, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_account(account),
      m_library(library),
      m_channels(account.channels()),
      m_rows(workspace, account.channels()),
      m_feed(workspace, account.outbox()),
      m_threadFeed(workspace, account.outbox()),
      m_presence(workspace),
      m_actions(workspace, account.channels()),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_view(new ChatView)
{
    build();
    connectFeeds();
    connectView();
    renewList();
    retranslate();
}

ChatPage::~ChatPage()
{
    // While all that it tells is still there.
    closeThread();
    m_view->composer().endContext();
    m_account.drafts().keep(m_feed.place(), m_view->composer().text());
    m_presence.leave();
    m_feed.close();
    m_account.notices().setVisibleChannel({});
}

void ChatPage::build()
{
    setLayout(layout::tight(layout::column({m_progress, m_banner, layout::wide(m_view)})));
    m_view->showConversation({}, nullptr);
}

void ChatPage::connectFeeds()
{
    connect(&m_rows, &ChannelRows::changed, this, &ChatPage::renewList);
    connect(&m_channels, &ChannelBook::changed, this, [this] {
        renewHeader();
        renewComposer();
        renewNotice();
    });
    connect(&m_channels, &ChannelBook::dropped, this, [this](const QUuid &id) {
        if (id == m_feed.place().channelId)
            openChannel({});
    });
    connect(&m_channels, &ChannelBook::membersChanged, this, [this](const QUuid &id) {
        if (id == m_feed.place().channelId)
            loadMembers();
    });
    connect(&m_feed, &ChatFeed::loadingChanged, this,
            [this] { m_progress->setActive(m_feed.isLoading() && m_feed.showsCache()); });
    connect(&m_feed, &ChatFeed::loaded, this, [this] {
        m_problem.reset();
        renewNotice();
        showJumped();
    });
    for (const ChatFeed *feed : {&m_feed, &m_threadFeed})
        connect(feed, &ChatFeed::failed, this, [this](const ApiError &error) {
            m_problem = error;
            renewNotice();
        });
    connect(&m_feed, &ChatFeed::grew, this, &ChatPage::noteGrowth);
    connect(&m_feed.conversation(), &Conversation::changed, this, &ChatPage::renewTyping);
    connect(&m_account.drafts(), &ChatDrafts::changed, this, &ChatPage::renewDraft);
    connect(&m_presence, &ChatPresence::changed, this, &ChatPage::renewTyping);
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &ChatPage::renewNotice);
    connect(m_banner, &Banner::actionRequested, this, [this] {
        if (m_visited && !m_problem)
            return m_actions.join(m_visited->channel.id);
        m_channels.reload();
        m_feed.reload();
        m_threadFeed.reload();
    });
    // Whoever comes back to the window sees what has come meanwhile.
    connect(qApp, &QGuiApplication::applicationStateChanged, this, &ChatPage::noteGrowth);
}

const ChannelEntry *ChatPage::current() const
{
    const QUuid id = m_feed.place().channelId;
    if (const ChannelEntry *entry = m_channels.find(id))
        return entry;
    return m_visited && m_visited->channel.id == id ? &*m_visited : nullptr;
}

void ChatPage::openChannel(const QUuid &id)
{
    if (id == m_feed.place().channelId && !id.isNull())
        return m_view->list().setCurrent(id);
    m_presence.leave();
    closeThread();
    m_view->composer().endContext();
    if (!m_feed.place().isNull())
        m_account.drafts().keep(m_feed.place(), m_view->composer().text());
    m_jump.reset();
    m_members.clear();
    m_problem.reset();
    if (!m_visited || m_visited->channel.id != id)
        m_visited.reset();
    const ChannelEntry *entry = m_channels.find(id);
    if (!entry && m_visited)
        entry = &*m_visited;
    if (entry)
        return showEntry(ChannelEntry(*entry));
    m_feed.close();
    m_view->showConversation({}, nullptr);
    m_account.notices().setVisibleChannel({});
    if (!id.isNull())
        visit(id);
    renewNotice();
    Q_EMIT commandsChanged();
}

void ChatPage::visit(const QUuid &id)
{
    m_workspace.api().call(endpoints::channels::get.at(id), {}, this, [this](const Result<ChannelEntry> &reply) {
        if (!reply)
            return Q_EMIT toastRequested({.tone = Tone::Danger,
                                          .title = tr("The channel cannot be shown"),
                                          .text = reply.error().detail,
                                          .details = QString::fromUtf8(json::print(reply.error()))});
        if (reply->membership)
            m_channels.put(*reply);
        else
            m_visited = *reply;
        openChannel(reply->channel.id);
    });
}

void ChatPage::showEntry(const ChannelEntry &entry)
{
    const QUuid id = entry.channel.id;
    const Membership own = entry.membership.value_or(Membership{});
    m_feed.open({id}, own.unread, own.readSequence);
    m_presence.enter(m_feed.place().topic());
    m_view->showConversation(id, &m_feed.conversation());
    m_view->composer().setText(m_account.drafts().text(m_feed.place()));
    m_account.notices().setVisibleChannel(isVisible() ? id : QUuid());
    loadMembers();
    renewHeader();
    renewComposer();
    renewTyping();
    renewNotice();
    Q_EMIT viewChanged();
    Q_EMIT commandsChanged();
}

void ChatPage::openThread(const QUuid &messageId)
{
    const ChatMessage *message = m_feed.find(messageId);
    if (!message)
        return;
    const ChatPlace place{message->channelId, messageId};
    if (m_threadFeed.place() != place) {
        closeThread();
        m_threadFeed.open(place);
        m_view->showThread(messageId, &m_threadFeed.conversation());
        m_view->thread().composer()->setText(m_account.drafts().text(place));
    }
    renewComposer();
    Q_EMIT commandsChanged();
    m_view->thread().composer()->edit().setFocus();
}

void ChatPage::loadMembers()
{
    m_membersCall.cancel();
    const ChannelEntry *entry = current();
    if (entry && chatLooks::isBetweenPeople(entry->channel.kind)) {
        m_members = entry->people;
        return;
    }
    ChatPageFilter filter;
    filter.limit = 1000;
    m_membersCall = m_workspace.api().call(endpoints::channels::members.at(m_feed.place().channelId), filter, this,
                                           [this](const Result<Page<ChannelMember>> &page) {
                                               if (!page)
                                                   return; // names are missing, nothing else
                                               m_members = page->items;
                                               renewHeader();
                                               renewComposer();
                                           });
}

// ---- what was read

bool ChatPage::isLooking() const { return isVisible() && QGuiApplication::applicationState() == Qt::ApplicationActive; }

void ChatPage::noteRead(qint64 sequence)
{
    if (!isLooking() || m_feed.place().isNull() || m_feed.showsCache())
        return;
    const Conversation &conversation = m_feed.conversation();
    qint64 last = 0;
    for (int row = conversation.count() - 1; row >= 0 && last == 0; --row)
        last = conversation.at(row).sequence;
    // What stands in threads has no row here; whoever has seen the last row has seen all there is.
    m_channels.markRead(m_feed.place().channelId, sequence >= last ? m_feed.newest() : sequence);
}

void ChatPage::noteGrowth()
{
    const ChannelEntry *entry = current();
    if (!entry || !entry->membership)
        return;
    Conversation &conversation = m_feed.conversation();
    if (isLooking() && m_view->view().isAtEnd())
        return noteRead(m_feed.newest());
    if (!isLooking() && conversation.readSequence() < 0 && entry->membership->unread > 0)
        conversation.setReadSequence(entry->membership->readSequence);
}

void ChatPage::showEvent(QShowEvent *event)
{
    PageWidget::showEvent(event);
    m_account.notices().setVisibleChannel(m_feed.place().channelId);
    QMetaObject::invokeMethod(this, &ChatPage::noteGrowth, Qt::QueuedConnection);
}

void ChatPage::hideEvent(QHideEvent *event)
{
    PageWidget::hideEvent(event);
    m_account.notices().setVisibleChannel({});
}
