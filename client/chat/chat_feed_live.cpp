// SPDX-License-Identifier: GPL-3.0-or-later
// What the live connection tells of the messages of a conversation.
#include "client/chat/chat_feed.h"
#include "client/chat/chat_looks.h"
#include "shared/chat/endpoints.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostMissing = 500; // asked for at once
constexpr qsizetype mostAnswers = 50; // that stream at a time
constexpr qsizetype mostLater = 1000; // kept while something before them is asked for

} // namespace

void ChatFeed::received(const live::Event &event)
{
    if (!event.name.startsWith(u"message."_s))
        return;
    try {
        const auto message = json::fromValue<ChatMessage>(event.data, json::UnknownMembers::Lenient);
        if (message.channelId != m_place.channelId)
            return;
        if (event.name == u"message.posted"_s)
            return posted(message);
        if (event.name == u"message.deleted"_s && message.sequence <= m_newest)
            countReply(message, -1);
        take(message);
        if (message.sequence <= m_newest && find(message.id))
            remember({message});
    } catch (const json::InvalidError &) {
        reload(); // only names its message
    }
}

void ChatFeed::posted(const ChatMessage &message)
{
    if (message.sequence <= m_newest)
        return take(message); // it was in a page already
    // Of a thread, sequences are not next to each other: what it lacks is asked for when the subscription begins.
    const bool isNext = message.sequence == m_newest + 1 || m_place.threadId;
    if (m_call.isPending() || m_missing.isPending() || !isNext) {
        if (m_later.size() < mostLater)
            m_later.append(message);
        if (!m_call.isPending())
            loadMissing();
        return;
    }
    m_newest = message.sequence;
    take(message);
    countReply(message, 1);
    remember({message});
    Q_EMIT grew();
}

// The server tells of a reply, not of the message above it that has one more.
void ChatFeed::countReply(const ChatMessage &reply, int by)
{
    const auto root = reply.threadId ? m_messages.find(*reply.threadId) : m_messages.end();
    if (root == m_messages.end())
        return;
    root->replyCount = std::max(0, root->replyCount + by);
    if (by > 0)
        root->lastReplyAt = reply.createdAt;
    const ChatMessage counted = *root;
    show(counted);
    remember({counted});
}

// Of messages above that came with them, the server has counted.
void ChatFeed::countReplies(const QList<ChatMessage> &messages, qint64 after)
{
    QSet<QUuid> together;
    for (const ChatMessage &message : messages)
        together.insert(message.id);
    for (const ChatMessage &message : messages)
        if (message.sequence > after && message.threadId && !together.contains(*message.threadId))
            countReply(message, 1);
}

void ChatFeed::showLater()
{
    for (const ChatMessage &message : std::exchange(m_later, {}))
        posted(message);
}

// Between the last message that is known and what came after it. Those that a rule hides from the person stay missing.
void ChatFeed::loadMissing()
{
    if (m_place.isNull() || m_missing.isPending())
        return;
    MessageFilter filter;
    filter.threadId = m_place.threadId;
    filter.after = m_newest;
    filter.limit = mostMissing;
    m_missing = m_workspace.api().call(endpoints::messages::list.at(m_place.channelId), filter, this,
                                       [this](const Result<Page<ChatMessage>> &page) {
                                           m_missing = {};
                                           if (page)
                                               return missingArrived(*page);
                                           Q_EMIT loadingChanged();
                                           Q_EMIT failed(page.error());
                                       });
}

void ChatFeed::missingArrived(const Page<ChatMessage> &page)
{
    const qint64 before = m_newest;
    for (const ChatMessage &message : page.items) {
        m_newest = std::max(m_newest, message.sequence);
        take(message);
    }
    countReplies(page.items, before);
    remember(page.items);
    if (page.nextCursor)
        return loadMissing();
    for (const ChatMessage &message : std::exchange(m_later, {})) {
        const bool isNew = message.sequence > m_newest;
        m_newest = std::max(m_newest, message.sequence);
        take(message);
        if (isNew)
            countReply(message, 1);
        remember({message});
    }
    Q_EMIT loadingChanged();
    Q_EMIT grew();
}

// An answer of the server may have been on its way while the live connection told of a later change.
bool ChatFeed::isNewer(const ChatMessage &message) const
{
    const ChatMessage *known = find(message.id);
    return !known || message.revision >= known->revision;
}

void ChatFeed::take(const ChatMessage &message)
{
    if (m_place.isNull() || !m_place.holds(message) || !isNewer(message))
        return;
    // What lies before the first page comes with its page.
    if (m_oldest > 0 && message.sequence < m_oldest && !find(message.id))
        return;
    if (message.jobId && message.state != MessageState::Streaming)
        m_answers.remove(*message.jobId);
    m_messages.insert(message.id, message);
    show(message);
}

void ChatFeed::show(const ChatMessage &message) { m_conversation.put(rowOf(message)); }

ConversationMessage ChatFeed::rowOf(const ChatMessage &message) const
{
    ConversationMessage row = chatLooks::shown(message, me());
    if (message.replyToId)
        if (const ChatMessage *answered = find(*message.replyToId))
            row.quoted = {answered->id, answered->authorName, chatLooks::firstLine(answered->text)};
    // The event of a streaming message does not know the text that has come in pieces.
    if (message.state == MessageState::Streaming && message.jobId)
        if (const auto answer = m_answers.constFind(*message.jobId); answer != m_answers.cend())
            row.text = answer->text;
    return row;
}

void ChatFeed::grewBy(const live::Answer &piece)
{
    if (piece.channelId != m_place.channelId || (!m_answers.contains(piece.jobId) && m_answers.size() >= mostAnswers))
        return;
    const ChatMessage *message = find(piece.messageId); // its event may still be on its way
    if (message && (message->state != MessageState::Streaming || message->jobId != piece.jobId))
        return;
    Answer &answer = m_answers[piece.jobId];
    const bool hadGap = answer.pieces.hasGap();
    const auto fresh = answer.pieces.add({piece.jobId, piece.attempt, piece.offset, piece.text});
    if (answer.pieces.hasGap() && !hadGap) { // asks for the text from its start, once
        const QString topic = m_place.topic();
        m_workspace.live().unsubscribe(topic, this);
        m_workspace.live().subscribe(topic, this, [this](const live::Event &event) { received(event); });
    }
    if (!fresh)
        return;
    const bool isNew = fresh->offset == 0; // also a later attempt
    answer.text = isNew ? fresh->text : answer.text + fresh->text;
    if (!message || m_conversation.rowOf(piece.messageId) < 0)
        return;
    if (isNew)
        show(*message);
    else
        m_conversation.appendText(piece.messageId, fresh->text);
}

bool ChatFeed::isWriting() const { return !writingMessage().isNull(); }

QUuid ChatFeed::writingMessage() const
{
    for (int row = m_conversation.count() - 1; row >= 0; --row)
        if (m_conversation.at(row).state == DeliveryState::Streaming)
            return m_conversation.at(row).id;
    return {};
}

void ChatFeed::showDeleted(const QUuid &id, bool isDeleted)
{
    const ChatMessage *message = find(id);
    if (!message)
        return;
    ConversationMessage row = rowOf(*message);
    if (isDeleted) {
        row.text.clear();
        row.deletedAt = QDateTime::currentMSecsSinceEpoch();
    }
    m_conversation.put(row);
}

void ChatFeed::showUnsent(const UnsentMessage &message)
{
    if (message.place() != m_place)
        return;
    // Once the server's word is there, it stays.
    const int row = m_conversation.rowOf(message.id());
    if (row >= 0 && m_conversation.at(row).sequence > 0)
        return;
    ConversationMessage shown = m_outbox.shown(message);
    if (message.message.replyToId)
        if (const ChatMessage *answered = find(*message.message.replyToId))
            shown.quoted = {answered->id, answered->authorName, chatLooks::firstLine(answered->text)};
    m_conversation.put(shown);
}
