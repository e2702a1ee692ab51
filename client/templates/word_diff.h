// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

// The difference between two texts, line by line, and within changed lines word by word. Pure functions.
namespace diff {

// A stretch of a line: [start, start + length) in UTF-16 units.
struct Span
{
    qsizetype start = 0;
    qsizetype length = 0;
};

// One row of a comparison side by side. A line that exists on one side only has a number of 0 on the other.
struct Row
{
    enum class Kind { Same, Changed, Added, Removed };
    Kind kind = Kind::Same;
    int oldNumber = 0;
    int newNumber = 0;
    QString oldText;
    QString newText;
    QList<Span> oldWords; // what differs within a changed line
    QList<Span> newWords;
};

struct Comparison
{
    QList<Row> rows;
    int added = 0; // lines
    int removed = 0;
};

Comparison compare(const QString &before, const QString &after);

} // namespace diff
