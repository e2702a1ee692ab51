// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUuid>

enum class ChannelSection { Favorites, Channels, Direct, Assistants };

// One conversation in the list of them.
struct ChannelRow
{
    enum class Presence { None, Online, Away, Offline };

    QUuid id;
    ChannelSection section = ChannelSection::Channels;
    QString name;
    QString preview; // of the last message, or who is typing
    bool isTyping = false; // the preview says so
    bool isPrivate = false;
    bool isMuted = false;
    bool isGroup = false;
    QUuid personId; // of a direct one, for the avatar
    Presence presence = Presence::None;
    int unread = 0;
    int mentions = 0; // among the unread
    qint64 lastAt = 0; // ms since 1970, UTC

    bool isUnread() const { return unread > 0 && (!isMuted || mentions > 0); }
    bool operator==(const ChannelRow &) const = default;
};
