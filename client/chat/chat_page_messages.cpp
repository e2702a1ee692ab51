// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with messages.
#include "client/chat/channel_list.h"
#include "client/chat/chat_header.h"
#include "client/chat/chat_looks.h"
#include "client/chat/chat_page.h"
#include "client/chat/composer_edit.h"
#include "client/chat/message_composer.h"
#include "client/chat/thread_pane.h"
#include "client/templates/template_library.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

bool mentionsEveryone(const QString &text)
{
    static const QRegularExpression word(u"(^|\\W)@everyone\\b"_s);
    return word.match(text).hasMatch();
}

} // namespace

void ChatPage::connectView()
{
    connect(m_view, &ChatView::channelOpened, this, [this](const QUuid &id) {
        openChannel(id);
        m_view->composer().edit().setFocus(Qt::OtherFocusReason);
    });
    connect(m_view, &ChatView::sendRequested, this, &ChatPage::send);
    connect(m_view, &ChatView::threadRequested, this, &ChatPage::openThread);
    connect(m_view, &ChatView::actionRequested, this, &ChatPage::act);
    connect(m_view, &ChatView::reactionToggled, this, [this](const QUuid &id, const QString &emoji) {
        if (const ChatMessage *message = find(id))
            m_actions.toggleReaction(*message, emoji);
    });
    connect(m_view, &ChatView::stopRequested, this, [this] {
        const QUuid writing = m_feed.isWriting() ? m_feed.writingMessage() : m_threadFeed.writingMessage();
        if (const ChatMessage *message = find(writing))
            m_actions.stop(*message);
    });
    connect(&m_view->thread(), &ThreadPane::closed, this, &ChatPage::closeThread);
    connect(&m_view->header(), &ChatHeader::searchRequested, this, [this] { search(false); });
    connect(&m_view->header(), &ChatHeader::pinsRequested, this, &ChatPage::showPins);
    connect(&m_view->header(), &ChatHeader::detailsToggled, this, &ChatPage::showDetails);
    connect(&m_view->list(), &ChannelList::newRequested, this, &ChatPage::openNew);
    connect(&m_view->list(), &ChannelList::muteToggled, this, [this](const QUuid &id) {
        if (const ChannelEntry *entry = m_channels.find(id))
            m_actions.setMuted(*entry, !chatLooks::isMuted(*entry));
    });
    connect(&m_view->list(), &ChannelList::favoriteToggled, this, [this](const QUuid &id) {
        if (const ChannelEntry *entry = m_channels.find(id))
            m_actions.toggleFavorite(*entry);
    });
    connect(&m_view->list(), &ChannelList::markReadRequested, this, [this](const QUuid &id) {
        if (const ChannelEntry *entry = m_channels.find(id))
            m_channels.markRead(id, entry->channel.lastSequence);
    });
    ConversationView &view = m_view->view();
    connect(&view, &ConversationView::olderRequested, &m_feed, &ChatFeed::loadOlder);
    connect(&view, &ConversationView::readUpTo, this, &ChatPage::noteRead);
    connect(&view, &ConversationView::currentRowChanged, this, &ChatPage::commandsChanged);
    connect(m_view->thread().view(), &ConversationView::olderRequested, &m_threadFeed, &ChatFeed::loadOlder);
    const auto permits = [this](const ConversationMessage &message, MessageAction action) {
        return this->permits(message, action);
    };
    view.setPermits(permits);
    m_view->thread().view()->setPermits([permits](const ConversationMessage &message, MessageAction action) {
        return action != MessageAction::OpenThread && permits(message, action);
    });
    const auto follow = [this](MessageComposer *composer, const ChatFeed *feed) {
        connect(composer, &MessageComposer::draftChanged, this, [this, composer, feed](const QString &text) {
            if (composer->editedId().isNull())
                m_account.drafts().keep(feed->place(), text);
        });
        connect(composer, &MessageComposer::typed, &m_presence, &ChatPresence::typed);
        connect(composer, &MessageComposer::templateChosen, this,
                [this, composer](const QUuid &id, const QString &name) { putTemplate(*composer, id, name); });
    };
    follow(&m_view->composer(), &m_feed);
    follow(m_view->thread().composer(), &m_threadFeed);
    connect(&m_library, &TemplateLibrary::changed, this, &ChatPage::renewTemplates);
    renewTemplates();
    connect(&m_actions, &ChatActions::toastRequested, this, &ChatPage::toastRequested);
    connect(&m_actions, &ChatActions::changed, this, [this](const ChatMessage &message) {
        m_feed.take(message);
        m_threadFeed.take(message);
    });
    connect(&m_actions, &ChatActions::deleting, this, [this](const QUuid &id, bool isDeleted) {
        m_feed.showDeleted(id, isDeleted);
        m_threadFeed.showDeleted(id, isDeleted);
    });
    connect(&m_actions, &ChatActions::joined, this, [this](const ChannelEntry &entry) {
        m_visited.reset();
        if (m_feed.place().channelId != entry.channel.id)
            return openChannel(entry.channel.id);
        renewComposer();
        renewNotice();
    });
}

void ChatPage::send(const OutgoingMessage &outgoing)
{
    if (!outgoing.editedId.isNull()) {
        if (const ChatMessage *message = find(outgoing.editedId); message && message->text != outgoing.text)
            m_actions.edit(*message, outgoing.text, outgoing.mentions);
        return;
    }
    const bool isInThread = !outgoing.threadId.isNull();
    const ChatPlace place{outgoing.channelId, isInThread ? std::optional(outgoing.threadId) : std::nullopt};
    NewMessage message{.clientId = outgoing.clientId,
                       .text = outgoing.text,
                       .threadId = place.threadId,
                       .mentions = outgoing.mentions,
                       .mentionsEveryone = mentionsEveryone(outgoing.text)};
    if (!outgoing.quotedId.isNull())
        message.replyToId = outgoing.quotedId;
    m_presence.sent();
    if (m_account.outbox().send(place.channelId, message)) {
        if (!isInThread)
            m_feed.conversation().setReadSequence(-1); // who answers has read
        return renewNotice();
    }
    // Nothing is lost: the text goes back to where it was written.
    MessageComposer *composer = isInThread ? m_view->thread().composer() : &m_view->composer();
    composer->setText(outgoing.text);
    m_account.drafts().keep(place, outgoing.text);
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = tr("Too many messages wait to be sent"),
                           .text = tr("%n are kept until the connection is back. Send this one after that.", nullptr,
                                      int(ChatOutbox::mostMessages))});
}

const ChatMessage *ChatPage::find(const QUuid &id) const
{
    const ChatMessage *message = m_feed.find(id);
    return message ? message : m_threadFeed.find(id);
}

const ChatMessage *ChatPage::currentMessage() const
{
    const ConversationView *thread = m_view->thread().view();
    const bool isInThread = m_view->thread().isVisible() && thread->hasFocus();
    const ConversationView *view = isInThread ? thread : &m_view->view();
    const Conversation *conversation = view->conversation();
    const int row = view->currentRow();
    return conversation && row >= 0 && row < conversation->count() ? find(conversation->at(row).id) : nullptr;
}

bool ChatPage::permits(const ConversationMessage &shown, MessageAction action) const
{
    if (const UnsentMessage *unsent = m_account.outbox().find(shown.id); unsent && shown.sequence == 0)
        return (action == MessageAction::Retry && !unsent->error.isEmpty())
            || (action == MessageAction::Discard && shown.state != DeliveryState::Sending);
    const ChatMessage *message = find(shown.id);
    const ChannelEntry *entry = current();
    if (!message || !entry || shown.deletedAt)
        return false;
    const bool mayPost = m_actions.mayPost(entry->channel);
    switch (action) {
    case MessageAction::OpenThread:
        return !message->threadId && (mayPost || message->replyCount > 0);
    case MessageAction::Quote:
    case MessageAction::React:
    case MessageAction::Pin:
        return mayPost;
    case MessageAction::MarkUnread:
        return !message->threadId && entry->membership;
    case MessageAction::Regenerate:
        return message->state != MessageState::Failed && m_actions.mayRegenerate(*message);
    case MessageAction::RateUp:
    case MessageAction::RateDown:
        return m_actions.mayRate(*message);
    case MessageAction::Edit:
        return mayPost && m_actions.mayEdit(*message);
    case MessageAction::Delete:
        return m_actions.mayDelete(*message);
    case MessageAction::CopyLink:
        return true;
    case MessageAction::Retry:
        return message->state == MessageState::Failed && m_actions.mayRegenerate(*message);
    case MessageAction::Stop:
        return m_actions.mayStop(*message);
    case MessageAction::Discard:
        break;
    }
    return false;
}

void ChatPage::act(MessageAction action, const QUuid &id)
{
    ChatOutbox &outbox = m_account.outbox();
    if (outbox.find(id)) {
        if (action == MessageAction::Retry)
            outbox.retry(id);
        else if (action == MessageAction::Discard)
            outbox.discard(id);
        return renewNotice();
    }
    const ChatMessage *found = find(id);
    if (!found)
        return;
    const ChatMessage message = *found; // what is done may replace it
    switch (action) {
    case MessageAction::Delete:
        return m_actions.remove(message);
    case MessageAction::Pin:
        return m_actions.togglePin(message);
    case MessageAction::CopyLink:
        return copyLink(message.id);
    case MessageAction::Retry:
    case MessageAction::Regenerate:
        return m_actions.regenerate(message);
    case MessageAction::RateUp:
        return m_actions.rate(message, AnswerRating::Up);
    case MessageAction::RateDown:
        return m_actions.rate(message, AnswerRating::Down);
    case MessageAction::MarkUnread:
        return markUnreadFrom(message);
    case MessageAction::Stop:
        return m_actions.stop(message);
    case MessageAction::OpenThread:
    case MessageAction::Quote:
    case MessageAction::React:
    case MessageAction::Edit:
    case MessageAction::Discard:
        break;
    }
}

void ChatPage::markUnreadFrom(const ChatMessage &message)
{
    m_feed.conversation().setReadSequence(message.sequence - 1);
    m_channels.markUnreadFrom(message.channelId, message.sequence);
}

void ChatPage::copyLink(const QUuid &id) const
{
    const Account &account = m_workspace.session().account();
    QGuiApplication::clipboard()->setText(u"patio://%1/%2/chat/%3"_s.arg(
        QUrl(account.server).authority(), account.tenant, id.toString(QUuid::WithoutBraces)));
}

// ---- to a message that was found

void ChatPage::jumpTo(const ChatMessage &message)
{
    openChannel(message.channelId);
    m_jump = message;
    if (!m_feed.isLoading())
        showJumped();
}

void ChatPage::showJumped()
{
    if (!m_jump)
        return;
    const ChatMessage message = *m_jump;
    if (m_feed.place().channelId != message.channelId)
        return m_jump.reset();
    const QUuid shown = message.threadId.value_or(message.id);
    const int row = m_feed.conversation().rowOf(shown);
    if (row < 0 && m_feed.reachFurther())
        return; // the page before it is on its way
    m_jump.reset();
    if (row < 0)
        return Q_EMIT toastRequested({.tone = Tone::Warning,
                                      .title = tr("The message lies too far back"),
                                      .text = tr("Scroll up to it, or search for it with a narrower filter.")});
    m_view->view().setFocus(Qt::OtherFocusReason);
    m_view->view().setCurrentRow(row);
    if (message.threadId)
        openThread(shown);
}
