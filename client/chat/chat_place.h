// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/message.h"

// Where one writes: in a channel, or under a message of it.
struct ChatPlace
{
    QUuid channelId;
    std::optional<QUuid> threadId = {};

    bool isNull() const { return channelId.isNull(); }
    bool holds(const ChatMessage &message) const
    {
        if (message.channelId != channelId)
            return false;
        return threadId ? message.threadId == threadId || message.id == *threadId : !message.threadId;
    }
    // The same at every start: a name for what is kept of it.
    QString key() const
    {
        const QString channel = channelId.toString(QUuid::WithoutBraces);
        return threadId ? channel + u'/' + threadId->toString(QUuid::WithoutBraces) : channel;
    }
    static ChatPlace ofKey(const QString &key) // null for what is none
    {
        ChatPlace place{QUuid::fromString(key.section(u'/', 0, 0))};
        if (key.contains(u'/'))
            place.threadId = QUuid::fromString(key.section(u'/', 1, 1));
        return place;
    }
    QString topic() const { return QStringLiteral("channel/") + channelId.toString(QUuid::WithoutBraces); }

    bool operator==(const ChatPlace &) const = default;
};
