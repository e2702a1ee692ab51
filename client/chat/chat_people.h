// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_book.h"

// To whom one can write: the people of the tenant where the person may list them, else those whom they share a channel
// with; and the assistants. Asked for each time.
class ChatPeople : public QObject
{
    Q_OBJECT

public:
    ChatPeople(Workspace &workspace, ChannelBook &channels, QObject *parent = nullptr);

    const QList<ChannelMember> &all() const { return m_people; } // by name, without the person
    void load();

Q_SIGNALS:
    void changed();
    void failed(const ApiError &error);

private:
    void add(const QList<ChannelMember> &people);
    void loadUsers(const std::optional<QString> &cursor);
    void loadMembers();
    void loadAssistants();

    Workspace &m_workspace;
    ChannelBook &m_channels;
    QList<ChannelMember> m_people;
};
