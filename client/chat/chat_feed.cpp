// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_feed.h"

#include "client/chat/chat_looks.h"
#include "shared/chat/endpoints.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int messagePage = 50;
constexpr int longPage = 500;
constexpr int mostUnreadAtOnce = 200; // more are reached by scrolling
constexpr int cachedMessages = 500; // of a channel

} // namespace

ChatFeed::ChatFeed(Workspace &workspace, ChatOutbox &outbox, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_outbox(outbox)
{
    connect(&outbox, &ChatOutbox::changed, this, &ChatFeed::showUnsent);
    connect(&outbox, &ChatOutbox::sent, this, &ChatFeed::take);
    connect(&outbox, &ChatOutbox::discarded, this, [this](const UnsentMessage &message) {
        if (message.place() == m_place)
            m_conversation.remove(message.id());
    });
    LiveClient &live = workspace.live();
    connect(&live, &LiveClient::reload, this, &ChatFeed::reload);
    connect(&live, &LiveClient::answerGrew, this, &ChatFeed::grewBy);
    // What was posted between the page that was read and the beginning of the subscription.
    connect(&live, &LiveClient::subscribed, this, [this](const QStringList &topics) {
        if (!m_place.isNull() && topics.contains(m_place.topic()) && !m_call.isPending())
            loadMissing();
    });
}

ChatFeed::~ChatFeed() { close(); }

void ChatFeed::open(const ChatPlace &place, int unread, qint64 readSequence)
{
    if (place == m_place)
        return;
    close();
    m_place = place;
    m_firstPage = messagePage + std::min(unread, mostUnreadAtOnce);
    m_conversation.setReadSequence(unread > 0 ? readSequence : -1);
    m_workspace.live().subscribe(place.topic(), this, [this](const live::Event &event) { received(event); });
    showCached();
    loadNewest();
}

void ChatFeed::close()
{
    if (m_place.isNull())
        return;
    m_workspace.live().unsubscribe(m_place.topic(), this);
    m_call.cancel();
    m_missing.cancel();
    m_place = {};
    m_messages.clear();
    m_answers.clear();
    m_later.clear();
    m_newest = m_oldest = 0;
    m_conversation.reset({});
}

QString ChatFeed::cacheKind() const { return u"message/"_s + m_place.channelId.toString(QUuid::WithoutBraces); }

QDateTime ChatFeed::asOf() const { return m_workspace.store().asOf(cacheKind()); }

const ChatMessage *ChatFeed::find(const QUuid &id) const
{
    const auto found = m_messages.constFind(id);
    return found == m_messages.cend() ? nullptr : &*found;
}

void ChatFeed::showCached()
{
    m_showsCache = true;
    QList<ChatMessage> cached = m_workspace.store().rows<ChatMessage>(cacheKind(), cachedMessages); // newest first
    // Only as far as they follow each other: what lies before a gap comes from the server.
    qsizetype together = 1;
    while (together < cached.size() && cached[together].sequence == cached[together - 1].sequence - 1)
        ++together;
    cached.resize(std::min(together, cached.size()));
    if (!cached.isEmpty()) {
        m_newest = cached.first().sequence;
        m_oldest = cached.last().sequence;
    }
    QList<ConversationMessage> rows;
    for (auto message = cached.crbegin(); message != cached.crend(); ++message)
        if (m_place.holds(*message))
            m_messages.insert(message->id, *message);
    for (auto message = cached.crbegin(); message != cached.crend(); ++message)
        if (m_place.holds(*message))
            rows.append(rowOf(*message));
    for (const UnsentMessage &message : m_outbox.of(m_place))
        if (std::none_of(rows.begin(), rows.end(), [&](const auto &row) { return row.clientId == message.id(); }))
            rows.append(m_outbox.shown(message));
    m_conversation.setHasOlder(m_oldest > 1);
    m_conversation.reset(std::move(rows));
}

void ChatFeed::reload()
{
    if (!m_place.isNull())
        loadNewest();
}

void ChatFeed::loadNewest()
{
    MessageFilter filter;
    filter.threadId = m_place.threadId;
    filter.limit = m_firstPage;
    m_call.cancel();
    m_missing.cancel();
    m_call = m_workspace.api().call(endpoints::messages::list.at(m_place.channelId), filter, this,
                                    [this](const Result<Page<ChatMessage>> &page) {
                                        m_call = {};
                                        if (page) {
                                            arrived(page->items, page->nextCursor.has_value());
                                        } else {
                                            Q_EMIT failed(page.error());
                                        }
                                        Q_EMIT loadingChanged();
                                        if (page)
                                            Q_EMIT loaded();
                                    });
    Q_EMIT loadingChanged();
}

// The newest page. What is there already stays where it is as long as the page joins it.
void ChatFeed::arrived(const QList<ChatMessage> &newestFirst, bool hasMore)
{
    m_showsCache = false;
    const qint64 before = m_newest;
    const qint64 first = newestFirst.isEmpty() ? 0 : newestFirst.last().sequence;
    const bool joins = !m_messages.isEmpty() && !newestFirst.isEmpty() && first <= m_newest + 1;
    if (!joins) {
        m_messages.clear();
        QList<ConversationMessage> rows;
        for (const ChatMessage &message : newestFirst)
            if (m_place.holds(message))
                m_messages.insert(message.id, message);
        for (auto message = newestFirst.crbegin(); message != newestFirst.crend(); ++message)
            if (m_place.holds(*message))
                rows.append(rowOf(*message));
        for (const UnsentMessage &message : m_outbox.of(m_place))
            if (std::none_of(rows.begin(), rows.end(), [&](const auto &row) { return row.clientId == message.id(); }))
                rows.append(m_outbox.shown(message));
        m_oldest = first;
        m_conversation.setHasOlder(hasMore);
        m_conversation.reset(std::move(rows));
    } else {
        for (auto message = newestFirst.crbegin(); message != newestFirst.crend(); ++message)
            take(*message);
        countReplies(newestFirst, before);
        if (m_oldest == 0 || first <= m_oldest) {
            m_oldest = first;
            m_conversation.setHasOlder(hasMore);
        }
    }
    if (!newestFirst.isEmpty())
        m_newest = std::max(m_newest, newestFirst.first().sequence);
    remember(newestFirst);
    if (!m_place.threadId)
        m_workspace.store().setAsOf(cacheKind(), QDateTime::currentDateTimeUtc());
    showLater();
    Q_EMIT grew();
}

void ChatFeed::loadOlder()
{
    if (mayLoadOlder())
        loadBefore(2 * messagePage);
}

bool ChatFeed::reachFurther()
{
    if (!mayLoadOlder())
        return false;
    loadBefore(longPage);
    return true;
}

bool ChatFeed::mayLoadOlder() const
{
    return !m_place.isNull() && !m_call.isPending() && m_oldest > 1 && m_conversation.hasOlder()
        && m_messages.size() < mostMessages;
}

void ChatFeed::loadBefore(int limit)
{
    MessageFilter filter;
    filter.threadId = m_place.threadId;
    filter.before = m_oldest;
    filter.limit = limit;
    m_call = m_workspace.api().call(
        endpoints::messages::list.at(m_place.channelId), filter, this, [this](const Result<Page<ChatMessage>> &page) {
            m_call = {};
            if (page) {
                QList<ConversationMessage> rows;
                for (const ChatMessage &message : page->items)
                    if (m_place.holds(message))
                        m_messages.insert(message.id, message);
                for (auto message = page->items.crbegin(); message != page->items.crend(); ++message)
                    if (m_place.holds(*message))
                        rows.append(rowOf(*message));
                m_oldest = page->items.isEmpty() ? 0 : page->items.last().sequence;
                m_conversation.setHasOlder(page->nextCursor.has_value());
                m_conversation.prepend(rows);
            } else {
                Q_EMIT failed(page.error());
            }
            showLater();
            Q_EMIT loadingChanged();
            if (page)
                Q_EMIT loaded();
        });
    Q_EMIT loadingChanged();
}

void ChatFeed::remember(const QList<ChatMessage> &messages)
{
    // Of a thread only some are known here: its channel's cache stays without gaps.
    if (m_place.threadId)
        return;
    QList<LocalStore::Entry<ChatMessage>> entries;
    for (const ChatMessage &message : messages)
        entries.append({message.id.toString(QUuid::WithoutBraces), message.sequence, message});
    m_workspace.store().put(cacheKind(), entries);
    m_workspace.store().keepNewest(cacheKind(), cachedMessages);
}
