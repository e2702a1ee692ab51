// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_layout.h"
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/chips.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace {

QRect iconIn(const QRect &rect, int start, Qt::LayoutDirection direction)
{
    const int side = px(Length::IconTiny);
    return QStyle::visualRect(direction, rect, {rect.x() + start, rect.y() + (rect.height() - side) / 2, side, side});
}

} // namespace

void MessageLayout::paint(QPainter &painter, const ConversationMessage &message, const Selected &selected,
                          const QPoint &pointer) const
{
    painter.setLayoutDirection(m_direction);
    paintMarks(painter);
    if (!m_headRect.isNull())
        paintAuthor(painter, message);
    if (!m_bubbleRect.isNull()) {
        if (!message.isFromAssistant)
            paint::box(painter, m_bubbleRect, px(Length::RadiusCard),
                       theme().color(message.isOwn ? ColorRole::AccentSoft : ColorRole::Hover));
        m_body.paint(painter, m_bodyRect.topLeft(), selected.from, selected.to);
    }
    if (message.state == DeliveryState::Streaming) {
        QRectF caret = m_body.endRect().translated(m_bodyRect.topLeft());
        caret.setWidth(px(Length::Space6));
        caret.translate(px(Length::Space2), 0);
        paint::box(painter, caret, px(Length::Hairline), theme().color(ColorRole::Accent));
    }
    for (const Line &line : m_lines) {
        const ColorRole role = line.isWrong ? ColorRole::Danger : ColorRole::Text3;
        int start = 0;
        if (!line.icon.isEmpty()) {
            paintIcon(painter, iconIn(line.rect, 0, m_direction), line.icon, role);
            start = px(Length::IconTiny) + px(Length::Space4);
        }
        const QRect text = QStyle::visualRect(m_direction, line.rect, line.rect.adjusted(start, 0, 0, 0));
        paint::text(painter, text, line.text, TextStyle::Small, role);
    }
    paintTargets(painter, message, pointer);
}

void MessageLayout::paintMarks(QPainter &painter) const
{
    if (m_place.startsDay) {
        const QRect row(0, m_dayRect.y(), m_width, m_dayRect.height());
        const int y = row.center().y(), side = px(Length::Space24), gap = px(Length::Space12);
        painter.fillRect(QRect(side, y, m_dayRect.left() - gap - side, px(Length::Hairline)),
                         theme().color(ColorRole::Border));
        painter.fillRect(
            QRect(m_dayRect.right() + gap, y, m_width - side - m_dayRect.right() - gap, px(Length::Hairline)),
            theme().color(ColorRole::Border));
        paint::box(painter, m_dayRect, m_dayRect.height() / 2.0, theme().color(ColorRole::Surface),
                   theme().color(ColorRole::Border), px(Length::Hairline));
        paint::text(painter, m_dayRect, m_day, TextStyle::SmallStrong, ColorRole::Text2, Qt::AlignCenter);
    }
    if (m_place.startsNew) {
        const QString text = QObject::tr("New");
        const QColor red = theme().color(ColorRole::BadgeRed);
        painter.fillRect(QRect(m_newRect.x(), m_newRect.center().y(), m_newRect.width(), px(Length::Hairline)), red);
        const int width = paint::textWidth(text, TextStyle::SmallStrong) + 2 * px(Length::Space8);
        const QRect pill = QStyle::visualRect(
            m_direction, m_newRect, {m_newRect.right() + 1 - width, m_newRect.y(), width, m_newRect.height()});
        paint::box(painter, pill, pill.height() / 2.0, red);
        paint::text(painter, pill, text, TextStyle::SmallStrong, ColorRole::OnBadgeRed, Qt::AlignCenter);
    }
}

void MessageLayout::paintAuthor(QPainter &painter, const ConversationMessage &message) const
{
    if (message.isFromAssistant) {
        paint::box(painter, m_avatarRect, px(Length::RadiusControl), theme().color(ColorRole::Accent));
        const int inset = (m_avatarRect.width() - px(Length::IconMedium)) / 2;
        paintIcon(painter, m_avatarRect.adjusted(inset, inset, -inset, -inset), QStringLiteral("sparkles"),
                  ColorRole::OnAccent);
    } else {
        chips::paintAvatar(painter, m_avatarRect,
                           {message.authorId.toString(QUuid::WithoutBraces), message.authorName});
    }
    const auto visual = [&](const QRect &logical) { return QStyle::visualRect(m_direction, m_headRect, logical); };
    const int gap = px(Length::Space8), rest = px(Length::Space56) + px(Length::Space40);
    int x = m_headRect.x();
    QRect name(x, m_headRect.y(), std::max(0, m_headRect.width() - rest), m_headRect.height());
    x += std::min(paint::textWidth(message.authorName, TextStyle::BodyStrong), name.width()) + gap;
    paint::text(painter, visual(name), message.authorName, TextStyle::BodyStrong, ColorRole::Text);
    if (message.isFromAssistant) {
        const QString text = QObject::tr("AI");
        const int height = px(Length::Badge) - px(Length::Space2);
        const QRect chip(x, m_headRect.y() + (m_headRect.height() - height) / 2,
                         paint::textWidth(text, TextStyle::Caption) + 2 * px(Length::Space8), height);
        paint::box(painter, visual(chip), px(Length::RadiusKey), theme().color(ColorRole::AccentSoft));
        paint::text(painter, visual(chip), text, TextStyle::Caption, ColorRole::AccentText, Qt::AlignCenter);
        x = chip.right() + 1 + gap;
    }
    paint::text(painter, visual({x, m_headRect.y(), std::max(0, m_headRect.right() + 1 - x), m_headRect.height()}),
                m_time, TextStyle::SmallDigits, ColorRole::Text3);
    if (m_quoteRect.isNull())
        return;
    paintIcon(painter, iconIn(m_quoteRect, 0, m_direction), QStringLiteral("reply"), ColorRole::Text3);
    const QString quote = QStringLiteral("%1: %2").arg(message.quoted.authorName, message.quoted.text.simplified());
    paint::text(painter,
                QStyle::visualRect(m_direction, m_quoteRect,
                                   m_quoteRect.adjusted(px(Length::IconTiny) + px(Length::Space6), 0, 0, 0)),
                quote, TextStyle::Small, ColorRole::Text2);
}

void MessageLayout::paintTargets(QPainter &painter, const ConversationMessage &message, const QPoint &pointer) const
{
    const int hairline = px(Length::Hairline);
    for (const MessageTarget &target : m_targets) {
        const bool hovered = target.rect.contains(pointer);
        const QRect &rect = target.rect;
        const auto rest = [&](int start) {
            return QStyle::visualRect(m_direction, rect, rect.adjusted(start, 0, -px(Length::Space4), 0));
        };
        const int sign = px(Length::IconTiny), inset = px(Length::Space10);
        switch (target.part) {
        case MessagePart::Reaction: {
            const Reaction &reaction = message.reactions[target.index];
            const ColorRole role = reaction.isMine ? ColorRole::AccentText : ColorRole::Text2;
            const ColorRole fill = reaction.isMine ? ColorRole::AccentSoft
                : hovered                          ? ColorRole::Hover
                                                   : ColorRole::Surface;
            paint::box(painter, rect, rect.height() / 2.0, theme().color(fill),
                       theme().color(reaction.isMine ? ColorRole::AccentLine : ColorRole::Border), hairline);
            const QString icon = reactionIcon(reaction.emoji);
            int start = inset;
            if (icon.isEmpty())
                start += paint::text(painter, rest(inset), reaction.emoji, TextStyle::Body, role);
            else
                paintIcon(painter, iconIn(rect, inset, m_direction), icon, role), start += sign;
            paint::text(painter, rest(start + px(Length::Space6)), QLocale().toString(reaction.count),
                        TextStyle::SmallDigits, role);
            break;
        }
        case MessagePart::Thread:
            if (hovered)
                paint::box(painter, rect, px(Length::RadiusSmall), theme().color(ColorRole::AccentSoft));
            paintIcon(painter, iconIn(rect, px(Length::Space2), m_direction), QStringLiteral("messages-square"),
                      ColorRole::AccentText);
            paint::text(painter, rest(sign + px(Length::Space8)), target.name, TextStyle::SmallStrong,
                        ColorRole::AccentText);
            break;
        case MessagePart::Retry:
        case MessagePart::Discard:
        case MessagePart::Stop: {
            paint::box(painter, rect, px(Length::RadiusSmall),
                       theme().color(hovered ? ColorRole::Hover : ColorRole::Surface),
                       theme().color(ColorRole::BorderStrong), hairline);
            int start = inset;
            if (target.part != MessagePart::Discard) {
                const bool stops = target.part == MessagePart::Stop;
                paintIcon(painter, iconIn(rect, inset, m_direction),
                          stops ? QStringLiteral("square") : QStringLiteral("rotate-cw"),
                          stops ? ColorRole::Danger : ColorRole::Text2);
                start += sign + px(Length::Space6);
            }
            paint::text(painter, rest(start), target.name, TextStyle::SmallStrong, ColorRole::Text);
            break;
        }
        case MessagePart::None:
        case MessagePart::Quote:
        case MessagePart::CopyCode:
            break;
        }
    }
}
