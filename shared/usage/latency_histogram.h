// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <map>
#include <optional>

// How long calls took, counted in buckets: four for each doubling from 1 ms to 2^20 ms (17 minutes), one before them
// for 0 ms and one after them for all that is longer. Histograms add up, which percentiles do not. What is read from
// one is the middle of the bucket that holds the exact value (of the nearest rank), hence at most 9.1 % off and,
// because it is a whole number, half a millisecond; above 17 minutes it only says that it was longer than that.
class LatencyHistogram
{
public:
    // The least milliseconds of each bucket but that of 0 ms: 2^(i/4), rounded up, without repetition.
    static constexpr std::array<qint64, 76> bounds{
        1,      2,      3,      4,      5,      6,      7,      8,      10,     12,     14,     16,     20,
        23,     27,     32,     39,     46,     54,     64,     77,     91,     108,    128,    153,    182,
        216,    256,    305,    363,    431,    512,    609,    725,    862,    1024,   1218,   1449,   1723,
        2048,   2436,   2897,   3445,   4096,   4871,   5793,   6889,   8192,   9742,   11586,  13778,  16384,
        19484,  23171,  27555,  32768,  38968,  46341,  55109,  65536,  77936,  92682,  110218, 131072, 155872,
        185364, 220436, 262144, 311744, 370728, 440872, 524288, 623488, 741456, 881744, 1048576};
    static constexpr double largestError = 0.091; // of what percentile() says, relative, beside the half millisecond

    static int bucketOf(qint64 milliseconds); // 0 to bounds.size()

    void add(int bucket, qint64 calls); // below zero: takes back
    qint64 calls() const;
    // The latency that `share` (0 to 1) of the calls did not exceed, in milliseconds; nothing without calls.
    std::optional<qint64> percentile(double share) const;

    const std::map<int, qint64> &buckets() const { return m_buckets; } // none is 0

private:
    std::map<int, qint64> m_buckets;
};
