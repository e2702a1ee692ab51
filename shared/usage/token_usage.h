// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// Tokens of one provider call, the same for every provider. The kinds that are part of another say so; they are never
// added to it.
struct TokenUsage
{
    qint64 input = 0; // everything sent, also what was read from or written to the provider's cache
    qint64 cachedInput = 0; // part of input: read from the cache
    qint64 cacheWrite = 0; // part of input: written to the cache, kept five minutes or an hour
    qint64 cacheWriteHour = 0; // part of cacheWrite: kept an hour
    qint64 output = 0; // everything made, also what is not shown
    qint64 reasoning = 0; // part of output: thought, not shown

    friend bool operator==(const TokenUsage &, const TokenUsage &) = default;
};
