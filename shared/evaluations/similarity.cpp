// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/similarity.h"

#include <QHash>
#include <QList>
#include <QString>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace evaluations {
namespace {

using Bits = std::uint64_t;
constexpr qsizetype wordSize = 64;

// The text's characters as small numbers, the same for both texts.
std::vector<std::uint32_t> numbered(const QList<uint> &text, QHash<uint, std::uint32_t> &numbers)
{
    std::vector<std::uint32_t> out;
    out.reserve(std::size_t(text.size()));
    for (const uint c : text) {
        auto found = numbers.find(c);
        if (found == numbers.end())
            found = numbers.insert(c, std::uint32_t(numbers.size()));
        out.push_back(*found);
    }
    return out;
}

// Myers' step for 64 rows of the table at one column: what the difference along the row above, `in`, makes of the one
// along the row of `last`.
int step(Bits &up, Bits &down, Bits same, int in, Bits last)
{
    const Bits isFalling = in < 0;
    const Bits vertical = same | down;
    same |= isFalling;
    const Bits horizontal = (((same & up) + up) ^ up) | same;
    Bits rises = down | ~(horizontal | up);
    Bits falls = up & horizontal;
    const int out = (rises & last ? 1 : 0) - (falls & last ? 1 : 0);
    rises = (rises << 1) | Bits(in > 0);
    falls = (falls << 1) | isFalling;
    up = falls | ~(vertical | rises);
    down = rises & vertical;
    return out;
}

QHash<QString, int> words(QStringView text, bool ignoreCase, int &count)
{
    QHash<QString, int> words;
    const QString whole = ignoreCase ? text.toString().toCaseFolded() : text.toString();
    qsizetype from = -1;
    const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c.isMark() || c.isSurrogate(); };
    for (qsizetype i = 0; i <= whole.size(); ++i) {
        const bool isWord = i < whole.size() && isPart(whole[i]);
        if (isWord && from < 0)
            from = i;
        if (!isWord && from >= 0) {
            ++words[whole.mid(from, i - from)];
            ++count;
            from = -1;
        }
    }
    return words;
}

} // namespace

std::optional<qsizetype> editDistance(QStringView first, QStringView second)
{
    QList<uint> rows = first.toUcs4(), columns = second.toUcs4();
    if (rows.size() > longestCompared || columns.size() > longestCompared)
        return std::nullopt;
    if (rows.isEmpty() || columns.isEmpty())
        return std::max(rows.size(), columns.size());
    QHash<uint, std::uint32_t> numbers;
    const auto pattern = numbered(rows, numbers);
    const auto text = numbered(columns, numbers);
    std::vector<Bits> places(std::size_t(numbers.size()), 0); // of each character among the rows at hand
    std::vector<std::int8_t> along(text.size(), 1); // the differences along the row above them
    qsizetype distance = rows.size();
    for (std::size_t from = 0; from < pattern.size(); from += wordSize) {
        const std::size_t height = std::min<std::size_t>(wordSize, pattern.size() - from);
        for (std::size_t i = 0; i < height; ++i)
            places[pattern[from + i]] |= Bits(1) << i;
        const Bits last = Bits(1) << (height - 1);
        Bits up = ~Bits(0), down = 0;
        for (std::size_t j = 0; j < text.size(); ++j)
            along[j] = std::int8_t(step(up, down, places[text[j]], along[j], last));
        for (std::size_t i = 0; i < height; ++i)
            places[pattern[from + i]] = 0;
    }
    for (const std::int8_t difference : along)
        distance += difference;
    return distance;
}

std::optional<double> editSimilarity(QStringView a, QStringView b)
{
    const auto distance = editDistance(a, b);
    if (!distance)
        return std::nullopt;
    const qsizetype longer = std::max(a.toUcs4().size(), b.toUcs4().size());
    return longer == 0 ? 1 : 1 - double(*distance) / double(longer);
}

double tokenSimilarity(QStringView a, QStringView b, bool ignoreCase)
{
    int countA = 0, countB = 0, common = 0;
    const auto wordsA = words(a, ignoreCase, countA), wordsB = words(b, ignoreCase, countB);
    if (countA == 0 || countB == 0)
        return countA == countB ? 1 : 0;
    for (auto it = wordsA.begin(); it != wordsA.end(); ++it)
        common += std::min(it.value(), wordsB.value(it.key()));
    return 2.0 * common / (countA + countB);
}

} // namespace evaluations
