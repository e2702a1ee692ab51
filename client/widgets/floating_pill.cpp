// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/floating_pill.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QPainter>

FloatingPill::FloatingPill(QWidget *parent) : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    hide();
}

void FloatingPill::setIconName(const QString &icon)
{
    m_icon = icon;
    update();
}

QSize FloatingPill::sizeHint() const
{
    const int margin = 2 * px(Length::PopupBlur);
    return {paint::textWidth(text(), TextStyle::BodyStrong) + px(Length::IconTiny) + px(Length::Space6)
                + 2 * px(Length::Space12) + margin,
            px(Length::ControlSmall) + margin};
}

void FloatingPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int blur = px(Length::PopupBlur);
    const QRect pill = rect().adjusted(blur, blur, -blur, -blur);
    paint::shadow(painter, pill, pill.height() / 2, paint::Depth::Popup);
    const ColorRole fill = isDown() ? ColorRole::AccentPressed
        : underMouse()              ? ColorRole::AccentHover
                                    : ColorRole::Accent;
    paint::box(painter, pill, pill.height() / 2.0, theme().color(fill), theme().color(ColorRole::AccentEdge),
               px(Length::Hairline));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(painter, pill.adjusted(-2, -2, 2, 2), pill.height());
    const int icon = px(Length::IconTiny), left = pill.x() + px(Length::Space12);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    paintIcon(painter, visual({left, pill.center().y() - icon / 2, icon, icon}), m_icon, ColorRole::OnAccent);
    const int start = left + icon + px(Length::Space6);
    paint::text(painter, visual({start, pill.y(), pill.right() - start, pill.height()}), text(), TextStyle::BodyStrong,
                ColorRole::OnAccent);
}
