// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QRectF>
#include <QString>
#include <QStringList>

class QFontMetrics;
class QPainter;
class QWidget;

// What painted widgets have in common. All lengths are device-independent pixels.
namespace paint {

enum class Depth { Sheet, Card, Popup, Toast, Palette };

// A filled rectangle with an inner border. An invalid colour leaves the part out.
void box(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &border = {},
         qreal width = 1);
void focusRing(QPainter &painter, const QRectF &rect, qreal radius);
void shadow(QPainter &painter, const QRect &rect, int radius, Depth depth);

// The text cut to `width` with an ellipsis. Everything that painted widgets shorten goes through here.
QString elided(const QFontMetrics &metrics, const QString &text, int width, Qt::TextElideMode mode = Qt::ElideRight);

// One line of text, elided, vertically centred; mirrored with the painter's layout direction. Returns the width used.
int text(QPainter &painter, const QRect &rect, const QString &text, TextStyle style, ColorRole role,
         Qt::Alignment alignment = Qt::AlignLeft);
int textWidth(const QString &text, TextStyle style);

// `logical` mirrored inside `widget` for right-to-left layouts.
QRect mirrored(const QRect &logical, const QWidget *widget);

// For tests: collects every text that was shortened while it lives.
class ElisionLog
{
public:
    ElisionLog();
    ~ElisionLog();
    QStringList texts() const;
};

} // namespace paint
