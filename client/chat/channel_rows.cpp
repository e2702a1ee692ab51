// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_rows.h"

#include "client/chat/chat_looks.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto rowsTogether = 100ms;
constexpr qsizetype previewsFromCache = 200; // each is read on its own

} // namespace

ChannelRows::ChannelRows(Workspace &workspace, ChannelBook &channels, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_channels(channels)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(rowsTogether);
    connect(&m_settle, &QTimer::timeout, this, &ChannelRows::changed);
    connect(&channels, &ChannelBook::changed, this, [this] {
        if (!m_settle.isActive())
            m_settle.start();
    });
    connect(&channels, &ChannelBook::messageHeard, this, [this](const ChatMessage &message) {
        if (!message.threadId)
            m_previews.insert(message.channelId, previewOf(message));
    });
    connect(&channels, &ChannelBook::dropped, this, [this](const QUuid &id) { m_previews.remove(id); });
    readPreviews();
}

void ChannelRows::readPreviews()
{
    for (const ChannelEntry &entry :
         m_channels.entries().first(std::min(previewsFromCache, m_channels.entries().size()))) {
        const QString kind = u"message/"_s + entry.channel.id.toString(QUuid::WithoutBraces);
        if (const auto newest = m_workspace.store().rows<ChatMessage>(kind, 1); !newest.isEmpty())
            m_previews.insert(entry.channel.id, previewOf(newest.first()));
    }
}

QString ChannelRows::previewOf(const ChatMessage &message) const
{
    const bool isOwn = message.authorKind == ChatPartyKind::Person && message.authorId == m_channels.me();
    const QString text = chatLooks::firstLine(message.text);
    if (isOwn)
        return tr("You: %1", "a message").arg(text);
    return chatLooks::isBetweenPeople(message.channelKind) ? text : u"%1: %2"_s.arg(message.authorName, text);
}

void ChannelRows::setTyping(const QUuid &channelId, const QStringList &names)
{
    if (names == m_typing && (names.isEmpty() || channelId == m_typingIn))
        return;
    m_typingIn = channelId;
    m_typing = names;
    Q_EMIT changed();
}

ChannelRow ChannelRows::rowOf(const ChannelEntry &entry) const
{
    const Channel &channel = entry.channel;
    ChannelRow row;
    row.id = channel.id;
    row.name = chatLooks::name(entry, m_channels.me());
    row.isPrivate = channel.kind == ChannelKind::Private;
    row.isGroup = channel.kind == ChannelKind::Group;
    row.isMuted = chatLooks::isMuted(entry);
    row.lastAt = channel.lastMessageAt ? channel.lastMessageAt->toMSecsSinceEpoch() : 0;
    row.isTyping = channel.id == m_typingIn && !m_typing.isEmpty();
    row.preview = row.isTyping ? tr("typing…") : m_previews.value(channel.id);
    if (chatLooks::isBetweenPeople(channel.kind)) {
        row.section = ChannelSection::Direct;
        for (const ChannelMember &member : entry.people) {
            if (member.kind == ChatPartyKind::Assistant)
                row.section = ChannelSection::Assistants;
            if (member.id != m_channels.me() && channel.kind == ChannelKind::Direct)
                row.personId = member.id;
        }
        if (row.section == ChannelSection::Direct && !row.personId.isNull()
            && m_workspace.live().state() == LiveClient::State::Live) {
            const auto activity = m_channels.activityOf(row.personId);
            row.presence = !activity                ? ChannelRow::Presence::Offline
                : *activity == live::Activity::Away ? ChannelRow::Presence::Away
                                                    : ChannelRow::Presence::Online;
        }
    }
    if (entry.membership) {
        row.unread = entry.membership->unread;
        row.mentions = entry.membership->unreadMentions;
        if (entry.membership->isFavorite)
            row.section = ChannelSection::Favorites;
    }
    return row;
}

QList<ChannelRow> ChannelRows::rows() const
{
    QList<ChannelRow> rows;
    for (const ChannelEntry &entry : m_channels.entries())
        if (!entry.channel.isArchived)
            rows.append(rowOf(entry));
    std::sort(rows.begin(), rows.end(), [](const ChannelRow &a, const ChannelRow &b) {
        if (a.section != b.section)
            return a.section < b.section;
        // Channels have their place; of people, those come first with whom one talked last.
        if (a.section == ChannelSection::Direct && a.lastAt != b.lastAt)
            return a.lastAt > b.lastAt;
        return a.name.localeAwareCompare(b.name) < 0;
    });
    return rows;
}
