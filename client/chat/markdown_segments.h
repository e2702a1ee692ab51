// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

// A stretch of a message that is laid out by itself: prose, or a block of code with the language that it names.
struct MarkdownSegment
{
    bool isCode = false;
    QString language;
    QString text; // Markdown, or the code as it is

    bool operator==(const MarkdownSegment &) const = default;
};

// The stretches of a message. While it streams, prose is also parted at blank lines outside of lists and quotations, so
// that only the last stretch changes as it grows. What a link refers to by name is known in every stretch.
QList<MarkdownSegment> markdownSegments(const QString &text, bool isStreaming);

// Whether there is anything in the text that Markdown would show otherwise.
bool hasMarkdown(const QString &text);
