// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation_message.h"

// What is said about a message, on the screen and by a screen reader.
namespace messageWords {

QString day(qint64 time); // "Today", "Yesterday", "Monday, 3 March"
QString marks(const ConversationMessage &message); // edited, pinned
QString state(const ConversationMessage &message); // how far it has come; empty for most
QString replies(int count);
QString reaction(const Reaction &reaction);
QString spoken(const ConversationMessage &message); // all of it, in one go

} // namespace messageWords
