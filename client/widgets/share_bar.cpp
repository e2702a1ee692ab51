// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/share_bar.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace {

constexpr double warnsFrom = 0.8;

ColorRole fillOf(const ShareLook &share)
{
    const double used = share.used;
    if (share.goal)
        return used >= 1 ? ColorRole::Success : ColorRole::Info;
    return used >= 1 ? ColorRole::DangerFill : used >= warnsFrom ? ColorRole::WarningFill : ColorRole::AccentLine;
}

} // namespace

void paintShare(QPainter &painter, const QRect &rect, const ShareLook &share)
{
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(painter.layoutDirection(), rect, part); };
    const double radius = rect.height() / 2.0;
    // What is used at all is seen, be it little.
    const auto widthOf = [&](double part) {
        return part <= 0 ? 0
                         : std::clamp(qRound(rect.width() * part), std::min(rect.height(), rect.width()), rect.width());
    };
    const ColorRole fill = fillOf(share);
    paint::box(painter, rect, radius, theme().color(ColorRole::Pressed));
    if (share.held > 0) {
        QColor held = theme().color(fill);
        held.setAlphaF(float(theme().opacity(QStringLiteral("shareHeld"))));
        paint::box(painter, visual({rect.x(), rect.y(), widthOf(share.used + share.held), rect.height()}), radius,
                   held);
    }
    if (share.used > 0)
        paint::box(painter, visual({rect.x(), rect.y(), widthOf(share.used), rect.height()}), radius,
                   theme().color(fill));
    for (const double mark : share.marks) {
        const int beyond = std::max(1, rect.height() / 3);
        const int x = rect.x() + std::min(qRound(rect.width() * mark), rect.width() - px(Length::Hairline));
        const QRect line(x, rect.y() - beyond, px(Length::Hairline), rect.height() + 2 * beyond);
        painter.fillRect(visual(line), theme().color(ColorRole::Text2));
    }
}

ShareBar::ShareBar(const QString &accessibleName, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ShareBar::setShare(const ShareLook &share)
{
    if (share == m_share)
        return;
    m_share = share;
    setAccessibleDescription(share.spoken.isEmpty() ? share.text : share.spoken);
    update();
}

QSize ShareBar::sizeHint() const { return {px(Length::CardMinimum), px(Length::Space14)}; }
QSize ShareBar::minimumSizeHint() const { return {px(Length::ShareBar), px(Length::Space14)}; }

void ShareBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const int height = px(Length::Space8);
    paintShare(painter, {0, (this->height() - height) / 2, width(), height}, m_share);
}
