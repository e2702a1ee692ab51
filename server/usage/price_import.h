// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price_import.h"

// Reads the text of an import: CSV (RFC 4180) with prices in US dollars for a million tokens, or JSON with them in
// micro-dollars as the API has them.
namespace PriceImportText {

struct Line
{
    int number = 0;
    NewPrice price; // as far as it could be read
    QString problem; // empty: it could
};

constexpr int mostLines = 5000;

// Throws ApiError::invalid at /text where there are no rows to be read at all, or too many.
QList<Line> read(const PriceImportInput &input);

// "2.50" as micro-dollars; nothing where it is no such number, or has more than six places.
std::optional<qint64> microDollars(const QString &text);

} // namespace PriceImportText
