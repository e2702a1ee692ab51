// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/word_diff.h"

#include <algorithm>
#include <vector>

namespace {

// Which items of two lists belong together, in order: the longest common subsequence after equal ends are cut off.
// Lists too long for its table of lengths are told apart without a middle: nothing is matched there, nothing is wrong
// either.
constexpr qsizetype largestTable = 16'000'000;

template<class Item> std::vector<std::pair<qsizetype, qsizetype>> matches(const QList<Item> &a, const QList<Item> &b)
{
    std::vector<std::pair<qsizetype, qsizetype>> pairs;
    qsizetype start = 0;
    while (start < a.size() && start < b.size() && a[start] == b[start])
        pairs.emplace_back(start, start), ++start;
    qsizetype endA = a.size(), endB = b.size();
    while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        --endA, --endB;

    const qsizetype rows = endA - start, columns = endB - start;
    if (rows > 0 && columns > 0 && rows * columns <= largestTable) {
        std::vector<int> length((rows + 1) * (columns + 1), 0);
        const auto at = [&](qsizetype i, qsizetype j) -> int & { return length[std::size_t(i * (columns + 1) + j)]; };
        for (qsizetype i = rows - 1; i >= 0; --i)
            for (qsizetype j = columns - 1; j >= 0; --j)
                at(i, j) = a[start + i] == b[start + j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        for (qsizetype i = 0, j = 0; i < rows && j < columns;) {
            if (a[start + i] == b[start + j])
                pairs.emplace_back(start + i++, start + j++);
            else if (at(i + 1, j) >= at(i, j + 1))
                ++i;
            else
                ++j;
        }
    }
    for (qsizetype i = endA; i < a.size(); ++i)
        pairs.emplace_back(i, endB + i - endA);
    return pairs;
}

// Words, runs of spaces, and single signs.
QList<QString> words(const QString &line)
{
    const auto classOf = [](QChar c) { return c.isLetterOrNumber() || c == u'_' ? 1 : c.isSpace() ? 2 : 0; };
    QList<QString> result;
    for (qsizetype i = 0; i < line.size();) {
        qsizetype end = i + 1;
        while (end < line.size() && classOf(line[i]) != 0 && classOf(line[end]) == classOf(line[i]))
            ++end;
        result.append(line.mid(i, end - i));
        i = end;
    }
    return result;
}

QList<diff::Span> unmatched(const QList<QString> &parts, const std::vector<bool> &matched)
{
    QList<diff::Span> spans;
    qsizetype offset = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (!matched[std::size_t(i)]) {
            if (!spans.isEmpty() && spans.last().start + spans.last().length == offset)
                spans.last().length += parts[i].size();
            else
                spans.append({offset, parts[i].size()});
        }
        offset += parts[i].size();
    }
    return spans;
}

void compareWords(diff::Row &row)
{
    const auto before = words(row.oldText), after = words(row.newText);
    std::vector<bool> oldMatched(std::size_t(before.size())), newMatched(std::size_t(after.size()));
    for (const auto &[a, b] : matches(before, after))
        oldMatched[std::size_t(a)] = newMatched[std::size_t(b)] = true;
    row.oldWords = unmatched(before, oldMatched);
    row.newWords = unmatched(after, newMatched);
}

} // namespace

diff::Comparison diff::compare(const QString &before, const QString &after)
{
    const QList<QString> oldLines = before.split(u'\n'), newLines = after.split(u'\n');
    auto pairs = matches(oldLines, newLines);
    pairs.emplace_back(oldLines.size(), newLines.size());

    Comparison result;
    qsizetype i = 0, j = 0;
    for (const auto &[a, b] : pairs) {
        // What lies between two common lines: changed as far as both sides have lines, then added or removed.
        for (; i < a || j < b; ++i, ++j) {
            Row row;
            if (i < a) {
                row.oldNumber = int(i + 1);
                row.oldText = oldLines[i];
                ++result.removed;
            }
            if (j < b) {
                row.newNumber = int(j + 1);
                row.newText = newLines[j];
                ++result.added;
            }
            row.kind = i < a && j < b ? Row::Kind::Changed : i < a ? Row::Kind::Removed : Row::Kind::Added;
            if (row.kind == Row::Kind::Changed)
                compareWords(row);
            result.rows.append(row);
        }
        i = a, j = b;
        if (a < oldLines.size())
            result.rows.append({Row::Kind::Same, int(++i), int(++j), oldLines[a], newLines[b], {}, {}});
    }
    return result;
}
