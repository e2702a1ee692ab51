// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation_message.h"
#include "client/chat/message_body.h"

#include <QRect>

// What a click on a place of a message means.
enum class MessagePart { None, Quote, Reaction, Thread, Retry, Discard, Stop, CopyCode };

struct MessageTarget
{
    MessagePart part = MessagePart::None;
    int index = 0; // of the reaction or the code panel
    QRect rect; // in the row
    QString name; // what a person reads or hears
};

// What stands above a message because of the ones before it.
struct MessagePlace
{
    bool startsDay = false;
    bool startsGroup = false;
    bool startsNew = false;

    bool operator==(const MessagePlace &) const = default;
};

// Where the parts of one row of a conversation are, from its top. Everything that was measured once is kept.
class MessageLayout
{
public:
    void layOut(const ConversationMessage &message, const MessagePlace &place, int width,
                Qt::LayoutDirection direction);
    bool isFor(const MessagePlace &place, int width, Qt::LayoutDirection direction) const;
    void setStale() { m_isStale = true; } // its message changed

    // For a message that was never laid out: without looking at the calendar or a font's letters.
    static int estimatedHeight(const ConversationMessage &message, bool startsGroup, int width);

    int height() const { return m_height; }
    const MessageBody &body() const { return m_body; }
    QPoint bodyOrigin() const { return m_bodyRect.topLeft(); }
    QRect contentRect() const { return m_content; } // below the day pill and the "New" line
    MessageTarget targetAt(const QPoint &point) const;
    const QList<MessageTarget> &targets() const { return m_targets; }

    struct Selected
    {
        int from = 0, to = 0;
    };
    void paint(QPainter &painter, const ConversationMessage &message, const Selected &selected,
               const QPoint &pointer) const;

private:
    struct Line // a caption, with an icon before it when there is one
    {
        QRect rect;
        QString icon;
        QString text;
        bool isWrong = false;
    };
    int layOutText(const ConversationMessage &message, int y);
    int layOutReactions(const ConversationMessage &message, int y);
    int layOutState(const ConversationMessage &message, int y);
    int addButton(MessagePart part, const QString &name, int x, int y);
    void mirror();
    void paintMarks(QPainter &painter) const;
    void paintAuthor(QPainter &painter, const ConversationMessage &message) const;
    void paintTargets(QPainter &painter, const ConversationMessage &message, const QPoint &pointer) const;

    MessageBody m_body;
    MessagePlace m_place;
    Qt::LayoutDirection m_direction = Qt::LeftToRight;
    QString m_day, m_time;
    QRect m_dayRect, m_newRect, m_avatarRect, m_headRect, m_bubbleRect, m_bodyRect, m_quoteRect, m_content;
    QList<Line> m_lines;
    QList<MessageTarget> m_targets;
    int m_width = 0, m_height = 0, m_textX = 0, m_textWidth = 0;
    int m_revision = -1; // of the theme
    bool m_isStale = true;
};

// The icon that stands for a reaction that is frequent; empty: its own sign is drawn.
QString reactionIcon(const QString &emoji);
