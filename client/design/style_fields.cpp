// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/patio_style.h"
#include "client/design/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QListView>
#include <QPainter>
#include <QStyleOption>

namespace {

void fieldBox(const QStyleOption &option, QPainter &painter, const QWidget *widget, bool focused)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool wrong = widget && widget->property("error").toBool();
    const bool hovered = enabled && (option.state & QStyle::State_MouseOver);
    const ColorRole border = wrong ? ColorRole::Danger
        : focused                  ? ColorRole::Focus
        : hovered                  ? ColorRole::Control
        : enabled                  ? ColorRole::BorderStrong
                                   : ColorRole::Border;
    const QVariant fill = widget ? widget->property("fill") : QVariant();
    const ColorRole ground = fill.isValid() ? ColorRole(fill.toInt())
        : enabled                           ? ColorRole::Surface
                                            : ColorRole::Sunken;
    paint::box(painter, option.rect, px(Length::RadiusControl), theme().color(ground), theme().color(border),
               px(wrong || focused ? Length::Ring : Length::Hairline));
}

} // namespace

void PatioStyle::drawField(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    // A place to type shows its focus always, because the caret alone is easily lost.
    fieldBox(option, painter, widget, option.state & State_HasFocus);
}

void PatioStyle::drawComboBox(const QStyleOptionComboBox &option, QPainter &painter, const QWidget *widget) const
{
    const bool ring = (option.state & State_HasFocus)
        && (option.editable || (option.state & State_KeyboardFocusChange) || (option.state & State_On));
    const bool enabled = option.state & State_Enabled;
    if (option.editable) {
        fieldBox(option, painter, widget, ring);
    } else {
        QStyleOption plain = option;
        fieldBox(plain, painter, widget, ring);
        if (enabled && (option.state & State_MouseOver) && !ring) {
            const int inset = px(Length::Hairline);
            paint::box(painter, option.rect.adjusted(inset, inset, -inset, -inset), px(Length::RadiusControl) - inset,
                       theme().color(ColorRole::Hover));
        }
    }
    QRect square(0, 0, px(Length::IconSmall), px(Length::IconSmall));
    square.moveCenter(subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget).center());
    paintIcon(painter, square, QStringLiteral("chevron-down"), enabled ? ColorRole::Text2 : ColorRole::TextDisabled);
}

void PatioStyle::drawSpinBox(const QStyleOptionSpinBox &option, QPainter &painter, const QWidget *widget) const
{
    fieldBox(option, painter, widget, option.state & State_HasFocus);
    const bool enabled = option.state & State_Enabled;
    for (const auto part : {SC_SpinBoxUp, SC_SpinBoxDown}) {
        const QRect rect = subControlRect(CC_SpinBox, &option, part, widget);
        if (rect.isEmpty() || option.buttonSymbols == QAbstractSpinBox::NoButtons)
            continue;
        if ((option.activeSubControls & part) && enabled)
            paint::box(painter, rect, px(Length::RadiusKey), theme().color(ColorRole::Hover));
        QRect square(0, 0, px(Length::IconTiny), px(Length::IconTiny));
        square.moveCenter(rect.center());
        paintIcon(painter, square, part == SC_SpinBoxUp ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                  enabled ? ColorRole::Text2 : ColorRole::TextDisabled);
    }
}

QRect PatioStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                 const QWidget *widget) const
{
    const QRect rect = option->rect;
    const auto visual = [&](const QRect &logical) { return visualRect(option->direction, rect, logical); };
    if (control == CC_ComboBox) {
        const int arrow = px(Length::Space32);
        if (part == SC_ComboBoxArrow)
            return visual(QRect(rect.right() + 1 - arrow, rect.y(), arrow, rect.height()));
        if (part == SC_ComboBoxEditField)
            return visual(rect.adjusted(px(Length::Space10), 0, -arrow, 0));
    } else if (control == CC_SpinBox) {
        const int width = px(Length::Space24), inset = px(Length::Ring);
        const QRect column(rect.right() + 1 - width, rect.y() + inset, width - inset, rect.height() - 2 * inset);
        if (part == SC_SpinBoxUp)
            return visual(column.adjusted(0, 0, 0, -column.height() / 2));
        if (part == SC_SpinBoxDown)
            return visual(column.adjusted(0, column.height() / 2, 0, 0));
        if (part == SC_SpinBoxEditField)
            return visual(rect.adjusted(px(Length::Space8), inset, -width, -inset));
    } else if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const bool horizontal = bar->orientation == Qt::Horizontal;
        const int length = horizontal ? rect.width() : rect.height();
        const int range = bar->maximum - bar->minimum;
        const int thumb = range > 0 ? std::clamp(int(qint64(bar->pageStep) * length / (qint64(range) + bar->pageStep)),
                                                 std::min(px(Length::ScrollThumbMinimum), length), length)
                                    : length;
        const int start =
            sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb, bar->upsideDown);
        const auto along = [&](int from, int size) {
            return horizontal ? QRect(rect.x() + from, rect.y(), size, rect.height())
                              : QRect(rect.x(), rect.y() + from, rect.width(), size);
        };
        switch (part) {
        case SC_ScrollBarGroove:
            return rect;
        case SC_ScrollBarSlider:
            return along(start, thumb);
        case SC_ScrollBarSubPage:
            return along(0, start);
        case SC_ScrollBarAddPage:
            return along(start + thumb, length - start - thumb);
        default:
            return {};
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize PatioStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const int height = controlHeight(widget);
        if (!button)
            return {size.width(), height};
        if (button->text.isEmpty())
            return {height, height};
        QString text = button->text;
        text.remove(QLatin1Char('&'));
        const bool small = widget && widget->property("controlSize").toInt() == int(ControlSize::Small);
        int width = button->fontMetrics.horizontalAdvance(text) + 2 * px(small ? Length::Space10 : Length::Space14);
        if (!button->icon.isNull())
            width += px(Length::IconSmall) + px(Length::Space8) - px(Length::Space2);
        if (button->features & QStyleOptionButton::HasMenu)
            width += px(Length::IconTiny) + px(Length::Space4);
        return {std::max(width, height), height};
    }
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const int height = controlHeight(widget);
        if (!button || button->toolButtonStyle == Qt::ToolButtonIconOnly || button->text.isEmpty())
            return {height, height};
        int width = button->fontMetrics.horizontalAdvance(button->text) + 2 * px(Length::Space8);
        if (!button->icon.isNull())
            width += button->iconSize.width() + px(Length::Space6);
        return {width, height};
    }
    case CT_LineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        return frame && frame->lineWidth > 0 ? QSize(size.width(), controlHeight(widget)) : size;
    }
    case CT_ComboBox: {
        const int width = size.width() + px(Length::Space10) + px(Length::Space32) + px(Length::Space4);
        return {width, controlHeight(widget)};
    }
    case CT_SpinBox:
        return {size.width() + px(Length::Space32), controlHeight(widget)};
    case CT_TabBarTab:
        return {size.width(), px(Length::TabRow)};
    case CT_HeaderSection:
        return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), px(Length::HeaderRow)};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), px(Length::Space10)};
        const int width = QProxyStyle::sizeFromContents(type, option, size, widget).width() + px(Length::Space24);
        return {width, px(Length::MenuRow)};
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        const bool popup =
            widget && widget->parentWidget() && widget->parentWidget()->inherits("QComboBoxPrivateContainer");
        if (popup)
            return {base.width() + px(Length::Space20), px(Length::MenuRow)};
        // Rows of a list are as high as what else a person presses.
        return qobject_cast<const QListView *>(widget) ? base.expandedTo({0, px(Length::ControlSmall)}) : base;
    }
    case CT_ProgressBar:
        return {size.width(), px(Length::Progress)};
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}
