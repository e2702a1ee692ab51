// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_layout.h"

#include "client/chat/message_words.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QDateTime>
#include <QLocale>
#include <QStyle>

#include <cmath>

namespace {

int textStart() { return px(Length::Space24) + px(Length::AvatarLarge) + px(Length::Space10); }

int textRoom(int width)
{
    return std::max(px(Length::ColumnMinimum),
                    std::min(px(Length::SettingsWidth), width - textStart() - px(Length::Space24)));
}

} // namespace

int MessageLayout::estimatedHeight(const ConversationMessage &message, bool startsGroup, int width)
{
    const int line = theme().lineHeight(TextStyle::Body);
    const int perLine = std::max(8, (textRoom(width) - px(Length::Space24)) * 2 / line * 3 / 2);
    const int lines = 1 + int(message.text.size()) / perLine + int(message.text.count(QLatin1Char('\n')));
    return (startsGroup ? px(Length::Space14) + line + px(Length::Space4) : px(Length::Space4)) + lines * line
        + 2 * px(Length::Space6) + (message.reactions.isEmpty() ? 0 : px(Length::Chip) + px(Length::Space6))
        + (message.replyCount > 0 ? px(Length::Target) : 0);
}

bool MessageLayout::isFor(const MessagePlace &place, int width, Qt::LayoutDirection direction) const
{
    return !m_isStale && m_place == place && m_width == width && m_direction == direction
        && m_revision == theme().revision();
}

void MessageLayout::layOut(const ConversationMessage &message, const MessagePlace &place, int width,
                           Qt::LayoutDirection direction)
{
    m_place = place;
    m_width = width;
    m_direction = direction;
    m_revision = theme().revision();
    m_isStale = false;
    m_textX = textStart();
    m_textWidth = textRoom(width);
    m_targets.clear();
    m_lines.clear();
    m_dayRect = m_newRect = m_avatarRect = m_headRect = m_quoteRect = m_bubbleRect = m_bodyRect = {};
    const int left = px(Length::Space24), right = width - px(Length::Space24);
    int y = 0;
    if (place.startsDay) {
        m_day = messageWords::day(message.createdAt);
        const int pill = paint::textWidth(m_day, TextStyle::SmallStrong) + 2 * px(Length::Space12);
        m_dayRect = QRect((width - pill) / 2, y + px(Length::Space12), pill, px(Length::Chip));
        y = m_dayRect.bottom() + 1;
    }
    if (place.startsNew) {
        m_newRect = QRect(left, y + px(Length::Space10), right - left, px(Length::Badge));
        y = m_newRect.bottom() + 1;
    }
    m_content = QRect(0, y, width, 0);
    y += place.startsGroup ? px(Length::Space14) : px(Length::Space4);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(message.createdAt);
    m_time = QLocale().toString(time.time(), QLocale::ShortFormat);
    if (place.startsGroup) {
        m_avatarRect = QRect(left, y, px(Length::AvatarLarge), px(Length::AvatarLarge));
        m_headRect = QRect(m_textX, y, right - m_textX, theme().lineHeight(TextStyle::Body));
        y += m_headRect.height() + px(Length::Space4);
    }
    if (!message.quoted.id.isNull()) {
        m_quoteRect = QRect(m_textX, y, m_textWidth, theme().lineHeight(TextStyle::Small));
        m_targets << MessageTarget{MessagePart::Quote, 0, m_quoteRect,
                                   QObject::tr("Answers %1").arg(message.quoted.authorName)};
        y += m_quoteRect.height() + px(Length::Space4);
    }
    y = layOutText(message, y);
    y = layOutReactions(message, y);
    y = layOutState(message, y);
    m_height = std::max(y, m_avatarRect.bottom() + 1) + px(Length::Space2);
    m_content.setBottom(m_height - 1);
    if (direction == Qt::RightToLeft)
        mirror();
}

int MessageLayout::layOutText(const ConversationMessage &message, int y)
{
    if (message.deletedAt) {
        m_body.layOut({}, false, m_textWidth);
        const QString text = QObject::tr("This message was deleted.");
        m_lines << Line{
            {m_textX, y, m_textWidth, theme().lineHeight(TextStyle::Small)}, QStringLiteral("trash-2"), text};
        return m_lines.last().rect.bottom() + 1;
    }
    const int across = message.isFromAssistant ? 0 : px(Length::Space12);
    const int along = message.isFromAssistant ? 0 : px(Length::Space6);
    m_body.layOut(message.text, message.state == DeliveryState::Streaming, m_textWidth - 2 * across);
    QSize size = m_body.size().toSize();
    if (message.text.isEmpty())
        size.setHeight(theme().lineHeight(TextStyle::Body));
    m_bodyRect = QRect({m_textX + across, y + along}, size);
    m_bubbleRect = m_bodyRect.adjusted(-across, -along, across, along);
    const QList<MessageBody::CopyTarget> copies = m_body.copyTargets();
    for (int i = 0; i < copies.size(); ++i)
        m_targets << MessageTarget{MessagePart::CopyCode, i,
                                   copies[i].rect.translated(m_bodyRect.topLeft()).toAlignedRect(),
                                   QObject::tr("Copy code")};
    y = m_bubbleRect.bottom() + 1;
    if (!message.editedAt && !message.isPinned)
        return y;
    // Beside the bubble while there is room, else below it.
    const QString text = messageWords::marks(message);
    const int height = theme().lineHeight(TextStyle::Small), icon = px(Length::IconTiny) + px(Length::Space4);
    const int length = paint::textWidth(text, TextStyle::Small) + icon + px(Length::Space4);
    const QString name = message.isPinned ? QStringLiteral("pin") : QStringLiteral("pencil");
    const int x = m_bubbleRect.right() + 1 + px(Length::Space8);
    if (x + length < m_textX + m_textWidth) {
        m_lines << Line{{x, y - height - along, length, height}, name, text};
        return y;
    }
    m_lines << Line{{m_textX, y + px(Length::Space4), length, height}, name, text};
    return m_lines.last().rect.bottom() + 1;
}

void MessageLayout::mirror()
{
    const QRect all(0, 0, m_width, m_height);
    const int before = m_bodyRect.left();
    for (QRect *rect : {&m_dayRect, &m_newRect, &m_avatarRect, &m_headRect, &m_quoteRect, &m_bubbleRect, &m_bodyRect})
        *rect = QStyle::visualRect(m_direction, all, *rect);
    for (Line &line : m_lines)
        line.rect = QStyle::visualRect(m_direction, all, line.rect);
    for (MessageTarget &target : m_targets)
        if (target.part == MessagePart::CopyCode) // a part of the body, which is not mirrored inside
            target.rect.translate(m_bodyRect.left() - before, 0);
        else
            target.rect = QStyle::visualRect(m_direction, all, target.rect);
}

MessageTarget MessageLayout::targetAt(const QPoint &point) const
{
    for (const MessageTarget &target : m_targets)
        if (target.rect.contains(point))
            return target;
    return {};
}
