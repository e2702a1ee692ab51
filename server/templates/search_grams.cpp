// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/search_grams.h"

#include <algorithm>

QList<int> searchGrams(const QString &text)
{
    constexpr quint64 step = 1'000'003;
    const auto letters = text.toUcs4();
    QList<int> grams;
    grams.reserve(letters.size() * 3);
    for (qsizetype i = 0; i < letters.size(); ++i) {
        quint64 number = 0;
        for (qsizetype k = i; k < std::min(i + 3, letters.size()); ++k) {
            number = number * step + letters[k];
            grams.append(int(number & 0x7fffffff));
        }
    }
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    return grams;
}
