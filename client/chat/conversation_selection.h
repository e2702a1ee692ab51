// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUuid>

#include <optional>

class Conversation;

// A place in the text of a message.
struct MessagePoint
{
    QUuid id;
    int position = 0;
};

// What is selected, from a place in one message to a place in the same or another one. It keeps messages, not rows:
// older ones that come in front change nothing.
class ConversationSelection
{
public:
    void begin(const MessagePoint &point) { m_anchor = m_end = point; }
    void extend(const MessagePoint &point) { m_end = point; }
    void set(const MessagePoint &from, const MessagePoint &to)
    {
        m_anchor = from;
        m_end = to;
    }
    void clear() { m_anchor = m_end = {}; }
    bool isEmpty() const;

    struct Range
    {
        int firstRow = 0, from = 0;
        int lastRow = 0, to = 0;
    };
    std::optional<Range> range(const Conversation &conversation) const; // in order

private:
    MessagePoint m_anchor, m_end;
};
