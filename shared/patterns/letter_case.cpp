// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/letter_case.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace patterns {
namespace {

constexpr std::size_t unitCount = 0x10000;

// The upper case of each unit, unless that is several units, or ASCII of what is not.
const std::array<char16_t, unitCount> &upperCases()
{
    static const auto table = [] {
        std::array<char16_t, unitCount> upper;
        for (std::size_t unit = 0; unit < unitCount; ++unit) {
            const QChar c = QChar(char16_t(unit));
            upper[unit] = char16_t(unit);
            if (c.isSurrogate() || (c.toUpper() == c && unit < 0x80))
                continue;
            const QString whole = QString(c).toUpper();
            if (whole.size() == 1 && (unit < 0x80 || whole[0].unicode() >= 0x80))
                upper[unit] = whole[0].unicode();
        }
        return upper;
    }();
    return table;
}

} // namespace

std::vector<Range> withOtherCase(const std::vector<Range> &ranges)
{
    const auto &upper = upperCases();
    auto wanted = std::make_unique<std::bitset<unitCount>>();
    for (const Range range : ranges)
        for (char32_t c = range.from; c <= std::min<char32_t>(range.to, unitCount - 1); ++c)
            wanted->set(upper[c]);
    std::vector<Range> all;
    for (char32_t c = 0; c < unitCount; ++c) {
        if (!wanted->test(upper[c]))
            continue;
        if (!all.empty() && all.back().to + 1 == c)
            all.back().to = c;
        else
            all.push_back({c, c});
    }
    return all;
}

} // namespace patterns
