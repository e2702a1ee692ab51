// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/markdown_segments.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

struct Fence
{
    QChar mark;
    qsizetype length = 0;
    QString rest; // after the marks
};

// A fence that stands by itself; one that is further in belongs to a list and stays a part of it.
std::optional<Fence> fenceAt(const QString &line)
{
    const qsizetype indent = line.startsWith(u' ') ? 1 : 0;
    if (line.size() < indent + 3)
        return {};
    const QChar mark = line[indent];
    if (mark != u'`' && mark != u'~')
        return {};
    qsizetype end = indent;
    while (end < line.size() && line[end] == mark)
        ++end;
    Fence fence{mark, end - indent, line.mid(end).trimmed()};
    if (fence.length < 3 || (mark == u'`' && fence.rest.contains(u'`')))
        return {};
    return fence;
}

bool closes(const Fence &fence, const Fence &opening)
{
    return fence.mark == opening.mark && fence.length >= opening.length && fence.rest.isEmpty();
}

// A line that goes on with a list or quotation although a blank line stands before it.
bool goesOn(const QString &line)
{
    static const QRegularExpression block(uR"(^(?:\s|[-+*]\s|\d{1,9}[.)]\s|>))"_s);
    return block.match(line).hasMatch();
}

bool isBlank(const QString &line)
{
    return std::all_of(line.begin(), line.end(), [](QChar letter) { return letter.isSpace(); });
}

} // namespace

QList<MarkdownSegment> markdownSegments(const QString &text, bool isStreaming)
{
    static const QRegularExpression definition(uR"(^ {0,3}\[[^\]]+\]:\s*\S)"_s);
    QList<MarkdownSegment> segments;
    QStringList lines, definitions;
    std::optional<Fence> opening;
    const auto flush = [&](bool isCode) {
        while (!isCode && !lines.isEmpty() && isBlank(lines.last())) // else they would be a paragraph of their own
            lines.removeLast();
        const QString stretch = lines.join(u'\n');
        if (isCode || !isBlank(stretch))
            segments << MarkdownSegment{isCode, isCode ? opening->rest.section(u' ', 0, 0) : QString(), stretch};
        lines.clear();
    };
    const QStringList all = text.split(u'\n');
    bool wasBlank = false;
    for (const QString &line : all) {
        const std::optional<Fence> fence = fenceAt(line);
        if (opening) {
            if (fence && closes(*fence, *opening)) {
                flush(true);
                opening.reset();
            } else {
                lines << line;
            }
            continue;
        }
        if (fence) {
            flush(false);
            opening = fence;
        } else {
            const bool blank = isBlank(line);
            if (isStreaming && wasBlank && !blank && !goesOn(line))
                flush(false);
            if (definition.match(line).hasMatch())
                definitions << line;
            lines << line;
            wasBlank = blank;
        }
    }
    flush(opening.has_value()); // a fence that nobody closed goes to the end
    if (!definitions.isEmpty() && segments.size() > 1)
        for (MarkdownSegment &segment : segments)
            if (!segment.isCode)
                segment.text += u"\n\n"_s + definitions.join(u'\n');
    return segments;
}

bool hasMarkdown(const QString &text)
{
    static const QRegularExpression marks(
        uR"([*_`~\[\]\\|<&]|://|www\.|\S@\S{1,200}\.|^\s{0,3}(?:#{1,6}\s|>|[-+=]|\d{1,9}[.)]\s)|^(?: {4}|\t))"_s,
        QRegularExpression::MultilineOption);
    return marks.match(text).hasMatch();
}
