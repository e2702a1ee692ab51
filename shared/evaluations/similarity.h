// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

// How alike two texts are, from 0 to 1, by code points.
namespace evaluations {

// Beyond this many characters a distance is not computed: a pair of them takes about a tenth of a second.
constexpr qsizetype longestCompared = 50'000;

// The edits (insertions, deletions, substitutions) that make one of the other (V. I. Levenshtein, 1965), by bits of
// 64 rows at once (G. Myers, A Fast Bit-Vector Algorithm for Approximate String Matching, J. ACM 46, 1999): time in
// proportion to the product of the lengths by 64, memory to their sum. Nothing where one is too long.
std::optional<qsizetype> editDistance(QStringView a, QStringView b);

// 1 - edits / length of the longer; two empty texts are the same.
std::optional<double> editSimilarity(QStringView a, QStringView b);

// The F1 of the words of both, each as often as it stands there (as SQuAD scores answers: Rajpurkar et al., 2016).
// Words are runs of letters, marks and digits. Time in proportion to the lengths.
double tokenSimilarity(QStringView a, QStringView b, bool ignoreCase);

} // namespace evaluations
