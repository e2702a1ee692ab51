// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_delegate.h"

#include "client/chat/channel_list_model.h"
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/chips.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

// "14:07" today, "Mon" within a week, else the date.
QString shortTime(qint64 at)
{
    if (at == 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at);
    const qint64 days = time.date().daysTo(QDate::currentDate());
    if (days <= 0)
        return QLocale().toString(time.time(), QLocale::ShortFormat);
    if (days < 7)
        return QLocale().dayName(time.date().dayOfWeek(), QLocale::ShortFormat);
    return QLocale().toString(time.date(), u"d MMM"_s);
}

void paintCount(QPainter &painter, const QRect &pill, const QString &count, bool isLoud)
{
    paint::box(painter, pill, pill.height() / 2.0, theme().color(isLoud ? ColorRole::Accent : ColorRole::NeutralSoft));
    paint::text(painter, pill, count, TextStyle::CaptionDigits, isLoud ? ColorRole::OnAccent : ColorRole::Text3,
                Qt::AlignCenter);
}

} // namespace

QSize ChannelDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto &model = static_cast<const ChannelListModel &>(*index.model());
    return {px(Length::RailWide),
            px(model.isSection(index.row()) ? Length::HeaderRow : Length::PaletteField) + px(Length::Space2)};
}

QRect ChannelDelegate::addRect(const QRect &row, Qt::LayoutDirection direction)
{
    const int side = px(Length::Target);
    return QStyle::visualRect(
        direction, row,
        {row.right() + 1 - side - px(Length::Space4), row.bottom() + 1 - side - px(Length::Space4), side, side});
}

void ChannelDelegate::paintSection(QPainter &painter, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const auto &model = static_cast<const ChannelListModel &>(*index.model());
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(option.direction, option.rect, part); };
    const QRect row = option.rect.adjusted(px(Length::Space12), px(Length::Space6), -px(Length::Space40), 0);
    paint::text(painter, visual(row), index.data().toString(), TextStyle::SmallStrong, ColorRole::Text3);
    const int side = px(Length::IconTiny);
    QRect icon(0, 0, side, side);
    icon.moveCenter(addRect(option.rect, option.direction).center());
    paintIcon(painter, icon, u"plus"_s, ColorRole::Text2);
    if (model.isFolded(model.section(index.row()))) {
        const int x = row.x() + paint::textWidth(index.data().toString(), TextStyle::SmallStrong) + px(Length::Space4);
        paintIcon(painter, visual({x, row.center().y() - side / 2, side, side}), u"chevron-right"_s, ColorRole::Text3);
    }
}

void ChannelDelegate::paintSign(QPainter &painter, const QRect &square, const ChannelRow &channel,
                                bool isSelected) const
{
    const bool isPerson = channel.section == ChannelSection::Direct || !channel.personId.isNull();
    if (isPerson && !channel.isGroup) {
        chips::paintAvatar(painter, square, {channel.personId.toString(QUuid::WithoutBraces), channel.name});
        if (channel.presence == ChannelRow::Presence::None)
            return;
        const int dot = px(Length::PresenceDot) + 2 * px(Length::Ring);
        QRect corner(0, 0, dot, dot);
        corner.moveBottomRight(square.bottomRight() + QPoint(px(Length::Space2), px(Length::Space2)));
        const ColorRole role = channel.presence == ChannelRow::Presence::Online ? ColorRole::Presence
            : channel.presence == ChannelRow::Presence::Away                    ? ColorRole::WarningFill
                                                                                : ColorRole::Control;
        paint::box(painter, corner, dot / 2.0, theme().color(role),
                   theme().color(isSelected ? ColorRole::AccentSoft : ColorRole::Surface), px(Length::Ring));
        return;
    }
    const bool isAssistant = channel.section == ChannelSection::Assistants;
    const QString icon = isAssistant ? u"sparkles"_s
        : channel.isGroup            ? u"users"_s
        : channel.isPrivate          ? u"lock"_s
                                     : u"hash"_s;
    paint::box(painter, square, px(Length::RadiusControl),
               theme().color(isAssistant      ? ColorRole::Accent
                                 : isSelected ? ColorRole::AccentSoftHover
                                              : ColorRole::Hover));
    QRect inner(0, 0, px(Length::IconSmall), px(Length::IconSmall));
    inner.moveCenter(square.center());
    paintIcon(painter, inner, icon,
              isAssistant      ? ColorRole::OnAccent
                  : isSelected ? ColorRole::AccentText
                               : ColorRole::Text2);
}

void ChannelDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->setLayoutDirection(option.direction);
    const auto &model = static_cast<const ChannelListModel &>(*index.model());
    if (model.isSection(index.row()))
        return paintSection(*painter, option, index);
    const ChannelRow &channel = model.channel(index.row());
    const bool isSelected = option.state & QStyle::State_Selected, isUnread = channel.isUnread();
    const QRect row = option.rect.adjusted(0, 0, 0, -px(Length::Space2));
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(option.direction, row, part); };
    if (isSelected || (option.state & QStyle::State_MouseOver))
        paint::box(*painter, row, px(Length::RadiusControl),
                   theme().color(isSelected ? ColorRole::AccentSoft : ColorRole::Hover));
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        paint::focusRing(*painter, row, px(Length::RadiusControl));
    const int side = px(Length::AvatarLarge), gap = px(Length::Space10);
    const QRect square = visual({row.x() + gap, row.y() + (row.height() - side) / 2, side, side});
    paintSign(*painter, square, channel, isSelected);

    const int left = row.x() + gap + side + gap, right = row.right() + 1 - gap;
    const int line = theme().lineHeight(TextStyle::Body), top = row.center().y() + 1 - line;
    const QString time = shortTime(channel.lastAt);
    const int timeWidth = time.isEmpty() ? 0 : paint::textWidth(time, TextStyle::SmallDigits);
    paint::text(*painter, visual({right - timeWidth, top, timeWidth, line}), time, TextStyle::SmallDigits,
                isUnread ? ColorRole::AccentText : ColorRole::Text3);
    int nameEnd = right - timeWidth - px(Length::Space8);
    const TextStyle nameStyle = isUnread ? TextStyle::BodyStrong : TextStyle::Body;
    if (channel.isMuted) {
        const int icon = px(Length::IconTiny);
        nameEnd -= icon + px(Length::Space4);
        const int end = std::min(nameEnd, left + paint::textWidth(channel.name, nameStyle)) + px(Length::Space4);
        paintIcon(*painter, visual({end, top + (line - icon) / 2, icon, icon}), u"bell-off"_s, ColorRole::Text3);
    }
    paint::text(*painter, visual({left, top, nameEnd - left, line}), channel.name, nameStyle,
                channel.isMuted && !isUnread ? ColorRole::Text3 : ColorRole::Text);

    int previewEnd = right;
    if (channel.unread > 0) {
        const QString count = Badge::shown(channel.unread);
        const int height = px(Length::Badge);
        const int width = std::max(height, paint::textWidth(count, TextStyle::CaptionDigits) + px(Length::Space10));
        previewEnd = right - width - px(Length::Space8);
        paintCount(*painter, visual({right - width, row.center().y() + 1, width, height}), count, isUnread);
    }
    painter->setFont(theme().font(TextStyle::Small));
    painter->setPen(theme().color(channel.isTyping ? ColorRole::AccentText : ColorRole::Text2));
    const QRect preview(left, row.center().y() + 1, previewEnd - left, theme().lineHeight(TextStyle::Small));
    // A preview is a beginning: that it goes on is no fault, unlike a shortened name.
    painter->drawText(visual(preview), int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(channel.preview.simplified(), Qt::ElideRight, preview.width()));
}
