// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tests that say whether a difference between two runs is more than chance. Exact, so that they hold for few answers.
namespace evaluations::statistics {

constexpr double significance = 0.05;

// Fisher's exact test, two-sided, of whether two shares differ: `passed` of `all` answers each. The sum of the
// probabilities of all tables with the same margins that are at most as probable as the one seen (R. A. Fisher,
// Statistical Methods for Research Workers, 1934, § 21.02; two-sided as R's fisher.test has it). 1 where one side has
// no answers. Takes time in proportion to the answers.
double fisher(int passedA, int allA, int passedB, int allB);

// The exact sign test, two-sided, of pairs of which `up` rose and `down` fell; ties are left out (W. J. Dixon and
// A. M. Mood, The Statistical Sign Test, J. Am. Stat. Assoc. 41, 1946). With passed and failed instead of scores it is
// McNemar's exact test. 1 without pairs.
double signTest(int up, int down);

} // namespace evaluations::statistics
