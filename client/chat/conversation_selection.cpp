// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/conversation_selection.h"

#include "client/chat/conversation.h"

#include <utility>

bool ConversationSelection::isEmpty() const
{
    return m_anchor.id.isNull() || (m_anchor.id == m_end.id && m_anchor.position == m_end.position);
}

std::optional<ConversationSelection::Range> ConversationSelection::range(const Conversation &conversation) const
{
    if (isEmpty())
        return {};
    std::pair first(conversation.rowOf(m_anchor.id), m_anchor.position);
    std::pair last(conversation.rowOf(m_end.id), m_end.position);
    if (first.first < 0 || last.first < 0)
        return {};
    if (last < first)
        std::swap(first, last);
    return Range{first.first, first.second, last.first, last.second};
}
