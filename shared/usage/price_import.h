// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price_book.h"

enum class PriceImportFormat { Csv, Json };
template<> inline constexpr auto enumNames<PriceImportFormat> = std::to_array({"csv", "json"});

// What a line of an import is to the book.
enum class PriceImportStatus {
    Added, // or to be added
    Same, // there already
    Conflicting, // there is another price from that moment on
    Invalid,
};
template<>
inline constexpr auto enumNames<PriceImportStatus> = std::to_array({"added", "same", "conflicting", "invalid"});

struct PriceImportInput
{
    PriceImportFormat format = PriceImportFormat::Csv;
    QString text;
    bool dryRun = true;
    bool correctsPast = false;
    bool skipConflicting = false;

    static constexpr auto fields()
    {
        using T = PriceImportInput;
        return std::tuple{
            Field{"format", &T::format},
            Field{"text",
                  &T::text,
                  {.doc = "csv: a head with some of provider,model,validFrom,input,cachedInput,cacheWrite5m,"
                          "cacheWrite1h,output,tiers,source,verified,note; prices in US dollars for a million tokens, "
                          "tiers as JSON. json: rows as POST /api/v1/prices takes them, as a list or as items"}},
            Field{"dryRun", &T::dryRun, {.doc = "true when absent: says what would be done", .hasDefault = true}},
            Field{"correctsPast",
                  &T::correctsPast,
                  {.doc = "Allows a validFrom in the past. Costs that were computed stay as they are",
                   .hasDefault = true}},
            Field{"skipConflicting",
                  &T::skipConflicting,
                  {.doc = "Adds the rest where some rows conflict; else nothing is added then", .hasDefault = true}}};
    }
};

struct PriceImportLine
{
    int line = 0; // of the text, or of the list, from 1
    PriceImportStatus status = PriceImportStatus::Invalid;
    QString model; // provider/model, as far as it can be read
    std::optional<QDateTime> validFrom;
    std::optional<TokenPrices> prices;
    std::optional<TokenPrices> present; // in the book, where they conflict
    QString problem;

    static constexpr auto fields()
    {
        using T = PriceImportLine;
        return std::tuple{Field{"line", &T::line},
                          Field{"status", &T::status},
                          Field{"model", &T::model},
                          Field{"validFrom", &T::validFrom},
                          Field{"prices", &T::prices},
                          Field{"present", &T::present, {.doc = "What the book says instead, of a conflicting row"}},
                          Field{"problem", &T::problem}};
    }
};

struct PriceImport
{
    bool dryRun = true;
    int added = 0;
    int same = 0;
    int conflicting = 0;
    int invalid = 0;
    QList<PriceImportLine> lines;

    static constexpr auto fields()
    {
        using T = PriceImport;
        return std::tuple{Field{"dryRun", &T::dryRun},   Field{"added", &T::added},
                          Field{"same", &T::same},       Field{"conflicting", &T::conflicting},
                          Field{"invalid", &T::invalid}, Field{"lines", &T::lines}};
    }
};

WIRE_TYPE(PriceImportInput)
WIRE_TYPE(PriceImportLine)
WIRE_TYPE(PriceImport)
