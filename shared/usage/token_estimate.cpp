// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/token_estimate.h"

qint64 estimateTokens(QStringView text)
{
    constexpr char16_t firstIdeographic = 0x2E80; // CJK radicals; the scripts written in letters lie below
    qint64 quarters = 0;
    for (const QChar unit : text) {
        const char16_t code = unit.unicode();
        if (code < 0x80)
            quarters += 1;
        else if (unit.isHighSurrogate())
            continue; // its low half counts for both
        else
            quarters += code < firstIdeographic ? 2 : 4;
    }
    return (quarters + 3) / 4;
}
