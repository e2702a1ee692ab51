// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_book.h"
#include "client/widgets/toast.h"

#include <QSystemTrayIcon>

#include <memory>

// Says that somebody wrote to the person, whatever page is open: direct and group messages, and those that mention
// them; of muted channels none. While another window is in front, it asks for attention and speaks through the
// desktop's tray where there is one.
class ChatNotices : public QObject
{
    Q_OBJECT

public:
    ChatNotices(QWidget &window, ChannelBook &channels, QObject *parent = nullptr);

    // What is on screen now needs no notice; a null id: no conversation is.
    void setVisibleChannel(const QUuid &id) { m_visible = id; }
    bool concerns(const ChatMessage &message) const;

Q_SIGNALS:
    void toastRequested(const Toast &toast);
    void openRequested(const QUuid &channelId); // the notice was clicked

private:
    void heard(const ChatMessage &message);
    void sayOutside(const QString &title, const QString &text);

    QWidget &m_window;
    ChannelBook &m_channels;
    std::unique_ptr<QSystemTrayIcon> m_tray; // made with the first notice
    QUuid m_visible;
    QUuid m_lastTold;
};
