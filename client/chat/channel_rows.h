// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_book.h"
#include "client/chat/channel_row.h"

// The channels of a person as rows of the list, section by section, with what was last said in each.
class ChannelRows : public QObject
{
    Q_OBJECT

public:
    ChannelRows(Workspace &workspace, ChannelBook &channels, QObject *parent = nullptr);

    QList<ChannelRow> rows() const;
    void setTyping(const QUuid &channelId, const QStringList &names); // in the one that is open

Q_SIGNALS:
    void changed(); // not more often than a few times a second

private:
    ChannelRow rowOf(const ChannelEntry &entry) const;
    QString previewOf(const ChatMessage &message) const;
    void readPreviews();

    Workspace &m_workspace;
    ChannelBook &m_channels;
    QHash<QUuid, QString> m_previews;
    QUuid m_typingIn;
    QStringList m_typing;
    QTimer m_settle;
};
