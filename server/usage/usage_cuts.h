// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <array>
#include <optional>

// Which sums of the ledger are kept (the table usage_sums), so that what a chart shows is never a sum of many rows: for
// days and months of two things at most and of all four, for hours of one thing.
namespace UsageCuts {

enum class Period { Hour, Day, Month };

// The things that are told apart in a sum, as bits; and the histograms of latencies, which not all sums have.
using Cut = int;
inline constexpr Cut model = 1, user = 2, prompt = 4, key = 8, all = 15, latencies = 16;

struct Kept
{
    Period period;
    Cut cut;
    Cut also = 0;
};
// The fewest rows first.
inline constexpr auto kept = std::to_array<Kept>({
    {Period::Hour, 0, latencies},
    {Period::Hour, model, latencies},
    {Period::Hour, key},
    {Period::Hour, prompt},
    {Period::Hour, user},
    {Period::Day, 0, latencies},
    {Period::Day, model, latencies},
    {Period::Day, key, latencies},
    {Period::Day, prompt, latencies},
    {Period::Day, user, latencies},
    {Period::Day, user | key, latencies},
    {Period::Day, prompt | key},
    {Period::Day, model | key},
    {Period::Day, model | prompt},
    {Period::Day, user | prompt, latencies},
    {Period::Day, model | user},
    {Period::Day, all, latencies},
    {Period::Month, 0, latencies},
    {Period::Month, model, latencies},
    {Period::Month, key, latencies},
    {Period::Month, prompt, latencies},
    {Period::Month, user, latencies},
    {Period::Month, user | key, latencies},
    {Period::Month, prompt | key},
    {Period::Month, model | key},
    {Period::Month, model | prompt},
    {Period::Month, user | prompt, latencies},
    {Period::Month, model | user},
    {Period::Month, all, latencies},
});

// The one with the fewest rows that has what is needed; nothing where only shorter periods have it, or the ledger.
constexpr std::optional<Cut> cutFor(Period period, Cut needed)
{
    for (const Kept &one : kept)
        if (one.period == period && ((one.cut | one.also) & needed) == needed)
            return one.cut;
    return std::nullopt;
}

} // namespace UsageCuts

template<> inline constexpr auto enumNames<UsageCuts::Period> = std::to_array({"hour", "day", "month"});
