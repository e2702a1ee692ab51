// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_book.h"

#include "client/chat/chat_looks.h"
#include "shared/chat/endpoints.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto channelKind = u"channel"_s;
constexpr int channelPage = 500;
constexpr int mostChannels = 5000;
constexpr auto marksTogether = 300ms;

qint64 lastMoment(const Channel &channel)
{
    return channel.lastMessageAt.value_or(channel.createdAt).toMSecsSinceEpoch();
}

} // namespace

ChannelBook::ChannelBook(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_sendMarks.setSingleShot(true);
    m_sendMarks.setInterval(marksTogether);
    connect(&m_sendMarks, &QTimer::timeout, this, &ChannelBook::sendMarks);
    connect(&workspace.session(), &AccountSession::profileChanged, this, &ChannelBook::follow);
    connect(&workspace.live(), &LiveClient::reload, this, &ChannelBook::reload);
    connect(&workspace.live(), &LiveClient::stateChanged, this, [this](LiveClient::State state) {
        if (state == LiveClient::State::Live)
            sendMarks();
        else if (!std::exchange(m_online, {}).isEmpty())
            Q_EMIT changed(); // not known any more
    });
    connect(&workspace.live(), &LiveClient::presenceChanged, this, [this](const live::Presence &presence) {
        if (presence.topic != topic())
            return;
        m_online.clear();
        for (const live::Person &person : presence.people)
            m_online.insert(person.userId, person.activity);
        Q_EMIT changed();
    });
    showCached();
    follow();
}

// Nothing is asked for that the server would refuse: neither without the ability nor before signing in, when what is
// known of a person comes from the cache.
void ChannelBook::follow()
{
    const AccountSession &session = m_workspace.session();
    const bool may = session.isSignedIn() && session.can(Ability::ChannelsRead);
    if (may == m_follows)
        return;
    m_follows = may;
    if (!may)
        return m_workspace.live().unsubscribe(topic(), this);
    m_workspace.live().subscribe(topic(), this, [this](const live::Event &event) { received(event); });
    m_workspace.live().sayPresence(topic(), live::Activity::Viewing);
    reload();
}

void ChannelBook::showCached() { m_entries = m_workspace.store().rows<ChannelEntry>(channelKind, mostChannels); }

void ChannelBook::reload()
{
    if (!m_follows)
        return;
    m_call.cancel();
    m_arriving.clear();
    loadPage({});
}

void ChannelBook::loadPage(const std::optional<QString> &cursor)
{
    ChannelFilter filter;
    filter.limit = channelPage;
    filter.cursor = cursor;
    m_call =
        m_workspace.api().call(endpoints::channels::list, filter, this, [this](const Result<Page<ChannelEntry>> &page) {
            m_call = {};
            if (!page) {
                m_problem = page.error();
                return Q_EMIT changed();
            }
            m_problem.reset();
            m_arriving += page->items;
            if (page->nextCursor && m_arriving.size() < mostChannels)
                return loadPage(page->nextCursor);
            // What was told while the list was on its way is no older than the list.
            for (ChannelEntry &entry : m_arriving)
                if (const ChannelEntry *known = find(entry.channel.id);
                    known && known->channel.lastSequence > entry.channel.lastSequence && m_hasLoaded) {
                    entry.channel.lastSequence = known->channel.lastSequence;
                    entry.channel.lastMessageAt = known->channel.lastMessageAt;
                    entry.membership = known->membership;
                }
            replaceEntries(!page->nextCursor);
            m_hasLoaded = true;
            m_workspace.store().removeRows(channelKind);
            QList<LocalStore::Entry<ChannelEntry>> rows;
            for (const ChannelEntry &entry : std::as_const(m_entries))
                rows.append({entry.channel.id.toString(QUuid::WithoutBraces), lastMoment(entry.channel), entry});
            m_workspace.store().put(channelKind, rows);
            m_workspace.store().setAsOf(channelKind, QDateTime::currentDateTimeUtc());
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

void ChannelBook::replaceEntries(bool areAll)
{
    const QList<ChannelEntry> before = std::exchange(m_entries, std::exchange(m_arriving, {}));
    for (const ChannelEntry &entry : before) {
        if (find(entry.channel.id))
            continue;
        if (entry.channel.isArchived || !areAll) // not in the list, and yet readable
            m_entries.append(entry);
        else
            forget(entry.channel.id);
    }
}

const ChannelEntry *ChannelBook::find(const QUuid &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const ChannelEntry &entry) { return entry.channel.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

ChannelEntry *ChannelBook::entryOf(const QUuid &id) { return const_cast<ChannelEntry *>(find(id)); }

std::optional<live::Activity> ChannelBook::activityOf(const QUuid &person) const
{
    const auto found = m_online.constFind(person);
    return found == m_online.cend() ? std::nullopt : std::optional(*found);
}

int ChannelBook::unread() const
{
    int count = 0;
    for (const ChannelEntry &entry : m_entries)
        if (entry.membership && !chatLooks::isMuted(entry))
            count += entry.membership->notify == ChannelNotify::Mentions ? entry.membership->unreadMentions
                                                                         : entry.membership->unread;
    return count;
}

void ChannelBook::remember(const ChannelEntry &entry)
{
    m_workspace.store().put(channelKind,
                            QList<LocalStore::Entry<ChannelEntry>>{
                                {entry.channel.id.toString(QUuid::WithoutBraces), lastMoment(entry.channel), entry}});
}

void ChannelBook::put(const ChannelEntry &entry)
{
    if (!entry.membership)
        return drop(entry.channel.id);
    if (ChannelEntry *known = entryOf(entry.channel.id))
        *known = entry;
    else
        m_entries.append(entry);
    remember(entry);
    Q_EMIT changed();
}

void ChannelBook::put(const Channel &channel)
{
    ChannelEntry *entry = entryOf(channel.id);
    if (!entry)
        return;
    const Channel before = std::exchange(entry->channel, channel);
    if (before.lastSequence > channel.lastSequence) {
        entry->channel.lastSequence = before.lastSequence;
        entry->channel.lastMessageAt = before.lastMessageAt;
    }
    remember(*entry);
    Q_EMIT changed();
}

void ChannelBook::put(const QUuid &id, const Membership &membership)
{
    ChannelEntry *entry = entryOf(id);
    if (!entry)
        return;
    entry->membership = membership;
    remember(*entry);
    Q_EMIT changed();
}

void ChannelBook::drop(const QUuid &id)
{
    const auto removed = m_entries.removeIf([&](const ChannelEntry &entry) { return entry.channel.id == id; });
    m_marks.remove(id);
    if (removed == 0)
        return;
    forget(id);
    Q_EMIT changed();
}

// Who may no longer read a channel keeps nothing of it.
void ChannelBook::forget(const QUuid &id)
{
    const QString key = id.toString(QUuid::WithoutBraces);
    m_workspace.store().removeRow(channelKind, key);
    m_workspace.store().removeRows(u"message/"_s + key);
    Q_EMIT dropped(id);
}

void ChannelBook::fetch(const QUuid &id)
{
    m_workspace.api().call(endpoints::channels::get.at(id), {}, this, [this](const Result<ChannelEntry> &reply) {
        if (reply)
            put(*reply);
    });
}
