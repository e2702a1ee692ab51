// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/shaped_lines.h"

#include "client/design/theme.h"

#include <QCache>
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

} // namespace

shapedLines::Line shapedLines::of(const QString &text, TextStyle style, Qt::LayoutDirection direction)
{
    static QCache<Key, Shaped> kept(keptLines);
    static std::unique_ptr<Shaped> single; // too long to be kept
    const QFont font = theme().font(style);
    const auto line = [](Shaped &shaped) { return Line{&shaped.layout, shaped.width, shaped.height}; };
    if (text.size() > longestKept) {
        single.reset(shape(text, font, direction));
        return line(*single);
    }
    const Key key{text, style, int(direction)};
    Shaped *shaped = kept.object(key);
    if (!shaped || shaped->font != font) {
        shaped = shape(text, font, direction);
        kept.insert(key, shaped);
    }
    return line(*shaped);
}

QString shapedLines::elided(const QString &text, TextStyle style, int width)
{
    static QCache<Key, Shortened> kept(keptLines);
    const QFont font = theme().font(style);
    const Key key{text, style, width};
    if (const Shortened *known = kept.object(key); known && known->font == font)
        return known->text;
    const QString shortened = QFontMetrics(font).elidedText(text, Qt::ElideRight, std::max(0, width));
    if (text.size() <= longestKept)
        kept.insert(key, new Shortened{font, shortened});
    return shortened;
}
