// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/patio_style.h"
#include "client/design/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace {

struct Fill
{
    QColor fill;
    QColor border;
    QColor text;
};

bool down(const QStyleOption &option) { return option.state & (QStyle::State_Sunken | QStyle::State_On); }
bool hovered(const QStyleOption &option) { return option.state & QStyle::State_MouseOver; }

Fill fillOf(ButtonVariant variant, const QStyleOption &option)
{
    const auto color = [](ColorRole role) { return theme().color(role); };
    const auto pick = [&](ColorRole rest, ColorRole hover, ColorRole pressed) {
        return color(down(option) ? pressed : hovered(option) ? hover : rest);
    };
    const bool enabled = option.state & QStyle::State_Enabled;
    if (!enabled) {
        const bool bare = variant == ButtonVariant::Ghost;
        return {bare ? QColor() : color(ColorRole::Hover), bare ? QColor() : color(ColorRole::Border),
                color(ColorRole::TextDisabled)};
    }
    switch (variant) {
    case ButtonVariant::Primary: {
        const QColor fill = pick(ColorRole::Accent, ColorRole::AccentHover, ColorRole::AccentPressed);
        const bool needsEdge = color(ColorRole::AccentEdge) != color(ColorRole::Accent);
        return {fill, needsEdge ? color(ColorRole::AccentEdge) : fill, color(ColorRole::OnAccent)};
    }
    case ButtonVariant::Danger: {
        const QColor fill = pick(ColorRole::DangerFill, ColorRole::DangerFillHover, ColorRole::DangerFillPressed);
        return {fill, fill, color(ColorRole::OnDangerFill)};
    }
    case ButtonVariant::Ghost:
        return {down(option)          ? color(ColorRole::Pressed)
                    : hovered(option) ? color(ColorRole::Hover)
                                      : QColor(),
                QColor(), color(ColorRole::Text)};
    case ButtonVariant::Secondary:
        break;
    }
    return {pick(ColorRole::Raised, ColorRole::Hover, ColorRole::Pressed), color(ColorRole::BorderStrong),
            color(ColorRole::Text)};
}

} // namespace

void PatioStyle::drawPushButton(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget) const
{
    auto variant = ButtonVariant(widget ? widget->property("variant").toInt() : 0);
    if (variant == ButtonVariant::Secondary && (option.features & QStyleOptionButton::DefaultButton))
        variant = ButtonVariant::Primary;
    const Fill fill = fillOf(variant, option);
    const int radius = px(Length::RadiusControl);
    paint::box(painter, option.rect, radius, fill.fill, fill.border, px(Length::Hairline));
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange)) {
        // On a filled button the ring needs a gap to be seen.
        const int gap = px(Length::Ring);
        paint::focusRing(painter, option.rect, radius);
        if (variant == ButtonVariant::Primary || variant == ButtonVariant::Danger)
            paint::box(painter, option.rect.adjusted(gap, gap, -gap, -gap), radius - gap, {},
                       theme().color(ColorRole::Surface), px(Length::Hairline));
    }

    const int iconSize = option.icon.isNull() ? 0 : px(Length::IconSmall);
    const int gap = iconSize && !option.text.isEmpty() ? px(Length::Space8) : 0;
    const QString text = option.text;
    const int padding = widget && widget->property("controlSize").toInt() == int(ControlSize::Small)
        ? px(Length::Space8)
        : px(Length::Space10);
    const int arrow = (option.features & QStyleOptionButton::HasMenu) ? px(Length::IconTiny) + px(Length::Space4) : 0;
    const int room = option.rect.width() - (text.isEmpty() ? 0 : 2 * padding) - iconSize - gap - arrow;
    QString plain = text;
    plain.replace(QStringLiteral("&&"), QStringLiteral("\1")).remove(QLatin1Char('&'));
    plain.replace(QLatin1Char('\1'), QLatin1Char('&'));
    const QString shown = paint::elided(option.fontMetrics, plain, room);
    const int width = iconSize + gap + option.fontMetrics.horizontalAdvance(shown) + arrow;
    int x = option.rect.x() + (option.rect.width() - width) / 2;
    const auto placed = [&](int w, int h) {
        const QRect logical(x, option.rect.y() + (option.rect.height() - h) / 2, w, h);
        return visualRect(option.direction, option.rect, logical);
    };
    if (iconSize) {
        option.icon.paint(&painter, placed(iconSize, iconSize), Qt::AlignCenter,
                          option.state & State_Enabled ? QIcon::Normal : QIcon::Disabled);
        x += iconSize + gap;
    }
    painter.setPen(fill.text);
    const int textWidth = option.fontMetrics.horizontalAdvance(shown);
    painter.drawText(placed(textWidth + 1, option.rect.height()), Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (arrow) {
        x += textWidth + px(Length::Space4);
        paintIcon(painter, placed(px(Length::IconTiny), px(Length::IconTiny)), QStringLiteral("chevron-down"),
                  fill.text);
    }
}

void PatioStyle::drawToolButton(const QStyleOptionToolButton &option, QPainter &painter, const QWidget *widget) const
{
    const auto variant =
        ButtonVariant(widget && widget->property("variant").isValid() ? widget->property("variant").toInt()
                                                                      : int(ButtonVariant::Ghost));
    Fill fill = fillOf(variant, option);
    const bool on = option.state & State_On;
    if (on && variant == ButtonVariant::Ghost)
        fill.fill = theme().color(hovered(option) ? ColorRole::AccentSoftHover : ColorRole::AccentSoft);
    paint::box(painter, option.rect, px(Length::RadiusControl), fill.fill, fill.border, px(Length::Hairline));
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange))
        paint::focusRing(painter, option.rect, px(Length::RadiusControl));

    const int size = option.iconSize.isValid() ? option.iconSize.height() : px(Length::IconMedium);
    const bool showsText = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    QRect square(0, 0, size, size);
    square.moveCenter(option.rect.center());
    if (showsText)
        square.moveLeft(option.rect.x() + px(Length::Space8));
    if (!option.icon.isNull())
        option.icon.paint(&painter, visualRect(option.direction, option.rect, square), Qt::AlignCenter,
                          option.state & State_Enabled ? QIcon::Normal : QIcon::Disabled);
    if (!showsText)
        return;
    const int left = option.icon.isNull() ? px(Length::Space8) : square.right() + px(Length::Space6) - option.rect.x();
    const QRect textRect = option.rect.adjusted(left, 0, -px(Length::Space8), 0);
    painter.setPen(fill.text);
    painter.drawText(visualRect(option.direction, option.rect, textRect),
                     int(visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter | Qt::TextHideMnemonic,
                     paint::elided(option.fontMetrics, option.text, textRect.width()));
}

void PatioStyle::drawCheckBox(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const bool filled = option.state & (State_On | State_NoChange);
    const int radius = px(Length::RadiusKey);
    if (filled)
        paint::box(painter, option.rect, radius,
                   theme().color(!enabled              ? ColorRole::TextDisabled
                                     : hovered(option) ? ColorRole::AccentHover
                                                       : ColorRole::Accent),
                   theme().color(enabled ? ColorRole::AccentEdge : ColorRole::TextDisabled), px(Length::Hairline));
    else
        paint::box(painter, option.rect, radius,
                   theme().color(hovered(option) && enabled ? ColorRole::Hover : ColorRole::Surface),
                   theme().color(enabled ? ColorRole::Control : ColorRole::TextDisabled), px(Length::Hairline));
    if (filled) {
        const int inset = px(Length::Space2);
        paintIcon(painter, option.rect.adjusted(inset, inset, -inset, -inset),
                  (option.state & State_NoChange) ? QStringLiteral("minus") : QStringLiteral("check"),
                  enabled ? ColorRole::OnAccent : ColorRole::Surface);
    }
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange))
        paint::focusRing(painter, option.rect.adjusted(-2, -2, 2, 2), radius + 2);
}

void PatioStyle::drawRadioButton(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const bool on = option.state & State_On;
    const qreal radius = option.rect.height() / 2.0;
    const ColorRole ring = !enabled ? ColorRole::TextDisabled : on ? ColorRole::AccentLine : ColorRole::Control;
    paint::box(painter, option.rect, radius,
               theme().color(hovered(option) && enabled ? ColorRole::Hover : ColorRole::Surface), theme().color(ring),
               on ? px(Length::Ring) : px(Length::Hairline));
    if (on) {
        const int inset = option.rect.height() / 4 + 1;
        paint::box(painter, option.rect.adjusted(inset, inset, -inset, -inset), radius, theme().color(ring));
    }
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange))
        paint::focusRing(painter, option.rect.adjusted(-2, -2, 2, 2), radius + 2);
}
