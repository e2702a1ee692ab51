// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QString>

class QTextLayout;

// Lines of text in the theme's fonts, shaped. The last ones are kept: what scrolls or changes shows most of its texts
// again and again, and to shape one takes longer than to draw it. GUI thread.
namespace shapedLines {

struct Line
{
    QTextLayout *layout = nullptr; // of one line, kept with its glyphs
    qreal width = 0;
    qreal height = 0;
};
// Good until the next call. What would break the line is a space.
Line of(const QString &text, TextStyle style, Qt::LayoutDirection direction);
// The text cut to `width` with an ellipsis.
QString elided(const QString &text, TextStyle style, int width);

} // namespace shapedLines
