// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/patio_style.h"
#include "client/design/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyleOption>

void PatioStyle::drawTab(const QStyleOptionTab &option, QPainter &painter) const
{
    const bool selected = option.state & State_Selected;
    const bool hovered = option.state & State_MouseOver;
    const int side = px(Length::Space8);
    const QRect inner = option.rect.adjusted(side, 0, -side, 0);
    painter.setFont(theme().font(TextStyle::BodyStrong));
    painter.setPen(theme().color(!(option.state & State_Enabled) ? ColorRole::TextDisabled
                                     : selected || hovered       ? ColorRole::Text
                                                                 : ColorRole::Text2));
    painter.drawText(inner, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine,
                     paint::elided(painter.fontMetrics(), option.text, inner.width() + px(Length::Space4)));
    if (selected) {
        const int thick = px(Length::Underline);
        paint::box(painter,
                   QRectF(inner.x() - px(Length::Space2), option.rect.bottom() + 1 - thick,
                          inner.width() + 2 * px(Length::Space2), thick),
                   thick / 2.0, theme().color(ColorRole::AccentLine));
    }
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange)) {
        const int gap = px(Length::Space4);
        paint::focusRing(painter, option.rect.adjusted(0, gap, 0, -gap), px(Length::RadiusSmall));
    }
}

void PatioStyle::drawHeader(const QStyleOptionHeader &option, QPainter &painter, const QWidget *widget) const
{
    painter.fillRect(option.rect, theme().color(ColorRole::Surface));
    painter.fillRect(option.rect.x(), option.rect.bottom(), option.rect.width(), px(Length::Hairline),
                     theme().color(ColorRole::Border));
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const bool hovered = (option.state & State_MouseOver) && (option.state & State_Enabled);
    const int margin = px(Length::Space10);
    const int arrow = sorted ? px(Length::IconTiny) + px(Length::Space4) : 0;
    const bool right = option.textAlignment & Qt::AlignRight;
    const bool centered = option.textAlignment & Qt::AlignHCenter;
    // The arrow stands at the outer side of right-aligned titles, so that numbers and title keep one edge.
    const auto *header = qobject_cast<const QHeaderView *>(widget);
    const bool first = header && header->orientation() == Qt::Horizontal && header->visualIndex(option.section) == 0;
    QRect text = option.rect.adjusted(first && !centered ? px(Length::Space24) : margin, 0, -margin, 0);
    QRect mark(0, 0, px(Length::IconTiny), px(Length::IconTiny));
    painter.setFont(theme().font(TextStyle::Caption));
    const ColorRole role = sorted || hovered ? ColorRole::Text : ColorRole::Text3;
    if (right)
        text.setLeft(text.left() + arrow);
    else
        text.setRight(text.right() - arrow);
    const QString shown = paint::elided(painter.fontMetrics(), option.text, text.width() + 1);
    const int width = painter.fontMetrics().horizontalAdvance(shown);
    if (right)
        mark.moveTo(text.right() + 1 - width - arrow, option.rect.center().y() - mark.height() / 2);
    else
        mark.moveTo(text.left() + width + px(Length::Space4), option.rect.center().y() - mark.height() / 2);
    painter.setPen(theme().color(role));
    painter.drawText(visualRect(option.direction, option.rect, text),
                     int(visualAlignment(option.direction,
                                         right          ? Qt::AlignRight
                                             : centered ? Qt::AlignHCenter
                                                        : Qt::AlignLeft))
                         | Qt::AlignVCenter | Qt::TextSingleLine,
                     shown);
    if (sorted)
        paintIcon(painter, visualRect(option.direction, option.rect, mark),
                  option.sortIndicator == QStyleOptionHeader::SortDown ? QStringLiteral("arrow-up")
                                                                       : QStringLiteral("arrow-down"),
                  role);
    if (hovered && header && header->sectionsMovable()) {
        const QRect grip(option.rect.right(), option.rect.y() + margin, px(Length::Hairline),
                         option.rect.height() - 2 * margin);
        painter.fillRect(visualRect(option.direction, option.rect, grip), theme().color(ColorRole::BorderStrong));
    }
}

void PatioStyle::drawMenuItem(const QStyleOptionMenuItem &option, QPainter &painter) const
{
    const int side = px(Length::Space10);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(option.rect.x(), option.rect.center().y(), option.rect.width(), px(Length::Hairline),
                         theme().color(ColorRole::Border));
        return;
    }
    const bool enabled = option.state & State_Enabled;
    if ((option.state & State_Selected) && enabled)
        paint::box(painter, option.rect, px(Length::RadiusSmall), theme().color(ColorRole::Hover));
    const auto visual = [&](const QRect &logical) { return visualRect(option.direction, option.rect, logical); };
    const int icon = px(Length::IconSmall);
    QRect rest = option.rect.adjusted(side, 0, -side, 0);
    const QRect square(rest.x(), rest.center().y() - icon / 2, icon, icon);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked)
            paintIcon(painter, visual(square), QStringLiteral("check"), ColorRole::AccentText);
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, visual(square), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    if (option.menuHasCheckableItems || option.maxIconWidth > 0)
        rest.setLeft(rest.left() + icon + px(Length::Space8));

    const QStringList parts = option.text.split(QLatin1Char('\t'));
    painter.setFont(option.font);
    painter.setPen(theme().color(enabled ? ColorRole::Text : ColorRole::TextDisabled));
    const int start = int(visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter | Qt::TextSingleLine;
    painter.drawText(visual(rest), start | Qt::TextHideMnemonic, parts.value(0));
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect arrow(rest.right() + 1 - icon, square.y(), icon, icon);
        paintIcon(painter, visual(arrow),
                  option.direction == Qt::RightToLeft ? QStringLiteral("chevron-left")
                                                      : QStringLiteral("chevron-right"),
                  ColorRole::Text3);
    } else if (parts.size() > 1) {
        const int end = int(visualAlignment(option.direction, Qt::AlignRight)) | Qt::AlignVCenter | Qt::TextSingleLine;
        painter.setFont(theme().font(TextStyle::Small));
        painter.setPen(theme().color(ColorRole::Text3));
        painter.drawText(visual(rest), end, parts.at(1));
    }
}

void PatioStyle::drawItemPanel(const QStyleOption &option, QPainter &painter, const QWidget *) const
{
    const bool selected = option.state & State_Selected;
    if (!selected && !(option.state & State_MouseOver))
        return;
    paint::box(painter, option.rect, px(Length::RadiusSmall),
               theme().color(selected ? ColorRole::AccentSoft : ColorRole::Hover));
    if (selected && (option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange))
        paint::focusRing(painter, option.rect, px(Length::RadiusSmall));
}

void PatioStyle::drawScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QWidget *widget) const
{
    QRect thumb = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    if (option.maximum <= option.minimum || thumb.isEmpty())
        return;
    const int inset = px(Length::Space2) + px(Length::Hairline);
    const bool active = (option.state & State_Sunken) || (option.activeSubControls & SC_ScrollBarSlider);
    if (option.orientation == Qt::Horizontal)
        thumb.adjust(inset, inset, -inset, -inset);
    else
        thumb.adjust(inset, inset, -inset, -inset);
    paint::box(painter, thumb, px(Length::RadiusSmall),
               theme().color(active ? ColorRole::Control : ColorRole::BorderStrong));
}

void PatioStyle::drawProgressBar(const QStyleOptionProgressBar &option, QPainter &painter) const
{
    QRect bar = option.rect;
    bar.setHeight(std::min(bar.height(), px(Length::Progress)));
    bar.moveCenter(option.rect.center());
    const qreal radius = bar.height() / 2.0;
    paint::box(painter, bar, radius, theme().color(ColorRole::Pressed));
    if (option.maximum <= option.minimum) { // busy: a still third; movement is left to the spinner beside it
        paint::box(painter, QRect(bar.x() + bar.width() / 3, bar.y(), bar.width() / 3, bar.height()), radius,
                   theme().color(ColorRole::AccentLine));
        return;
    }
    const qreal done = qBound(0.0, qreal(option.progress - option.minimum) / (option.maximum - option.minimum), 1.0);
    const QRect part(bar.x(), bar.y(), qRound(bar.width() * done), bar.height());
    if (part.width() > 0)
        paint::box(painter, visualRect(option.direction, bar, part), radius, theme().color(ColorRole::AccentLine));
}
