// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price.h"

// The most that a call can cost which sends at most so many tokens and is answered with at most so many, in nano-US-
// dollars: all that is sent as the dearest kind of input, in the dearest tier that it may reach. Nothing where a kind
// has no price, or the sum does not fit.
std::optional<qint64> mostNanos(const ModelPrice &price, qint64 inputTokens, qint64 outputTokens);
