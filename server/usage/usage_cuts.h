// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <array>
#include <optional>

// Which sums of the ledger are kept (the table usage_sums): of all four things that a call has for the hour and the
// day, and of fewer, so that what a chart shows is never a sum of many rows.
namespace UsageCuts {

enum class Period { Hour, Day, Month };

// The things that are told apart in a sum, as bits.
using Cut = int;
inline constexpr Cut model = 1, user = 2, prompt = 4, key = 8, all = 15;

struct Kept
{
    Period period;
    Cut cut;
};
// The fewest rows first. Sums by the hour are asked for a few days at once: those of two things can be made of all.
inline constexpr auto kept = std::to_array<Kept>({
    {Period::Hour, 0},
    {Period::Hour, model},
    {Period::Hour, key},
    {Period::Hour, prompt},
    {Period::Hour, user},
    {Period::Hour, all},
    {Period::Day, 0},
    {Period::Day, model},
    {Period::Day, key},
    {Period::Day, prompt},
    {Period::Day, user},
    {Period::Day, user | key},
    {Period::Day, prompt | key},
    {Period::Day, model | key},
    {Period::Day, model | prompt},
    {Period::Day, user | prompt},
    {Period::Day, model | user},
    {Period::Day, all},
    {Period::Month, 0},
    {Period::Month, model},
    {Period::Month, key},
    {Period::Month, prompt},
    {Period::Month, user},
    {Period::Month, user | key},
    {Period::Month, prompt | key},
    {Period::Month, model | key},
    {Period::Month, model | prompt},
    {Period::Month, user | prompt},
    {Period::Month, model | user},
});

// The one with the fewest rows that tells these apart; nothing where months are only kept of fewer things.
constexpr std::optional<Cut> cutFor(Period period, Cut needed)
{
    for (const Kept &one : kept)
        if (one.period == period && (one.cut & needed) == needed)
            return one.cut;
    return std::nullopt;
}

} // namespace UsageCuts

template<> inline constexpr auto enumNames<UsageCuts::Period> = std::to_array({"hour", "day", "month"});
