// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QIcon>
#include <QPixmap>

class QPainter;
class QRect;

// An icon of resources/icons by file name ("list-checks"), coloured by role when it is painted: a change of theme needs
// no new icon. An unknown name is our own mistake and shows nothing.
QIcon themedIcon(const QString &name, ColorRole role = ColorRole::Text2);

// The same for painted widgets. Cached by name, colour, size and device pixel ratio.
void paintIcon(QPainter &painter, const QRect &square, const QString &name, ColorRole role);
void paintIcon(QPainter &painter, const QRect &square, const QString &name, const QColor &color);
