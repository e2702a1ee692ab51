// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/paint.h"

#include "client/design/shaped_lines.h"
#include "client/design/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QWidget>

namespace {

QStringList *elisions = nullptr;

} // namespace

void paint::box(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &border,
                qreal width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const bool bordered = border.isValid() && width > 0;
    const qreal inset = bordered ? width / 2 : 0;
    if (bordered)
        painter.setPen(QPen(border, width));
    painter.setBrush(fill.isValid() ? QBrush(fill) : Qt::NoBrush);
    const qreal inner = std::max(0.0, std::min(radius, std::min(rect.width(), rect.height()) / 2) - inset);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), inner, inner);
    painter.restore();
}

void paint::focusRing(QPainter &painter, const QRectF &rect, qreal radius)
{
    box(painter, rect, radius, {}, theme().color(ColorRole::Focus), theme().px(Length::Ring));
}

QString paint::elided(const QFontMetrics &metrics, const QString &text, int width, Qt::TextElideMode mode)
{
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    if (elisions)
        *elisions << text;
    return metrics.elidedText(text, mode, std::max(0, width));
}

int paint::text(QPainter &painter, const QRect &rect, const QString &text, TextStyle style, ColorRole role,
                Qt::Alignment alignment)
{
    const Qt::LayoutDirection direction = painter.layoutDirection();
    shapedLines::Line line = shapedLines::of(text, style, direction);
    if (qRound(line.width) > rect.width()) {
        if (elisions)
            *elisions << text;
        line = shapedLines::of(shapedLines::elided(text, style, rect.width()), style, direction);
    }
    const Qt::Alignment visual = QStyle::visualAlignment(direction, alignment);
    const qreal spareWidth = rect.width() - line.width, spareHeight = rect.height() - line.height;
    const qreal x = visual & Qt::AlignRight ? spareWidth : visual & Qt::AlignHCenter ? spareWidth / 2 : 0;
    const qreal y = visual & Qt::AlignTop ? 0 : visual & Qt::AlignBottom ? spareHeight : spareHeight / 2;
    painter.setFont(theme().font(style));
    painter.setPen(theme().color(role));
    line.layout->draw(&painter, QPointF(rect.x() + x, rect.y() + y));
    return qRound(line.width);
}

int paint::textWidth(const QString &text, TextStyle style)
{
    return qRound(shapedLines::of(text, style, Qt::LeftToRight).width);
}

QRect paint::mirrored(const QRect &logical, const QWidget *widget)
{
    return QStyle::visualRect(widget->layoutDirection(), widget->rect(), logical);
}

paint::ElisionLog::ElisionLog()
{
    Q_ASSERT(!elisions);
    elisions = new QStringList;
}

paint::ElisionLog::~ElisionLog()
{
    delete elisions;
    elisions = nullptr;
}

QStringList paint::ElisionLog::texts() const { return *elisions; }
