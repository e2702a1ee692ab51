// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/patterns/pattern.h"

namespace patterns {

// All units that the option i takes for one of those in the ranges (ECMA-262, Canonicalize without the flag u).
std::vector<Range> withOtherCase(const std::vector<Range> &ranges);

} // namespace patterns
