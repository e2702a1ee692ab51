// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation_message.h"
#include "shared/chat/message.h"

// How what the server says of channels and messages is shown.
namespace chatLooks {

// "help", or the other people of a direct or group channel.
QString name(const ChannelEntry &entry, const QUuid &me);
QString titled(const ChannelEntry &entry, const QUuid &me); // "#help", "Ana Prado"
bool isBetweenPeople(ChannelKind kind); // direct and group
bool isMuted(const ChannelEntry &entry);
QString icon(ChannelKind kind);
QString people(int count); // "3 members"

ConversationMessage shown(const ChatMessage &message, const QUuid &me);
QString firstLine(const QString &text); // without the marks of Markdown, for a line in a list

} // namespace chatLooks
