// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/shaped_lines.h"

#include "client/design/theme.h"

#include <QCache>
#include <QCoreApplication>
#include <QFontMetrics>
#include <QTextLayout>

namespace {

constexpr int keptLines = 3000; // of a window full of small cells, several times
constexpr qsizetype longestKept = 500; // characters

struct Key
{
    QString text;
    TextStyle style = TextStyle::Body;
    int form = 0; // of a line its direction, of an ellipsis the width

    bool operator==(const Key &) const = default;
};

size_t qHash(const Key &key, size_t seed = 0) { return qHashMulti(seed, key.text, int(key.style), key.form); }

struct Shaped
{
    explicit Shaped(const QFont &theFont) : font(theFont) { }

    QFont font; // with which it was made: the theme may have got another one
    QTextLayout layout;
    qreal width = 0;
    qreal height = 0;
};

struct Shortened
{
    QFont font;
    QString text;
};

Shaped *shape(const QString &text, const QFont &font, Qt::LayoutDirection direction)
{
    auto *shaped = new Shaped(font);
    QString line = text;
    for (QChar &one : line)
        if (one == u'\n' || one == u'\r' || one == QChar::LineSeparator || one == QChar::ParagraphSeparator)
            one = u' ';
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(direction);
    shaped->layout.setText(line);
    shaped->layout.setFont(font);
    shaped->layout.setTextOption(option);
    shaped->layout.setCacheEnabled(true);
    shaped->layout.beginLayout();
    QTextLine only = shaped->layout.createLine();
    if (only.isValid()) {
        only.setLineWidth(QWIDGETSIZE_MAX);
        only.setPosition({});
        shaped->width = only.naturalTextWidth();
        shaped->height = only.height();
    }
    shaped->layout.endLayout();
    return shaped;
}

struct Kept
{
    QCache<Key, Shaped> lines{keptLines};
    QCache<Key, Shortened> shortened{keptLines};
    std::unique_ptr<Shaped> single; // too long to be kept
};
Kept *theKept = nullptr;

// Fonts end with the application, and what was shaped with them before.
Kept &kept()
{
    if (!theKept) {
        theKept = new Kept;
        qAddPostRoutine([] { delete std::exchange(theKept, nullptr); });
    }
    return *theKept;
}

} // namespace

shapedLines::Line shapedLines::of(const QString &text, TextStyle style, Qt::LayoutDirection direction)
{
    const QFont font = theme().font(style);
    const auto line = [](Shaped &shaped) { return Line{&shaped.layout, shaped.width, shaped.height}; };
    if (text.size() > longestKept) {
        kept().single.reset(shape(text, font, direction));
        return line(*kept().single);
    }
    const Key key{text, style, int(direction)};
    Shaped *shaped = kept().lines.object(key);
    if (!shaped || shaped->font != font) {
        shaped = shape(text, font, direction);
        kept().lines.insert(key, shaped);
    }
    return line(*shaped);
}

QString shapedLines::elided(const QString &text, TextStyle style, int width)
{
    const QFont font = theme().font(style);
    const Key key{text, style, width};
    if (const Shortened *known = kept().shortened.object(key); known && known->font == font)
        return known->text;
    const QString shortened = QFontMetrics(font).elidedText(text, Qt::ElideRight, std::max(0, width));
    if (text.size() <= longestKept)
        kept().shortened.insert(key, new Shortened{font, shortened});
    return shortened;
}
