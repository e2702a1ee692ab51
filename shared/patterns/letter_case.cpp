// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/letter_case.h"

#include <algorithm>
#include <unordered_set>

namespace patterns {
namespace {

struct Letter
{
    char16_t unit;
    char16_t upper;
};

// The units that have another case, ascending, with their upper case, unless that is several units, or ASCII of what is
// not.
const std::vector<Letter> &letters()
{
    static const auto list = [] {
        std::vector<Letter> all;
        std::unordered_set<char16_t> uppers;
        const auto upperOf = [](QChar c) {
            const QString whole = c.isSurrogate() ? QString() : QString(c).toUpper();
            return whole.size() == 1 && (c < QChar(0x80) || whole[0] >= QChar(0x80)) ? whole[0] : c;
        };
        for (int unit = 0; unit <= 0xFFFF; ++unit)
            if (const QChar c = QChar(unit); upperOf(c) != c)
                uppers.insert(upperOf(c).unicode());
        for (int unit = 0; unit <= 0xFFFF; ++unit)
            if (const QChar c = QChar(unit); upperOf(c) != c || uppers.count(c.unicode()))
                all.push_back({c.unicode(), upperOf(c).unicode()});
        return all;
    }();
    return list;
}

} // namespace

std::vector<Range> withOtherCase(const std::vector<Range> &ranges)
{
    std::unordered_set<char16_t> wanted;
    for (const Letter letter : letters())
        if (std::any_of(ranges.begin(), ranges.end(),
                        [&](Range range) { return letter.unit >= range.from && letter.unit <= range.to; }))
            wanted.insert(letter.upper);
    std::vector<Range> all = ranges;
    for (const Letter letter : letters())
        if (wanted.count(letter.upper))
            all.push_back({letter.unit, letter.unit});
    std::sort(all.begin(), all.end(), [](Range a, Range b) { return a.from < b.from; });
    std::vector<Range> joined;
    for (const Range range : all) {
        if (!joined.empty() && range.from <= joined.back().to + 1)
            joined.back().to = std::max(joined.back().to, range.to);
        else
            joined.push_back(range);
    }
    return joined;
}

} // namespace patterns
