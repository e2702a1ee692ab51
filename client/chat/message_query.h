// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/message_search.h"
#include "shared/result.h"

// What a person types to find messages: words, "words in a row", from:ana in:help before:2026-03-01 after:… has:link.
// Names with spaces stand in quotes: from:"Ana Prado".
namespace messageQuery {

struct Names
{
    QList<std::pair<QString, QUuid>> people;
    QList<std::pair<QString, QUuid>> channels;
};

// The error says which part is not understood and what would be.
Result<MessageSearch> parse(const QString &text, const Names &names);

} // namespace messageQuery
