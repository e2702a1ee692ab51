// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_notices.h"

#include "client/chat/chat_looks.h"

#include <QApplication>

using namespace Qt::StringLiterals;

ChatNotices::ChatNotices(QWidget &window, ChannelBook &channels, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_channels(channels)
{
    connect(&channels, &ChannelBook::messageHeard, this, &ChatNotices::heard);
    // Whoever comes back to the window sees the counts there.
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive && m_tray)
            m_tray->hide();
    });
}

bool ChatNotices::concerns(const ChatMessage &message) const
{
    const ChannelEntry *entry = m_channels.find(message.channelId);
    const bool isOwn = message.authorKind == ChatPartyKind::Person && message.authorId == m_channels.me();
    if (!entry || !entry->membership || isOwn || chatLooks::isMuted(*entry))
        return false;
    const bool isMentioned = message.mentionsEveryone || message.mentions.contains(m_channels.me());
    const bool isPersonal =
        chatLooks::isBetweenPeople(entry->channel.kind) && entry->membership->notify == ChannelNotify::All;
    return isMentioned || isPersonal;
}

void ChatNotices::heard(const ChatMessage &message)
{
    if (!concerns(message))
        return;
    const bool isInFront = QGuiApplication::applicationState() == Qt::ApplicationActive;
    if (isInFront && message.channelId == m_visible)
        return;
    const ChannelEntry &entry = *m_channels.find(message.channelId);
    const QString title = entry.channel.kind == ChannelKind::Direct
        ? message.authorName
        : tr("%1 in %2", "a person, a channel").arg(message.authorName, chatLooks::titled(entry, m_channels.me()));
    const QString text = chatLooks::firstLine(message.text);
    m_lastTold = message.channelId;
    if (!isInFront) {
        QApplication::alert(&m_window);
        sayOutside(title, text);
    }
    Q_EMIT toastRequested({.tone = Tone::Info, .title = title, .text = text});
}

void ChatNotices::sayOutside(const QString &title, const QString &text)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray) {
        m_tray = std::make_unique<QSystemTrayIcon>(m_window.windowIcon());
        connect(m_tray.get(), &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT openRequested(m_lastTold); });
    }
    m_tray->show();
    m_tray->showMessage(title, text);
}
