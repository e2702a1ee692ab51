// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/markdown.h"

#include "client/design/theme.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextTable>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr double proseLine = 135, codeLine = 130; // % of the font's own
constexpr int jsonIndent = 2;

// Lines of a paragraph that follow each other are joined by Markdown; here each stays a line. Only what is surely plain
// text is touched: lists, tables, headings and code have lines of their own.
QString withLineEnds(const QString &text)
{
    static const QRegularExpression structure(
        uR"(^\s*$|^ {2,}|^\t|^ ?(?:[-+*]\s|#{1,6}\s|>|=+\s*$|-{2,}|[*_]{3,}\s*$|\d+[.)]\s|\[[^\]]+\]:)|\|)"_s);
    static const QRegularExpression fence(uR"(^ {0,3}(?:```|~~~))"_s);
    QString result;
    result.reserve(text.size());
    bool inFence = false, wasPlain = false, isFirst = true;
    for (const QString &line : text.split(u'\n')) {
        const bool isFence = fence.match(line).hasMatch();
        const bool isPlain = !inFence && !isFence && !structure.match(line).hasMatch();
        if (!std::exchange(isFirst, false))
            result += wasPlain && isPlain ? QChar(QChar::LineSeparator) : QChar(u'\n');
        result += line;
        inFence = inFence != isFence;
        wasPlain = isPlain;
    }
    return result;
}

bool isCode(const QTextBlockFormat &format)
{
    return format.hasProperty(QTextFormat::BlockCodeFence) || format.hasProperty(QTextFormat::BlockCodeLanguage)
        || format.nonBreakableLines();
}

void setFont(QTextCharFormat &format, const QFont &font)
{
    format.clearProperty(QTextFormat::FontSizeAdjustment);
    format.setFontFamilies(font.families());
    format.setProperty(QTextFormat::FontPixelSize, font.pixelSize());
    format.setFontHintingPreference(font.hintingPreference());
}

} // namespace

QVariant MarkdownDocument::loadResource(int, const QUrl &) { return {}; }

void MarkdownDocument::showCode(const QString &text) { showLines(text, TextStyle::Mono, codeLine); }

void MarkdownDocument::showPlain(const QString &text) { showLines(text, TextStyle::Body, proseLine); }

void MarkdownDocument::showLines(const QString &text, TextStyle font, double line)
{
    setDefaultFont(theme().font(font));
    setPlainText(text);
    QTextCursor all(this);
    all.select(QTextCursor::Document);
    QTextBlockFormat lines;
    lines.setLineHeight(line, QTextBlockFormat::ProportionalHeight);
    all.mergeBlockFormat(lines);
}

void MarkdownDocument::showMarkdown(const QString &text)
{
    setDefaultFont(theme().font(TextStyle::Body));
    setMarkdown(withLineEnds(text),
                QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    replacePictures();
    style();
}

void MarkdownDocument::replacePictures()
{
    for (QTextBlock block = begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!fragment.charFormat().isImageFormat())
                continue;
            const QTextImageFormat picture = fragment.charFormat().toImageFormat();
            const QString name = picture.property(QTextFormat::ImageAltText).toString();
            QTextCursor cursor(this);
            cursor.setPosition(fragment.position());
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
            cursor.insertText(u"["_s + (name.isEmpty() ? picture.name() : name) + u"]"_s, QTextCharFormat());
            it = block.begin();
        }
    }
}

void MarkdownDocument::style()
{
    const int gap = theme().px(Length::Space8), small = theme().px(Length::Space4);
    const QFont mono = theme().font(TextStyle::Mono);
    QTextCursor cursor(this);
    cursor.beginEditBlock();
    for (QTextBlock block = begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const bool code = isCode(format), goesOn = code && block.next().isValid() && isCode(block.next().blockFormat());
        const bool inList = block.textList() && block.next().isValid() && block.next().textList();
        format.setLineHeight(code ? codeLine : proseLine, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(level && block != begin() ? small : 0);
        format.setBottomMargin(goesOn || !block.next().isValid() ? 0 : inList ? theme().px(Length::Space2) : gap);
        if (code) {
            format.setBackground(theme().color(ColorRole::Hover));
            format.setNonBreakableLines(false); // a long line wraps, so that nothing hides at the side
        }
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);

        const QFont heading = theme().font(level <= 2 ? TextStyle::TitleSmall : TextStyle::Emphasis);
        QList<QTextLayout::FormatRange> stretches; // taken first: a changed format joins or parts them
        for (auto it = block.begin(); !it.atEnd(); ++it)
            stretches.append({it.fragment().position(), it.fragment().length(), it.fragment().charFormat()});
        for (auto &[start, length, letters] : stretches) {
            if (level) {
                setFont(letters, heading);
                letters.setFontWeight(heading.weight());
            } else if (code) {
                setFont(letters, mono);
            } else if (letters.fontFixedPitch()) {
                setFont(letters, mono);
                letters.setForeground(theme().color(ColorRole::AccentText));
                letters.setBackground(theme().color(ColorRole::Hover));
            } else {
                letters.clearProperty(QTextFormat::FontSizeAdjustment);
            }
            if (letters.fontWeight() > QFont::DemiBold)
                letters.setFontWeight(QFont::DemiBold); // the boldest face that is there; more would be smeared
            if (letters.isAnchor())
                letters.setForeground(theme().color(ColorRole::AccentText));
            cursor.setPosition(start);
            cursor.setPosition(start + length, QTextCursor::KeepAnchor);
            cursor.setCharFormat(letters);
        }
    }
    for (QTextFrame *frame : rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(theme().px(Length::Hairline));
        format.setBorderBrush(theme().color(ColorRole::Border));
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderCollapse(true);
        format.setCellPadding(theme().px(Length::Space6));
        format.setCellSpacing(0);
        format.setTopMargin(small);
        format.setBottomMargin(gap);
        table->setFormat(format);
        for (int column = 0; column < table->columns(); ++column) {
            QTextTableCellFormat head = table->cellAt(0, column).format().toTableCellFormat();
            head.setBackground(theme().color(ColorRole::Sunken));
            table->cellAt(0, column).setFormat(head);
        }
    }
    cursor.endEditBlock();
}

std::optional<QString> indentedJson(const QString &text)
{
    const QString json = text.trimmed();
    if (!json.startsWith(u'{') && !json.startsWith(u'['))
        return {};
    QJsonParseError error;
    QJsonDocument::fromJson(json.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        return {};
    // Only the space between the tokens changes: order and numbers stay as they were written.
    QString result;
    int depth = 0;
    bool inString = false;
    const auto line = [&] { result += u'\n' + QString(depth * jsonIndent, u' '); };
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json[i];
        if (inString) {
            result += c;
            if (c == u'\\')
                result += json[++i];
            inString = c != u'"';
        } else if (c == u'{' || c == u'[') {
            qsizetype next = i + 1;
            while (json[next].isSpace())
                ++next;
            result += c;
            if (json[next] == u'}' || json[next] == u']') {
                result += json[next];
                i = next;
            } else {
                ++depth;
                line();
            }
        } else if (c == u'}' || c == u']') {
            --depth;
            line();
            result += c;
        } else if (c == u',') {
            result += c;
            line();
        } else if (c == u':') {
            result += u": "_s;
        } else if (!c.isSpace()) {
            result += c;
            inString = c == u'"';
        }
    }
    return result;
}
