// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/statistics.h"

#include <algorithm>
#include <cmath>

namespace evaluations::statistics {
namespace {

double logChoose(int n, int k) { return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0); }

} // namespace

double fisher(int passedA, int allA, int passedB, int allB)
{
    const int all = allA + allB, passed = passedA + passedB;
    if (allA <= 0 || allB <= 0 || passedA < 0 || passedB < 0 || passedA > allA || passedB > allB)
        return 1;
    const double whole = logChoose(all, passed);
    const auto logProbability = [&](int a) { return logChoose(allA, a) + logChoose(allB, passed - a) - whole; };
    // Tables that are as probable as the one seen must count, whatever the rounding.
    const double seen = logProbability(passedA) + 1e-7;
    double sum = 0;
    for (int a = std::max(0, passed - allB); a <= std::min(allA, passed); ++a)
        if (const double one = logProbability(a); one <= seen)
            sum += std::exp(one);
    return std::min(1.0, sum);
}

double signTest(int up, int down)
{
    const int pairs = up + down;
    if (pairs <= 0)
        return 1;
    double tail = 0;
    for (int k = 0; k <= std::min(up, down); ++k)
        tail += std::exp(logChoose(pairs, k) - pairs * std::log(2.0));
    return std::min(1.0, 2 * tail);
}

} // namespace evaluations::statistics
